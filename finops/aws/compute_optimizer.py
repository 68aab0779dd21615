"""What does AWS Compute Optimizer recommend, region by region?

It is asked only where it is in use already: opting in is for the account's
owner to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from finops.analysis.workload_optimization.ownership import made_by
from finops.aws.errors import well_formed
from finops.aws.findings import Findings
from finops.aws.questions import Place, Question
from finops.recommendations import Action, Effort, Evidence, Recommendation, Risk

ENROLLMENT: Final = Question("compute-optimizer:GetEnrollmentStatus", "status")

NOT_ENROLLED: Final = (
    "{account} does not use Compute Optimizer. To have AWS's own "
    "recommendations, opt in once in its console; it is free."
)

EFFORTS: Final[Mapping[str, Effort]] = {
    "VeryLow": "quick_win",
    "Low": "quick_win",
    "Medium": "moderate",
    "High": "project",
}

SETTINGS: Final = {
    "volumeSize": "size_gb",
    "volumeBaselineIOPS": "iops",
    "volumeBaselineThroughput": "throughput",
}
"""What remediation calls the settings of a volume."""

SAFE, FAIR = 1.0, 3.0
"""Up to where AWS's performance risk, from 0 to 4, is low and then medium."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of resource that Compute Optimizer looks at.

    Attributes:
        arn: The key of the resource's ARN.
        options: The key of what AWS proposes, the best first.
        change: What it is and what it should be, of a resource and an option.
        facts: What remediation calls the resource, what it is, what it should be.
        settings: The key of an option's settings, where remediation needs them.
        part: Which of the resource's costs it lowers; None for all of them.
    """

    question: Question
    kind: str
    action: Action
    service: str
    effort: Effort
    arn: str
    options: str
    change: Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[object, object]]
    facts: tuple[str, str, str]
    settings: str = ""
    part: str | None = None


TOPICS: Final = (
    Topic(
        Question(
            "compute-optimizer:GetEC2InstanceRecommendations", "instanceRecommendations"
        ),
        kind="ec2_rightsize",
        action="Rightsize",
        service="Amazon Elastic Compute Cloud",
        effort="moderate",
        arn="instanceArn",
        options="recommendationOptions",
        change=lambda it, to: (it["currentInstanceType"], to["instanceType"]),
        facts=("instance_id", "current_type", "target_type"),
    ),
    Topic(
        Question(
            "compute-optimizer:GetEBSVolumeRecommendations", "volumeRecommendations"
        ),
        kind="ebs_rightsize",
        action="Upgrade",
        service="Amazon Elastic Compute Cloud",
        effort="quick_win",
        arn="volumeArn",
        options="volumeRecommendationOptions",
        change=lambda it, to: (
            it["currentConfiguration"]["volumeType"],
            to["configuration"]["volumeType"],
        ),
        facts=("volume_id", "current_type", "target_type"),
        settings="configuration",
    ),
    Topic(
        Question(
            "compute-optimizer:GetRDSDatabaseRecommendations", "rdsDBRecommendations"
        ),
        kind="rds_rightsize",
        action="Rightsize",
        service="Amazon Relational Database Service",
        effort="moderate",
        arn="resourceArn",
        options="instanceRecommendationOptions",
        change=lambda it, to: (it["currentDBInstanceClass"], to["dbInstanceClass"]),
        facts=("db_instance", "current_class", "target_class"),
        part="instance",
    ),
    Topic(
        Question(
            "compute-optimizer:GetLambdaFunctionRecommendations",
            "lambdaFunctionRecommendations",
        ),
        kind="lambda_memory",
        action="Rightsize",
        service="AWS Lambda",
        effort="quick_win",
        arn="functionArn",
        options="memorySizeRecommendationOptions",
        change=lambda it, to: (it["currentMemorySize"], to["memorySize"]),
        facts=("function", "current_memory", "target_memory"),
    ),
)


def optimizer_findings(place: Place) -> Findings:
    """What Compute Optimizer recommends for the account in its region.

    Raises:
        SourceError: If it cannot be asked.
    """
    if note := not_opted_in(place):
        return Findings(notes=(note,))
    return Findings(
        tuple(one for topic in TOPICS for one in _recommendations(topic, place))
    )


def not_opted_in(place: Place) -> str:
    """How to have its recommendations; empty where it is in use.

    Raises:
        SourceError: If AWS does not say.
    """
    if place.ask(ENROLLMENT) == ["Active"]:
        return ""
    return NOT_ENROLLED.format(account=place.account.name)


def _recommendations(topic: Topic, place: Place) -> Iterator[Recommendation]:
    found = place.ask(topic.question)
    with well_formed(topic.question.action):
        for one in found:
            options = sorted(one.get(topic.options, ()), key=lambda o: o.get("rank", 0))
            best = next((o for o in options if (_saving(o)[0] or 0) > 0), None)
            if best is not None:
                yield _recommendation(topic, place, one, best)


def _recommendation(
    topic: Topic, place: Place, found: Mapping[str, Any], option: Mapping[str, Any]
) -> Recommendation:
    resource = _resource_id(found[topic.arn])
    current, target = (str(each) for each in topic.change(found, option))
    saving, currency, basis = _saving(option)
    tags = {tag["key"]: tag.get("value", "") for tag in found.get("tags", ())}
    facts = dict(zip(topic.facts, (resource, current, target), strict=True))
    settings = option.get(topic.settings, {})
    facts |= {name: str(settings[k]) for k, name in SETTINGS.items() if k in settings}
    return Recommendation(
        kind=topic.kind,
        action=topic.action,
        title=f"Change {resource} from {current} to {target}",
        account=place.account.name,
        account_id=str(found.get("accountId", place.identity.account_id)),
        region=place.region,
        service=topic.service,
        resource_id=resource,
        part=topic.part,
        estimated_monthly_savings=saving,
        currency=currency,
        risk=_risk(option.get("performanceRisk")),
        effort=EFFORTS.get(option.get("migrationEffort", ""), topic.effort),
        source="compute_optimizer",
        evidence=tuple(_evidence(found, option, basis)),
        facts=(*facts.items(), *made_by(tags)),
    )


def _resource_id(arn: str) -> str:
    """The resource's own id: `i-1` of `...:instance/i-1`, `f` of `...:function:f:1`."""
    _, resource, *_ = re.split("[:/]", arn.split(":", 5)[-1])
    return resource


