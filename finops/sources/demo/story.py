"""What happens in the demo company: change these values to tell another story.

The resources that the company pays for are the rows of `meters.csv`, a file to
open in any spreadsheet. Its columns:

* `account`: a key of `ACCOUNTS`; `service`: a key of `SERVICES`.
* `region`: empty for what AWS bills globally. `{region}` and `{account}` in
  `resource` stand for it and for the account's id.
* `price`: dollars per `unit` in public; `quantity`: units a day as of yesterday,
  or a month where the unit ends in `-Mo` or the rhythm is `monthly`.
* `rhythm`: a member of `Rhythm`; `pricing`: a key of `PRICES`.
* `from`, `to`: the first and last day it ran, in days before today; empty for
  ever. Yesterday is 1.
* `team`, `project`: its tags, with `env` from the account; untagged if empty.

All days are counted back from today, so that the story is always fresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from finops.budgets import Budget

HISTORY_DAYS: Final = 548
"""Eighteen months, ending yesterday."""

SEED: Final = 20260101
"""The same company on every machine; another seed, another year of noise."""


@dataclass(frozen=True, slots=True)
class Account:
    """One AWS account of the company.

    Attributes:
        last_30_days: What its usage cost in the last 30 days, effective. The
            quantities that vary are scaled until it does.
    """

    id: str
    last_30_days: float


ACCOUNTS: Final[Mapping[str, Account]] = {
    "prod": Account("482915730164", 1800.00),
    "staging": Account("615308247953", 450.50),
    "dev": Account("039741586208", 200.30),
}
"""The accounts by name; an id that starts with 0 keeps everybody honest."""

BUDGETS: Final = (
    Budget(2_500.00),
    Budget(2_100.00, "account", "prod"),
    Budget(480.00, "account", "staging"),
    Budget(420.00, "service", "Amazon RDS"),
    Budget(180.00, "tag", "data", "team"),
)
"""What the company wants a month to cost: the growth in prod does not fit in."""

BILLING_ACCOUNT_ID: Final = "750284619375"

SERVICES: Final[Mapping[str, tuple[str, str]]] = {
    "apigateway": ("Amazon API Gateway", "Networking"),
    "bedrock": ("Amazon Bedrock", "AI and Machine Learning"),
    "cloudfront": ("Amazon CloudFront", "Networking"),
    "cloudwatch": ("AmazonCloudWatch", "Management and Governance"),
    "codebuild": ("AWS CodeBuild", "Developer Tools"),
    "dynamodb": ("Amazon DynamoDB", "Databases"),
    "ec2": ("Amazon Elastic Compute Cloud", "Compute"),
    "ecr": ("Amazon EC2 Container Registry (ECR)", "Storage"),
    "ecs": ("Amazon Elastic Container Service", "Compute"),
    "eks": ("Amazon Elastic Container Service for Kubernetes", "Compute"),
    "elasticache": ("Amazon ElastiCache", "Databases"),
    "elb": ("Elastic Load Balancing", "Networking"),
    "guardduty": ("Amazon GuardDuty", "Security"),
    "kms": ("AWS Key Management Service", "Security"),
    "lambda": ("AWS Lambda", "Compute"),
    "marketplace": ("Lakeview Metrics Uptime Monitoring", "Other"),
    "opensearch": ("Amazon OpenSearch Service", "Analytics"),
    "rds": ("Amazon Relational Database Service", "Databases"),
    "route53": ("Amazon Route 53", "Networking"),
    "s3": ("Amazon Simple Storage Service", "Storage"),
    "savings_plan": ("Savings Plans for AWS Compute usage", "Compute"),
    "secrets": ("AWS Secrets Manager", "Security"),
    "sqs": ("Amazon Simple Queue Service", "Integration"),
    "support": ("AWS Support (Developer)", "Other"),
    "tax": ("Tax", "Other"),
    "transfer": ("AWS Data Transfer", "Networking"),
    "vpc": ("Amazon Virtual Private Cloud", "Networking"),
    "waf": ("AWS WAF", "Security"),
}
"""ServiceName and ServiceCategory of each service."""

CATEGORY_WITHIN_SERVICE: Final[Mapping[tuple[str, str], str]] = {
    ("ec2", "volume"): "Storage",
    ("ec2", "snapshot"): "Storage",
    ("ec2", "natgateway"): "Networking",
}
"""ServiceCategory by resource type, where AWS bills under another service."""

USAGE_TYPE_PREFIX: Final = {"us-west-2": "USW2-", "eu-west-1": "EU-"}
"""How AWS marks the region in a usage type; us-east-1 has no mark."""

Rhythm = Literal["steady", "traffic", "office", "growing", "monthly"]
"""All hours alike, with the customers, on workdays, a bit more each day, or on the 1st."""

WEEKEND_SHARE: Final[Mapping[str, float]] = {"traffic": 0.78, "office": 0.04}
"""How much of a workday's quantity a Saturday or Sunday has."""

