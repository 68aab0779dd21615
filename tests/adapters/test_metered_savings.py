"""A billing export states what was used, which measured savings go by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from finops.analysis.realization import MeasuredSaving
from finops.workspace import Workspace
from finops.workspace.realization import Change, measured_saving
from tests.adapters.made_up_bills import (
    Columns,
    cur_line,
    focus_line,
    opened,
    write_csv,
    write_parquet,
)

FIRST = datetime(2026, 1, 5, tzinfo=UTC)

CHANGE = date(2026, 4, 2)

TODAY = date(2026, 5, 12)

DISCOUNT = 0.9
"""What is paid of the public price."""

OLD, NEW = (0.384, "m5.2xlarge"), (0.192, "m5.xlarge")


def as_cur(day: datetime, public: float, **told: str) -> Columns:
    return cur_line(
        DISCOUNT * public,
        start=day,
        lasts=timedelta(days=1),
        line_item_resource_id=told["resource"],
        line_item_usage_type=told["usage_type"],
        line_item_line_item_description=told["description"],
        pricing_public_on_demand_cost=public,
    )


def as_focus(day: datetime, public: float, **told: str) -> Columns:
    paid = DISCOUNT * public
    return focus_line(
        paid,
        start=day,
        lasts=timedelta(days=1),
        ListCost=public,
        ServiceName="Amazon Elastic Compute Cloud",
        ResourceId=told["resource"],
        x_UsageType=told["usage_type"],
        ChargeDescription=told["description"],
    )


Line = Callable[..., Columns]


@pytest.mark.parametrize("line", [as_cur, as_focus], ids=["CUR", "FOCUS"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_hours_that_a_machine_did_not_run_are_not_credited_to_its_size(
    line: Line, kind: str, tmp_path: Path
) -> None:
    """Half as large, and 40 % fewer hours since: only the price is the change's."""
    lines = []
    for number in range((TODAY - FIRST.date()).days):
        day = FIRST + timedelta(days=number)
        price, size = OLD if day.date() < CHANGE else NEW
        hours = 24 if day.date() < CHANGE else 14.4
        for resource, ran in (("i-0a1b2c3d4e5f60718", hours), ("i-0beside", 24)):
            told = {
                "resource": resource,
                "usage_type": f"EUW2-BoxUsage:{size}",
                "description": f"${price} per On Demand Linux {size} Instance Hour",
            }
            lines.append(line(day, price * ran, **told))
    write = write_csv if kind == "csv" else write_parquet
    space = Workspace(opened(write(tmp_path / f"bill.{kind}", lines)), TODAY)
    change = Change(
        implemented_on=CHANGE,
        currency="USD",
        account=None,
        account_id="012345678901",
        service="Amazon Elastic Compute Cloud",
        resource_id="i-0a1b2c3d4e5f60718",
        usage_type=None,
        action="Rightsize",
        kind="ec2_rightsize",
    )

    found = measured_saving(space, change)

    assert isinstance(found, MeasuredSaving)
    assert found.method == "usage"
    assert found.saving == pytest.approx(DISCOUNT * 0.192 * 14.4 * 730 / 24)
