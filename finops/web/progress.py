"""Shows how far each account has got while costs are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_status_container import StatusContainer

from finops.sources import Progress, in_silence
from finops.web.texts import dollars, md

_place: ContextVar[DeltaGenerator] = ContextVar("place")


def show_progress_here() -> None:
    """Reserve this place for what is read later in this run.

    Always the same place, so that what stands below keeps its position in the
    page, and the browser need not draw it again.
    """
    _place.set(st.empty())


@contextmanager
def reading(*, live: bool) -> Iterator[Progress]:
    """A listener that shows itself at its first word and is gone at the end.

    Args:
        live: Whether it takes long enough to be worth a word.
    """
    shown = _Reading(_place.get(None)) if live else None
    try:
        yield shown or in_silence
    finally:
        if shown:
            shown.close()


class _Reading:
    """One line per account, under a label that counts them."""

    def __init__(self, place: DeltaGenerator | None) -> None:
        self._states: dict[str, str] = {}
        self._price = ""
        self._place = place
        self._status: StatusContainer | None = None
        self._lines: DeltaGenerator | None = None

    def __call__(self, account: str, state: str) -> None:
        if self._place is None:
            return
        if self._status is None or self._lines is None:
            self._status = self._place.status("Reading costs", expanded=True)
            self._lines = self._status.empty()
        if not account:
            self._price = f", {dollars(state)}"
            return
        self._states[account] = state
        done = sum(said != "reading" for said in self._states.values())
        lines = "\n".join(f"- {md(a)}: {md(said)}" for a, said in self._states.items())
        self._lines.markdown(lines)
        self._status.update(
            label=f"Reading costs: {done} of {len(self._states)} accounts{self._price}"
        )

    def close(self) -> None:
        """Leave the place as it was."""
        if self._place is not None and self._states:
            self._place.empty()
