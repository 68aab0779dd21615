from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from finops.accounts import Account
from finops.analysis.cost_table import answer
from finops.aws.identities import Identity
from finops.aws.pacing import Pacer
from finops.aws.sessions import Sessions
from finops.errors import (
    DimensionUnavailableError,
    MalformedTableError,
    SourceError,
    SpendingLimitError,
)
from finops.focus import Condition, CostQuery
from finops.periods import ChargePeriod
from finops.sources.cost_explorer import AccountCosts, Caller
from finops.sources.cost_explorer.account_costs import utc_now
from finops.sources.cost_explorer.answers import Ledger, Metrics
from tests.adapters.bills import DEV, NAMES, PROD, STAGING, put_bill_on, truth_of
from tests.double import LineItem
from tests.double.company import role_arn
from tests.double.plugin import NOW, Aws

TODAY = date(2026, 11, 23)

OCTOBER = ChargePeriod(date(2026, 10, 1), date(2026, 11, 1))

RECENT = ChargePeriod(date(2026, 10, 5), date(2026, 11, 23))

EC2 = "Amazon Elastic Compute Cloud - Compute"


class Meter:
    """Counts the paid requests."""

    def __init__(self) -> None:
        self.requests = 0

    def __call__(self) -> None:
        self.requests += 1


@pytest.fixture
def bill(aws: Aws) -> Aws:
    put_bill_on(aws.world)
    return aws


@pytest.fixture
def meter() -> Meter:
    return Meter()


def account_costs(identity: Identity, meter: Callable[[], None], **how: Any) -> Any:
    caller = Caller(identity, Sessions(), meter, Pacer(per_second=1e6))
    return AccountCosts(caller, TODAY, names=NAMES, now=lambda: NOW, **how)


@pytest.fixture
def member(bill: Aws, meter: Meter) -> AccountCosts:
    """The bill of prod, as prod sees it."""
    account = Account(name="prod", role_arn=role_arn(PROD), account_id=PROD)
    return account_costs(Identity(account, PROD), meter)  # type: ignore[no-any-return]  # of a test


@pytest.fixture
def payer(bill: Aws, meter: Meter) -> AccountCosts:
    """The bill of all accounts, as their payer sees it."""
    identity = Identity(Account(name="hub"), bill.world.payer)
    return account_costs(identity, meter, payer=True)  # type: ignore[no-any-return]  # of a test


def where(dimension: str, *values: str | None) -> tuple[Condition, ...]:
    return (Condition(dimension, values),)


QUESTIONS = [
    CostQuery(period=OCTOBER),
    CostQuery(period=OCTOBER, granularity="total", charges="all"),
    CostQuery(period=RECENT, granularity="month", group_by=("ServiceName",)),
    CostQuery(period=RECENT, group_by=("SubAccountId", "SubAccountName")),
    CostQuery(period=RECENT, group_by=("SubAccountName", "ServiceName")),
    CostQuery(period=RECENT, group_by=("RegionId",), granularity="total"),
    CostQuery(period=RECENT, group_by=("Tags.team",), granularity="month"),
    CostQuery(period=OCTOBER, group_by=("ChargeCategory",), charges="all"),
    CostQuery(period=OCTOBER, group_by=("ChargeCategory",)),
    CostQuery(period=RECENT, group_by=("x_UsageType", "x_Operation")),
    CostQuery(period=OCTOBER, where=where("ServiceName", EC2)),
    CostQuery(period=OCTOBER, where=where("SubAccountName", "prod", "dev")),
    CostQuery(period=OCTOBER, where=where("SubAccountId", DEV)),
    CostQuery(period=OCTOBER, where=where("RegionId", None)),
    CostQuery(period=OCTOBER, where=where("Tags.team", "web", None)),
    CostQuery(period=OCTOBER, where=where("BillingCurrency", "USD")),
    CostQuery(period=OCTOBER, where=where("ServiceName")),
    CostQuery(
        period=OCTOBER,
        group_by=("ServiceName", "RegionId"),
        where=where("Tags.team", "web", None),
    ),
    CostQuery(
        period=OCTOBER,
        group_by=("ServiceName", "RegionId"),
        where=(*where("SubAccountName", "prod"), *where("x_Operation", None)),
        charges="all",
    ),
    CostQuery(
        period=OCTOBER,
        group_by=("ServiceName", "Tags.team"),
        where=where("ChargeCategory", "Tax", "Adjustment", "Purchase"),
        charges="all",
    ),
    CostQuery(
        period=OCTOBER,
        group_by=("x_UsageType",),
        where=(*where("RegionId", "eu-west-1"), *where("ServiceName", "EC2 - Other")),
    ),
]


def expected(charges: pd.DataFrame, query: CostQuery) -> pd.DataFrame:
    """The truth; what `usage` leaves out are credits, refunds and taxes."""
    if query.charges == "usage":
        left_out = charges["record_type"].isin(["Credit", "Refund", "Tax"])
        charges = charges[~left_out]
    return answer(charges, replace(query, charges="all"))


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_payers_answer_is_the_truth(
    bill: Aws, payer: AccountCosts, query: CostQuery
) -> None:
    truth = truth_of(bill.world)

    costs = payer.costs(query)

    pd.testing.assert_frame_equal(costs.table, expected(truth, query))