def _saving(option: Mapping[str, Any]) -> tuple[float | None, str, str]:
    """The monthly saving, its currency and what it is reckoned at.

    After discounts, where AWS knows those.
    """
    for key, basis in (
        ("savingsOpportunityAfterDiscounts", "after your discounts"),
        ("savingsOpportunity", "at public prices"),
    ):
        amount = (option.get(key) or {}).get("estimatedMonthlySavings")
        if amount:
            return float(amount["value"]), str(amount.get("currency", "USD")), basis
    return None, "USD", ""


def _risk(performance_risk: float | None) -> Risk:
    if performance_risk is None:
        return "medium"
    if performance_risk > FAIR:
        return "high"
    return "low" if performance_risk <= SAFE else "medium"


def _evidence(
    found: Mapping[str, Any], option: Mapping[str, Any], basis: str
) -> Iterator[Evidence]:
    for metric in found.get("utilizationMetrics", ()):
        label = f"{metric.get('name')}, {str(metric.get('statistic')).lower()}"
        yield Evidence(label, f"{metric.get('value', 0):,.1f}")
    days = found.get("lookBackPeriodInDays", found.get("lookbackPeriodInDays"))
    if days:
        yield Evidence("Days looked at", f"{days:g}")
    if (risk := option.get("performanceRisk")) is not None:
        yield Evidence("Performance risk, 0 to 4", f"{risk:g}")
    yield Evidence("Saving", f"AWS's own estimate, {basis}, from Compute Optimizer")
