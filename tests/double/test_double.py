from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.double import AwsError, LineItem, Member
from tests.double.company import company
from tests.double.failures import Rate
from tests.double.plugin import NOW, Aws

PROD, DEV = "222222222222", "333333333333"

NOVEMBER = {"Start": "2026-11-01", "End": "2026-11-24"}

DAILY = {
    "TimePeriod": NOVEMBER,
    "Granularity": "DAILY",
    "Metrics": ["UnblendedCost"],
}

ACCOUNT_AND_SERVICE = [
    {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"},
    {"Type": "DIMENSION", "Key": "SERVICE"},
]


@pytest.fixture
def bill(aws: Aws) -> Aws:
    """Two accounts, two services, and what else a bill has."""
    days = [date(2026, 11, day) for day in range(1, 24)]
    for day in days:
        for account, tags in ((PROD, {"team": "web"}), (DEV, {})):
            aws.world.items.add(
                LineItem(day=day, account=account, unblended=Decimal("1.1"), tags=tags),
                LineItem(
                    day=day,
                    account=account,
                    service="EC2 - Other",
                    region=None,
                    unblended=Decimal("0.0000000001"),
                ),
            )
    aws.world.items.add(
        LineItem(
            day=days[0],
            account=PROD,
            record_type="Credit",
            unblended=Decimal("-12.5"),
        )
    )
    aws.world.names[PROD] = "prod apps"
    return aws


TOTAL = Decimal("1.1000000001") * 2 * 23 - Decimal("12.5")


def pages(client: Any, **request: Any) -> Iterator[Any]:
    page = client.get_cost_and_usage(**request)
    yield page
    while token := page.get("NextPageToken"):
        page = client.get_cost_and_usage(**request, NextPageToken=token)
        yield page


def group_amounts(answers: list[Any]) -> list[Decimal]:
    return [
        Decimal(group["Metrics"]["UnblendedCost"]["Amount"])
        for page in answers
        for result in page["ResultsByTime"]
        for group in result["Groups"]
    ]


def test_the_groups_of_all_pages_add_up_to_the_bill(bill: Aws) -> None:
    bill.world.page_groups = 7

    answers = list(pages(bill.client("ce"), **DAILY, GroupBy=ACCOUNT_AND_SERVICE))

    assert len(answers) == 14
    assert sum(group_amounts(answers)) == TOTAL


def test_a_page_may_cut_a_day_in_two(bill: Aws) -> None:
    bill.world.page_groups = 7

    first, second, *_ = pages(bill.client("ce"), **DAILY, GroupBy=ACCOUNT_AND_SERVICE)

    before, after = first["ResultsByTime"][-1], second["ResultsByTime"][0]
    assert before["TimePeriod"] == after["TimePeriod"]


def test_an_empty_page_may_come_with_a_token(bill: Aws) -> None:
    bill.world.empty_pages = True

    first, second = pages(bill.client("ce"), **DAILY, GroupBy=ACCOUNT_AND_SERVICE)

    assert first["ResultsByTime"] == []
    assert sum(group_amounts([second])) == TOTAL


def test_the_ungrouped_total_is_the_same(bill: Aws) -> None:
    answer = bill.client("ce").get_cost_and_usage(**DAILY)

    totals = [day["Total"]["UnblendedCost"] for day in answer["ResultsByTime"]]
    assert sum(Decimal(total["Amount"]) for total in totals) == TOTAL
    assert {total["Unit"] for total in totals} == {"USD"}


def test_the_payer_sees_all_and_a_member_itself(bill: Aws) -> None:
    asked = {"TimePeriod": NOVEMBER, "Dimension": "LINKED_ACCOUNT"}

    of_payer = bill.client("ce").get_dimension_values(**asked)
    of_member = bill.client("ce", account=DEV).get_dimension_values(**asked)

    assert [found["Value"] for found in of_payer["DimensionValues"]] == [PROD, DEV]
    assert [found["Value"] for found in of_member["DimensionValues"]] == [DEV]


def test_accounts_have_names(bill: Aws) -> None:
    answer = bill.client("ce").get_cost_and_usage(**DAILY, GroupBy=ACCOUNT_AND_SERVICE)

    assert answer["DimensionValueAttributes"] == [
        {"Value": PROD, "Attributes": {"description": "prod apps"}},
        {"Value": DEV, "Attributes": {"description": DEV}},
    ]


def test_months_are_cut_at_the_period_and_the_open_one_is_estimated(bill: Aws) -> None:
    answer = bill.client("ce").get_cost_and_usage(
        TimePeriod={"Start": "2026-09-10", "End": "2026-11-24"},
        Granularity="MONTHLY",
        Metrics=["AMORTIZED_COST"],
    )

    months = [
        (*month["TimePeriod"].values(), month["Estimated"])
        for month in answer["ResultsByTime"]
    ]
    assert months == [
        ("2026-09-10", "2026-10-01", False),
        ("2026-10-01", "2026-11-01", False),
        ("2026-11-01", "2026-11-24", True),
    ]


def test_a_tag_groups_what_carries_it_and_what_does_not(bill: Aws) -> None:
    answer = bill.client("ce").get_cost_and_usage(
        **DAILY,
        GroupBy=[{"Type": "TAG", "Key": "team"}],
        Filter={
            "And": [
                {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [PROD, DEV]}},
                {"Not": {"Dimensions": {"Key": "RECORD_TYPE", "Values": ["Credit"]}}},
            ]
        },
    )

    groups = answer["ResultsByTime"][0]["Groups"]
    assert {g["Keys"][0]: g["Metrics"]["UnblendedCost"]["Amount"] for g in groups} == {
        "team$": "1.1000000002",
        "team$web": "1.1",
    }


