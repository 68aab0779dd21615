from __future__ import annotations

import json
import math
from datetime import date

import pytest

from finops.errors import Problem
from finops.focus import Condition
from finops.periods import ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, charge, every_day

LAST_30 = ChargePeriod(date(2026, 10, 24), date(2026, 11, 23))
YEAR = ChargePeriod(date(2025, 11, 23), date(2026, 11, 23))
DENIED = Problem("audit", "denied", "AWS denied it.", "Grant it.")


@pytest.fixture
def company() -> BillInMemory:
    table = bill(
        *every_day(YEAR, 60.0, service="Amazon EC2"),
        *every_day(YEAR, 30.0, service=None),
        *every_day(YEAR, 10.0, account="dev", ListCost=math.nan),
    )
    table["Tags.team"] = table["SubAccountName"].map({"prod": "web"})
    return BillInMemory(table)


def test_costs_are_shown_by_service_largest_first(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "costs")

    assert shown.exit_code == 0
    assert shown.stdout == (
        "24 Oct to 22 Nov 2026 (30 days), effective cost, usage and purchases, "
        "USD, the bill\n"
        "\n"
        "  Effective cost  Service\n"
        "       $1,800.00  Amazon EC2\n"
        "         $900.00  (none)\n"
        "         $300.00  Amazon RDS\n"
        "       $3,000.00  Total\n"
    )


def test_costs_are_grouped_by_several_dimensions_and_tags(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "costs", "--by", "account, tag/team, account", "--days", "1")

    assert shown.stdout.splitlines()[2:] == [
        "  Effective cost  Account  Tag team",
        "          $90.00  prod     web",
        "          $10.00  dev      (none)",
        "         $100.00  Total",
    ]


@pytest.mark.parametrize(
    ("granularity", "lines"),
    [
        ("total", ["      $100.00", "      $100.00"]),
        ("day", ["      $100.00  2026-11-22", "      $100.00  Total"]),
        ("month", ["      $100.00  2026-11-01", "      $100.00  Total"]),
    ],
)
def test_costs_need_not_be_grouped(
    run: Run, company: BillInMemory, granularity: str, lines: list[str]
) -> None:
    options = ["--by", "", "--days", "1", "--granularity", granularity]

    shown = run(company, "costs", *options, "--metric", "BilledCost")

    assert shown.stdout.splitlines()[3:] == lines


def test_days_stand_in_order(run: Run, company: BillInMemory) -> None:
    shown = run(company, "costs", "--by", "", "--granularity", "day", "--days", "30")

    days = [line.split()[1] for line in shown.stdout.splitlines()[3:-1]]
    assert days == sorted(days)
    assert len(days) == 30


def test_json_has_every_part_of_the_contract(run: Run, company: BillInMemory) -> None:
    shown = run(
        company, "--json", "costs", "--granularity", "month", "--by", "service,account"
    )

    answer = json.loads(shown.stdout)
    assert list(answer)[-2:] == ["rows", "totals"]
    assert answer["rows"][0] == {
        "date": "2026-10-01",
        "ServiceName": "Amazon EC2",
        "SubAccountName": "prod",
        "BillingCurrency": "USD",
        "BilledCost": 480.0,
        "EffectiveCost": 480.0,
        "ListCost": 480.0,
    }
    assert answer["rows"][2]["ServiceName"] is None
    assert answer["rows"][1]["ListCost"] is None
    assert answer["totals"] == {
        "BilledCost": 3000.0,
        "EffectiveCost": 3000.0,
        "ListCost": 2700.0,
    }


def test_a_cost_that_the_source_lacks_is_null_in_json(
    run: Run, company: BillInMemory
) -> None:
    company.charges = company.charges.drop(columns="ListCost")

    answer = json.loads(run(company, "--json", "costs").stdout)

    assert answer["totals"]["ListCost"] is None
    assert {row["ListCost"] for row in answer["rows"]} == {None}


