from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.errors import (
    ConfigurationError,
    DimensionUnavailableError,
    MetricUnavailableError,
    MixedCurrenciesError,
    PeriodUnavailableError,
    Problem,
)
from finops.focus import Condition, Metric
from finops.periods import DAY, ChargePeriod, Preset
from finops.settings import Settings
from finops.workspace import Scope, Workspace, open_workspace
from tests.fakes import BillInMemory, bill, charge, every_day

YEAR = ChargePeriod(date(2025, 11, 23), date(2026, 11, 23))
LAST_30 = ChargePeriod(date(2026, 10, 24), date(2026, 11, 23))
BEFORE_30 = ChargePeriod(date(2026, 9, 24), date(2026, 10, 24))
DENIED = Problem("audit", "denied", "AWS denied ce:GetCostAndUsage.", "Grant it.")

FLAT = bill(
    *every_day(YEAR, 60.0, account="prod", service="Amazon EC2"),
    *every_day(YEAR, 30.0, account="staging", service="Amazon RDS"),
    *every_day(YEAR, 10.0, account="dev", service="Amazon RDS"),
)

LIVE_AND_CLOSED = pytest.mark.parametrize("restated_days", [0, 2])


def workspace(source: BillInMemory, today: date = YEAR.end) -> Workspace:
    return Workspace(source, today)


def flat(**options: Any) -> BillInMemory:
    return BillInMemory(FLAT, **options)


def test_figures_speak_of_the_last_complete_day() -> None:
    assert workspace(flat()).as_of == date(2026, 11, 22)
    assert workspace(flat(), today=date(2027, 5, 1)).as_of == date(2026, 11, 22)
    assert workspace(flat(), today=date(2026, 3, 1)).as_of == date(2026, 3, 1)


def test_the_period_is_the_last_30_days_unless_another_is_chosen() -> None:
    here = workspace(flat())

    assert here.period() == LAST_30
    assert here.period("Last month") == ChargePeriod(
        date(2026, 10, 1), date(2026, 11, 1)
    )


@settings(max_examples=40)
@given(
    st.sampled_from(get_args(Preset)),
    st.dates(min_value=date(2026, 3, 1), max_value=date(2027, 3, 1)),
)
def test_a_period_has_no_day_that_the_source_does_not_know(
    preset: Preset, today: date
) -> None:
    known = ChargePeriod(date(2026, 2, 10), date(2026, 11, 23))
    here = workspace(flat(known=known), today)

    period = here.period(preset)

    assert period.overlap(known) == period
    assert period.last_day <= here.as_of


@pytest.mark.parametrize(
    ("start", "end", "known"),
    [
        ("2025-11-01", "2025-12-01", "2025-11-23 to 2025-11-30"),
        ("2026-11-20", "2026-12-25", "2026-11-20 to 2026-11-22"),
        ("2020-01-01", "2030-01-01", "2025-11-23 to 2026-11-22"),
    ],
)
def test_days_that_are_not_known_are_cut_off(start: str, end: str, known: str) -> None:
    asked = ChargePeriod(date.fromisoformat(start), date.fromisoformat(end))

    assert str(workspace(flat()).known(asked)) == known


@pytest.mark.parametrize("start", [date(2020, 1, 1), date(2026, 11, 23)])
def test_days_that_nobody_knows_do_not_cost_nothing(start: date) -> None:
    here = workspace(flat())
    unknown = Scope(period=ChargePeriod(start, start + 7 * DAY))

    for ask in (
        here.accounts_summary,
        here.cost_by,
        lambda scope: here.changes(scope, "ServiceName"),
        lambda scope: here.known(scope.period),
    ):
        with pytest.raises(PeriodUnavailableError, match="knows nothing of") as refused:
            ask(unknown)
        assert refused.value.hint == "It knows 23 Nov 2025 to 22 Nov 2026."


def test_a_day_before_the_bill_begins_has_no_figures() -> None:
    here = workspace(flat(), today=date(2025, 1, 1))

    with pytest.raises(PeriodUnavailableError):
        here.period()


@LIVE_AND_CLOSED
def test_accounts_are_compared_with_the_like_period_before(restated_days: int) -> None:
    source = flat(restated_days=restated_days)

    summary = workspace(source).accounts_summary(Scope(period=LAST_30))

    assert summary.total == pytest.approx(3000.0)
    assert summary.before == pytest.approx(3000.0)
    assert summary.relative == pytest.approx(0.0)
    assert summary.currency == "USD"
    assert {a.name: a.cost for a in summary.accounts} == pytest.approx(
        {"prod": 1800.0, "staging": 900.0, "dev": 300.0}
    )
    assert {insight.kind for insight in summary.insights} == {
        "cost_ratio",
        "service_mix",
    }