@pytest.mark.parametrize("query", QUESTIONS)
def test_a_members_answer_is_the_truth_about_it(
    bill: Aws, member: AccountCosts, query: CostQuery
) -> None:
    truth = truth_of(bill.world)
    own = truth[truth["SubAccountId"] == PROD]

    costs = member.costs(query)

    pd.testing.assert_frame_equal(costs.table, expected(own, query))


def test_a_day_cut_by_a_page_is_put_together(
    bill: Aws, payer: AccountCosts, meter: Meter
) -> None:
    bill.world.page_groups = 7
    payer.accounts = 3
    query = CostQuery(period=OCTOBER, group_by=("ServiceName",))

    costs = payer.costs(query)

    truth = expected(truth_of(bill.world), query)
    pd.testing.assert_frame_equal(costs.table, truth)
    assert meter.requests == bill.world.charged == 40


def test_an_empty_page_with_a_token_is_not_the_end(
    bill: Aws, member: AccountCosts, meter: Meter
) -> None:
    bill.world.empty_pages = True

    costs = member.costs(CostQuery(period=OCTOBER, group_by=("ServiceName",)))

    assert len(costs.table) == 31 * 3
    assert meter.requests == 2


def test_what_cost_explorer_does_not_know_is_unknown(member: AccountCosts) -> None:
    costs = member.costs(CostQuery(period=OCTOBER))

    assert costs.table["ListCost"].isna().all()
    assert costs.read_at == NOW
    assert costs.notes[0].startswith("Costs are net of discounts")


def test_costs_are_before_discounts_where_aws_refuses_net_ones(
    bill: Aws, member: AccountCosts, meter: Meter
) -> None:
    bill.world.net_refused = {PROD}
    day = ChargePeriod(date(2026, 11, 7), date(2026, 11, 8))

    costs = member.costs(CostQuery(period=day, where=where("ServiceName", EC2)))
    member.costs(CostQuery(period=OCTOBER))

    [row] = costs.table.itertuples()
    assert (row.BilledCost, row.EffectiveCost) == (1.0, 0.8)
    assert costs.notes[0].startswith("AWS gives no net costs here")
    assert meter.requests == 3


def test_amounts_are_added_exactly(bill: Aws, member: AccountCosts) -> None:
    day = date(2026, 11, 20)
    bill.world.items.add(
        *(
            LineItem(
                day=day,
                account=PROD,
                service="AWS Lambda",
                record_type=kind,
                unblended=Decimal("0.1"),
            )
            for kind in ("Usage", "DiscountedUsage", "BundledDiscount")
        )
    )

    costs = member.costs(
        CostQuery(
            period=ChargePeriod(day, date(2026, 11, 21)),
            group_by=("ServiceName", "ChargeCategory"),
            where=where("ServiceName", "AWS Lambda"),
        )
    )

    assert costs.table["BilledCost"].tolist() == [0.3]


def test_another_filter_asks_the_same_question(
    member: AccountCosts, payer: AccountCosts
) -> None:
    plain = CostQuery(period=OCTOBER, group_by=("ServiceName",), granularity="total")
    filtered = replace(plain, where=where("ServiceName", EC2), group_by=())

    assert member.widened(plain) == member.widened(filtered)
    assert payer.widened(plain) == payer.widened(filtered)
    assert payer.widened(plain).group_by == (
        "SubAccountId",
        "SubAccountName",
        "ServiceName",
    )


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_wider_question_is_its_own_wider_question(
    member: AccountCosts, payer: AccountCosts, query: CostQuery
) -> None:
    for source in (member, payer):
        wide = source.widened(query)

        assert source.widened(wide) == wide
        assert wide.granularity == "day"
        assert wide.period == query.period


def test_an_account_that_is_filtered_out_is_not_paid_for(
    member: AccountCosts, meter: Meter
) -> None:
    query = CostQuery(period=OCTOBER, where=where("SubAccountName", "staging"))

    costs = member.costs(query)

    assert costs.table.empty
    assert meter.requests == member.estimated_requests(query) == 0


def test_three_dimensions_are_too_many(payer: AccountCosts) -> None:
    query = CostQuery(
        period=OCTOBER, group_by=("SubAccountName", "ServiceName", "RegionId")
    )

    with pytest.raises(DimensionUnavailableError) as error:
        payer.costs(query)

    assert str(error.value) == (
        "organization of hub (123456789012) cannot group by RegionId: Cost Explorer "
        "groups by two things at most, here by SubAccountId and ServiceName."
    )


def test_a_member_has_its_account_and_two_more(member: AccountCosts) -> None:
    query = CostQuery(
        period=OCTOBER, group_by=("SubAccountName", "ServiceName", "RegionId")
    )

    assert set(member.costs(query).table["SubAccountName"]) == {"prod"}