def test_a_metric_that_the_source_lacks_is_an_error(
    run: Run, company: BillInMemory
) -> None:
    company.charges = company.charges.drop(columns="ListCost")

    shown = run(company, "costs", "--metric", "ListCost")

    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert shown.stderr == (
        "Error: the bill does not report ListCost. Choose EffectiveCost or BilledCost.\n"
    )


def test_what_is_unknown_of_a_metric_is_no_zero(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "costs", "--metric", "ListCost", "--by", "account")

    assert shown.stdout.splitlines()[3:] == [
        "  $2,700.00  prod",
        "    unknown  dev",
        "  $2,700.00  Total",
    ]
    assert shown.stderr == (
        "Note: The list cost of some charges is unknown. Totals lack it.\n"
    )


def test_two_currencies_have_two_totals(run: Run) -> None:
    euros = every_day(LAST_30, 2.0, BillingCurrency="EUR")
    source = BillInMemory(bill(*every_day(LAST_30, 1.0), *euros))

    added = run(source, "costs")
    apart = run(source, "costs", "--by", "currency,service")
    one = run(source, "costs", "--where", "currency=EUR")
    answer = json.loads(run(source, "--json", "costs", "--by", "currency").stdout)

    assert added.exit_code == 1
    assert "EUR and USD, which cannot be added" in added.stderr
    assert apart.stdout.splitlines()[0].endswith(", EUR and USD, the bill")
    assert apart.stdout.splitlines()[3:] == [
        "          €60.00  EUR       Amazon RDS",
        "          $30.00  USD       Amazon RDS",
        "          €60.00  Total",
        "          $30.00  Total",
    ]
    assert one.stdout.splitlines()[-1].endswith("€60.00  Total")
    assert answer["currency"] is None
    assert answer["totals"] == dict.fromkeys(
        ["BilledCost", "EffectiveCost", "ListCost"]
    )
    assert len(answer["rows"]) == 2


def test_a_total_without_an_account_says_so(run: Run, company: BillInMemory) -> None:
    company.problems = (DENIED,)

    shown = run(company, "costs")
    nothing = run(company, "costs", "--where", "service=Amazon S3")

    assert shown.exit_code == 0
    assert shown.stdout.endswith("  Total (incomplete: without audit)\n")
    assert shown.stderr == "Missing: audit: AWS denied it. Grant it.\n"
    assert nothing.stdout.endswith(
        "Nothing was charged in this period. (incomplete: without audit)\n"
    )


def test_a_filter_keeps_some_charges_and_is_told(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "costs", "--where", "service=Amazon RDS", "--by", "account")

    head, *_, total = shown.stdout.splitlines()
    assert ", Service Amazon RDS, USD, the bill" in head
    assert total == "         $300.00  Total"


def test_values_of_one_dimension_are_alternatives(
    run: Run, company: BillInMemory
) -> None:
    options = ["--where", "service=Amazon RDS", "--where", "service="]

    shown = run(company, "costs", *options, "--where", "account=prod")

    [query] = company.queries
    assert query.where == (
        Condition("ServiceName", ("Amazon RDS", None)),
        Condition("SubAccountName", ("prod",)),
    )
    assert "Service Amazon RDS or (none), Account prod" in shown.stdout
    assert shown.stdout.endswith("$900.00  Total\n")


def test_a_value_may_have_an_equals_sign(run: Run, company: BillInMemory) -> None:
    run(company, "costs", "--where", "tag/team=a=b")

    [query] = company.queries
    assert query.where == (Condition("Tags.team", ("a=b",)),)


@pytest.mark.parametrize("text", ["service", "=Amazon RDS", ""])
def test_a_filter_that_is_none_is_a_usage_error(
    run: Run, company: BillInMemory, text: str
) -> None:
    shown = run(company, "costs", "--where", text)

    assert shown.exit_code == 2
    assert "is not written as DIMENSION=VALUE" in shown.stderr


