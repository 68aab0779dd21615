"""What AWS's own services recommend in the tests, as they answer it."""

from __future__ import annotations

from typing import Any

from tests.double.world import World

HUB = "cost-optimization-hub"

OPTIMIZER = "compute-optimizer"


def enrol(world: World, service: str, *, account: str | None = None) -> None:
    """Let `service` be in use, and recommend nothing as yet."""
    if service == HUB:
        active = {"items": [{"accountId": account or world.payer, "status": "Active"}]}
        world.fixtures[HUB, "ListEnrollmentStatuses", account] = active
        world.fixtures[HUB, "ListRecommendations", account] = {"items": []}
        return
    world.fixtures[OPTIMIZER, "GetEnrollmentStatus", account] = {"status": "Active"}
    for resource, key in {
        "EC2Instance": "instanceRecommendations",
        "EBSVolume": "volumeRecommendations",
        "RDSDatabase": "rdsDBRecommendations",
        "LambdaFunction": "lambdaFunctionRecommendations",
    }.items():
        operation = f"Get{resource}Recommendations"
        world.fixtures[OPTIMIZER, operation, account] = {key: []}


def not_enrolled(world: World) -> None:
    """Let neither of AWS's services be in use."""
    inactive = {"items": [{"accountId": world.payer, "status": "Inactive"}]}
    world.fixtures[HUB, "ListEnrollmentStatuses", None] = inactive
    world.fixtures[OPTIMIZER, "GetEnrollmentStatus", None] = {"status": "Inactive"}


def hub_item(account: str, **changes: Any) -> dict[str, Any]:
    """One recommendation of the Hub: another type for an instance."""
    return {
        "recommendationId": "r-1",
        "accountId": account,
        "region": "us-east-2",
        "resourceId": "i-1",
        "resourceArn": f"arn:aws:ec2:us-east-2:{account}:instance/i-1",
        "currentResourceType": "Ec2Instance",
        "recommendedResourceType": "Ec2Instance",
        "currentResourceSummary": "m5a.xlarge",
        "recommendedResourceSummary": "r5a.large",
        "estimatedMonthlySavings": 43.07,
        "estimatedMonthlyCost": 82.49,
        "currencyCode": "USD",
        "implementationEffort": "Medium",
        "actionType": "Rightsize",
        "restartNeeded": True,
        "rollbackPossible": True,
        "recommendationLookbackPeriodInDays": 14,
        "source": "ComputeOptimizer",
    } | changes


def money(value: float) -> dict[str, Any]:
    """A saving, as Compute Optimizer writes it."""
    return {"estimatedMonthlySavings": {"currency": "USD", "value": value}}


def optimizer_instance(account: str, **changes: Any) -> dict[str, Any]:
    """What Compute Optimizer says of an instance that is too large."""
    return {
        "instanceArn": f"arn:aws:ec2:us-east-1:{account}:instance/i-1",
        "accountId": account,
        "currentInstanceType": "m5.2xlarge",
        "finding": "Overprovisioned",
        "lookBackPeriodInDays": 14.0,
        "utilizationMetrics": [{"name": "Cpu", "statistic": "Maximum", "value": 11.5}],
        "recommendationOptions": [
            {
                "instanceType": "m5.large",
                "rank": 2,
                "performanceRisk": 2.0,
                "savingsOpportunity": money(210.24),
            },
            {
                "instanceType": "m5.xlarge",
                "rank": 1,
                "performanceRisk": 1.0,
                "migrationEffort": "VeryLow",
                "savingsOpportunity": money(140.16),
                "savingsOpportunityAfterDiscounts": money(126.14),
            },
        ],
        "tags": [{"key": "aws:autoscaling:groupName", "value": "web"}],
    } | changes
