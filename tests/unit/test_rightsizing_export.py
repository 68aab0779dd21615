"""An export of Cost Explorer is read as a spreadsheet wrote it."""

from __future__ import annotations

import pytest

from finops.analysis.workload_optimization.rightsizing_export import rightsizing
from finops.errors import MalformedTableError
from finops.recommendations import Recommendation

HEAD = (
    "Account ID,Account Name,Instance ID,Instance Type,OS,Region, CPU Utilization ,"
    "Recommended Action,Recommended Instance Type 1,"
    " Recommended Instance Type 1 Estimated Savings "
)


def read(*rows: str, head: str = HEAD) -> list[Recommendation]:
    return rightsizing("\r".join([head, *rows]), name="export.csv")


def row(savings: str, action: str = "Modify") -> str:
    place = "36000000000,shop,i-1,m5.large,Linux/UNIX,EU (Frankfurt)"
    return f'{place}, 3.00 ,{action},t3.large,"{savings}"'


def test_a_change_of_type_is_a_rightsizing() -> None:
    [one] = read(row(" $12.50 "))

    assert (one.kind, one.action, one.source) == (
        "ec2_rightsize",
        "Rightsize",
        "export",
    )
    assert (one.account, one.account_id) == ("shop", "036000000000")
    assert (one.region, one.resource_id) == ("eu-central-1", "i-1")
    assert one.title == "Change i-1 from m5.large to t3.large"
    assert dict(one.facts)["target_type"] == "t3.large"
    assert ("CPU", "3.00 %") in [(fact.label, fact.text) for fact in one.evidence]


def test_a_termination_is_a_stop() -> None:
    [one] = read(row("$1.00", action="Terminate"))

    assert (one.kind, one.action, one.risk) == ("ec2_idle", "Stop", "high")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (" $0.01 ", 0.01),
        (" $-   ", 0.0),
        (" $1,013.79 ", 1013.79),
        (" $(2.31)", -2.31),
        ("(2.31)", -2.31),
        ("-$2.31", -2.31),
        ("7.5", 7.5),
        ("", None),
    ],
)
def test_amounts_are_read_as_a_spreadsheet_writes_them(
    written: str, meant: float | None
) -> None:
    [one] = read(row(written))

    assert one.estimated_monthly_savings == meant


def test_empty_lines_are_no_recommendations() -> None:
    assert read("", " , ,") == []


def test_another_table_is_no_export() -> None:
    with pytest.raises(
        MalformedTableError, match=r"export\.csv is no export"
    ) as caught:
        read(head="date,cost")

    assert "instance id" in caught.value.hint


@pytest.mark.parametrize("odd", [row("a lot"), row("$1", action="Resize")])
def test_what_cannot_be_read_is_refused(odd: str) -> None:
    with pytest.raises(MalformedTableError):
        read(odd)