@pytest.mark.parametrize("options", [["--by", "team"], ["--where", "team=web"]])
def test_a_dimension_that_the_source_lacks_is_an_error(
    run: Run, company: BillInMemory, options: list[str]
) -> None:
    shown = run(company, "costs", *options)

    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert shown.stderr == (
        "Error: the bill cannot group by team. It can group by SubAccountId, "
        "SubAccountName, ServiceName, ChargeCategory, BillingCurrency, Tags.team.\n"
    )


@pytest.mark.parametrize(
    ("options", "period"),
    [
        ([], "2026-10-24 to 2026-11-22"),
        (["--days", "7"], "2026-11-16 to 2026-11-22"),
        (["--start", "2026-11-01"], "2026-11-01 to 2026-11-22"),
        (["--start", "2026-02-01", "--end", "2026-03-01"], "2026-02-01 to 2026-02-28"),
        (["--end", "2026-03-01", "--days", "2"], "2026-02-27 to 2026-02-28"),
        (["--end", "2026-03-01"], "2026-01-30 to 2026-02-28"),
    ],
)
def test_a_period_is_chosen_by_its_days(
    run: Run, company: BillInMemory, options: list[str], period: str
) -> None:
    shown = run(company, "costs", *options)

    [query] = company.queries
    assert str(query.period) == period
    assert shown.stderr == ""


def test_days_that_are_not_known_are_left_out_and_told(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "costs", "--start", "2026-11-20", "--end", "2026-12-31")

    assert shown.exit_code == 0
    assert shown.stdout.startswith("20 to 22 Nov 2026 (3 days)")
    assert shown.stderr == (
        "Note: Of 20 Nov to 30 Dec 2026, 20 to 22 Nov 2026 is known.\n"
    )


@pytest.mark.parametrize(
    "options",
    [
        ["--start", "2026-12-01"],
        ["--start", "2026-11-23"],
        ["--start", "2020-01-01", "--end", "2020-02-01"],
    ],
)
def test_days_that_nobody_knows_do_not_cost_nothing(
    run: Run, company: BillInMemory, options: list[str]
) -> None:
    shown = run(company, "costs", *options)

    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert "It knows 23 Nov 2025 to 22 Nov 2026." in shown.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--start", "2026-11-05", "--end", "2026-11-05"], "is not after --start"),
        (["--start", "2026-11-05", "--days", "3"], "not both"),
        (["--start", "2026-02-30"], "is not a day such as"),
        (["--start", "yesterday"], "is not a day such as"),
        (["--end", "0001-01-01"], "is not between"),
        (["--end", "9999-12-31"], "is not between"),
        (["--days", "0"], "is not in the range"),
        (["--metric", "BlendedCost"], "is not one of"),
        (["--granularity", "hour"], "is not one of"),
        (["--charges", "some"], "is not one of"),
    ],
)
def test_a_command_that_was_typed_wrongly_exits_with_2(
    run: Run, company: BillInMemory, options: list[str], told: str
) -> None:
    shown = run(company, "costs", *options)

    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert told in shown.stderr
    assert company.queries == []


def test_all_charges_are_counted_on_request(run: Run) -> None:
    tax = charge(LAST_30.last_day, 5.0, service="Tax", ChargeCategory="Tax")
    source = BillInMemory(bill(*every_day(LAST_30, 1.0), tax))

    usage = run(source, "costs")
    everything = run(source, "costs", "--charges", "all")

    assert usage.stdout.endswith("$30.00  Total\n")
    assert "all charges with taxes and credits" in everything.stdout
    assert everything.stdout.endswith("$35.00  Total\n")


def test_a_month_that_is_counted_in_part_is_told_of(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "costs", "--granularity", "month")
    whole = run(
        company,
        *("costs", "--granularity", "month"),
        *("--start", "2026-09-01", "--end", "2026-11-01"),
    )

    assert shown.stderr.splitlines() == [
        "Note: Of October 2026, 24 to 31 Oct 2026 is counted.",
        "Note: Of November 2026, 1 to 22 Nov 2026 is counted.",
    ]
    assert whole.stderr == ""
