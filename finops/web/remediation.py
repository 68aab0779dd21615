"""The parts of the remediation page: figures, table, one change, its files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from typing import Final, Literal
from zlib import crc32

import pandas as pd
import streamlit as st

from finops import formats
from finops.remediation import folders
from finops.remediation.change import ACTION_CLASSES, ActionClass, Change, Form
from finops.remediation.checks import Check, Checker
from finops.web import session, states
from finops.web.cards import card, show_code
from finops.web.changes import FORMS, Pair, table_rows
from finops.web.figures import tile
from finops.web.findings import RISKS, Shown
from finops.web.tables import money_column, show_table
from finops.web.texts import dollars, md
from finops.web.tracking import tracker, why_read_only
from finops.workspace.remediation import keep_in_log

NOTHING: Final = pd.Series(dtype="float64")
"""The days of a figure that is not made of days."""

Colour = Literal["green", "orange", "red", "gray"]

COLOURS: Final[Mapping[ActionClass, Colour]] = {
    "in_place": "green",
    "create": "green",
    "stop_start": "orange",
    "delete": "red",
    "by_hand": "gray",
}
"""Of the badge that says what a change does to what runs."""

LANGUAGES: Final = {".tf": "hcl", ".example": "hcl", ".json": "json", ".sh": "bash"}

CHECK_ICONS: Final = {
    "passed": ":green[:material/check_circle:]",
    "failed": ":red[:material/error:]",
    "not checked": ":gray[:material/radio_button_unchecked:]",
}

PREVIEW_HEIGHT: Final = 560


def show_figures(shown: Shown, known: Sequence[Pair]) -> None:
    """How much of what could be saved is written down, and in which form."""
    every: tuple[Form, ...] = ("terraform", "patch", "runbook", "advice")
    with st.grid(4, min_column_width=190, gap="small"):
        for label, forms, note in (
            (
                "Changes",
                every,
                "Open findings, each with how it is carried out. Overlaps count once.",
            ),
            (
                "As Terraform",
                ("terraform", "patch"),
                "Code that takes in the existing object and changes nothing else.",
            ),
            (
                "As runbooks",
                ("runbook",),
                "Shell scripts that look again before they act; a dry run unless told.",
            ),
            (
                "In words",
                ("advice",),
                "Purchases, what others manage, and what needs a fact that the bill "
                "does not tell.",
            ),
        ):
            chosen = [pair for pair in known if pair.change.form in forms]
            saving = shown.total([pair.recommendation for pair in chosen])
            tile(
                label,
                str(len(chosen)),
                beside=f"{formats.money(saving, shown.currency, cents=False)} a month",
                points=NOTHING,
                note=note,
            )
    st.caption(
        ":material/lock: Nothing is applied from here: a person reviews each change, "
        "and runs it."
    )


def show_changes(shown: Shown, chosen: Sequence[Pair]) -> Pair:
    """The table of changes; the one that is picked in it, or the first."""
    told = [pair.recommendation.fingerprint for pair in chosen]
    key = f"changes_{crc32(repr(told).encode())}"
    show_table(
        table_rows(chosen),
        {
            "saving": money_column("A month", shown.currency),
            "title": st.column_config.TextColumn("Change", width="large"),
            "action": st.column_config.TextColumn("Effect"),
            "form": st.column_config.TextColumn("Form"),
            "risk": st.column_config.TextColumn("Risk"),
            "account": st.column_config.TextColumn("Account"),
        },
        alt="Changes that can be reviewed, the largest saving first",
        key=key,
        on_pick="rerun",
    )
    rows = st.session_state[key]["selection"]["rows"]
    return chosen[rows[0] if rows else 0]


def show_change(pair: Pair) -> None:
    """What a change does, what to check, and the way back."""
    change, found = pair.change, pair.recommendation
    procedure = change.procedure
    with card(dollars(procedure.title)):
        with st.container(horizontal=True):
            st.badge(
                ACTION_CLASSES[procedure.action_class],
                color=COLOURS[procedure.action_class],
            )
            st.badge(f"{RISKS[found.risk]} risk", color="gray")
            st.badge(f"Saves {md(change.facts.saving)}", color="blue")
        effect = dollars(procedure.effect)
        if change.owner:
            st.warning(effect, icon=":material/account_tree:")
        else:
            st.markdown(effect)
        _steps("Check first", procedure.before)
        _steps("See that it worked", procedure.after)
        _steps("The way back", procedure.way_back)


def _steps(title: str, texts: Sequence[str]) -> None:
    lines = "\n".join(f"- {dollars(text)}" for text in texts)
    st.markdown(f"**{title}**\n\n{lines}")


def show_files(pair: Pair) -> None:
    """The files of a change, what was checked of them, and a download."""
    change = pair.change
    with card(FORMS[change.form], "What the folder holds"):
        names = sorted(change.files, key=lambda name: name != change.main)
        for tab, name in zip(st.tabs(names), names, strict=True):
            with tab:
                suffix = f".{name.rsplit('.', 1)[-1]}"
                show_code(
                    change.files[name],
                    LANGUAGES.get(suffix, "markdown"),
                    height=PREVIEW_HEIGHT,
                )
        show_checks(change)
        download("Download this change", [pair], key="download_one")


def show_checks(change: Change) -> None:
    """What was checked, and what was not."""
    checks = list(_checker(terraform=False).checks(change))
    wanted = "checked_by_terraform"
    if change.form == "terraform" and shutil.which("terraform"):
        if st.session_state.get(wanted) == change.files:
            checks = list(_checker(terraform=True).checks(change))
        elif st.button(
            "Check with Terraform",
            icon=":material/fact_check:",
            help="Runs fmt, init and validate of the Terraform on this machine.",
        ):
            st.session_state[wanted] = change.files
            st.rerun()
    for check in checks:
        st.markdown(_told(check))


def _checker(*, terraform: bool) -> Checker:
    """With this machine's commands; without Terraform while nobody asks for it."""
    environ = dict(os.environ)
    checker = Checker(environ, session.settings().cache_dir / "terraform-plugins")
    if not terraform:
        checker.unavailable = "A click, or the command remediate, runs Terraform."
    return checker


def _told(check: Check) -> str:
    return f"{CHECK_ICONS[check.state]} **{check.name}** {md(check.text)}"


def download(label: str, chosen: Sequence[Pair], *, key: str) -> None:
    """A zip of folders, which the tracker's log keeps in mind."""
    st.download_button(
        label,
        data=lambda: folders.zipped(pair.change for pair in chosen),
        file_name="remediation.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click=lambda: _keep(chosen),
        key=key,
    )


def _keep(chosen: Sequence[Pair]) -> None:
    if why_read_only():
        return
    place = "downloaded from the app"
    entries = ((pair.recommendation, pair.change, place) for pair in chosen)
    keep_in_log(tracker(), entries)


def nothing_to_show() -> None:
    """That the filters leave nothing."""
    states.sentence("No change fits these filters.")
