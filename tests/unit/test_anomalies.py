"""What was out of the ordinary in a bill, and what caused it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finops.analysis.anomalies import Anomaly, sentence
from finops.errors import (
    InsufficientHistoryError,
    MixedCurrenciesError,
    Problem,
)
from finops.focus import COSTS, DATE_COLUMN, CostQuery
from finops.periods import DAY, ChargePeriod
from finops.workspace import Scope, Workspace, watching
from finops.workspace.anomalies import anomalies, newest_anomalies
from tests.fakes import BillInMemory, bill, charge, every_day

TODAY = date(2026, 11, 23)
LAST_30 = ChargePeriod(date(2026, 10, 24), TODAY)
HISTORY = ChargePeriod(date(2026, 8, 1), TODAY)
BURST = ChargePeriod(date(2026, 11, 10), date(2026, 11, 13))

DENIED = Problem("dev", "denied", "AWS denied it.")


class Paid(BillInMemory):
    """A bill that groups by two things at most, and is paid by the question."""

    def estimated_requests(self, query: CostQuery) -> int:
        return query.period.days


class Peaky(BillInMemory):
    """A bill that tells dearest days."""

    def dearest_days(self, query: CostQuery) -> pd.DataFrame:
        daily = self.costs(replace(query, granularity="day")).table
        keys = [*query.group_by, "BillingCurrency"]
        return daily.groupby(keys, dropna=False)[list(COSTS)].max().reset_index()


def company(kind: type[BillInMemory] = BillInMemory) -> BillInMemory:
    """Two accounts and two services; in prod, a burst of one usage type."""
    rows = [
        *every_day(HISTORY, 40.0, x_UsageType="BoxUsage", RegionId="us-east-1"),
        *every_day(HISTORY, 2.0, x_UsageType="Bytes", RegionId="us-east-1"),
        *every_day(BURST, 30.0, x_UsageType="Bytes", RegionId="us-east-1"),
        *every_day(
            HISTORY, 9.0, account="dev", x_UsageType="Bytes", RegionId="eu-west-1"
        ),
        *every_day(
            HISTORY,
            5.0,
            service="Amazon S3",
            x_UsageType="Storage",
            RegionId="us-east-1",
        ),
    ]
    columns = dict.fromkeys(["x_UsageType", "RegionId"], "str")
    return kind(bill(*rows).astype(columns))


def found(source: BillInMemory, period: ChargePeriod = LAST_30) -> tuple[Anomaly, ...]:
    return anomalies(Workspace(source, TODAY), Scope(period=period)).anomalies


def test_a_burst_is_found_with_its_days_its_impact_and_its_cause() -> None:
    [burst] = found(company())

    assert (burst.account, burst.service) == ("prod", "Amazon RDS")
    assert burst.period == BURST
    assert burst.cost == pytest.approx(216.0)
    assert burst.expected == pytest.approx(126.0)
    assert burst.impact == pytest.approx(90.0)
    assert (burst.direction, burst.ending) == ("up", "over")
    assert burst.cause.dimensions == {
        "SubAccountId": "111111111111",
        "SubAccountName": "prod",
        "ServiceName": "Amazon RDS",
        "RegionId": "us-east-1",
        "x_UsageType": "Bytes",
    }
    assert burst.cause.share == pytest.approx(1.0)


def test_it_is_told_in_a_sentence() -> None:
    [burst] = found(company())

    assert sentence(burst, "USD") == (
        "Amazon RDS in prod cost $90.00 more than expected from 10 to 12 Nov 2026: "
        "$216.00, not $126.00. All of this is region us-east-1, usage type Bytes."
    )


def test_one_question_finds_it_and_one_more_explains_it() -> None:
    source = company()

    found(source)

    [series, cause] = source.queries
    assert series.group_by == ("SubAccountId", "SubAccountName", "ServiceName")
    assert series.period.start == LAST_30.start - 56 * DAY
    assert cause.group_by == ("RegionId", "x_UsageType")
    assert [condition.values for condition in cause.where] == [
        ("111111111111",),
        ("prod",),
        ("Amazon RDS",),
    ]


def test_where_nothing_happened_nothing_more_is_asked() -> None:
    source = BillInMemory(bill(*every_day(HISTORY, 40.0)))

    assert found(source) == ()
    assert len(source.queries) == 1


def test_only_what_happened_in_the_period_is_told() -> None:
    before = ChargePeriod(date(2026, 9, 1), BURST.start)
    after = ChargePeriod(BURST.end, TODAY)

    assert found(company(), before) == found(company(), after) == ()


def test_a_finished_month_is_judged_by_both_sides() -> None:
    month = ChargePeriod(date(2026, 9, 1), date(2026, 10, 1))
    source = company()

    here = anomalies(Workspace(source, TODAY), Scope(period=month))

    assert here.history == ChargePeriod(HISTORY.start, date(2026, 10, 29))


def test_the_newest_first() -> None:
    later = every_day(
        ChargePeriod(date(2026, 11, 16), date(2026, 11, 18)),
        90.0,
        service="Amazon S3",
        x_UsageType="Storage",
        RegionId="us-east-1",
    )
    source = company()
    source.charges = pd.concat([source.charges, bill(*later)])

    assert [each.service for each in found(source)] == ["Amazon S3", "Amazon RDS"]


def test_two_steps_of_one_climb_are_one_anomaly() -> None:
    climb = [
        charge(BURST.start + n * DAY, 40.0 * 1.35 ** (n // 3 + 1))
        for n in range((TODAY - BURST.start).days)
    ]
    flat = every_day(ChargePeriod(HISTORY.start, BURST.start), 40.0)

    [climbed] = found(BillInMemory(bill(*flat, *climb)))

    assert climbed.period.start == BURST.start
    assert climbed.period.last_day >= date(2026, 11, 20)
    assert climbed.expected == pytest.approx(40.0 * climbed.period.days)


def test_a_source_without_anything_else_still_tells_when_and_how_much() -> None:
    source = company()
    source.charges = source.charges.drop(
        columns=["SubAccountId", "SubAccountName", "ServiceName"]
    ).drop(columns=["x_UsageType", "RegionId"])

    [burst] = found(source)

    assert (burst.account, burst.service, burst.period) == ("", "", BURST)
    assert sentence(burst, "USD") == (
        "The whole bill cost $90.00 more than expected from 10 to 12 Nov 2026: "
        "$258.00, not $168.00. No part of it explains this better than the whole."
    )


def test_accounts_that_share_a_name_are_told_apart() -> None:
    source = company()
    source.charges["SubAccountName"] = "shared"

    [burst] = found(source)

    assert burst.account == "shared (111111111111)"


def test_a_bill_that_is_too_large_to_hold_is_watched_in_portions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watching, "MOST_ROWS", 200)
    source, whole = company(Peaky), company()
    for each in (source, whole):
        each.charges["SubAccountName"] = "shared"

    in_portions = found(source)

    assert in_portions == found(whole)
    assert in_portions[0].account == "shared (111111111111)"
    assert max(len(query.where) for query in source.queries[:-1]) == 2


def test_a_burst_in_one_of_many_accounts_is_found() -> None:
    quiet = [
        row
        for number in range(120)
        for row in every_day(HISTORY, 40.0, account=f"account {number:03}")
    ]
    burst = every_day(BURST, 30.0, account="account 007")

    [one] = found(BillInMemory(bill(*quiet, *burst)))

    assert (one.account, one.period) == ("account 007", BURST)


def test_a_paid_source_is_asked_for_the_cause_of_one_service_at_a_time() -> None:
    source = company(Paid)
    source.charges["ResourceId"] = "i-1"

    [burst] = found(source)

    assert source.queries[-1].group_by == ("RegionId", "x_UsageType")
    assert burst.cause.dimensions["x_UsageType"] == "Bytes"


def test_an_account_that_was_read_in_part_is_not_judged() -> None:
    source = company()
    dev = source.charges["SubAccountName"] == "dev"
    late = source.charges[DATE_COLUMN] >= pd.Timestamp(BURST.start, tz="UTC")
    source.charges = source.charges[~(dev & late)]
    source.problems = (DENIED,)

    here = anomalies(Workspace(source, TODAY), Scope(period=LAST_30))

    assert [each.account for each in here.anomalies] == ["prod"]
    assert here.costs.problems == (DENIED,)


def test_two_currencies_are_never_added() -> None:
    euros = every_day(HISTORY, 1.0, BillingCurrency="EUR")
    source = BillInMemory(bill(*every_day(HISTORY, 1.0), *euros))

    with pytest.raises(MixedCurrenciesError):
        found(source)


def test_it_takes_eight_days_to_know_what_is_usual() -> None:
    week = ChargePeriod(TODAY - 7 * DAY, TODAY)
    source = BillInMemory(bill(*every_day(week, 4.0)))

    with pytest.raises(InsufficientHistoryError, match="8 days of cost"):
        found(source, week)


def test_under_four_weeks_of_history_are_said_to_be_less_sure() -> None:
    short = ChargePeriod(TODAY - 20 * DAY, TODAY)
    long = ChargePeriod(TODAY - 28 * DAY, TODAY)

    [note] = anomalies(
        Workspace(BillInMemory(bill(*every_day(short, 4.0))), TODAY),
        Scope(period=short),
    ).costs.notes

    assert note.startswith("Only 20 days of history are known")
    assert (
        anomalies(
            Workspace(BillInMemory(bill(*every_day(long, 4.0))), TODAY),
            Scope(period=long),
        ).costs.notes
        == ()
    )


def test_a_drop_in_days_that_may_be_incomplete_means_nothing() -> None:
    source = company()
    last = source.charges[DATE_COLUMN] >= pd.Timestamp(TODAY - 2 * DAY, tz="UTC")
    source.charges.loc[last, list(COSTS)] *= 0.1
    newest = ChargePeriod(TODAY - 5 * DAY, TODAY)

    assert len(found(source, newest)) == 3
    assert found(replace_restated(source, 2), newest) == ()


def replace_restated(source: BillInMemory, days: int) -> BillInMemory:
    return replace(source, restated_days=days)


def test_alerts_are_the_rises_of_the_newest_days() -> None:
    source = company()
    newest = source.charges[DATE_COLUMN] == pd.Timestamp(TODAY - DAY, tz="UTC")
    prod = source.charges["SubAccountName"] == "prod"
    source.charges.loc[newest & prod, list(COSTS)] *= 3.0
    space = Workspace(source, TODAY)

    alerts = newest_anomalies(space, Scope(period=LAST_30), days=3)

    assert {(each.service, each.ending) for each in alerts} == {
        ("Amazon RDS", "ongoing"),
        ("Amazon S3", "ongoing"),
    }
    assert newest_anomalies(space, Scope(period=BURST), days=3) == alerts


def test_a_fall_is_no_alert() -> None:
    source = company()
    newest = source.charges[DATE_COLUMN] >= pd.Timestamp(TODAY - 3 * DAY, tz="UTC")
    source.charges.loc[newest, list(COSTS)] *= 0.3
    space = Workspace(source, TODAY)

    assert len(found(source, ChargePeriod(TODAY - 3 * DAY, TODAY))) == 3
    assert newest_anomalies(space, Scope(period=LAST_30), days=3) == ()


@settings(max_examples=10, deadline=None)
@example(scale=624420.3016879354, moved=[(83, 0.5)])
@example(scale=2.0, moved=[(2, 0.9)])
@given(
    scale=st.floats(min_value=1e-4, max_value=1e6),
    moved=st.lists(
        st.tuples(st.integers(0, 100), st.floats(0.1, 9.0)), min_size=1, max_size=4
    ),
)
def test_scaling_all_costs_moves_no_anomaly(
    scale: float, moved: list[tuple[int, float]]
) -> None:
    source = company()
    for days_ago, factor in moved:
        day = pd.Timestamp(TODAY - days_ago * DAY, tz="UTC")
        at = source.charges[DATE_COLUMN] >= day
        source.charges.loc[at, list(COSTS)] *= factor
    scaled = replace(source, charges=source.charges.copy())
    scaled.charges[list(COSTS)] *= scale

    plain, other = found(source, HISTORY), found(scaled, HISTORY)

    assert [(e.account, e.service, e.period) for e in plain] == [
        (e.account, e.service, e.period) for e in other
    ]
    assert [e.impact * scale for e in plain] == pytest.approx(
        [e.impact for e in other], rel=1e-6
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 40),
            st.sampled_from([math.nan, 0.0, -50.0, 1.0, 1e9, 1e-9, math.inf]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_odd_costs_are_an_answer_or_a_sentence(rows: list[tuple[int, float]]) -> None:
    charges = bill(*(charge(TODAY - (1 + n) * DAY, cost) for n, cost in rows))
    finite = charges[list(COSTS)].replace([np.inf, -np.inf], np.nan)
    source = BillInMemory(charges.assign(**finite), known=HISTORY)
    source.charges = source.charges.astype(dict.fromkeys(COSTS, "float64"))
    if source.charges["EffectiveCost"].isna().all():
        return

    for each in found(source):
        assert sentence(each, "USD").endswith(".")
        assert math.isfinite(each.impact)
