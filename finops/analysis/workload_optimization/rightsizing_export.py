"""What does an export of Cost Explorer's rightsizing recommendations say?

The console writes CSV with padded heads and with amounts for spreadsheets:
`$1,013.79`, `$-` for nothing, and `$(2.31)` for what costs more.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final

from finops.analysis.workload_optimization.regions import region_id
from finops.errors import MalformedTableError
from finops.recommendations import Action, Evidence, Recommendation, Risk

SAVINGS: Final = "recommended instance type 1 estimated savings"

NEEDED: Final = ("account id", "instance id", "recommended action", SAVINGS)

ACTIONS: Final[Mapping[str, tuple[str, Action, Risk]]] = {
    "modify": ("ec2_rightsize", "Rightsize", "medium"),
    "terminate": ("ec2_idle", "Stop", "high"),
}
"""Kind, action and risk of what the export calls an action."""

FACTS: Final = {
    "CPU": ("cpu utilization", " %"),
    "Memory": ("memory utilization", " %"),
    "Hours running": ("running hours", ""),
    "Hours reserved": ("ri hours", ""),
    "Hours on demand": ("od hours", ""),
    "Projected CPU": ("recommended instance type 1 projected cpu", " %"),
    "System": ("os", ""),
}
"""What speaks for a recommendation: the column, and the unit of its values."""

MONEY: Final = re.compile(r"(-?)\$?(\(?)(-|[\d,]*\.?\d+)\)?")


def rightsizing(text: str, *, name: str) -> list[Recommendation]:
    """Every recommendation in an export, as it is in the file.

    Args:
        text: The file.
        name: What to call it.

    Raises:
        MalformedTableError: If it is no such export, or holds what is no amount.
    """
    rows = csv.reader(io.StringIO(text, newline=""))
    heads = [head.strip().lower() for head in next(rows, [])]
    lacking = [head for head in NEEDED if head not in heads]
    if lacking:
        msg = f"{name} is no export of rightsizing recommendations."
        hint = f"It lacks {' and '.join(lacking)}. Export it from Cost Explorer again."
        raise MalformedTableError(msg, hint=hint)
    cells = ([cell.strip() for cell in row] for row in rows)
    told = (dict(zip(heads, row, strict=False)) for row in cells if any(row))
    return [_recommendation(row, name) for row in told]


def _recommendation(row: Mapping[str, str], name: str) -> Recommendation:
    instance, current = row["instance id"], row.get("instance type", "")
    target = row.get("recommended instance type 1", "")
    action_text = row["recommended action"].lower()
    if action_text not in ACTIONS:
        msg = f"{name} recommends to {action_text or 'do nothing'} for {instance}."
        raise MalformedTableError(msg, hint="Known are Modify and Terminate.")
    kind, action, risk = ACTIONS[action_text]
    account_id = row["account id"].zfill(12)
    stop = action == "Stop"
    return Recommendation(
        kind=kind,
        action=action,
        title=f"Stop {instance} ({current})"
        if stop
        else f"Change {instance} from {current} to {target}",
        account=row.get("account name") or account_id,
        account_id=account_id,
        region=region_id(row.get("region", "")),
        service="Amazon Elastic Compute Cloud",
        resource_id=instance,
        estimated_monthly_savings=_amount(row[SAVINGS], name),
        risk=risk,
        effort="quick_win" if stop else "moderate",
        source="export",
        evidence=(
            *_evidence(row),
            Evidence("Price", f"AWS's own estimate, from {name}"),
        ),
        facts=tuple(
            (key, value)
            for key, value in (
                ("instance_id", instance),
                ("current_type", current),
                ("target_type", target),
            )
            if value
        ),
    )


def _evidence(row: Mapping[str, str]) -> Iterator[Evidence]:
    for label, (column, unit) in FACTS.items():
        if told := row.get(column):
            yield Evidence(label, told if told == "-" else f"{told}{unit}")


def _amount(text: str, name: str) -> float | None:
    """The amount in a spreadsheet's spelling; None for an empty cell."""
    plain = re.sub(r"\s", "", text)
    if not plain:
        return None
    found = MONEY.fullmatch(plain)
    if found is None:
        msg = f"{name} has {text!r} where a saving should be."
        raise MalformedTableError(msg, hint="Export it from Cost Explorer again.")
    minus, bracket, digits = found.groups()
    amount = 0.0 if digits == "-" else float(digits.replace(",", ""))
    return -amount if minus or bracket else amount
