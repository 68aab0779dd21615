from __future__ import annotations

import json
from datetime import date

import pytest

from finops.errors import Problem
from finops.periods import DAY, ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, charge, every_day

LAST_30 = ChargePeriod(date(2026, 10, 24), date(2026, 11, 23))
BEFORE_30 = ChargePeriod(date(2026, 9, 24), date(2026, 10, 24))


@pytest.fixture
def company() -> BillInMemory:
    return BillInMemory(
        bill(
            *every_day(BEFORE_30, 10.0, service="Amazon EC2"),
            *every_day(LAST_30, 15.0, service="Amazon EC2"),
            *every_day(BEFORE_30, 2.0, account="dev"),
            *every_day(LAST_30, 1.0, account="dev"),
            *every_day(LAST_30, 0.5, account="dev", service=None),
        )
    )


def test_moves_are_shown_largest_first(run: Run, company: BillInMemory) -> None:
    shown = run(company, "changes")

    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[2:] == [
        "$360.00 in 24 Sep to 23 Oct 2026, $495.00 after: +$135.00 (+37.5 %)",
        "",
        "   Before    After    Change  Account  Service",
        "  $300.00  $450.00  +$150.00  prod     Amazon EC2",
        "   $60.00   $30.00   -$30.00  dev      Amazon RDS",
        "    $0.00   $15.00   +$15.00  dev      (none)",
    ]


def test_json_has_every_part_of_the_contract(run: Run, company: BillInMemory) -> None:
    answer = json.loads(run(company, "--json", "changes", "--by", "service").stdout)

    assert answer["period"] == {"start": "2026-10-24", "end": "2026-11-23"}
    assert answer["before_period"] == {"start": "2026-09-24", "end": "2026-10-24"}
    assert (answer["before"], answer["after"], answer["change"]) == (360, 495, 135)
    assert answer["rows"] == [
        {"ServiceName": "Amazon EC2", "before": 300, "after": 450, "change": 150},
        {"ServiceName": "Amazon RDS", "before": 60, "after": 30, "change": -30},
        {"ServiceName": None, "before": 0, "after": 15, "change": 15},
    ]


def test_the_period_to_compare_with_can_be_chosen(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "changes", "--days", "1", "--from", "2026-10-23")

    assert "$12.00 in 23 Oct 2026, $16.50 after: +$4.50" in shown.stdout


def test_the_smaller_moves_are_counted(run: Run, company: BillInMemory) -> None:
    two = run(company, "changes", "--most", "2")
    all_three = run(company, "changes", "--most", "3")

    assert two.stdout.endswith("Amazon RDS\n  and 1 smaller change\n")
    assert "smaller" not in all_three.stdout


@pytest.mark.parametrize(
    ("absent", "head"),
    [
        ([], "Account  Service"),
        (["SubAccountName"], "Account id    Service"),
        (["SubAccountName", "SubAccountId"], "Change  Service"),
    ],
)
def test_accounts_are_told_apart_as_far_as_the_source_does(
    run: Run, company: BillInMemory, absent: list[str], head: str
) -> None:
    company.charges = company.charges.drop(columns=absent)

    shown = run(company, "changes")

    assert shown.exit_code == 0
    assert head in shown.stdout


def test_a_dimension_that_the_source_lacks_is_an_error(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "changes", "--by", "service,nonsense")

    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert "the bill cannot group by nonsense." in shown.stderr


@pytest.mark.parametrize("by", ["", " , "])
def test_changes_need_a_dimension(run: Run, company: BillInMemory, by: str) -> None:
    shown = run(company, "changes", "--by", by)

    assert shown.exit_code == 2
    assert "--by names no dimension." in shown.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--days", "31"],
        ["--from", "2026-01-01"],
        ["--from", "2026-11-01"],
        ["--from", "2099-01-01"],
    ],
)
def test_what_is_not_known_is_not_compared(
    run: Run, company: BillInMemory, options: list[str]
) -> None:
    shown = run(company, "changes", *options)

    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert "the bill does not know all days of" in shown.stderr
    assert "It knows 24 Sep to 22 Nov 2026." in shown.stderr


def test_a_change_from_nothing_has_no_percentage(run: Run) -> None:
    source = BillInMemory(
        bill(charge(LAST_30.start, 5.0)),
        known=ChargePeriod(BEFORE_30.start, LAST_30.end),
    )

    shown = run(source, "changes")

    assert "$0.00 in 24 Sep to 23 Oct 2026, $5.00 after: +$5.00\n" in shown.stdout


def test_a_period_without_charges_is_a_sentence(run: Run) -> None:
    source = BillInMemory(
        bill(charge(BEFORE_30.start, 5.0)),
        known=ChargePeriod(BEFORE_30.start, LAST_30.end),
    )

    shown = run(source, "changes", "--days", "5")

    assert shown.stdout.endswith("\nNothing was charged in either period.\n")


def test_a_change_without_an_account_says_so(run: Run, company: BillInMemory) -> None:
    company.problems = (Problem("audit", "denied", "AWS denied it.", "Grant it."),)
    company.restated_days = 2

    shown = run(company, "changes")
    answer = json.loads(run(company, "--json", "changes").stdout)

    assert "+$135.00 (+37.5 %) (incomplete: without audit)\n" in shown.stdout
    assert shown.stderr == "Missing: audit: AWS denied it. Grant it.\n"
    assert answer["complete"] is False


def test_a_flat_bill_has_not_moved(run: Run) -> None:
    year = ChargePeriod(LAST_30.end - 365 * DAY, LAST_30.end)

    shown = run(BillInMemory(bill(*every_day(year, 100.0))), "changes")

    assert "$3,000.00 after: $0.00 (0.0 %)\n" in shown.stdout


@pytest.mark.parametrize("start", ["2026-10-03", "2026-10-20"])
def test_what_is_compared_with_lies_before(
    run: Run, company: BillInMemory, start: str
) -> None:
    week = ("--start", "2026-10-01", "--end", "2026-10-08")

    shown = run(company, "changes", *week, "--from", start)

    assert shown.exit_code == 2
    assert "which is not before 1 to 7 Oct 2026." in shown.stderr
