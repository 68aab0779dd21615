"""Small bills that tests write themselves, in every format, and a way to ask."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from finops.focus import Charges, Condition, CostQuery, Granularity
from finops.periods import ChargePeriod
from finops.sources import CostSource
from finops.sources.warehouse import open_warehouse

TODAY = date(2026, 5, 20)
APRIL = ChargePeriod(date(2026, 4, 1), date(2026, 5, 1))
EVER = ChargePeriod(date(2020, 1, 1), date(2030, 1, 1))
TENTH = datetime(2026, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)

IDS = count(1)

Line = Mapping[str, Any]
Columns = dict[str, Any]


def cur_line(
    cost: float | None = 1.0,
    *,
    start: datetime = TENTH,
    lasts: timedelta = HOUR,
    **columns: object,
) -> Columns:
    """A line item of its own, as Athena names its columns; times have no zone."""
    start = start.replace(tzinfo=None)
    return {
        "identity_line_item_id": f"line-{next(IDS)}",
        "identity_time_interval": f"{start:%FT%TZ}/{start + lasts:%FT%TZ}",
        "bill_payer_account_id": "012345678901",
        "bill_billing_period_start_date": start.replace(day=1, hour=0),
        "line_item_usage_account_id": "012345678901",
        "line_item_line_item_type": "Usage",
        "line_item_usage_start_date": start,
        "line_item_usage_end_date": start + lasts,
        "line_item_product_code": "AmazonEC2",
        "line_item_currency_code": "USD",
        "line_item_unblended_cost": cost,
        **columns,
    }


def focus_line(
    cost: float | None = 1.0,
    *,
    start: datetime = TENTH,
    lasts: timedelta = HOUR,
    **columns: object,
) -> Columns:
    """A FOCUS charge; times have no zone in AWS's exports."""
    start = start.replace(tzinfo=None)
    return {
        "ChargePeriodStart": start,
        "ChargePeriodEnd": start + lasts,
        "BillingPeriodStart": start.replace(day=1, hour=0),
        "ChargeCategory": "Usage",
        "BillingAccountId": "012345678901",
        "SubAccountId": "012345678901",
        "BillingCurrency": "USD",
        "BilledCost": cost,
        "EffectiveCost": cost,
        "ListCost": cost,
        **columns,
    }


def write_csv(path: Path, lines: Sequence[Line]) -> Path:
    """A CSV file of `lines`, gzipped where its name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = dict.fromkeys(name for line in lines for name in line)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(names), restval="")
        writer.writeheader()
        writer.writerows(lines)
    return path


def write_parquet(path: Path, lines: Sequence[Line]) -> Path:
    """A Parquet file of `lines`; a dict becomes a map from text to text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = dict.fromkeys(name for line in lines for name in line)
    columns = {name: column([line.get(name) for line in lines]) for name in names}
    pq.write_table(pa.table(columns), path)
    return path


def column(values: list[Any]) -> Any:
    """`values` as a column of Parquet."""
    if any(isinstance(value, dict) for value in values):
        maps = [value and list(value.items()) for value in values]
        return pa.array(maps, pa.map_(pa.string(), pa.string()))
    return pa.array(values)


def opened(location: Path | str, *, today: date = TODAY) -> CostSource:
    """The source at `location`; what it copies or spills stays beside it."""
    folder = Path(location).parent
    return open_warehouse(str(location), cache_dir=folder / "cache", today=today)


def rows(
    source: CostSource,
    *by: str,
    period: ChargePeriod = EVER,
    granularity: Granularity = "total",
    charges: Charges = "all",
    where: Sequence[Condition] = (),
) -> list[dict[str, Any]]:
    """The answer of `source`, as rows with None for what is null."""
    query = CostQuery(
        period=period,
        granularity=granularity,
        group_by=by,
        charges=charges,
        where=tuple(where),
    )
    table = source.costs(query).table.astype(object)
    return [
        {str(key): value for key, value in row.items()}
        for row in table.where(table.notna(), None).to_dict("records")
    ]


def costs_by(
    source: CostSource, dimension: str, *, metric: str = "BilledCost"
) -> dict[str | None, float]:
    """The costs of `source` by one dimension, all charges."""
    return {row[dimension]: row[metric] for row in rows(source, dimension)}


def total(source: CostSource, metric: str = "BilledCost") -> float:
    """Everything that `source` holds, in one figure."""
    return float(sum(row[metric] for row in rows(source)))


def a_quarter() -> list[Columns]:
    """A charge for each of ninety days, of several accounts, teams and kinds."""
    kinds = ("Usage", "Usage", "Usage", "Tax", "Credit", "RIFee")
    return [
        cur_line(
            1.0 + day % 7,
            start=TENTH - timedelta(days=day),
            lasts=timedelta(days=1),
            line_item_line_item_type=kinds[day % len(kinds)],
            line_item_usage_account_id=f"{day % 4:012}",
            product_region=("eu-west-1", "us-east-1", "")[day % 3],
            resource_tags_user_team=("web", None, "data", "")[day % 4],
            pricing_public_on_demand_cost=None if day % 5 else 2.0,
        )
        for day in range(90)
    ]


def a_bit_of_everything() -> list[Columns]:
    """Line items of every type, over two months, with and without tags."""
    commitments: Columns = {
        "reservation_reservation_a_r_n": "",
        "reservation_effective_cost": 0.4,
        "reservation_unused_amortized_upfront_fee_for_billing_period": 0.2,
        "reservation_unused_recurring_fee": 0.1,
        "savings_plan_savings_plan_a_r_n": "",
        "savings_plan_savings_plan_effective_cost": 0.6,
        "savings_plan_total_commitment_to_date": 5.0,
        "savings_plan_used_commitment": 3.5,
    }
    kinds = ("Usage", "DiscountedUsage", "SavingsPlanCoveredUsage", "RIFee", "Fee")
    more = ("SavingsPlanNegation", "SavingsPlanRecurringFee", "EdpDiscount", "Tax")
    return [
        cur_line(
            0.1 * place + 0.01 * hour,
            start=TENTH + timedelta(days=7 * place, hours=hour),
            line_item_line_item_type=kind,
            line_item_usage_account_id=f"{hour % 3:012}",
            line_item_usage_type="SpotUsage:m5" if hour == 5 else "BoxUsage:m5",
            line_item_resource_id=None if hour == 2 else f"i-{hour}",
            line_item_operation="" if hour == 3 else "RunInstances",
            product={"product_name": "Amazon Elastic Compute Cloud"},
            pricing_public_on_demand_cost=None if kind == "Tax" else 0.2 * place,
            resource_tags={"user_team": "web", "aws_x": "y"} if hour % 2 else {},
            **commitments,
        )
        for place, kind in enumerate((*kinds, *more))
        for hour in range(8)
    ]


QUESTIONS = [
    CostQuery(period=EVER, granularity="total", charges="all"),
    CostQuery(period=EVER, granularity="month", group_by=("ChargeCategory",)),
    CostQuery(period=APRIL, group_by=("SubAccountId", "PricingCategory")),
    CostQuery(period=EVER, group_by=("Tags.team", "ServiceName"), charges="all"),
    CostQuery(
        period=EVER,
        granularity="total",
        group_by=("ResourceId", "x_Operation"),
        where=(Condition("Tags.team", (None,)), Condition("ResourceId", ("i-2", None))),
    ),
]
"""What can be asked of a bit of everything."""
