"""The executive report as a file, made when it is asked for."""

from __future__ import annotations

from functools import partial
from typing import Final, get_args

import streamlit as st

from finops.report import MEDIA_TYPES, ReportFormat, write
from finops.web import session
from finops.web.findings import look_up
from finops.web.tracking import tracker
from finops.workspace import Scope
from finops.workspace.executive import Installation, executive
from finops.workspace.report import report

LABELS: Final[dict[ReportFormat, str]] = {
    "html": "HTML, with charts, to print or to send",
    "md": "Markdown, for a wiki or a ticket",
    "csv": "CSV, for a spreadsheet",
}


def show_report(scope: Scope) -> None:
    """A menu with the report in each format."""
    with st.popover("Report", icon=":material/summarize:", help="One page for all."):
        for report_format in sorted(get_args(ReportFormat), key=list(LABELS).index):
            st.download_button(
                LABELS[report_format],
                data=partial(_written, scope, report_format),
                file_name=f"aws-cost-report-{scope.period.last_day}.{report_format}",
                mime=MEDIA_TYPES[report_format],
                on_click="ignore",
                key=f"report_{report_format}",
                width="stretch",
            )


def _written(scope: Scope, report_format: ReportFormat) -> str:
    installation = Installation(
        space=session.workspace(),
        settings=session.settings(),
        tracker=tracker(),
        recommend=lambda scope: look_up(scope).answer,
    )
    return write(report(executive(installation, scope)), report_format)
