"""The extent of a bill goes to its last complete day, and not beyond today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from finops.errors import EmptySourceError, MalformedTableError, SourceError
from finops.focus import CostQuery
from finops.periods import ChargePeriod
from tests.adapters.made_up_bills import (
    HOUR,
    TODAY,
    cur_line,
    focus_line,
    opened,
    rows,
    write_csv,
    write_parquet,
)

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 4, 10, tzinfo=UTC)


def april(first: int, last: int) -> ChargePeriod:
    """From one day of April 2026 to another, both included."""
    return ChargePeriod(date(2026, 4, first), date(2026, 4, last) + DAY)


def test_a_day_that_charges_fill_to_its_end_is_complete(tmp_path: Path) -> None:
    lines = [cur_line(start=MIDNIGHT), cur_line(start=MIDNIGHT + 47 * HOUR)]

    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert bill.extent == april(10, 11)


def test_a_day_that_charges_break_off_in_may_still_change(tmp_path: Path) -> None:
    lines = [cur_line(start=MIDNIGHT), cur_line(start=MIDNIGHT + 30 * HOUR)]

    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert bill.extent == april(10, 11)
    assert bill.restated_days == 1


def test_a_bill_that_breaks_off_says_so(tmp_path: Path) -> None:
    lines = [cur_line(start=MIDNIGHT), cur_line(start=MIDNIGHT + 30 * HOUR)]
    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    [note] = bill.costs(CostQuery(period=bill.extent)).notes

    assert note == "The bill breaks off within its last day, 11 Apr 2026."


def test_a_bill_that_does_not_break_off_is_final(tmp_path: Path) -> None:
    lines = [cur_line(start=MIDNIGHT), cur_line(start=MIDNIGHT + 47 * HOUR)]

    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert bill.restated_days == 0
    assert bill.costs(CostQuery(period=bill.extent)).notes == ()


def test_a_tax_for_the_whole_month_completes_no_day(tmp_path: Path) -> None:
    tax = cur_line(start=MIDNIGHT.replace(day=1), lasts=30 * DAY)
    usage = cur_line(start=MIDNIGHT, lasts=DAY)

    bill = opened(write_parquet(tmp_path / "a.parquet", [tax, usage]))

    assert bill.extent == april(1, 10)


def test_a_broken_day_alone_is_better_than_none(tmp_path: Path) -> None:
    bill = opened(write_parquet(tmp_path / "a.parquet", [cur_line(start=MIDNIGHT)]))

    assert bill.extent == april(10, 10)


def test_charges_that_only_last_longer_count_from_their_start(tmp_path: Path) -> None:
    lines = [
        focus_line(start=MIDNIGHT.replace(day=1), lasts=9 * DAY),
        focus_line(start=MIDNIGHT, lasts=20 * DAY),
    ]

    bill = opened(write_csv(tmp_path / "a.csv", lines))

    assert bill.extent == april(1, 10)


def test_an_end_that_is_no_time_does_not_matter(tmp_path: Path) -> None:
    line = focus_line(start=MIDNIGHT, ChargePeriodEnd="2026-04-10T30:00:00Z")

    bill = opened(write_csv(tmp_path / "a.csv", [line]))

    assert bill.extent == april(10, 10)


def test_today_is_not_complete(tmp_path: Path) -> None:
    lines = [
        cur_line(start=MIDNIGHT, lasts=DAY),
        cur_line(start=MIDNIGHT + DAY, lasts=DAY),
    ]
    file = write_parquet(tmp_path / "a.parquet", lines)

    assert opened(file, today=date(2026, 4, 11)).extent == april(10, 10)
    assert opened(file, today=date(2026, 4, 12)).extent == april(10, 11)


def test_days_to_come_are_answered_but_not_in_the_extent(tmp_path: Path) -> None:
    lines = [cur_line(1.0, start=MIDNIGHT), cur_line(2.0, start=MIDNIGHT + 365 * DAY)]

    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert bill.extent.end == TODAY
    [row] = rows(bill)
    assert row["BilledCost"] == 3.0


def test_a_bill_of_days_to_come_alone_is_wrong(tmp_path: Path) -> None:
    line = cur_line(start=datetime(2031, 1, 1, tzinfo=UTC))
    bill = opened(write_parquet(tmp_path / "a.parquet", [line]))

    with pytest.raises(SourceError) as raised:
        rows(bill)

    assert str(raised.value) == (
        "Every charge in a.parquet lies in the future: the first is of 2031-01-01."
    )
    assert raised.value.hint


def test_no_charges_are_no_bill(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [cur_line()])
    file.write_text(file.read_text().splitlines()[0] + "\n")
    bill = opened(file)

    with pytest.raises(EmptySourceError, match=r"a\.csv holds no charges\."):
        _ = bill.extent
    with pytest.raises(EmptySourceError):
        rows(bill)


def test_a_charge_without_a_date_is_not_lost_in_silence(tmp_path: Path) -> None:
    undated = cur_line(line_item_usage_start_date=None)
    bill = opened(write_parquet(tmp_path / "a.parquet", [cur_line(), undated]))

    with pytest.raises(MalformedTableError, match=r"without a date: 1"):
        _ = bill.extent


def test_a_date_that_would_be_misread_is_refused(tmp_path: Path) -> None:
    bill = opened(write_csv(tmp_path / "a.csv", [{"date": "5/1/25", "cost": 1}]))

    with pytest.raises(MalformedTableError, match=r"a charge of the year 5") as raised:
        _ = bill.extent

    assert raised.value.hint == "Write dates as YYYY-MM-DD."
