from __future__ import annotations

import csv
import io
import re
import tomllib
from pathlib import Path

import altair as alt
import pandas as pd

from finops.report import Document, Figure, Section, Table, write
from finops.report.pictures import COLOURS

ROOT = Path(__file__).parents[2]

HOSTILE = '<script>alert(1)</script> | [a](http://b.example) `x` $1 and $2 "q"'

REPORT = Document(
    title="AWS cost report",
    scope="24 Oct to 22 Nov 2026, effective cost, USD",
    warnings=("dev could not be read.",),
    figures=(Figure("Total", "$2,450.80", 2450.8, "USD", "+14.9 %"),),
    sections=(
        Section(
            "Spend by account",
            points=("prod costs 9.0x more than dev.", HOSTILE),
            table=Table(
                ("Account", "Cost"), (("prod", "$1,800.00"), ("=1+1", "$200.30")), "<>"
            ),
        ),
    ),
)


def test_markdown_holds_every_line() -> None:
    text = write(REPORT, "md")

    assert text.startswith("# AWS cost report\n\n24 Oct to 22 Nov 2026")
    assert "> dev could not be read." in text
    assert "- Total: **\\$2,450.80** (+14.9 %)" in text
    assert "| prod | \\$1,800.00 |" in text
    assert "- prod costs 9.0x more than dev." in text


def test_names_from_outside_are_text_in_markdown() -> None:
    text = write(REPORT, "md")

    [line] = [line for line in text.splitlines() if "alert" in line]
    assert line.startswith("- \\<script\\>")
    assert "\\[a\\](http\u2060://" in line
    assert not re.search(r"(?<!\\)[`|$]", line)


def test_a_name_cannot_start_a_heading_or_a_list() -> None:
    names = ("# head", "- item", "1. first", "+ plus", "> quote", "two\n\n# lines")
    section = Section("x", points=names)

    text = write(Document("t", "s", sections=(section,)), "md")

    *_, points = text.rstrip("\n").split("\n\n")
    assert points.splitlines() == [
        "- \\# head",
        "- \\- item",
        "- 1\\. first",
        "- \\+ plus",
        "- \\> quote",
        "- two # lines",
    ]


def test_html_is_one_file_without_scripts_or_addresses() -> None:
    text = write(REPORT, "html")

    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert 'href="http' not in text
    assert "$2,450.80" in text
    assert '<td class="right">$1,800.00</td>' in text


def test_charts_are_drawn_into_the_html() -> None:
    days = pd.DataFrame({"day": [1, 2], "cost": [3.0, 4.0]})
    bars = (
        alt.Chart(days)
        .mark_bar()
        .encode(x="day:O", y="cost:Q")
        .properties(description='Cost a day, "rising"')
    )

    text = write(Document("t", "s", sections=(Section("Chart", chart=bars),)), "html")

    assert '<img src="data:image/svg+xml;base64,' in text
    assert 'alt="Cost a day, &#34;rising&#34;"' in text


def test_a_spreadsheet_runs_nothing() -> None:
    [head, *lines] = csv.reader(io.StringIO(write(REPORT, "csv")))

    assert head == ["section", "item", "column", "text", "value", "unit", "note"]
    assert [
        *("AWS cost report", "Total", "", "$2,450.80", "2450.8", "USD", "'+14.9 %")
    ] in lines
    assert ["Spend by account", "'=1+1", "Cost", "$200.30", "", "", ""] in lines


def test_a_group_keeps_its_colour_from_the_app() -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]

    assert list(COLOURS) == theme["light"]["chartCategoricalColors"]
