"""Recommendations that overlap count once, and the best of them counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.analysis.workload_optimization import (
    counted_savings,
    merged,
    total_monthly_savings,
)
from finops.recommendations import PURCHASES, Action, Origin, Recommendation

STOP = Recommendation(
    kind="ec2_idle",
    action="Stop",
    title="Stop i-1",
    account="prod",
    account_id="111111111111",
    region="us-east-1",
    service="Amazon Elastic Compute Cloud",
    resource_id="i-1",
    estimated_monthly_savings=100.0,
    risk="high",
    effort="quick_win",
    source="inventory",
)
SMALLER = replace(
    STOP,
    kind="ec2_rightsize",
    action="Rightsize",
    estimated_monthly_savings=50.0,
)
PLAN = replace(
    STOP,
    kind="compute_savings_plan",
    action="PurchaseSavingsPlans",
    service="AWS Compute Savings Plans",
    region=None,
    resource_id=None,
    source="billing",
    estimated_monthly_savings=120.0,
)
DATABASE = replace(
    STOP,
    service="Amazon Relational Database Service",
    resource_id="arn:aws:rds:us-east-1:111111111111:db:orders",
)

usage_findings = st.builds(
    replace,
    st.just(STOP),
    action=st.sampled_from(["Stop", "Rightsize", "Upgrade", "Configure"]),
    account_id=st.sampled_from(["1", "2"]),
    resource_id=st.sampled_from(["i-1", "i-2", "vol-1", None]),
    part=st.sampled_from([None, "instance", "storage"]),
    kind=st.sampled_from(["a", "b"]),
    estimated_monthly_savings=st.none() | st.floats(0, 1000),
)
purchases = st.builds(
    replace,
    st.just(PLAN),
    action=st.sampled_from(sorted(PURCHASES)),
    account_id=st.sampled_from(["1", "2"]),
    service=st.sampled_from([PLAN.service, STOP.service, DATABASE.service]),
    source=st.sampled_from(["billing", "cost_optimization_hub"]),
    estimated_monthly_savings=st.none() | st.floats(0, 1000),
)
several = st.lists(usage_findings | purchases, max_size=12).map(merged)


def test_a_plan_is_for_the_machines_of_ec2_as_cost_explorer_calls_them() -> None:
    stop = replace(STOP, service="Amazon Elastic Compute Cloud - Compute")

    assert total_monthly_savings([stop, PLAN]) == 120.0


def test_the_best_that_can_be_done_to_a_resource_counts() -> None:
    assert total_monthly_savings([SMALLER, STOP]) == 100.0
    assert counted_savings([SMALLER, STOP])[SMALLER.fingerprint] == 0.0


def test_what_lowers_two_parts_of_a_resource_counts_twice() -> None:
    storage = replace(DATABASE, part="storage", estimated_monthly_savings=60.0)
    support = replace(DATABASE, part="support", estimated_monthly_savings=70.0)

    assert total_monthly_savings([storage, support]) == 130.0
    assert total_monthly_savings([storage, support, DATABASE]) == 130.0
    assert total_monthly_savings([storage, DATABASE]) == 100.0


def test_the_same_id_in_another_account_is_another_resource() -> None:
    elsewhere = replace(STOP, account_id="222222222222")

    assert total_monthly_savings([STOP, elsewhere]) == 200.0


def test_a_purchase_counts_beyond_the_usage_that_goes() -> None:
    counted = counted_savings([PLAN, STOP])

    assert counted[STOP.fingerprint] == 100.0
    assert counted[PLAN.fingerprint] == pytest.approx(20.0)


@pytest.mark.parametrize(
    "other",
    [
        replace(STOP, resource_id="vol-1", action="Upgrade"),
        replace(STOP, account_id="222222222222"),
        DATABASE,
    ],
    ids=["storage", "another account", "another service"],
)
def test_a_purchase_does_not_overlap_what_it_does_not_pay_for(
    other: Recommendation,
) -> None:
    assert total_monthly_savings([PLAN, other]) == 220.0


def test_a_purchase_that_aws_recommends_may_be_for_every_account() -> None:
    payer = replace(PLAN, account_id="999999999999", source="cost_optimization_hub")

    assert total_monthly_savings([payer, STOP, PLAN]) == 120.0


def test_an_unknown_saving_is_not_in_the_total() -> None:
    unknown = replace(STOP, estimated_monthly_savings=None)

    assert counted_savings([unknown]) == {}


def test_what_costs_more_is_counted_as_it_is() -> None:
    dearer = replace(STOP, estimated_monthly_savings=-2.31)

    assert total_monthly_savings([dearer]) == -2.31


@given(several)
def test_the_total_lies_between_the_best_and_the_sum(
    found: list[Recommendation],
) -> None:
    savings = [one.estimated_monthly_savings or 0.0 for one in found]

    total = total_monthly_savings(found)

    assert max(savings, default=0.0) - 1e-6 <= total <= sum(savings) + 1e-6


@given(several)
def test_nothing_counts_for_more_than_it_saves(found: list[Recommendation]) -> None:
    counted = counted_savings(found)

    for one in found:
        most = one.estimated_monthly_savings
        assert (one.fingerprint in counted) == (most is not None)
        assert 0.0 <= counted.get(one.fingerprint, 0.0) <= (most or 0.0)


@given(several)
def test_the_order_does_not_matter(found: list[Recommendation]) -> None:
    assert counted_savings(found[::-1]) == pytest.approx(counted_savings(found))


@given(several)
def test_a_resource_never_saves_more_than_its_parts_and_never_a_part_twice(
    found: list[Recommendation],
) -> None:
    counted = counted_savings(found)

    chosen = [
        (one.account_id, one.resource_id, one.part)
        for one in found
        if one.action not in PURCHASES
        and one.resource_id
        and counted.get(one.fingerprint, 0.0) > 0
    ]

    assert len(chosen) == len(set(chosen))
    whole = {(account, resource) for account, resource, part in chosen if part is None}
    parts = {(account, resource) for account, resource, part in chosen if part}
    assert whole & parts == set()


@pytest.mark.parametrize("origin", ["billing", "cost_optimization_hub", "export"])
def test_the_best_informed_origin_is_kept_with_what_others_know(
    origin: Origin,
) -> None:
    ours = replace(STOP, facts=(("instance_id", "i-1"), ("size", "large")))
    theirs = replace(
        STOP,
        source=origin,
        facts=(("size", "small"), ("tag", "web")),
        estimated_monthly_savings=90.0,
    )

    [one] = merged([theirs, ours])

    assert (one.source, one.estimated_monthly_savings) == ("inventory", 100.0)
    assert dict(one.facts) == {"instance_id": "i-1", "size": "large", "tag": "web"}
    assert one.evidence[-1].label == "Also found by"


def test_a_known_saving_is_better_than_a_better_origin() -> None:
    unknown = replace(STOP, estimated_monthly_savings=None)
    bill = replace(STOP, source="billing", estimated_monthly_savings=80.0)

    [one] = merged([unknown, bill])

    assert one.estimated_monthly_savings == 80.0


def test_what_is_known_resource_by_resource_is_not_told_of_the_account_again() -> None:
    action: Action = "Upgrade"
    all_volumes = replace(STOP, kind="ebs_gp3", action=action, resource_id=None)
    volume = replace(all_volumes, resource_id="vol-1", estimated_monthly_savings=5.0)
    abroad = replace(all_volumes, region="eu-west-1")

    assert merged([all_volumes, volume, abroad]) == [abroad, volume]


def test_the_largest_saving_comes_first_and_the_unknown_last() -> None:
    unknown = replace(STOP, resource_id="i-2", estimated_monthly_savings=None)

    assert merged([unknown, SMALLER, STOP]) == [STOP, SMALLER, unknown]
