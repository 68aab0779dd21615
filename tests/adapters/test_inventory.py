"""What an account holds, looked into over HTTP, is judged as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient
from moto.ec2.models import ec2_backends

from finops.accounts import Account
from finops.analysis.workload_optimization.inventory.checks import CHECKS
from finops.aws.findings import Findings
from finops.aws.inventory import compute, databases, network
from finops.aws.reach import Organization
from finops.aws.scan import scan
from finops.aws.sessions import Sessions
from finops.recommendations import Recommendation
from tests.adapters.inventory_world import ACCOUNT, LATER, REGION, Seeded, seed
from tests.adapters.recommended import not_enrolled
from tests.double import Member, World, running
from tests.double.company import role_arn
from tests.double.plugin import Aws

KINDS = sorted(check.kind for check in CHECKS)

PROD = Account(name="prod", role_arn=role_arn(ACCOUNT), account_id=ACCOUNT)


@pytest.fixture(scope="module")
def seeded() -> Iterator[tuple[Aws, Seeded]]:
    """An account with waste of every kind; making it takes a while."""
    with pytest.MonkeyPatch.context() as patch, running(world := World()) as url:
        patch.setenv("AWS_ENDPOINT_URL", url)
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
        not_enrolled(world)
        aws = Aws(world, url)
        yield aws, seed(aws)
    world.items.close()


@pytest.fixture
def account(
    seeded: tuple[Aws, Seeded], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Aws]:
    """The account, out of which nothing is missing as yet."""
    aws, _ = seeded
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws.url)
    yield aws
    aws.world.denied.clear()
    aws.world.faults.clear()
    aws.world.fixtures.clear()
    not_enrolled(aws.world)


def scanned(*, now: datetime = LATER, **how: Any) -> Findings:
    regions = how.pop("regions", {ACCOUNT: [REGION]})
    return scan([PROD], sessions=Sessions(), regions=regions, now=now, **how)


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """The operations that were asked for while nothing went wrong."""
    return set()


@pytest.fixture(scope="module")
def found(seeded: tuple[Aws, Seeded], asked: set[str]) -> Findings:
    """What a look into the account says when nothing goes wrong."""
    aws, _ = seeded
    call = BaseClient._make_api_call  # type: ignore[attr-defined]  # botocore's own

    def watched(client: Any, operation: str, request: Any) -> Any:
        asked.add(operation)
        return call(client, operation, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", aws.url)
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setattr(BaseClient, "_make_api_call", watched)
        return scanned()


def of_kind(found: Findings, kind: str) -> dict[str | None, Recommendation]:
    return {one.resource_id: one for one in found.recommendations if one.kind == kind}


def the_one(found: Findings, seeded: Seeded, kind: str) -> Recommendation:
    """What was found about the one resource that is waste of this kind."""
    [resource] = seeded.waste[kind]
    return of_kind(found, kind)[resource]


@pytest.mark.parametrize("kind", KINDS)
def test_each_check_fires_on_its_own_case(
    seeded: tuple[Aws, Seeded], found: Findings, kind: str
) -> None:
    _, cases = seeded

    assert cases.waste[kind]
    assert cases.waste[kind] <= of_kind(found, kind).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_each_check_leaves_alone_what_only_looks_like_it(
    seeded: tuple[Aws, Seeded], found: Findings, kind: str
) -> None:
    _, cases = seeded

    assert cases.fine[kind]
    assert cases.fine[kind] & of_kind(found, kind).keys() == set()


def test_nothing_went_wrong(found: Findings) -> None:
    assert found.problems == ()


SAVINGS = {
    "ebs_gp3": 5.00,  # 500 x (0.10 - 0.08) - (250 - 125) x 0.04
    "ebs_io1": 184.50,  # 100 x 0.045 + 3000 x 0.065 - (500 - 125) x 0.04
    "ebs_gp3_oversized": 30.00,  # 3000 x 0.005 + 375 x 0.04
    "ebs_unattached": 6.40,  # 80 x 0.08
    "ebs_stopped_instance": 8.00,  # 100 x 0.08
    "ebs_old_snapshot": 25.00,  # 500 x 0.05
    "eip_idle": 3.65,  # 730 x 0.005
    "nat_idle": 32.85,  # 730 x 0.045
    "load_balancer_empty": 16.425,  # 730 x 0.0225
    "ec2_idle": 70.08,  # 730 x 0.096
    "ec2_rightsize": 140.16,  # 730 x (0.384 - 0.192)
    "ec2_previous_generation": 2.92,  # 730 x (0.10 - 0.096)
    "rds_idle": 136.33,  # 730 x 0.171 + 100 x 0.115
    "rds_rightsize": 124.83,  # 730 x (0.342 - 0.171)
    "extended_support": 292.00,  # 730 x 2 x 0.20, in the third year
    "log_retention": 0.33,  # 20 x (1 - 90 / 200) x 0.03
    "lambda_arm64": 13.518,  # 4,000,000 x 730 / 720 x 0.0000033333
    "dynamodb_idle": 33.215,  # 730 x (100 x 0.00013 + 50 x 0.00065)
    "elasticache_idle": 113.88,  # 730 x 0.156
    "secret_unused": 0.40,
}


@pytest.mark.parametrize(("kind", "dollars"), SAVINGS.items())
def test_the_saving_is_worked_out_from_public_prices(
    seeded: tuple[Aws, Seeded], found: Findings, kind: str, dollars: float
) -> None:
    _, cases = seeded

    one = the_one(found, cases, kind)

    assert one.estimated_monthly_savings == pytest.approx(dollars, abs=0.005)
    assert "public prices in us-east-1" in one.evidence[-1].text


@pytest.mark.parametrize("kind", ["s3_lifecycle", "ecr_lifecycle"])
def test_a_saving_that_nobody_can_tell_is_unknown(
    seeded: tuple[Aws, Seeded], found: Findings, kind: str
) -> None:
    _, cases = seeded

    assert the_one(found, cases, kind).estimated_monthly_savings is None


def test_a_gp3_volume_keeps_the_speed_it_had_and_says_what_that_costs(
    seeded: tuple[Aws, Seeded], found: Findings
) -> None:
    _, cases = seeded

    one = the_one(found, cases, "ebs_gp3")

    told = {fact.label: fact.text for fact in one.evidence}
    formula = "500 x $0.10 - 500 x $0.08 - 125 x $0.04 = $5.00 a month"
    assert told["Formula"] == formula
    assert "250 MiB/s" in told["As gp3"]
    facts = dict(one.facts)
    assert facts["volume_id"] == one.resource_id
    assert (facts["size_gb"], facts["throughput"]) == ("500", "250")


def test_what_could_not_be_measured_is_unknown_and_not_idle(
    seeded: tuple[Aws, Seeded], found: Findings
) -> None:
    _, cases = seeded

    idle = of_kind(found, "ec2_idle")

    assert set(idle) == cases.waste["ec2_idle"]
    [note] = [note for note in found.notes if "Idle instances" in note]
    assert note == (
        "prod, us-east-1: Idle instances: unknown for 1 resource, as CloudWatch "
        "gave no CPUUtilization."
    )


def test_nothing_is_found_that_is_younger_than_the_look_back(account: Aws) -> None:
    three_days_old = LATER - timedelta(days=197)

    found = scanned(now=three_days_old)

    assert {one.kind for one in found.recommendations} == {"eip_idle"}


def test_without_measurements_nothing_is_called_idle(account: Aws) -> None:
    account.world.denied = {("cloudwatch", ACCOUNT)}

    found = scanned()

    kinds = {one.kind for one in found.recommendations}
    measured = {c.kind for c in CHECKS if "cloudwatch:GetMetricData" in c.needs}
    assert kinds & measured == set()
    assert {"ebs_gp3", "eip_idle", "secret_unused"} <= kinds
    [problem] = found.problems
    assert '"Action": "cloudwatch:GetMetricData"' in problem.hint
    assert sum(": unknown for " in note for note in found.notes) >= len(measured)


def test_a_metric_that_cloudwatch_could_not_finish_is_unknown(account: Aws) -> None:
    results = [
        {"Id": f"m{n}", "Values": [], "Timestamps": [], "StatusCode": "InternalError"}
        for n in range(100)
    ]
    broken = {"MetricDataResults": results}
    account.world.fixtures["cloudwatch", "GetMetricData", None] = broken

    found = scanned()

    measured = {c.kind for c in CHECKS if "cloudwatch:GetMetricData" in c.needs}
    assert {one.kind for one in found.recommendations} & measured == set()
    assert any("NAT gateways: unknown" in note for note in found.notes)


def test_what_one_service_refuses_is_named_and_the_rest_is_found(
    account: Aws,
) -> None:
    account.world.denied = {("rds", ACCOUNT)}

    found = scanned(topics=[*compute.TOPICS, *databases.TOPICS])

    [problem] = found.problems
    assert (problem.account, problem.code) == ("prod", "denied")
    assert '"Action": "rds:DescribeDBInstances"' in problem.hint
    kinds = {one.kind for one in found.recommendations}
    assert {"ec2_idle", "ebs_gp3", "dynamodb_idle", "elasticache_idle"} <= kinds
    assert kinds & {"rds_idle", "rds_rightsize", "extended_support"} == set()


def test_a_service_that_does_not_answer_holds_up_no_other(account: Aws) -> None:
    account.world.fault("", service="rds", latency=60.0, times=99)

    found = scanned(topics=[*compute.TOPICS, *databases.TOPICS], patience=4.0)

    assert [problem.code for problem in found.problems] == ["unreachable"]
    kinds = {one.kind for one in found.recommendations}
    assert {"ec2_idle", "dynamodb_idle"} <= kinds


def test_only_regions_with_spend_are_looked_into(account: Aws) -> None:
    account.world.calls.clear()

    found = scanned(regions={ACCOUNT: ["global"], "999999999999": [REGION]})

    assert found.recommendations == ()
    assert {call.service for call in account.world.calls} == {
        "sts",
        "cost-optimization-hub",
    }


def test_in_a_region_without_prices_the_saving_is_unknown(account: Aws) -> None:
    memory = ec2_backends[ACCOUNT]["eu-west-1"]
    memory.allocate_address(domain="vpc")

    found = scanned(regions={ACCOUNT: ["eu-west-1"]}, topics=network.TOPICS)

    [one] = found.recommendations
    assert one.kind == "eip_idle"
    assert one.estimated_monthly_savings is None
    assert "No price is known in eu-west-1" in one.evidence[-1].text


def test_every_question_only_reads(found: Findings, asked: set[str]) -> None:
    assert len(asked) > 20
    allowed = ("Describe", "Get", "List", "AssumeRole")
    assert [name for name in asked if not name.startswith(allowed)] == []


def test_members_of_the_organization_are_looked_into_by_their_role(
    account: Aws,
) -> None:
    account.world.members = [
        Member(account.world.payer, "hub"),
        Member(ACCOUNT, "web"),
        Member("666666666666", "spends nothing"),
        Member("777777777777", "closed", status="SUSPENDED"),
    ]

    found = scan(
        [Account(name="hub")],
        sessions=Sessions(),
        regions={ACCOUNT: [REGION], "777777777777": [REGION]},
        now=LATER,
        organization=Organization("hub", "CostAnalyzer"),
        topics=network.TOPICS,
    )

    assert found.problems == ()
    assert {one.account for one in found.recommendations} == {"web"}
    assert "eip_idle" in {one.kind for one in found.recommendations}


def test_members_that_may_not_be_listed_are_a_problem_of_their_payer(
    account: Aws,
) -> None:
    account.world.denied = {("organizations", account.world.payer)}

    found = scan(
        [Account(name="hub"), PROD],
        sessions=Sessions(),
        regions={ACCOUNT: [REGION]},
        now=LATER,
        organization=Organization("hub", "CostAnalyzer"),
        topics=network.TOPICS,
    )

    [problem] = found.problems
    assert problem.account == "hub"
    assert "organizations:ListAccounts" in problem.hint
    assert {one.account for one in found.recommendations} == {"prod"}


def test_progress_tells_how_many_questions_are_answered(account: Aws) -> None:
    told: list[tuple[str, str]] = []

    scanned(tell=lambda account, state: told.append((account, state)), topics=())

    assert told == [
        ("prod", "1 of 2 questions answered"),
        ("prod", "2 of 2 questions answered"),
    ]
