"""A company with as many accounts as a test or a benchmark wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from tests.double.world import Member, World

SERVICES: Final = (
    "Amazon Elastic Compute Cloud - Compute",
    "Amazon Relational Database Service",
    "EC2 - Other",
    "Amazon Simple Storage Service",
    "AWS Lambda",
    "AmazonCloudWatch",
    "Amazon Elastic Container Service for Kubernetes",
    "Amazon DynamoDB",
    "Amazon ElastiCache",
    "AWS Key Management Service",
)

NAMES: Final = ("prod", "staging", "dev")

DAILY_CHARGES: Final = """
SELECT
  day,
  account,
  service,
  CASE WHEN s % 3 = 2 THEN 'eu-west-1' ELSE 'us-east-1' END AS region,
  'Usage:' || s AS usage_type,
  'RunInstances' AS operation,
  24 AS quantity,
  CASE WHEN s % 2 = 0 THEN MAP {'team': 'web'} ELSE MAP {} END AS tags,
  round(400.0 / (a + 1) / (s + 1)
    * CASE WHEN isodow(day) > 5 THEN 0.8 ELSE 1.0 END, 6) AS unblended
FROM
  (SELECT unnest($accounts) AS account, generate_subscripts($accounts, 1) - 1 AS a),
  (SELECT unnest($services) AS service, generate_subscripts($services, 1) - 1 AS s),
  (SELECT unnest(generate_series($first::TIMESTAMP, $last::TIMESTAMP,
     INTERVAL 1 DAY)) AS day)
"""

TAXES: Final = """
SELECT date_trunc('month', day) AS day, account, 'Tax' AS service,
  'Tax' AS record_type, round(sum(unblended) * 0.1, 2) AS unblended
FROM items WHERE record_type = 'Usage' GROUP BY ALL
"""

CREDITS: Final = """
SELECT day, account, 'Amazon DynamoDB' AS service,
  'Credit' AS record_type, -10 AS unblended
FROM items WHERE record_type = 'Tax'
"""


def company(*, accounts: int, now: datetime, days: int = 400) -> World:
    """A world in which `accounts` accounts used ten services on each of `days`."""
    world = World(now=now)
    fill(world, accounts=accounts, days=days)
    return world


def fill(world: World, *, accounts: int, days: int = 400) -> None:
    """Put a company on the bill of `world`.

    The payer is none of its accounts: it sees them all, and uses nothing.
    """
    ids = account_ids(accounts)
    world.names = dict(zip(ids, account_names(accounts), strict=True))
    world.members = [
        Member(world.payer, "payer"),
        *(Member(account_id, name) for account_id, name in world.names.items()),
    ]
    last = world.now.date()
    first = last - timedelta(days=days - 1)
    world.items.add_from(
        DAILY_CHARGES,
        {"accounts": ids, "services": list(SERVICES), "first": first, "last": last},
    )
    world.items.add_from(TAXES)
    world.items.add_from(CREDITS)


def account_ids(count: int) -> list[str]:
    """111111111111, 222222222222, ... and further ones after the ninth."""
    return [
        str(n) * 12 if n < 10 else f"{100_000_000_000 + n}" for n in range(1, count + 1)
    ]


def account_names(count: int) -> list[str]:
    """prod, staging, dev, and further ones after the third."""
    more = (f"team {n}" for n in range(len(NAMES) + 1, count + 1))
    return [*NAMES[:count], *more]


def role_arn(account: str) -> str:
    """The role to read `account` with."""
    return f"arn:aws:iam::{account}:role/CostAnalyzer"


def accounts_setting(ids: Sequence[str], names: Sequence[str]) -> str:
    """The value of AWS_ACCOUNTS that lists these accounts by their roles."""
    return ",".join(f"{n}:{role_arn(i)}" for i, n in zip(ids, names, strict=True))
