"""What does AWS Cost Optimization Hub recommend?

It is asked only where it is in use already: enrolling is for the account's
owner to decide. Its own total, which counts overlaps once, is not asked for;
those of two accounts or groups must not be added up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, cast, get_args

from finops.analysis.workload_optimization.ownership import made_by
from finops.aws.errors import well_formed
from finops.aws.findings import Findings
from finops.aws.questions import Place, Question
from finops.recommendations import Action, Effort, Evidence, Recommendation, Risk

REGION: Final = "us-east-1"
"""The only region in which the Hub answers."""

PARTITION: Final = "aws"
"""The only partition that has it."""

ENROLLMENT: Final = Question("cost-optimization-hub:ListEnrollmentStatuses", "items")

RECOMMENDATIONS: Final = Question("cost-optimization-hub:ListRecommendations", "items")

NOT_ENROLLED: Final = (
    "{account} does not use Cost Optimization Hub. To have AWS's own "
    "recommendations, enable it in the Billing and Cost Management console; it "
    "is free."
)

EFFORTS: Final[Mapping[str, Effort]] = {
    "VeryLow": "quick_win",
    "Low": "quick_win",
    "Medium": "moderate",
    "High": "project",
    "VeryHigh": "project",
}

SERVICES: Final = {
    "Ec2": "Amazon Elastic Compute Cloud",
    "Ebs": "Amazon Elastic Compute Cloud",
    "Nat": "Amazon Virtual Private Cloud",
    "Rds": "Amazon Relational Database Service",
    "Aurora": "Amazon Relational Database Service",
    "Lambda": "AWS Lambda",
    "Ecs": "Amazon Elastic Container Service",
    "Dynamo": "Amazon DynamoDB",
    "ElastiCache": "Amazon ElastiCache",
    "MemoryDB": "Amazon MemoryDB",
    "MemoryDb": "Amazon MemoryDB",
    "DocumentDB": "Amazon DocumentDB",
    "OpenSearch": "Amazon OpenSearch Service",
    "Redshift": "Amazon Redshift",
    "SageMaker": "Amazon SageMaker",
    "WorkSpaces": "Amazon WorkSpaces",
    "Compute": "AWS Compute Savings Plans",
}
"""Which service a resource is of, by how the Hub's name for its type begins."""

KINDS: Final = {
    ("Ec2Instance", "Rightsize"): "ec2_rightsize",
    ("Ec2Instance", "Stop"): "ec2_idle",
    ("Ec2Instance", "Upgrade"): "ec2_previous_generation",
    ("Ec2Instance", "MigrateToGraviton"): "ec2_graviton",
    ("EbsVolume", "Upgrade"): "ebs_gp3",
    ("EbsVolume", "Delete"): "ebs_unattached",
    ("RdsDbInstance", "Rightsize"): "rds_rightsize",
    ("RdsDbInstance", "Stop"): "rds_idle",
    ("LambdaFunction", "Rightsize"): "lambda_memory",
    ("NatGateway", "Delete"): "nat_idle",
}
"""What our own checks call what the Hub recommends as well."""

RESOURCE_FACTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "Ec2Instance": ("instance_id", "current_type", "target_type"),
    "EbsVolume": ("volume_id", "current_type", "target_type"),
    "RdsDbInstance": ("db_instance", "current_class", "target_class"),
    "LambdaFunction": ("function", "current_memory", "target_memory"),
    "NatGateway": ("nat_gateway_id", "current_type", "target_type"),
}
"""What remediation calls the resource, what it is and what it should be."""

PARTS: Final = {
    "RdsDbInstance": "instance",
    "RdsDbInstanceStorage": "storage",
    "AuroraDbClusterStorage": "storage",
}
"""Which of a resource's costs is lowered, as long as it stays."""

TITLES: Final[Mapping[Action, str]] = {
    "Rightsize": "Change {what} from {current} to {target}",
    "Upgrade": "Move {what} from {current} to {target}",
    "MigrateToGraviton": "Move {what} from {current} to {target}, on Graviton",
    "Stop": "Stop {what} ({current})",
    "Delete": "Delete {what} ({current})",
    "ScaleIn": "Scale {what} in from {current} to {target}",
    "PurchaseSavingsPlans": "Buy a Savings Plan: {target}",
    "PurchaseReservedInstances": "Reserve: {target}",
}


