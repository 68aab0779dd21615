"""What was paid for once is not asked for again, and is never out of date."""

from __future__ import annotations

import os
import signal
import stat
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.errors import Problem, SourceError
from finops.focus import Condition, CostQuery, Costs
from finops.periods import DAY, ChargePeriod
from finops.sources import CostSource, Progress, in_silence
from finops.sources.cached import CachedSource
from finops.sources.demo import DemoSource
from finops.sources.pieces import Shelf

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

AUTUMN = CostQuery(
    period=ChargePeriod(date(2026, 9, 10), TODAY), group_by=("SubAccountName",)
)
SEPTEMBER, OCTOBER, NOVEMBER = (
    replace(AUTUMN, period=ChargePeriod(date(2026, month, 5), date(2026, month, 8)))
    for month in (9, 10, 11)
)
DENIED = Problem("dev", "denied", "AWS denied ce:GetCostAndUsage.")


class PaidSource:
    """The demo's costs at a price: remembers every period it was asked for."""

    dimensions = DemoSource.dimensions
    restated_days = 2

    def __init__(self, name: str = "paid") -> None:
        self.name = name
        self.today = TODAY
        self.asked: list[ChargePeriod] = []
        self.problems: tuple[Problem, ...] = ()
        self.demo = DemoSource(TODAY)

    @property
    def extent(self) -> ChargePeriod:
        return ChargePeriod(self.demo.extent.start, self.today)

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        self.asked.append(query.period)
        costs = self.demo.costs(query, progress=progress)
        return replace(costs, problems=self.problems, notes=("Net of discounts.",))


class WideSource(PaidSource):
    """A source like Cost Explorer: two dimensions a day, whatever is asked."""

    def widened(self, query: CostQuery) -> CostQuery:
        groups = ("SubAccountName", "ServiceName")
        if set(query.dimensions) <= set(groups):
            return replace(query, group_by=groups, where=())
        return query