@pytest.mark.parametrize("dimension", ["ResourceId", "ServiceCategory"])
def test_what_cost_explorer_cannot_tell_is_refused(
    member: AccountCosts, meter: Meter, dimension: str
) -> None:
    with pytest.raises(DimensionUnavailableError, match=dimension):
        member.costs(CostQuery(period=OCTOBER, group_by=(dimension,)))

    assert meter.requests == 0


def test_a_name_that_nobody_configured_cannot_be_a_filter_without_room(
    payer: AccountCosts,
) -> None:
    query = CostQuery(
        period=OCTOBER,
        group_by=("ServiceName", "RegionId"),
        where=where("SubAccountName", "marketing"),
    )

    with pytest.raises(DimensionUnavailableError, match="id of marketing is not known"):
        payer.costs(query)


def test_accounts_are_called_as_configured_else_as_aws_calls_them(
    bill: Aws, payer: AccountCosts
) -> None:
    bill.world.names = {STAGING: "Staging Inc", DEV: "Dev Inc"}
    payer.names = {DEV: "dev"}

    costs = payer.costs(
        CostQuery(period=OCTOBER, group_by=("SubAccountId", "SubAccountName"))
    )

    called = dict(
        zip(costs.table["SubAccountId"], costs.table["SubAccountName"], strict=True)
    )
    assert called == {PROD: PROD, STAGING: "Staging Inc", DEV: "dev"}


def test_the_request_that_would_pass_the_limit_is_not_sent(
    bill: Aws, member: AccountCosts
) -> None:
    def stop() -> None:
        msg = "The daily limit is reached."
        raise SpendingLimitError(msg)

    member.caller = replace(member.caller, on_request=stop)

    with pytest.raises(SpendingLimitError):
        member.costs(CostQuery(period=OCTOBER))

    assert bill.world.requests("GetCostAndUsage") == 0


@pytest.mark.parametrize(
    "body",
    [
        '{"ResultsByTime": [{"TimePeriod": {"Start": "2026-10-01"}}]}',
        "{}",
        "<html>Sign in</html>",
        '{"ResultsByTime": [{"TimePeriod": {"Start": "2026-10-01"}, "Groups": '
        '[{"Keys": ["a", "b"], "Metrics": {}}]}]}',
    ],
)
def test_an_answer_without_what_it_should_hold_is_malformed(
    bill: Aws, member: AccountCosts, body: str
) -> None:
    bill.world.fault(service="ce", status=200, body=body, times=9)

    with pytest.raises(MalformedTableError, match="not an answer"):
        member.costs(CostQuery(period=OCTOBER))


def test_a_page_that_leads_to_itself_is_not_read_for_ever(
    bill: Aws, member: AccountCosts
) -> None:
    page = '{"ResultsByTime": [], "NextPageToken": "again"}'
    bill.world.fault(service="ce", status=200, times=9, body=page)

    with pytest.raises(SourceError, match="again and again"):
        member.costs(CostQuery(period=OCTOBER))

    assert bill.world.requests("GetCostAndUsage") == 2


def test_tags_in_use_can_be_asked_for(member: AccountCosts, meter: Meter) -> None:
    assert member.tag_keys() == ("team",)
    assert meter.requests == 1


def test_a_long_period_of_a_payer_is_read_side_by_side(
    bill: Aws, payer: AccountCosts, meter: Meter
) -> None:
    payer.accounts = 200
    query = CostQuery(period=RECENT, group_by=("ServiceName",), granularity="month")
    told: list[tuple[str, str]] = []

    costs = payer.costs(
        query, progress=lambda account, state: told.append((account, state))
    )

    truth = expected(truth_of(bill.world), query)
    pd.testing.assert_frame_equal(costs.table, truth)
    assert meter.requests == 6
    assert ("hub", "reading 2026-10-05 to 2026-10-12") in told


def test_one_failing_piece_fails_the_whole(bill: Aws, payer: AccountCosts) -> None:
    payer.accounts = 200
    bill.world.fault("DataUnavailableException", service="ce", message="No bill yet")

    with pytest.raises(SourceError, match="No bill yet"):
        payer.costs(CostQuery(period=RECENT))


def test_a_recorded_answer_adds_up(real_data: Path) -> None:
    recorded = json.loads(
        (
            real_data / "cost_explorer/sinanartun_daily_by_service_2024-02_04.json"
        ).read_text()
    )
    metrics = Metrics("UnblendedCost", "UnblendedCost", note="")
    ledger = Ledger(("ServiceName",), metrics, account_id="1", names={})

    ledger.enter([{"ResultsByTime": recorded}])  # type: ignore[typeddict-item]  # the rest is not recorded

    table = ledger.table()
    assert len(table) == 945
    assert table["ServiceName"].nunique() == 33
    assert table["BilledCost"].sum() == pytest.approx(67.25, abs=0.005)


def test_the_time_of_reading_is_by_utc() -> None:
    assert utc_now().tzinfo is UTC
    assert utc_now() > datetime(2026, 1, 1, tzinfo=UTC)
