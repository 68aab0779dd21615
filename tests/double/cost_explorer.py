"""Cost Explorer, computed from the line items."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from tests.double.expressions import column, condition
from tests.double.failures import AwsError
from tests.double.paging import fingerprint, offset_of, token
from tests.double.results import Bucket, Row, account_names, results_by_time
from tests.double.world import World

Request = Mapping[str, Any]

METRICS: Final = {
    "UnblendedCost": "unblended",
    "AmortizedCost": "amortized",
    "NetUnblendedCost": "net_unblended",
    "NetAmortizedCost": "net_amortized",
    "UsageQuantity": "quantity",
}

UPPER_SNAKE: Final = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper(): name for name in METRICS
}
"""AWS takes UNBLENDED_COST for UnblendedCost."""

NOTHING: Final[Sequence[Row | None]] = [None]
"""The one row of a day on which nothing was charged."""

MONTHS_OF_HISTORY: Final = 14


def get_cost_and_usage(world: World, account: str, request: Request) -> dict[str, Any]:
    """Costs by day or month and up to two groups, one page of them."""
    metrics = _metrics(world, account, request)
    groups = request.get("GroupBy") or []
    found = _sums(world, account, request, metrics)
    cells = [
        (bucket, row)
        for bucket in _buckets(world, request)
        for row in found.get(bucket[0], NOTHING)
    ]
    question = fingerprint(request)
    at, size = offset_of(request.get("NextPageToken"), question), world.page_groups
    if world.empty_pages and not request.get("NextPageToken"):
        size = 0
    page = cells[at : at + size]
    closed = world.closed_until or world.now.date().replace(day=1)
    answer = {
        "ResultsByTime": results_by_time(page, metrics, len(groups), closed),
        "DimensionValueAttributes": account_names(page, groups, world.names),
        **({"GroupDefinitions": groups} if groups else {}),
    }
    if at + size < len(cells):
        answer["NextPageToken"] = token(question, at + size)
    return answer


def get_tags(world: World, account: str, request: Request) -> dict[str, Any]:
    """The tag keys in use, or one key's values."""
    start, end = _period(world, request)
    scope, values = _scope(world, account)
    key = request.get("TagKey")
    wanted = "coalesce(tags[?], '')" if key else "unnest(map_keys(tags))"
    rows = world.items.select(
        f"SELECT DISTINCT {wanted} AS tag FROM items"  # noqa: S608  our own columns
        f" WHERE day >= ? AND day < ? AND {scope} ORDER BY tag",
        [*([key] if key else []), start, end, *values],
    )
    tags = [tag for (tag,) in rows]
    return {"Tags": tags, "ReturnSize": len(tags), "TotalSize": len(tags)}


def get_dimension_values(
    world: World, account: str, request: Request
) -> dict[str, Any]:
    """The values of one dimension in a period."""
    start, end = _period(world, request)
    scope, values = _scope(world, account)
    named = column(request["Dimension"])
    rows = world.items.select(
        f"SELECT DISTINCT {named} AS v FROM items"  # noqa: S608  our own columns
        f" WHERE day >= ? AND day < ? AND {scope} ORDER BY v",
        [start, end, *values],
    )
    found = [{"Value": value, "Attributes": {}} for (value,) in rows]
    return {
        "DimensionValues": found,
        "ReturnSize": len(found),
        "TotalSize": len(found),
    }


def _metrics(world: World, account: str, request: Request) -> list[str]:
    metrics = [UPPER_SNAKE.get(name, name) for name in request.get("Metrics") or ()]
    if not metrics or any(name not in METRICS for name in metrics):
        msg = f"Invalid metrics. Valid values: {sorted(UPPER_SNAKE)}"
        raise AwsError(msg, code="ValidationException")
    net = [name for name in metrics if name.startswith("Net")]
    if net and account in world.net_refused:
        msg = f"{net[0]} is not available to this account (the double's wording)"
        raise AwsError(msg, code="ValidationException")
    return metrics


def _sums(
    world: World, account: str, request: Request, metrics: Sequence[str]
) -> dict[date, list[Row]]:
    keys, values = _group_keys(request.get("GroupBy") or [])
    start, end = _period(world, request)
    scope, scoped = _scope(world, account)
    values += [start, end, *scoped]
    if request.get("Filter"):
        scope += " AND " + condition(request["Filter"], values)
    part = {"DAILY": "day", "MONTHLY": "month"}[request["Granularity"]]
    selected = [f"date_trunc('{part}', day)::DATE", *keys]
    selected += [f"sum({METRICS[name]})" for name in metrics]
    rows = world.items.select(
        f"SELECT {', '.join(selected)}, any_value(currency) FROM items"  # noqa: S608
        f" WHERE day >= ? AND day < ? AND {scope} GROUP BY ALL ORDER BY ALL",
        values,
    )
    found: dict[date, list[Row]] = defaultdict(list)
    for day, *row in rows:
        found[max(day, start)].append(tuple(row))
    return found


def _group_keys(groups: Sequence[Request]) -> tuple[list[str], list[object]]:
    if len(groups) > 2:
        msg = "Only 2 group definitions are allowed (the double's wording)"
        raise AwsError(msg, code="ValidationException")
    keys, values = [], list[object]()
    for group in groups:
        match group.get("Type"):
            case "DIMENSION":
                keys.append(column(group["Key"]))
            case "TAG":
                keys.append("? || '$' || coalesce(tags[?], '')")
                values += [group["Key"], group["Key"]]
            case _:
                msg = "Group Definition type is invalid."
                raise AwsError(msg, code="ValidationException")
    return keys, values


def _period(world: World, request: Request) -> Bucket:
    asked = request["TimePeriod"]
    start, end = (date.fromisoformat(asked[at]) for at in ("Start", "End"))
    today = world.now.date()
    if start >= end:
        msg = "Start date (and hour) should be before end date (and hour)"
        raise AwsError(msg, code="ValidationException")
    if end > _next_month(today):
        msg = "end date past the beginning of next month"
        raise AwsError(msg, code="ValidationException")
    months_back = (today.year - start.year) * 12 + today.month - start.month
    if months_back >= MONTHS_OF_HISTORY:
        msg = "You haven't enabled historical data beyond 14 months"
        raise AwsError(msg, code="ValidationException")
    return start, end


def _scope(world: World, account: str) -> tuple[str, list[object]]:
    """A member sees itself; the payer sees all."""
    return ("TRUE", []) if account == world.payer else ("account = ?", [account])


def _buckets(world: World, request: Request) -> Iterator[Bucket]:
    start, end = _period(world, request)
    while start < end:
        daily = request["Granularity"] == "DAILY"
        following = start + timedelta(days=1) if daily else _next_month(start)
        yield start, min(following, end)
        start = following


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