@LIVE_AND_CLOSED
def test_live_and_closed_sources_give_the_same_figures(restated_days: int) -> None:
    step = bill(
        *every_day(BEFORE_30, 10.0, service="Amazon EC2"),
        *every_day(LAST_30, 15.0, service="Amazon EC2"),
        *every_day(LAST_30, 1.0, service=None),
        charge(BEFORE_30.start - DAY, 999.0),
    )
    here = workspace(BillInMemory(step, restated_days=restated_days))

    found = here.changes(Scope(period=LAST_30), "ServiceName").variance

    [grown, come] = found.rows.to_dict("records")
    assert grown == {
        "ServiceName": "Amazon EC2",
        "before": pytest.approx(300.0),
        "after": pytest.approx(450.0),
        "change": pytest.approx(150.0),
    }
    assert come["change"] == pytest.approx(30.0)


def test_a_live_source_is_asked_once_for_both_periods() -> None:
    live = flat(restated_days=2)

    workspace(live).accounts_summary(Scope(period=LAST_30))

    [query] = live.queries
    assert query.period == ChargePeriod(BEFORE_30.start, LAST_30.end)


def test_a_closed_bill_adds_up_each_period_itself() -> None:
    closed = flat()

    workspace(closed).accounts_summary(Scope(period=LAST_30))

    assert [query.period for query in closed.queries] == [LAST_30, BEFORE_30]
    assert {query.granularity for query in closed.queries} == {"total"}


@LIVE_AND_CLOSED
def test_what_is_not_known_of_the_period_before_is_not_compared(
    restated_days: int,
) -> None:
    source = flat(
        known=ChargePeriod(LAST_30.start - 29 * DAY, LAST_30.end),
        restated_days=restated_days,
    )
    here = workspace(source)

    summary = here.accounts_summary(Scope(period=LAST_30))

    assert summary.before is None
    assert summary.relative is None
    assert [query.period for query in source.queries] == [LAST_30]
    with pytest.raises(PeriodUnavailableError, match="does not know all days"):
        here.changes(Scope(period=LAST_30), "ServiceName")


def test_days_after_the_last_complete_one_are_not_compared() -> None:
    here = workspace(flat())
    ahead = ChargePeriod(YEAR.end - 29 * DAY, YEAR.end + DAY)

    summary = here.accounts_summary(Scope(period=ahead))

    assert summary.before is None
    with pytest.raises(PeriodUnavailableError):
        here.changes(Scope(period=LAST_30), "ServiceName", before=ahead)


def test_changes_can_be_against_any_equally_long_period() -> None:
    here = workspace(flat())
    spring = ChargePeriod(date(2026, 3, 1), date(2026, 3, 31))

    found = here.changes(Scope(period=LAST_30), "ServiceName", before=spring)

    assert found.variance.before_period == spring
    assert found.variance.change == 0.0
    short = ChargePeriod(spring.start, spring.end - DAY)
    with pytest.raises(ConfigurationError, match="has 29 days"):
        here.changes(Scope(period=LAST_30), "ServiceName", before=short)


@LIVE_AND_CLOSED
def test_an_account_that_is_missing_is_told_and_not_counted(restated_days: int) -> None:
    source = flat(problems=(DENIED,), restated_days=restated_days)

    summary = workspace(source).accounts_summary(Scope(period=LAST_30))

    assert not summary.costs.complete
    assert summary.costs.problems == (DENIED,)
    assert summary.total == pytest.approx(3000.0)
    *_, audit = summary.accounts
    assert (audit.name, audit.cost, audit.status) == ("audit", None, "denied")


def test_a_period_with_other_accounts_missing_is_not_compared() -> None:
    source = flat(missing_before={LAST_30.start: DENIED})

    summary = workspace(source).accounts_summary(Scope(period=LAST_30))

    assert summary.before is None
    assert summary.costs.complete


def test_a_source_without_accounts_has_one_without_a_name() -> None:
    columns = ["SubAccountId", "SubAccountName"]
    source = BillInMemory(FLAT.drop(columns=columns))

    summary = workspace(source).accounts_summary(Scope(period=LAST_30))

    [account] = summary.accounts
    assert account.name == "(no account)"
    assert account.cost == pytest.approx(3000.0)
    assert account.services == 2
    assert summary.insights == ()


def test_changes_by_what_a_source_lacks_are_refused() -> None:
    here = workspace(flat())

    with pytest.raises(DimensionUnavailableError, match=r"Tags\.team"):
        here.changes(Scope(period=LAST_30), "Tags.team")


@LIVE_AND_CLOSED
def test_two_currencies_are_never_added(restated_days: int) -> None:
    euros = every_day(YEAR, 1.0, BillingCurrency="EUR", service="Amazon S3")
    mixed = bill(*every_day(YEAR, 1.0), *euros)
    here = workspace(BillInMemory(mixed, restated_days=restated_days))
    scope = Scope(period=LAST_30)

    for ask in (
        here.accounts_summary,
        lambda scope: here.cost_by(scope, "ServiceName"),
        lambda scope: here.changes(scope, "ServiceName"),
    ):
        with pytest.raises(MixedCurrenciesError, match="EUR and USD"):
            ask(scope)
    apart = here.cost_by(scope, "BillingCurrency").table
    one = here.accounts_summary(scope.narrowed("BillingCurrency", "EUR"))
    assert apart["EffectiveCost"].tolist() == [30.0, 30.0]
    assert (one.currency, one.total) == ("EUR", 30.0)


