"""What the demo company did about its findings: twelve rows of a savings tracker.

Resources that are gone have rows in `meters.csv` that end when this says they
were removed, so that the bill shows what is claimed here. One change saved
nothing, whatever is claimed of it; one is older than the bill.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from finops.recommendations import Action, Effort, Risk
from finops.sources.demo.story import ACCOUNTS, RIGHTSIZING


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedChange:
    """A finding, and what became of it; days are counted back from today.

    Attributes:
        kind: The check that found it, where `action` is given; else the type
            that a person gave it.
        resource: As on the bill; `{account}` in it stands for the account's id.
        estimated: Dollars a month.
        measured: Dollars a month that the bill had shown when it was verified.
        reason: Why it was rejected.
        due_in: Days from today.
    """

    title: str
    kind: str
    account: str
    service: str = "Amazon Elastic Compute Cloud"
    region: str | None = "us-east-1"
    resource: str | None = None
    part: str | None = None
    action: Action | None = None
    estimated: float
    risk: Risk = "low"
    effort: Effort = "quick_win"
    found: int
    accepted: int | None = None
    implemented: int | None = None
    actual: float | None = None
    verified: int | None = None
    measured: float = 0.0
    rejected: int | None = None
    reason: str = ""
    owner: str | None = None
    due_in: int | None = None
    notes: str | None = None

    @property
    def resource_id(self) -> str | None:
        """The resource as the bill names it."""
        return self.resource and self.resource.format(account=self.account_id)

    @property
    def account_id(self) -> str:
        """Twelve digits."""
        return ACCOUNTS[self.account].id


TRACKED: Final = (
    TrackedChange(
        title="Reserve the orders database for a year",
        kind="rds_reserved",
        account="prod",
        service="Amazon Relational Database Service",
        resource="arn:aws:rds:us-east-1:{account}:db:orders",
        estimated=72.0,
        found=590,
        implemented=560,
        actual=71.0,
        owner="Ana",
    ),
    TrackedChange(
        title="Stop the machine i-0f1e2d3c4b5a69788, left from a load test",
        kind="ec2_idle",
        account="prod",
        resource="i-0f1e2d3c4b5a69788",
        action="Stop",
        estimated=280.0,
        found=432,
        implemented=420,
        actual=280.0,
        verified=380,
        measured=280.32,
        owner="Ben",
    ),
    TrackedChange(
        title="Delete the cache catalog, which nothing reads",
        kind="elasticache_idle",
        account="prod",
        service="Amazon ElastiCache",
        resource="arn:aws:elasticache:us-east-1:{account}:cluster:catalog",
        action="Delete",
        estimated=158.0,
        risk="medium",
        found=371,
        implemented=340,
        actual=158.0,
        verified=300,
        measured=157.68,
        owner="Ana",
    ),
    TrackedChange(
        title="Delete the unattached volume vol-0dd55ee66ff770088",
        kind="ebs_unattached",
        account="staging",
        resource="vol-0dd55ee66ff770088",
        action="Delete",
        estimated=50.0,
        risk="medium",
        found=283,
        implemented=270,
        actual=50.0,
        verified=230,
        measured=50.0,
        owner="Chidi",
        notes="A snapshot is kept for a year",
    ),
    TrackedChange(
        title="Stop the machine i-0a9b8c7d6e5f40311 of the old reports",
        kind="ec2_idle",
        account="prod",
        resource="i-0a9b8c7d6e5f40311",
        action="Stop",
        estimated=184.0,
        found=252,
        implemented=230,
        actual=165.0,
        owner="Ben",
    ),
    TrackedChange(
        title="Delete the idle NAT gateway nat-0f405162738495a6b",
        kind="nat_idle",
        account="dev",
        resource="arn:aws:ec2:us-east-1:{account}:natgateway/nat-0f405162738495a6b",
        action="Delete",
        estimated=33.0,
        risk="high",
        effort="moderate",
        found=226,
        implemented=205,
        actual=33.0,
        owner="Chidi",
    ),
    TrackedChange(
        title="Give the function thumbnails less memory",
        kind="lambda_memory",
        account="prod",
        service="AWS Lambda",
        resource="arn:aws:lambda:us-east-1:{account}:function:thumbnails",
        estimated=23.0,
        found=124,
        implemented=110,
        actual=18.0,
        owner="Ana",
        notes="It runs longer with less memory",
    ),
    TrackedChange(
        title=RIGHTSIZING.title,
        kind=RIGHTSIZING.recommendation_type,
        account=RIGHTSIZING.account,
        resource=RIGHTSIZING.resource,
        estimated=RIGHTSIZING.estimated_savings,
        found=RIGHTSIZING.days_ago + 15,
        implemented=RIGHTSIZING.days_ago,
        actual=310.0,
        owner="Ben",
        notes=RIGHTSIZING.notes,
    ),
    TrackedChange(
        title="Delete the old snapshot snap-0a9b8c7d6e5f40312",
        kind="ebs_old_snapshot",
        account="prod",
        region="us-west-2",
        resource="arn:aws:ec2:us-west-2:{account}:snapshot/snap-0a9b8c7d6e5f40312",
        action="Delete",
        estimated=12.5,
        risk="medium",
        found=52,
        rejected=45,
        reason="The auditors need it until March",
    ),
    TrackedChange(
        title="Upgrade orders-staging to a version in standard support",
        kind="extended_support",
        account="staging",
        service="Amazon Relational Database Service",
        resource="arn:aws:rds:us-east-1:{account}:db:orders-staging",
        part="support",
        action="Upgrade",
        estimated=146.0,
        risk="high",
        effort="project",
        found=31,
        accepted=24,
        owner="Chidi",
        due_in=20,
    ),
    TrackedChange(
        title="Run half of the shop's machines on Spot",
        kind="spot",
        account="prod",
        estimated=124.0,
        risk="medium",
        effort="project",
        found=18,
        owner="Ben",
        due_in=-3,
    ),
    TrackedChange(
        title="Commit to the compute that prod runs at all times",
        kind="compute_savings_plan",
        account="prod",
        region=None,
        action="PurchaseSavingsPlans",
        estimated=60.0,
        effort="moderate",
        found=6,
    ),
)
"""In the order in which they were found."""