def test_what_carries_no_tag_can_be_filtered(bill: Aws) -> None:
    untagged = {"Tags": {"Key": "team", "MatchOptions": ["ABSENT"]}}

    answer = bill.client("ce").get_cost_and_usage(**DAILY, Filter=untagged)

    amount = answer["ResultsByTime"][1]["Total"]["UnblendedCost"]["Amount"]
    assert amount == "1.1000000002"


def test_tags_have_keys_and_values(bill: Aws) -> None:
    ce = bill.client("ce")

    assert ce.get_tags(TimePeriod=NOVEMBER)["Tags"] == ["team"]
    assert ce.get_tags(TimePeriod=NOVEMBER, TagKey="team")["Tags"] == ["", "web"]


SERVICE = {"Dimensions": {"Key": "SERVICE", "Values": ["a"]}}


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (
            {"TimePeriod": {"Start": "2026-11-01", "End": "2026-11-01"}},
            "ValidationException",
            "before end date",
        ),
        (
            {"TimePeriod": {"Start": "2026-11-01", "End": "2026-12-02"}},
            "ValidationException",
            "past the beginning of next month",
        ),
        (
            {"TimePeriod": {"Start": "2025-09-30", "End": "2026-11-01"}},
            "ValidationException",
            "14 months",
        ),
        (
            {"GroupBy": [{"Type": "DIMENSION", "Key": "SERVICE"}] * 3},
            "ValidationException",
            "2 group",
        ),
        ({"Metrics": ["Nope"]}, "ValidationException", "Invalid metrics"),
        ({"Filter": {"And": [SERVICE]}}, "ValidationException", "2 operands"),
        (
            {"Filter": {**SERVICE, "Tags": {"Key": "x", "Values": ["y"]}}},
            "ValidationException",
            "more than one roots",
        ),
        (
            {"Filter": {"Dimensions": {"Key": "RESOURCE_ID", "Values": ["i-1"]}}},
            "ValidationException",
            "Dimension RESOURCE_ID is not allowed.",
        ),
        ({"NextPageToken": "zzz"}, "InvalidNextTokenException", "invalid"),
    ],
)
def test_a_wrong_request_is_refused_in_awss_words(
    bill: Aws, change: dict[str, Any], code: str, words: str
) -> None:
    with pytest.raises(ClientError, match=words) as refusal:
        bill.client("ce").get_cost_and_usage(**{**DAILY, **change})

    assert refusal.value.response["Error"]["Code"] == code


