"""Cards with a title, and the charts in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Literal

import altair as alt
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from finops.web import session
from finops.web.texts import dollars


def card(title: str, note: str = "", *, key: str | None = None) -> DeltaGenerator:
    """A bordered place with a title and, in grey, what it shows; both Markdown."""
    place = st.container(border=True, height="stretch", key=key)
    told = f"  \n:gray[:small[{dollars(note)}]]" if note else ""
    place.markdown(f"**{dollars(title)}**{told}")
    return place


def chart(
    name: str,
    shows: Hashable,
    draw: Callable[[], alt.LayerChart],
    *,
    height: Literal["content", "stretch"] = "content",
    on_pick: Callable[[], None] | None = None,
) -> Any:
    """A chart, drawn once for all visitors.

    Args:
        name: Which chart it is: its key on the page.
        shows: What its picture depends on.
        draw: Makes it.
        height: Whether it fills its card.
        on_pick: Is called when a row is picked; its name is in the session state.
    """
    drawn = session.keep(("chart", name, shows), draw)
    # Streamlit makes a class of a container's key, and of a chart's only where
    # it can be clicked.
    with st.container(key=f"{name}_chart", height=height):
        return st.altair_chart(
            drawn,
            height=height,
            key=name,
            on_select=on_pick or "ignore",
            selection_mode="picked" if on_pick else None,
        )