@LIVE_AND_CLOSED
def test_a_change_of_currency_is_no_change_of_cost(restated_days: int) -> None:
    switched = bill(
        *every_day(BEFORE_30, 1.0, BillingCurrency="EUR"), *every_day(LAST_30, 1.0)
    )
    here = workspace(BillInMemory(switched, restated_days=restated_days))

    with pytest.raises(MixedCurrenciesError):
        here.accounts_summary(Scope(period=LAST_30))
    with pytest.raises(MixedCurrenciesError):
        here.changes(Scope(period=LAST_30), "ServiceName")


def test_a_metric_that_a_source_lacks_is_refused() -> None:
    source = BillInMemory(FLAT.drop(columns="ListCost"))

    with pytest.raises(MetricUnavailableError, match="does not report ListCost"):
        workspace(source).accounts_summary(Scope(period=LAST_30, metric="ListCost"))


@pytest.mark.parametrize(
    ("metric", "notes"),
    [
        ("ListCost", ("The list cost of some charges is unknown. Totals lack it.",)),
        ("EffectiveCost", ()),
    ],
)
def test_a_metric_that_is_partly_unknown_is_noted(
    metric: Metric, notes: tuple[str, ...]
) -> None:
    unpriced = every_day(LAST_30, 1.0, ListCost=math.nan, service="Marketplace")
    source = BillInMemory(bill(*every_day(LAST_30, 1.0), *unpriced))

    found = workspace(source).cost_by(
        Scope(period=LAST_30, metric=metric), "ServiceName"
    )

    assert found.notes == notes


def test_a_period_in_which_nothing_was_charged_cost_nothing() -> None:
    quiet = bill(charge(YEAR.start, 5.0), charge(YEAR.last_day, 5.0))
    week = ChargePeriod(date(2026, 5, 1), date(2026, 5, 8))

    summary = workspace(BillInMemory(quiet)).accounts_summary(Scope(period=week))

    assert summary.total == 0.0
    assert summary.before == 0.0
    assert summary.relative is None
    assert summary.accounts == ()


def test_a_scope_is_what_the_source_is_asked_for() -> None:
    scope = Scope(
        period=LAST_30,
        charges="all",
        where=(Condition("SubAccountName", ("prod",)),),
    ).narrowed("ServiceName", "Amazon EC2", None)

    query = scope.query("ServiceName", granularity="month")

    assert query.period == LAST_30
    assert query.charges == "all"
    assert query.granularity == "month"
    assert query.where == (
        Condition("SubAccountName", ("prod",)),
        Condition("ServiceName", ("Amazon EC2", None)),
    )


def test_usage_leaves_taxes_and_credits_out() -> None:
    taxed = bill(
        *every_day(LAST_30, 10.0),
        *every_day(LAST_30, 2.0, ChargeCategory="Tax"),
        *every_day(LAST_30, -12.0, ChargeCategory="Credit"),
    )
    here = workspace(BillInMemory(taxed))

    usage = here.accounts_summary(Scope(period=LAST_30))
    everything = here.accounts_summary(Scope(period=LAST_30, charges="all"))

    assert usage.total == pytest.approx(300.0)
    assert everything.total == pytest.approx(0.0)
    assert everything.accounts[0].share is None


def test_each_tag_is_asked_for_its_coverage() -> None:
    rows = [
        charge(LAST_30.start, 3.0) | {"Tags.team": "web", "Tags.env": "prod"},
        charge(LAST_30.last_day, 1.0) | {"Tags.team": None, "Tags.env": "dev"},
    ]

    found = workspace(BillInMemory(bill(*rows))).tag_coverage(Scope(period=LAST_30))

    assert [(tag.key, tag.allocated, tag.unallocated) for tag in found] == [
        ("env", 4.0, 0.0),
        ("team", 3.0, 1.0),
    ]


def test_a_listener_hears_how_far_the_accounts_got() -> None:
    heard = set()

    def listen(account: str, state: str) -> None:
        heard.add((account, state))

    workspace(flat()).accounts_summary(Scope(period=LAST_30), progress=listen)

    assert heard == {("prod", "read"), ("staging", "read"), ("dev", "read")}


def test_the_demo_opens_without_settings_and_ends_yesterday() -> None:
    here = open_workspace(
        Settings.from_env({}), now=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC)
    )

    assert here.source.name == "demo data"
    assert here.as_of == date(2026, 11, 22)


def test_the_demo_can_speak_of_another_day() -> None:
    here = open_workspace(
        Settings.from_env({}),
        now=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC),
        as_of=date(2024, 2, 29),
    )

    assert here.as_of == date(2024, 2, 29)
    assert here.period().days == 30