def test_a_token_belongs_to_its_question(bill: Aws) -> None:
    bill.world.page_groups = 7
    ce = bill.client("ce")
    page = ce.get_cost_and_usage(**DAILY, GroupBy=ACCOUNT_AND_SERVICE)

    with pytest.raises(ClientError, match="changed between pages"):
        ce.get_cost_and_usage(**DAILY, NextPageToken=page["NextPageToken"])


def test_a_restatement_changes_what_was_said(bill: Aws) -> None:
    bill.world.items.restate(Decimal("1.1"), since=date(2026, 11, 23))

    answer = bill.client("ce").get_cost_and_usage(**DAILY)

    amount = answer["ResultsByTime"][-1]["Total"]["UnblendedCost"]["Amount"]
    assert amount == "2.4200000002"


def test_a_role_may_want_an_external_id(aws: Aws) -> None:
    aws.world.strict_roles = True
    aws.world.roles = {"arn:aws:iam::222222222222:role/CostAnalyzer": "x-1"}

    with pytest.raises(ClientError, match="not authorized to perform: sts:AssumeRole"):
        aws.client("ce", account=PROD)


def test_a_key_may_belong_to_another_account(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.world.keys["AKIAPROD"] = PROD
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAPROD")

    assert aws.client("sts").get_caller_identity()["Account"] == PROD


def test_a_session_may_end(bill: Aws) -> None:
    ce = bill.client("ce", account=PROD)
    bill.world.dead_keys.add(ce._request_signer._credentials.access_key)

    with pytest.raises(ClientError, match="ExpiredTokenException"):
        ce.get_cost_and_usage(**DAILY)


def test_an_account_may_be_denied(bill: Aws) -> None:
    bill.world.denied.add(("ce", PROD))

    with pytest.raises(ClientError, match="not authorized to perform: ce:GetCost"):
        bill.client("ce", account=PROD).get_cost_and_usage(**DAILY)


def test_a_fault_hits_as_often_as_it_says(bill: Aws) -> None:
    bill.world.fault("ThrottlingException", service="ce", times=1)

    answer = bill.client("ce").get_cost_and_usage(**DAILY)

    assert answer["ResultsByTime"]
    assert bill.world.requests("GetCostAndUsage") == 2


def test_a_fault_of_a_service_in_xml_is_in_xml(aws: Aws) -> None:
    aws.world.fault("RegionDisabledException", service="sts", message="<off> & so on")

    with pytest.raises(ClientError, match="<off> & so on"):
        aws.client("sts").get_caller_identity()


def test_a_rate_limit_is_for_each_account(bill: Aws) -> None:
    limit = Rate(per_second=0.001)

    assert [limit.take(PROD), limit.take(PROD), limit.take(DEV)] == [True, False, True]


def test_the_organization_comes_in_pages_of_twenty(aws: Aws) -> None:
    aws.world.members = [Member(f"{n:012}", f"team {n}") for n in range(21)]
    aws.world.empty_pages = True

    paginator = aws.client("organizations").get_paginator("list_accounts")

    assert [len(page["Accounts"]) for page in paginator.paginate()] == [0, 20, 1]


def test_a_member_may_not_list_the_organization(aws: Aws) -> None:
    aws.world.members = [Member(PROD, "prod")]

    with pytest.raises(ClientError, match="organizations:ListAccounts"):
        aws.client("organizations", account=PROD).list_accounts()


def sql(athena: Any, query: str) -> Any:
    started = athena.start_query_execution(QueryString=query, WorkGroup="primary")
    while True:
        run = athena.get_query_execution(QueryExecutionId=started[KEY])
        if run["QueryExecution"]["Status"]["State"] in ("SUCCEEDED", "FAILED"):
            return run["QueryExecution"]
        time.sleep(0.01)


KEY = "QueryExecutionId"


def test_athena_and_cost_explorer_agree(bill: Aws) -> None:
    athena = bill.client("athena")
    run = sql(
        athena,
        "SELECT line_item_usage_account_id, sum(line_item_unblended_cost) FROM cur"
        " WHERE date_format(line_item_usage_start_date, '%Y-%m') = '2026-11'"
        " GROUP BY 1 ORDER BY 1",
    )

    found = athena.get_query_results(QueryExecutionId=run[KEY])["ResultSet"]["Rows"]

    _, prod, dev = [[cell["VarCharValue"] for cell in row["Data"]] for row in found]
    assert [prod[0], dev[0]] == [PROD, DEV]
    assert Decimal(prod[1]) + Decimal(dev[1]) == TOTAL


def test_athena_says_why_a_query_failed(aws: Aws) -> None:
    run = sql(aws.client("athena"), "SELECT nope FROM cur")

    assert "nope" in run["Status"]["StateChangeReason"]


@pytest.mark.filterwarnings("ignore")  # of ibis and what it uses, not of ours
def test_ibis_reads_the_bill_through_athena(bill: Aws) -> None:
    ibis = pytest.importorskip("ibis")
    athena = ibis.athena.connect(
        s3_staging_dir="s3://results/finops",
        region_name="us-east-1",
        endpoint_url=bill.url,
    )

    cur = athena.table("cur")
    by_account = cur.group_by("line_item_usage_account_id").agg(
        cost=cur.line_item_unblended_cost.sum()
    )

    assert sum(by_account.to_pandas()["cost"]) == TOTAL


def recommendation(number: int) -> dict[str, Any]:
    return {"recommendationId": str(number), "accountId": PROD}


def test_a_ready_answer_is_paged_as_aws_pages_it(aws: Aws) -> None:
    listed = {"items": [recommendation(number) for number in range(250)]}
    aws.world.fixtures["cost-optimization-hub", "ListRecommendations", None] = listed

    hub = aws.client("cost-optimization-hub")
    paginator = hub.get_paginator("list_recommendations")

    answers = paginator.paginate(PaginationConfig={"PageSize": 100})
    assert [len(page["items"]) for page in answers] == [100, 100, 50]


def test_an_answer_that_aws_would_never_give_is_refused(aws: Aws) -> None:
    status = {"items": [{"accountId": PROD, "status": "Enrolled"}]}
    aws.world.fixtures["cost-optimization-hub", "ListEnrollmentStatuses", None] = status

    with pytest.raises(ClientError, match="'Enrolled' is not one of"):
        aws.client("cost-optimization-hub").list_enrollment_statuses()


def test_a_ready_answer_may_be_an_error(aws: Aws) -> None:
    not_in = AwsError("Not registered.", code="OptInRequiredException", status=403)
    aws.world.fixtures["compute-optimizer", "GetEnrollmentStatus", None] = not_in

    with pytest.raises(ClientError, match="OptInRequiredException"):
        aws.client("compute-optimizer").get_enrollment_status()


def test_what_the_double_does_not_know_is_motos(aws: Aws) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="bills")
    s3.put_object(Bucket="bills", Key="cur.csv", Body=b"cost\n1\n")

    assert s3.get_object(Bucket="bills", Key="cur.csv")["Body"].read() == b"cost\n1\n"


def test_the_requests_can_be_counted_from_outside(bill: Aws) -> None:
    bill.client("ce").get_cost_and_usage(**DAILY)

    with urllib.request.urlopen(f"{bill.url}/calls") as answer:  # noqa: S310
        assert json.load(answer) == {"GetCostAndUsage": 1}


def test_a_company_has_tax_and_credits_too() -> None:
    world = company(accounts=12, days=40, now=NOW)

    kinds = world.items.select(
        "SELECT record_type, count(DISTINCT account), sum(unblended) > 0"
        " FROM items GROUP BY ALL ORDER BY ALL"
    )

    assert kinds == [("Credit", 12, False), ("Tax", 12, True), ("Usage", 12, True)]