class Clock:
    """A time that tests set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def paid() -> PaidSource:
    return PaidSource()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def cached(paid: PaidSource, folder: Path, clock: Clock) -> CachedSource:
    return CachedSource(paid, folder, now=clock)


def whole(source: CostSource, query: CostQuery) -> pd.DataFrame:
    return source.costs(query).table


def test_a_second_run_asks_nothing(
    paid: PaidSource, folder: Path, clock: Clock
) -> None:
    first = CachedSource(paid, folder, now=clock).costs(AUTUMN)
    paid.asked.clear()

    second = CachedSource(paid, folder, now=clock).costs(AUTUMN)

    assert paid.asked == []
    pd.testing.assert_frame_equal(second.table, first.table)
    pd.testing.assert_frame_equal(second.table, whole(paid.demo, AUTUMN))


def test_whole_months_are_read_up_to_the_last_complete_day(
    paid: PaidSource, cached: CachedSource
) -> None:
    cached.costs(AUTUMN)

    assert paid.asked == [ChargePeriod(date(2026, 9, 1), TODAY)]


def test_only_missing_months_are_read_and_neighbours_together(
    paid: PaidSource, cached: CachedSource
) -> None:
    year = replace(AUTUMN, period=ChargePeriod(date(2026, 1, 1), TODAY))
    cached.costs(SEPTEMBER)
    paid.asked.clear()

    cached.costs(year)

    assert paid.asked == [
        ChargePeriod(date(2026, 1, 1), date(2026, 9, 1)),
        ChargePeriod(date(2026, 10, 1), TODAY),
    ]


def test_days_months_and_totals_are_answered_from_the_same_pieces(
    paid: PaidSource, cached: CachedSource
) -> None:
    cached.costs(AUTUMN)

    total = whole(cached, replace(AUTUMN, granularity="total"))
    months = whole(cached, replace(AUTUMN, granularity="month"))

    assert len(paid.asked) == 1
    assert months["EffectiveCost"].sum() == pytest.approx(total["EffectiveCost"].sum())


def test_the_next_day_asks_only_for_what_may_have_changed(
    paid: PaidSource, cached: CachedSource, clock: Clock
) -> None:
    cached.costs(AUTUMN)
    paid.asked.clear()
    clock.time = NOON + timedelta(days=1)

    cached.costs(AUTUMN)

    assert (
        paid.asked
        == [
            ChargePeriod(date(2026, 9, 1), date(2026, 10, 1)),
            ChargePeriod(date(2026, 10, 1), TODAY),
        ][1:]
    )


@pytest.mark.parametrize(("hours", "asked"), [(5.9, 0), (6.1, 1)])
def test_an_open_month_is_believed_for_six_hours(
    paid: PaidSource, cached: CachedSource, clock: Clock, hours: float, asked: int
) -> None:
    cached.costs(OCTOBER)
    paid.asked.clear()
    clock.time = NOON + timedelta(hours=hours)

    cached.costs(OCTOBER)

    assert len(paid.asked) == asked


def test_a_day_that_has_become_complete_is_read_at_once(
    paid: PaidSource, cached: CachedSource
) -> None:
    cached.costs(AUTUMN)
    paid.asked.clear()
    paid.today = TODAY + DAY
    paid.demo = DemoSource(paid.today)

    cached.costs(NOVEMBER)
    cached.costs(replace(AUTUMN, period=ChargePeriod(TODAY, TODAY + DAY)))

    assert paid.asked == [ChargePeriod(date(2026, 11, 1), TODAY + DAY)]


def test_a_month_is_kept_for_good_once_it_was_read_after_the_next_had_ended(
    paid: PaidSource, cached: CachedSource, clock: Clock
) -> None:
    asked = []
    for day in [date(2026, 11, 30), date(2026, 12, 1), date(2027, 12, 1)]:
        clock.time = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        cached.costs(OCTOBER)
        asked.append(len(paid.asked))

    assert asked == [1, 2, 2]


def test_an_answer_without_an_account_is_not_kept(
    paid: PaidSource, cached: CachedSource
) -> None:
    paid.problems = (DENIED,)
    partial = cached.costs(AUTUMN)
    paid.problems = ()

    complete = cached.costs(AUTUMN)

    assert partial.problems == (DENIED,)
    assert complete.problems == ()
    assert len(paid.asked) == 2


def test_a_refusal_is_passed_on(paid: PaidSource, cached: CachedSource) -> None:
    def refuse(query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        msg = "AWS is away."
        raise SourceError(msg)

    paid.costs = refuse  # type: ignore[method-assign]  # the fake's failing day

    with pytest.raises(SourceError, match="away"):
        cached.costs(AUTUMN)


def test_a_refresh_reads_what_is_asked_again_but_once(
    paid: PaidSource, cached: CachedSource, folder: Path, clock: Clock
) -> None:
    cached.costs(AUTUMN)
    paid.asked.clear()
    again = CachedSource(paid, folder, now=clock, refresh=True)

    again.costs(OCTOBER)
    again.costs(OCTOBER)
    again.costs(AUTUMN)

    assert paid.asked == [
        ChargePeriod(date(2026, 10, 1), date(2026, 11, 1)),
        ChargePeriod(date(2026, 9, 1), date(2026, 10, 1)),
        ChargePeriod(date(2026, 11, 1), TODAY),
    ]


def test_the_age_of_an_answer_is_that_of_its_oldest_part(
    cached: CachedSource, clock: Clock
) -> None:
    cached.costs(SEPTEMBER)
    clock.time = NOON + timedelta(hours=1)

    assert cached.costs(NOVEMBER).read_at == clock.time
    assert cached.costs(AUTUMN).read_at == NOON


def test_the_notes_of_the_source_are_kept_too(
    cached: CachedSource, paid: PaidSource
) -> None:
    cached.costs(AUTUMN)

    costs = cached.costs(AUTUMN)

    assert costs.notes == ("Net of discounts.",)


def test_days_that_the_source_does_not_know_are_not_asked_for(
    paid: PaidSource, cached: CachedSource
) -> None:
    future = replace(AUTUMN, period=ChargePeriod(TODAY, TODAY + DAY))

    costs = cached.costs(future)

    assert costs.table.empty
    assert paid.asked == []


def test_sources_with_other_names_do_not_share_answers(
    cached: CachedSource, folder: Path, clock: Clock
) -> None:
    cached.costs(AUTUMN)
    other = PaidSource("another company")

    CachedSource(other, folder, now=clock).costs(AUTUMN)

    assert len(other.asked) == 1


def test_another_filter_or_grouping_costs_nothing_where_the_source_widens(
    folder: Path, clock: Clock
) -> None:
    wide = WideSource()
    cached = CachedSource(wide, folder, now=clock)
    cached.costs(AUTUMN)
    narrow = replace(
        AUTUMN,
        group_by=("ServiceName",),
        where=(Condition("SubAccountName", ("prod", "dev")),),
    )

    table = whole(cached, narrow)

    assert len(wide.asked) == 1
    pd.testing.assert_frame_equal(table, whole(wide.demo, narrow))


def test_what_the_source_cannot_widen_is_asked_as_it_is(
    folder: Path, clock: Clock
) -> None:
    wide = WideSource()
    cached = CachedSource(wide, folder, now=clock)
    by_team = replace(AUTUMN, group_by=("Tags.team",))

    table = whole(cached, by_team)

    pd.testing.assert_frame_equal(table, whole(wide.demo, by_team))


@settings(max_examples=20, deadline=None)
@given(
    groups=st.lists(st.sampled_from(["SubAccountName", "ServiceName"]), unique=True),
    accounts=st.lists(st.sampled_from(["prod", "staging", "dev", None]), unique=True),
    start=st.dates(date(2026, 6, 1), date(2026, 11, 20)),
    days=st.integers(1, 90),
)
def test_a_widened_answer_is_the_narrow_one(
    tmp_path_factory: pytest.TempPathFactory,
    groups: list[str],
    accounts: list[str | None],
    start: date,
    days: int,
) -> None:
    wide = WideSource()
    cached = CachedSource(wide, tmp_path_factory.mktemp("cache"), now=Clock())
    query = CostQuery(
        period=ChargePeriod(start, start + timedelta(days=days)),
        group_by=tuple(groups),
        where=(Condition("SubAccountName", tuple(accounts)),) if accounts else (),
    )

    table = whole(cached, query)

    pd.testing.assert_frame_equal(table, whole(wide.demo, query))


def test_only_this_user_may_look_into_the_folder(
    cached: CachedSource, folder: Path
) -> None:
    cached.costs(AUTUMN)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_mentioned_and_done_without(
    paid: PaidSource, clock: Clock, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    cached = CachedSource(paid, in_the_way / "cache", now=clock)

    costs = cached.costs(AUTUMN)

    pd.testing.assert_frame_equal(costs.table, whole(paid.demo, AUTUMN))
    assert costs.notes[-1] == (
        f"Costs are not kept on disk: {in_the_way / 'cache'} cannot be written."
    )


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"PAR1 and then nothing PAR1"])
def test_a_damaged_piece_is_read_again_and_replaced(
    paid: PaidSource, cached: CachedSource, folder: Path, damage: bytes
) -> None:
    cached.costs(AUTUMN)
    [piece] = folder.glob("*/2026-10.parquet")
    piece.write_bytes(damage)
    paid.asked.clear()

    tables = [whole(cached, AUTUMN) for _ in range(2)]

    assert paid.asked == [ChargePeriod(date(2026, 10, 1), date(2026, 11, 1))]
    pd.testing.assert_frame_equal(tables[1], whole(paid.demo, AUTUMN))


def test_a_piece_cut_short_anywhere_counts_as_missing(
    cached: CachedSource, folder: Path
) -> None:
    cached.costs(OCTOBER)
    [piece] = folder.glob("*/2026-10.parquet")
    content = piece.read_bytes()
    shelf, month = Shelf(piece.parent), ChargePeriod.month_of(OCTOBER.period.start)

    for length in range(0, len(content), 97):
        piece.write_bytes(content[:length])

        assert shelf.piece(month) is None


def be_killed_while_writing(folder: Path) -> None:
    def write_half(table: object, where: Path, **_: Any) -> None:
        where.write_bytes(b"PAR1 half a")
        os.kill(os.getpid(), signal.SIGKILL)

    pq.write_table = write_half
    CachedSource(PaidSource(), folder, now=Clock(), refresh=True).costs(AUTUMN)


def kill_while_writing(folder: Path) -> None:
    process = get_context("spawn").Process(
        target=be_killed_while_writing, args=(folder,)
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def test_a_process_that_was_killed_while_writing_leaves_nothing_behind(
    paid: PaidSource, cached: CachedSource, folder: Path
) -> None:
    kill_while_writing(folder)

    table = whole(cached, AUTUMN)
    cached.costs(AUTUMN)

    pd.testing.assert_frame_equal(table, whole(paid.demo, AUTUMN))
    assert len(paid.asked) == 1
    assert not list(folder.rglob("*.part"))


def test_a_process_that_was_killed_while_replacing_leaves_the_old_piece(
    paid: PaidSource, cached: CachedSource, folder: Path
) -> None:
    cached.costs(AUTUMN)
    paid.asked.clear()

    kill_while_writing(folder)

    pd.testing.assert_frame_equal(whole(cached, AUTUMN), whole(paid.demo, AUTUMN))
    assert paid.asked == []


class SlowSource(PaidSource):
    """Takes its time, and writes down in a file that it was asked."""

    def __init__(self, requests: Path) -> None:
        super().__init__()
        self.requests = requests

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        with self.requests.open("a") as file:
            file.write(f"{query.period}\n")
        time.sleep(1)
        return super().costs(query, progress=progress)


def ask_at_once(folder: Path, requests: Path, together: Barrier) -> None:
    cached = CachedSource(SlowSource(requests), folder, now=Clock())
    together.wait(60)
    assert not cached.costs(AUTUMN).table.empty


def test_two_processes_at_once_pay_once(folder: Path, tmp_path: Path) -> None:
    requests, spawn = tmp_path / "requests", get_context("spawn")
    arguments = (folder, requests, spawn.Barrier(2))
    processes = [spawn.Process(target=ask_at_once, args=arguments) for _ in "ab"]

    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0]
    assert requests.read_text().splitlines() == ["2026-09-01 to 2026-11-22"]


def test_a_lock_that_is_held_too_long_is_done_without(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", patience=0.1)
    entered = []

    def enter() -> None:
        with shelf.alone():
            entered.append(True)

    with shelf.alone():
        other = Thread(target=enter)
        other.start()
        other.join(10)

    assert entered == [True]