def hub_findings(place: Place, names: Mapping[str, str]) -> Findings:
    """What the Hub recommends for the account, and for those it pays for.

    Args:
        place: The account, in the Hub's region.
        names: What to call an account, by its id.

    Raises:
        SourceError: If the Hub cannot be asked.
    """
    if note := not_enrolled(place):
        return Findings(notes=(note,))
    found = place.ask(RECOMMENDATIONS)
    with well_formed(RECOMMENDATIONS.action):
        known = [one for one in found if one["actionType"] in get_args(Action)]
        return Findings(tuple(_recommendation(one, names) for one in known))


def not_enrolled(place: Place) -> str:
    """How to have the Hub's recommendations; empty where it is in use.

    Raises:
        SourceError: If AWS does not say.
    """
    enrolled = place.ask(ENROLLMENT)
    if any(one.get("status") == "Active" for one in enrolled):
        return ""
    return NOT_ENROLLED.format(account=place.account.name)


def _recommendation(
    found: Mapping[str, Any], names: Mapping[str, str]
) -> Recommendation:
    account_id, resource = str(found["accountId"]), str(found["currentResourceType"])
    action = cast("Action", found["actionType"])
    tags = {tag["key"]: tag.get("value", "") for tag in found.get("tags", ())}
    return Recommendation(
        kind=KINDS.get((resource, action), _snake(f"{resource}{action}")),
        action=action,
        title=_title(found, action),
        account=names.get(account_id, account_id),
        account_id=account_id,
        region=found.get("region"),
        service=_service(resource),
        resource_id=found.get("resourceId") or None,
        part=None if action in ("Stop", "Delete") else PARTS.get(resource),
        estimated_monthly_savings=found.get("estimatedMonthlySavings"),
        currency=found.get("currencyCode", "USD"),
        risk=_risk(found),
        effort=EFFORTS.get(found.get("implementationEffort", ""), "moderate"),
        source="cost_optimization_hub",
        evidence=tuple(_evidence(found)),
        facts=(*_facts(found, resource), *made_by(tags)),
    )


def _title(found: Mapping[str, Any], action: Action) -> str:
    return TITLES[action].format(
        what=found.get("resourceId", "it"),
        current=found.get("currentResourceSummary", "what it is"),
        target=found.get("recommendedResourceSummary", "what AWS recommends"),
    )


def _risk(found: Mapping[str, Any]) -> Risk:
    """High where nothing brings it back, medium where it must restart."""
    if not found.get("rollbackPossible", False):
        return "high"
    return "medium" if found.get("restartNeeded", True) else "low"


def _evidence(found: Mapping[str, Any]) -> list[Evidence]:
    told = {
        "Now": found.get("currentResourceSummary"),
        "Recommended": found.get("recommendedResourceSummary"),
        "Days looked at": found.get("recommendationLookbackPeriodInDays"),
        "Restart": _yes_or_no(found.get("restartNeeded")),
        "Can be undone": _yes_or_no(found.get("rollbackPossible")),
        "Saving": "AWS's own estimate, from Cost Optimization Hub",
    }
    return [Evidence(label, str(text)) for label, text in told.items() if text]


def _yes_or_no(answer: bool | None) -> str:  # noqa: FBT001 - AWS's own flag
    return {True: "yes", False: "no", None: ""}[answer]


def _facts(found: Mapping[str, Any], resource: str) -> tuple[tuple[str, str], ...]:
    keys = RESOURCE_FACTS.get(resource, ("resource_id", "current_type", "target_type"))
    told = ("resourceId", "currentResourceSummary", "recommendedResourceSummary")
    pairs = zip(keys, (found.get(key) for key in told), strict=True)
    return tuple((key, str(value)) for key, value in pairs if value)


def _service(resource: str) -> str:
    named = (name for start, name in SERVICES.items() if resource.startswith(start))
    return next(named, resource)


def _snake(words: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", words).lower()