NOISE: Final[Mapping[str, float]] = {"traffic": 0.14, "office": 0.16}
"""By how much a day strays from its norm, as a standard deviation."""

MONTHLY_GROWTH: Final[Mapping[str, float]] = {"growing": 0.04, "office": 0.015}
"""Growth per 30 days: storage that nobody deletes, a team that hires."""

DEMAND: Final = (
    (548, 0.35),
    (120, 0.74),
    (60, 0.86),
    (30, 0.92),
    (1, 1.00),
    (-30, 1.03),
)
"""Customers' traffic by days before today, as a share of yesterday's.

The point beyond today is what comes next; the demo never shows it, and tests
and benchmarks hold forecasts against it.
"""


@dataclass(frozen=True, slots=True)
class Price:
    """How a charge's costs follow from its cost at public prices.

    Attributes:
        billed: BilledCost as a share of quantity times price.
        effective: EffectiveCost, likewise.
        listed: ListCost, likewise.
        discount: A key of `COMMITMENTS`, where one applies.
        status: Whether the commitment was used, where one applies to usage.
    """

    charge: str = "Usage"
    category: str = "Standard"
    billed: float = 1.0
    effective: float = 1.0
    listed: float = 1.0
    discount: str = ""
    status: Literal["Used", "Unused"] | None = None


PRICES: Final[Mapping[str, Price]] = {
    "standard": Price(),
    "spot": Price(category="Dynamic", billed=0.35, effective=0.35),
    "fee": Price(charge="Purchase"),
    "credit": Price(charge="Credit", listed=0.0),
    "tax": Price(charge="Tax", listed=1.0),
    "savings_plan": Price("Usage", "Committed", 0.0, 0.72, 1.0, "savings_plan", "Used"),
    "savings_plan_unused": Price(
        "Usage", "Committed", 0.0, 1.0, 0.0, "savings_plan", "Unused"
    ),
    "savings_plan_fee": Price("Purchase", "Standard", 1.0, 0.0, 0.0, "savings_plan"),
    "reserved": Price("Usage", "Committed", 0.0, 0.62, 1.0, "reservation", "Used"),
    "reservation_fee": Price("Purchase", "Standard", 1.0, 0.0, 0.0, "reservation"),
}
"""What is paid by the hour or on the 1st is billed then, and amortized over use."""

COMMITMENTS: Final[Mapping[str, tuple[str, str, int]]] = {
    "savings_plan": (
        "Savings Plan",
        "arn:aws:savingsplans::482915730164:savingsplan/8d4b1f6e",
        41,
    ),
    "reservation": (
        "Reserved Instance",
        "arn:aws:rds:us-east-1:482915730164:ri:orders-2025",
        198,
    ),
}
"""CommitmentDiscountType, CommitmentDiscountId, and days from today to its end."""

TAX_RATE: Final = 0.07
"""Tax on each month's bill, dated on its first day."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A meter that runs far too high for some days.

    Attributes:
        daily_quantity: Units a day on top of what is usual.
        first, last: The days it ran, in days before today.
        why: The cause that a good explanation should come to.
    """

    account: str
    resource: str
    usage_type: str
    daily_quantity: float
    first: int
    last: int
    why: str


ANOMALY: Final = Anomaly(
    account="prod",
    resource="nat-0c1d2e3f405162738",
    usage_type="NatGateway-Bytes",
    daily_quantity=500.0,
    first=9,
    last=6,
    why="A report export read its data from S3 through the NAT gateway.",
)
"""Four days that every anomaly detector should find."""


@dataclass(frozen=True, slots=True)
class ImplementedChange:
    """A recommendation that somebody carried out, and that shows in the bill.

    The two rows of `meters.csv` with its resource hold the same facts, so that
    a savings tracker filled from here agrees with what the bill then measures.

    Attributes:
        estimated_savings: Dollars a month that were expected.
        days_ago: The first day on which the new type ran.
    """

    title: str
    recommendation_type: str
    account: str
    resource: str
    before: str
    after: str
    estimated_savings: float
    risk_level: str
    effort: str
    days_ago: int
    notes: str


RIGHTSIZING: Final = ImplementedChange(
    title="Downsize EC2 i3.2xlarge to t3.large",
    recommendation_type="EC2_rightsizing",
    account="prod",
    resource="i-0123456789abcdef0",
    before="i3.2xlarge",
    after="t3.large",
    estimated_savings=320.0,
    risk_level="low",
    effort="quick_win",
    days_ago=75,
    notes="Resized during maintenance window",
)
"""The change that really saved: about $310 a month."""

LAUNCH_DAYS_AGO: Final = 13
"""When search was launched (project `search`): the level of spend shifts up."""
