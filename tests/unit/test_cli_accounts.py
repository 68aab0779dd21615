from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from finops.errors import Problem
from finops.periods import ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, Charge, bill, charge, every_day

LAST_30 = ChargePeriod(date(2026, 10, 24), date(2026, 11, 23))
BEFORE_30 = ChargePeriod(date(2026, 9, 24), date(2026, 10, 24))
BOTH = ChargePeriod(BEFORE_30.start, LAST_30.end)
DENIED = Problem("audit", "denied", "AWS denied ce:GetCostAndUsage.", "Grant it.")

SPENT = {
    "prod": ({"Amazon EC2": 1500.0, "Amazon RDS": 277.0}, 23),
    "staging": ({"Amazon RDS": 300.0, "Amazon EC2": 134.5}, 16),
    "dev": ({"Amazon EKS": 150.0, "Amazon RDS": 40.3}, 10),
}
"""What each account spent on its main services, and on how many others $1."""


def spent(day: date, part: float = 1.0) -> list[Charge]:
    return [
        charge(day, part * cost, account=account, service=service)
        for account, (main, others) in SPENT.items()
        for service, cost in (
            main | {f"Service {n}": 1.0 for n in range(others)}
        ).items()
    ]


@pytest.fixture
def company() -> BillInMemory:
    rows = [*spent(BEFORE_30.start, 0.8), *spent(LAST_30.start)]
    return BillInMemory(bill(*rows), known=BOTH)


def test_the_summary_compares_the_accounts(run: Run, company: BillInMemory) -> None:
    shown = run(company, "accounts")

    assert shown.exit_code == 0
    assert shown.stderr == ""
    assert shown.stdout == (
        "24 Oct to 22 Nov 2026 (30 days), effective cost, usage and purchases, "
        "USD, the bill\n"
        "\n"
        "Total $2,450.80, +25.0 % against 24 Sep to 23 Oct 2026\n"
        "\n"
        "  prod     $1,800.00  73.4 %  ██████████████████  "
        "25 services, most on Amazon EC2\n"
        "  staging    $450.50  18.4 %  ████                "
        "18 services, most on Amazon RDS\n"
        "  dev        $200.30   8.2 %  ██                  "
        "12 services, most on Amazon EKS\n"
        "\n"
        "Insights\n"
        "  prod costs 9.0x more than dev.\n"
        "    Check that the work is spread over the accounts as you mean it to be.\n"
        "  Amazon RDS is used in all accounts.\n"
        "    Could one shared installation, or one shared commitment, serve them all?\n"
        "  dev spends 74.9 % of its cost on Amazon EKS; "
        "the other accounts spend 0.0 % at the median.\n"
        "    Check that this is what the account is for.\n"
        "  prod spends 83.3 % of its cost on Amazon EC2; "
        "the other accounts spend 14.9 % at the median.\n"
        "    Check that this is what the account is for.\n"
        "  staging spends 66.6 % of its cost on Amazon RDS; "
        "the other accounts spend 17.8 % at the median.\n"
        "    Check that this is what the account is for.\n"
    )


def test_json_has_every_part_of_the_contract(run: Run, company: BillInMemory) -> None:
    answer = json.loads(run(company, "--json", "accounts").stdout)

    assert list(answer) == [
        "as_of",
        "period",
        "currency",
        "metric",
        "charges",
        "where",
        "source",
        "complete",
        "problems",
        "notes",
        "read_at",
        "total",
        "before",
        "accounts",
        "insights",
    ]
    assert answer["as_of"] == "2026-11-22"
    assert answer["period"] == {"start": "2026-10-24", "end": "2026-11-23"}
    assert (answer["currency"], answer["metric"]) == ("USD", "EffectiveCost")
    assert (answer["source"], answer["complete"]) == ("the bill", True)
    assert (answer["problems"], answer["notes"], answer["where"]) == ([], [], [])
    assert answer["total"] == pytest.approx(2450.80)
    assert answer["before"] == pytest.approx(0.8 * 2450.80)
    assert answer["accounts"][2] == {
        "name": "dev",
        "id": "033333333333",
        "cost": pytest.approx(200.30),
        "share": pytest.approx(200.30 / 2450.80),
        "services": 12,
        "top_service": "Amazon EKS",
        "status": "read",
    }
    assert answer["insights"][0] == {
        "kind": "cost_ratio",
        "text": "prod costs 9.0x more than dev.",
        "advice": "Check that the work is spread over the accounts as you mean it to be.",
        "accounts": ["prod", "dev"],
        "services": [],
        "figures": {"ratio": pytest.approx(1800 / 200.30)},
    }


def test_staging_near_production_is_a_warning(run: Run) -> None:
    rows = [
        charge(LAST_30.start, 100.0),
        charge(LAST_30.start, 80.0, account="staging"),
    ]

    shown = run(BillInMemory(bill(*rows), known=BOTH), "accounts")

    assert "staging costs 80.0 % of what production costs." in shown.stdout


