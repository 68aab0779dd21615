"""AWS's own recommendations, as we hand them on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from finops.accounts import Account
from finops.aws.findings import Findings
from finops.aws.hub import RECOMMENDATIONS
from finops.aws.identities import Identity
from finops.aws.questions import Place
from finops.aws.scan import scan
from finops.aws.sessions import Sessions
from tests.adapters.recommended import (
    HUB,
    OPTIMIZER,
    enrol,
    hub_item,
    money,
    not_enrolled,
    optimizer_instance,
)
from tests.double.company import role_arn
from tests.double.plugin import NOW, Aws

PROD, DEV = "222222222222", "333333333333"

PAYER = Account(name="hub")


def by_role(name: str, account_id: str) -> Account:
    return Account(name=name, role_arn=role_arn(account_id), account_id=account_id)


def scanned(
    *accounts: Account, regions: Sequence[str] = (), patience: float = 20.0
) -> Findings:
    ids = [account.account_id or "123456789012" for account in accounts]
    return scan(
        accounts,
        sessions=Sessions(),
        now=NOW,
        topics=(),
        regions=dict.fromkeys(ids, regions),
        patience=patience,
    )


def test_the_hub_recommends_in_our_words(aws: Aws) -> None:
    enrol(aws.world, HUB)
    item = hub_item(PROD)
    aws.world.fixtures[HUB, "ListRecommendations", None] = {"items": [item]}

    [found] = scanned(PAYER, by_role("prod", PROD)).recommendations[:1]

    assert found.estimated_monthly_savings == 43.07
    assert (found.kind, found.action) == ("ec2_rightsize", "Rightsize")
    assert (found.account, found.region) == ("prod", "us-east-2")
    assert found.title == "Change i-1 from m5a.xlarge to r5a.large"
    assert dict(found.facts) == {
        "instance_id": "i-1",
        "current_type": "m5a.xlarge",
        "target_type": "r5a.large",
    }


@pytest.mark.parametrize(
    ("restart", "rollback", "risk"),
    [(False, True, "low"), (True, True, "medium"), (False, False, "high")],
)
def test_what_cannot_be_undone_is_a_high_risk(
    aws: Aws, *, restart: bool, rollback: bool, risk: str
) -> None:
    enrol(aws.world, HUB)
    item = hub_item(PROD, restartNeeded=restart, rollbackPossible=rollback)
    aws.world.fixtures[HUB, "ListRecommendations", None] = {"items": [item]}

    [found] = scanned(PAYER).recommendations

    assert found.risk == risk


@pytest.mark.parametrize(
    ("words", "effort"),
    [
        ("VeryLow", "quick_win"),
        ("Low", "quick_win"),
        ("Medium", "moderate"),
        ("VeryHigh", "project"),
    ],
)
def test_the_hubs_efforts_are_three_of_ours(aws: Aws, words: str, effort: str) -> None:
    enrol(aws.world, HUB)
    item = hub_item(PROD, implementationEffort=words)
    aws.world.fixtures[HUB, "ListRecommendations", None] = {"items": [item]}

    [found] = scanned(PAYER).recommendations

    assert found.effort == effort


def test_a_purchase_concerns_no_resource(aws: Aws) -> None:
    enrol(aws.world, HUB)
    item = hub_item(
        PROD,
        actionType="PurchaseSavingsPlans",
        currentResourceType="ComputeSavingsPlans",
        recommendedResourceType="ComputeSavingsPlans",
        recommendedResourceSummary="$0.130/hour for one year",
        rollbackPossible=False,
    )
    del item["resourceId"]
    aws.world.fixtures[HUB, "ListRecommendations", None] = {"items": [item]}

    [found] = scanned(PAYER).recommendations

    assert found.resource_id is None
    assert found.title == "Buy a Savings Plan: $0.130/hour for one year"
    assert found.risk == "high"


def test_every_page_is_read(aws: Aws) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    items = [hub_item(PROD, resourceId=f"i-{n}") for n in range(250)]
    aws.world.fixtures[HUB, "ListRecommendations", None] = {"items": items}
    arn = "arn:aws:ec2:us-east-1:123456789012:instance/i-{}"
    machines = [optimizer_instance(PROD, instanceArn=arn.format(n)) for n in range(250)]
    told = {"instanceRecommendations": machines}
    operation = "GetEC2InstanceRecommendations"
    aws.world.fixtures[OPTIMIZER, operation, None] = told

    found = scanned(PAYER, regions=["us-east-1"]).recommendations

    sources = [one.source for one in found]
    assert sources.count("cost_optimization_hub") == 250
    assert sources.count("compute_optimizer") == 250
    assert aws.world.requests(operation) == 3


def test_a_long_answer_is_not_taken_for_silence(aws: Aws) -> None:
    enrol(aws.world, HUB)
    items = [hub_item(PROD, resourceId=f"i-{n}") for n in range(250)]
    aws.world.fixtures[HUB, "ListRecommendations", None] = {"items": items}
    heard: list[str] = []
    place = Place(
        Identity(PAYER, aws.world.payer),
        "us-east-1",
        Sessions(),
        heard=lambda: heard.append("a page"),
    )

    answer = place.ask(RECOMMENDATIONS)

    assert len(answer) == 250
    assert len(heard) == 3


def test_the_best_option_is_taken_at_the_customers_own_price(aws: Aws) -> None:
    enrol(aws.world, OPTIMIZER)
    not_in_hub = {"items": [{"accountId": PROD, "status": "Inactive"}]}
    aws.world.fixtures[HUB, "ListEnrollmentStatuses", None] = not_in_hub
    told = {"instanceRecommendations": [optimizer_instance(PROD)]}
    aws.world.fixtures[OPTIMIZER, "GetEC2InstanceRecommendations", None] = told

    [found] = scanned(by_role("prod", PROD), regions=["us-east-1"]).recommendations

    assert found.estimated_monthly_savings == 126.14
    assert (found.risk, found.effort) == ("low", "quick_win")
    assert dict(found.facts) == {
        "instance_id": "i-1",
        "current_type": "m5.2xlarge",
        "target_type": "m5.xlarge",
        "aws:autoscaling:groupName": "web",
    }
    assert "after your discounts" in found.evidence[-1].text


def test_what_costs_more_is_no_saving(aws: Aws) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    small = optimizer_instance(PROD, finding="Underprovisioned")
    for option in small["recommendationOptions"]:
        option["savingsOpportunity"]["estimatedMonthlySavings"]["value"] = -5.0
        option.pop("savingsOpportunityAfterDiscounts", None)
    told = {"instanceRecommendations": [small]}
    aws.world.fixtures[OPTIMIZER, "GetEC2InstanceRecommendations", None] = told

    found = scanned(PAYER, regions=["us-east-1"])

    assert found == Findings()


def test_an_account_that_does_not_use_them_is_told_how_to(aws: Aws) -> None:
    not_enrolled(aws.world)

    found = scanned(PAYER, regions=["us-east-1", "eu-west-1"])

    assert (found.recommendations, found.problems) == ((), ())
    assert [note.split(".")[0] for note in found.notes] == [
        "hub does not use Cost Optimization Hub",
        "hub does not use Compute Optimizer",
    ]
    assert not {call.operation for call in aws.world.calls} & {
        "UpdateEnrollmentStatus",
        "ListRecommendations",
        "GetEC2InstanceRecommendations",
    }


def test_one_that_is_denied_stops_no_other(aws: Aws) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    aws.world.denied = {("cost-optimization-hub", PROD)}
    told = {"instanceRecommendations": [optimizer_instance(PROD)]}
    aws.world.fixtures[OPTIMIZER, "GetEC2InstanceRecommendations", None] = told

    found = scanned(by_role("prod", PROD), by_role("dev", DEV), regions=["us-east-1"])

    [problem] = found.problems
    assert (problem.account, problem.code) == ("prod", "denied")
    assert '"Action": "cost-optimization-hub:ListEnrollmentStatuses"' in problem.hint
    assert [one.account for one in found.recommendations] == ["prod", "dev"]


def test_an_account_whose_role_is_refused_is_one_problem(aws: Aws) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    aws.world.roles = {role_arn(DEV): None}
    aws.world.strict_roles = True
    regions = ["us-east-1", "eu-west-1", "eu-central-1"]

    found = scanned(by_role("prod", PROD), by_role("dev", DEV), regions=regions)

    [problem] = found.problems
    assert problem.account == "prod"
    assert role_arn(PROD) in problem.hint
    assert aws.world.requests("GetEnrollmentStatus") == 3


def test_a_service_that_does_not_answer_is_given_up(aws: Aws) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    aws.world.fault("", service="cost-optimization-hub", latency=30.0)
    told = {"instanceRecommendations": [optimizer_instance(PROD)]}
    aws.world.fixtures[OPTIMIZER, "GetEC2InstanceRecommendations", None] = told

    found = scanned(PAYER, regions=["us-east-1"], patience=5.0)

    [problem] = found.problems
    assert problem.code == "unreachable"
    assert len(found.recommendations) == 1


def test_a_volumes_new_settings_are_facts(aws: Aws) -> None:
    enrol(aws.world, OPTIMIZER)
    volume = {
        "volumeArn": f"arn:aws:ec2:us-east-1:{PROD}:volume/vol-1",
        "accountId": PROD,
        "currentConfiguration": {"volumeType": "gp2", "volumeSize": 500},
        "finding": "NotOptimized",
        "volumeRecommendationOptions": [
            {
                "rank": 1,
                "performanceRisk": 1.0,
                "configuration": {
                    "volumeType": "gp3",
                    "volumeSize": 500,
                    "volumeBaselineIOPS": 3000,
                    "volumeBaselineThroughput": 250,
                },
                "savingsOpportunity": money(5.0),
            }
        ],
    }
    told = {"volumeRecommendations": [volume]}
    aws.world.fixtures[OPTIMIZER, "GetEBSVolumeRecommendations", None] = told
    enrol(aws.world, HUB)

    [found] = scanned(by_role("prod", PROD), regions=["us-east-1"]).recommendations

    assert dict(found.facts) == {
        "volume_id": "vol-1",
        "current_type": "gp2",
        "target_type": "gp3",
        "size_gb": "500",
        "iops": "3000",
        "throughput": "250",
    }
