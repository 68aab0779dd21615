"""A charge counts once, though its bill was delivered again and again."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from finops.errors import SourceError
from finops.focus import CostQuery
from finops.sources.warehouse import overlaps
from tests.adapters.made_up_bills import (
    EVER,
    TENTH,
    Line,
    cur_line,
    focus_line,
    opened,
    total,
    write_csv,
    write_parquet,
)

DAY = timedelta(days=1)


def item(name: str, cost: float, *, day: int = 10) -> Line:
    """A line item with an id, of a day in April."""
    start = TENTH.replace(day=day)
    return cur_line(cost, start=start, identity_line_item_id=name)


def delivered(file: Path, *, day: int) -> Path:
    """`file`, as if it had been written on a day of April."""
    when = datetime(2026, 4, day, tzinfo=UTC).timestamp()
    os.utime(file, (when, when))
    return file


def test_the_newest_assembly_of_a_billing_period_wins(tmp_path: Path) -> None:
    period = tmp_path / "cur" / "20260401-20260501"
    old = write_csv(
        period / "aaaa" / "cur-1.csv.gz", [item("a", 1.0), item("gone", 9.0)]
    )
    new = write_csv(period / "0000" / "cur-1.csv.gz", [item("a", 2.0)])
    delivered(old, day=11)
    delivered(new, day=12)

    assert total(opened(tmp_path / "cur")) == 2.0


def test_a_manifest_says_which_assembly_is_current(tmp_path: Path) -> None:
    period = tmp_path / "cur" / "20260401-20260501"
    current = write_csv(period / "aaaa" / "cur-1.csv", [item("a", 1.0)])
    write_csv(period / "bbbb" / "cur-1.csv", [item("a", 2.0)])
    delivered(current, day=1)
    manifest = period / "cur-Manifest.json"
    manifest.write_text(json.dumps({"assemblyId": "aaaa"}))

    assert total(opened(tmp_path / "cur")) == 1.0


def test_executions_of_a_data_export_are_in_order_of_their_names(
    tmp_path: Path,
) -> None:
    period = tmp_path / "data" / "BILLING_PERIOD=2026-04"
    write_parquet(period / "2026-04-12T01:00:00Z-x" / "e.parquet", [item("a", 2.0)])
    write_parquet(period / "2026-04-11T01:00:00Z-y" / "e.parquet", [item("a", 1.0)])

    assert total(opened(tmp_path / "data")) == 2.0


def test_billing_periods_do_not_replace_each_other(tmp_path: Path) -> None:
    march = cur_line(1.0, start=TENTH.replace(month=3), identity_line_item_id="a")
    write_parquet(tmp_path / "data" / "BILLING_PERIOD=2026-03" / "e.parquet", [march])
    write_parquet(
        tmp_path / "data" / "BILLING_PERIOD=2026-04" / "e.parquet", [item("a", 2.0)]
    )

    assert total(opened(tmp_path / "data")) == 3.0


def test_chunks_of_one_delivery_are_added(tmp_path: Path) -> None:
    period = tmp_path / "data" / "BILLING_PERIOD=2026-04"
    write_parquet(period / "cur-00001.parquet", [item("a", 1.0)])
    write_parquet(period / "cur-00002.parquet", [item("b", 2.0)])

    assert total(opened(tmp_path / "data")) == 3.0


@pytest.mark.parametrize("write", [write_csv, write_parquet])
def test_a_line_item_in_two_files_counts_once(tmp_path: Path, write: object) -> None:
    assert callable(write)
    folder, kind = tmp_path / "bills", "csv" if write is write_csv else "parquet"
    write(folder / f"1.{kind}", [item("a", 1.0), item("b", 2.0), item("c", 4.0)])
    write(folder / f"2.{kind}", [item("c", 4.0), item("d", 8.0)])

    source = opened(folder)

    assert total(source) == 15.0
    notes = source.costs(CostQuery(period=EVER)).notes
    assert notes[0] == "Charges that several files hold are counted once."


def test_of_two_versions_of_a_line_item_the_later_counts(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    later = write_csv(folder / "a.csv", [item("b", 5.0), item("c", 4.0)])
    earlier = write_csv(
        folder / "b.csv", [item("a", 1.0), item("x", 0.0), item("b", 2.0)]
    )
    delivered(earlier, day=11)
    delivered(later, day=12)

    assert total(opened(folder)) == 10.0


def test_the_same_id_in_another_interval_is_another_line_item(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    write_csv(folder / "1.csv", [item("a", 1.0, day=10), item("z", 0.0, day=20)])
    write_csv(folder / "2.csv", [item("a", 2.0, day=11), item("y", 0.0, day=12)])

    assert total(opened(folder)) == 3.0


def test_a_single_file_is_taken_as_delivered(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "bill.csv", [item("a", 1.0), item("a", 1.0)])

    assert total(opened(file)) == 2.0


def test_a_bill_delivered_again_replaces_its_days(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    first = [
        item("a", 1.0, day=8),
        item("b", 1.0, day=9),
        item("taken back", 9.0, day=9),
    ]
    write_csv(folder / "cur_0410.csv", first)
    again = [item("a", 2.0, day=8), item("b", 2.0, day=9), item("c", 2.0, day=10)]
    write_csv(folder / "cur_0411.csv", again)
    delivered(folder / "cur_0410.csv", day=10)
    delivered(folder / "cur_0411.csv", day=11)

    assert total(opened(folder)) == 6.0


def test_days_before_a_second_delivery_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    first = [item("a", 1.0, day=1), item("b", 1.0, day=8), item("c", 1.0, day=9)]
    write_csv(folder / "1.csv", first)
    write_csv(folder / "2.csv", [item("b", 2.0, day=8), item("c", 2.0, day=9)])
    delivered(folder / "1.csv", day=10)
    delivered(folder / "2.csv", day=11)

    assert total(opened(folder)) == 5.0


def test_chunks_of_a_later_delivery_replace_chunks_of_an_earlier(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "bills"
    for name, day, lines in (
        ("old-1.parquet", 10, [item("a", 1.0, day=1), item("b", 1.0, day=2)]),
        (
            "old-2.parquet",
            10,
            [item("c", 1.0, day=1), item("gone", 1.0, day=1), item("d", 1.0)],
        ),
        ("new-1.parquet", 11, [item("a", 2.0, day=1), item("c", 2.0, day=1)]),
        ("new-2.parquet", 11, [item("b", 2.0, day=2), item("d", 2.0)]),
    ):
        delivered(write_parquet(folder / name, lines), day=day)

    assert total(opened(folder)) == 8.0


@pytest.mark.parametrize(("shared", "counted"), [(0, 2200), (300, 1900), (900, 1200)])
def test_among_many_lines_a_sample_tells_what_was_delivered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: int, counted: int
) -> None:
    monkeypatch.setattr(overlaps, "MANY", 1000)
    monkeypatch.setattr(overlaps, "SAMPLE", 4)
    folder = tmp_path / "bills"
    first = [item(f"line {n}", 1.0) for n in range(1000)]
    again = [item(f"line {n}", 1.0) for n in range(1000 - shared, 2200 - shared)]
    delivered(write_parquet(folder / "1.parquet", first), day=11)
    delivered(write_parquet(folder / "2.parquet", again), day=12)

    assert total(opened(folder)) == counted


def test_focus_delivered_again_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    charges = [focus_line(1.0, ResourceId=name) for name in ("i-1", "i-2", "i-3")]
    restated = [focus_line(2.0, ResourceId=name) for name in ("i-1", "i-2")]
    delivered(write_csv(folder / "1.csv", charges), day=11)
    delivered(write_parquet(folder / "2.parquet", restated), day=12)

    assert total(opened(folder)) == 4.0


def test_focus_lines_that_agree_may_be_two_charges(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    again = focus_line(1.0, ResourceId="i-1")
    write_csv(folder / "1.csv", [again])
    write_csv(folder / "2.csv", [again, focus_line(2.0, ResourceId="i-2")])

    assert total(opened(folder)) == 4.0


def daily(file: Path, cost: float, *, first: int, last: int) -> Path:
    """Costs of some days of April, as a spreadsheet has them."""
    days = range(first, last + 1)
    return write_csv(
        file,
        [{"date": f"2026-04-{n:02}", "service": "EC2", "cost": cost} for n in days],
    )


def test_a_file_that_was_saved_twice_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    days = [focus_line(1.0, start=TENTH.replace(day=n)) for n in (1, 2)]
    write_csv(folder / "bill.csv", days)
    write_csv(folder / "bill (1).csv", days)

    assert total(opened(folder)) == 2.0


def test_a_copy_of_daily_costs_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    daily(folder / "costs.csv", 1.0, first=1, last=10)
    daily(folder / "costs (1).csv", 1.0, first=1, last=9)

    assert total(opened(folder)) == 10.0


def test_days_that_two_exports_of_daily_costs_share_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    daily(folder / "1.csv", 1.0, first=1, last=20)
    daily(folder / "2.csv", 1.0, first=18, last=30)

    assert total(opened(folder)) == 30.0


def test_daily_costs_of_two_accounts_are_added(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    delivered(daily(folder / "prod.csv", 5.0, first=1, last=10), day=11)
    delivered(daily(folder / "dev.csv", 1.0, first=1, last=10), day=12)

    assert total(opened(folder)) == 60.0


def test_two_accounts_that_mostly_cost_nothing_are_added(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    for name, cost in (("prod", 5.0), ("dev", 1.0)):
        costs = [*[0.0] * 10, cost]
        lines = [
            {"date": f"2026-04-{n:02}", "cost": each} for n, each in enumerate(costs, 1)
        ]
        write_csv(folder / f"{name}.csv", lines)

    assert total(opened(folder)) == 6.0


def test_a_member_in_the_bill_of_its_payer_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    charges = [focus_line(1.0, SubAccountId=str(n) * 12) for n in range(1, 6)]
    delivered(write_csv(folder / "payer.csv", charges), day=11)
    delivered(write_csv(folder / "member.csv", charges[:1]), day=12)

    assert total(opened(folder)) == 5.0


def test_days_that_two_focus_exports_share_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    days = [focus_line(1.0, start=TENTH.replace(day=n)) for n in range(1, 31)]
    delivered(write_csv(folder / "1.csv", days[:20]), day=21)
    delivered(write_csv(folder / "2.csv", days[17:]), day=30)

    assert total(opened(folder)) == 30.0


def test_a_bill_in_two_formats_is_not_added(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    write_csv(folder / "cur.csv", [cur_line(1.0)])
    write_csv(folder / "focus.csv", [focus_line(1.0)])

    with pytest.raises(SourceError, match=r"tell of the same costs") as raised:
        total(opened(folder))

    assert raised.value.hint == "Name one of them: together they would count double."


def test_the_same_days_by_project_and_by_category_are_not_added(tmp_path: Path) -> None:
    folder = tmp_path / "bills"
    write_csv(folder / "p.csv", [{"date": "2026-04-01", "project": "a", "cost": 1}])
    write_csv(folder / "c.csv", [{"date": "2026-04-01", "category": "b", "cost": 1}])

    with pytest.raises(SourceError, match=r"tell of the same costs"):
        total(opened(folder))