def test_a_total_without_an_account_says_so(run: Run, company: BillInMemory) -> None:
    company.problems = (DENIED,)

    shown = run(company, "accounts")

    assert shown.exit_code == 0
    assert (
        "Total $2,450.80, +25.0 % against 24 Sep to 23 Oct 2026 "
        "(incomplete: without audit)\n" in shown.stdout
    )
    assert "  audit      unknown" in shown.stdout
    assert "not read: denied" in shown.stdout
    assert shown.stderr == "Missing: audit: AWS denied ce:GetCostAndUsage. Grant it.\n"


def test_json_without_an_account_says_so(run: Run, company: BillInMemory) -> None:
    company.problems = (DENIED,)

    shown = run(company, "--json", "accounts")

    answer = json.loads(shown.stdout)
    assert shown.exit_code == 0
    assert answer["complete"] is False
    assert answer["problems"] == [
        {
            "account": "audit",
            "code": "denied",
            "message": "AWS denied ce:GetCostAndUsage.",
            "hint": "Grant it.",
        }
    ]
    *_, audit = answer["accounts"]
    assert audit == {
        "name": "audit",
        "id": None,
        "cost": None,
        "share": None,
        "services": 0,
        "top_service": None,
        "status": "denied",
    }
    assert "audit" in shown.stderr


def test_many_missing_accounts_are_counted_behind_the_total(
    run: Run, company: BillInMemory
) -> None:
    company.problems = tuple(Problem(f"team-{n}", "denied", "No.") for n in range(9))

    shown = run(company, "accounts")

    assert "(incomplete: without 9 accounts)" in shown.stdout
    assert shown.stderr.count("Missing: team-") == 9


def test_a_problem_of_all_accounts_makes_a_total_incomplete(
    run: Run, company: BillInMemory
) -> None:
    company.problems = (Problem("", "denied", "Names of accounts are not known."),)

    shown = run(company, "accounts")

    assert "(incomplete)\n" in shown.stdout
    assert shown.stderr == "Missing: Names of accounts are not known.\n"


def test_what_to_know_about_an_answer_is_told(run: Run, company: BillInMemory) -> None:
    company.notes = ("Effective cost is NetAmortizedCost.",)
    company.read_at = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)

    shown = run(company, "accounts")
    answer = json.loads(run(company, "--json", "accounts").stdout)

    assert shown.stderr == "Note: Effective cost is NetAmortizedCost.\n"
    assert ", the bill, read 2026-11-22 06:30 UTC\n" in shown.stdout
    assert answer["notes"] == ["Effective cost is NetAmortizedCost."]
    assert answer["read_at"] == "2026-11-22T06:30:00+00:00"


def test_a_total_that_credits_bring_to_nothing_has_no_shares(run: Run) -> None:
    rows = [charge(LAST_30.start, 9.0), charge(LAST_30.start, -9.0, account="dev")]

    shown = run(BillInMemory(bill(*rows), known=BOTH), "accounts")

    assert "Total $0.00\n" in shown.stdout
    assert "%" not in shown.stdout
    assert "-$0.00" not in shown.stdout


def test_a_period_without_charges_is_a_sentence(run: Run) -> None:
    source = BillInMemory(bill(charge(BEFORE_30.start, 1.0)), known=BOTH)

    shown = run(source, "accounts", "--days", "7")

    assert shown.exit_code == 0
    assert shown.stdout.endswith("\n\nNothing was charged in this period.\n")


@pytest.mark.parametrize("command", ["accounts", "costs", "changes"])
def test_names_from_outside_cannot_steer_the_terminal(run: Run, command: str) -> None:
    evil = "\x1b[2Jpaid\r\nTotal $0.00\u202e"
    rows = [
        *every_day(BOTH, 9.0, account=evil, service=evil, BillingCurrency=evil),
        *every_day(BOTH, 1.0, service=evil, BillingCurrency=evil),
    ]
    source = BillInMemory(bill(*rows), name=evil, notes=(evil,))
    source.problems = (Problem(evil, "denied", evil, evil),)

    shown = run(source, command)

    for text in (shown.stdout, shown.stderr):
        assert "\x1b" not in text
        assert "\r" not in text
        assert "\u202e" not in text
    assert not [line for line in shown.stdout.splitlines() if line == "Total $0.00"]
    assert shown.stderr.count("\n") == 2


def test_names_from_outside_are_escaped_in_json(run: Run) -> None:
    evil = '\x1b[2J"}\u2028'
    source = BillInMemory(bill(*every_day(LAST_30, 9.0, account=evil)))

    shown = run(source, "--json", "accounts")

    assert shown.stdout.isascii()
    assert json.loads(shown.stdout)["accounts"][0]["name"] == evil
