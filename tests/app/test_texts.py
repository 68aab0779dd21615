"""What comes from outside stays text; what goes out is safe to open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from finops.web.downloads import csv_bytes
from finops.web.texts import ago, dollars, md

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain name", "plain name"),
        ("$x$", r"\$x\$"),
        ("[a](b)", r"\[a\]\(b\)"),
        ("<b>", r"\<b\>"),
        (":red[x] :smile:", r"\:red\[x\] \:smile\:"),
        ("two\nlines", "two lines"),
        ("http://x", "http\u2060\\:\\/\\/x"),
        ("me@example.com", "me@\u2060example\\.com"),
    ],
)
def test_markdown_has_no_meaning_in_a_name(text: str, escaped: str) -> None:
    assert md(text) == escaped


def test_amounts_in_our_own_markdown_are_no_formula() -> None:
    assert dollars("**$5** in US$ terms") == r"**\$5** in US\$ terms"


def test_a_name_with_a_dollar_is_escaped_once() -> None:
    assert dollars(f"**{md('$x$')}** costs $5") == r"**\$x\$** costs \$5"


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=6, minutes=10), "6 hours ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(seconds=-5), "just now"),
    ],
)
def test_ages_are_told_in_words(passed: timedelta, text: str) -> None:
    assert ago(NOW - passed, NOW) == text


def test_a_spreadsheet_runs_nothing_of_a_download() -> None:
    table = pd.DataFrame(
        {"name": ["=cmd", "@x", "prod", None], "cost": [-1.5, 2, 3, 4]}
    )

    lines = csv_bytes(table).decode().splitlines()

    assert lines == ["name,cost", "'=cmd,-1.5", "'@x,2.0", "prod,3.0", ",4.0"]
