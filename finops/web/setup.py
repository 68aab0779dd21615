"""The parts of the settings page: the source, how to change it, how to connect AWS."""

from __future__ import annotations

from typing import Final

import streamlit as st

from finops import formats
from finops.focus import METRIC_NAMES
from finops.settings import SourceKind
from finops.web.cards import show_code
from finops.web.session import refresh, settings, workspace
from finops.web.texts import md

KINDS: Final[dict[SourceKind, str]] = {
    "demo": "Made-up data of a made-up company",
    "aws": "AWS Cost Explorer, account by account",
    "bill": "Billing exports",
}

EXAMPLES: Final = {
    "Demo": ("The app without an account.", "COST_SOURCE=demo"),
    "Billing exports": (
        "FOCUS, CUR 2.0 or legacy CUR, as CSV or Parquet: a file, a folder, "
        "`s3://bucket/prefix`, or a table in a database.",
        "COST_SOURCE=exports/*.parquet\n# COST_SOURCE=s3://my-bucket/focus\n"
        "# COST_SOURCE=duckdb:///bills.db?table=focus",
    ),
    "AWS accounts": (
        "Cost Explorer. Each account is a profile, or a role that is assumed.",
        "AWS_ACCOUNTS=prod:prod-profile,staging:staging-profile\n"
        "# AWS_ACCOUNTS=prod:arn:aws:iam::123456789012:role/CostAnalyzer",
    ),
}
"""What to write into the .env file for each kind of source."""


def show_source() -> None:
    """Where the costs come from, and which days there are."""
    chosen, space = settings(), workspace()
    extent = space.extent
    st.table(
        {
            "Source": md(space.source.name),
            "Kind": KINDS[chosen.kind],
            "Days": f"{formats.days(extent)} ({formats.plural(extent.days, 'day')})",
            "As of": formats.day(space.as_of),
            "Default metric": METRIC_NAMES[chosen.metric],
            "Dimensions": formats.plural(len(space.source.dimensions), "dimension"),
        },
        border="horizontal",
    )
    if chosen.kind != "demo":
        st.button(
            "Read again",
            icon=":material/refresh:",
            on_click=refresh,
            help="Forgets what was kept, and reads the source anew.",
        )


def show_examples() -> None:
    """What to write into the .env file; the app reads it when it starts."""
    for (title, (note, lines)), place in zip(
        EXAMPLES.items(), st.columns(len(EXAMPLES)), strict=True
    ):
        with place:
            st.markdown(f"**{title}**  \n:gray[{note}]")
            show_code(lines, "ini")
