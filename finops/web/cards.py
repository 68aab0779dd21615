"""Cards with a title, and the charts in them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Literal

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from finops.charts.rows import PICKED
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
) -> None:
    """A chart, drawn once for all visitors.

    Args:
        name: Which chart it is: its key on the page.
        shows: What its picture depends on.
        draw: Makes it.
        height: Whether it fills its card.
        on_pick: Is called when a row is picked; its name is in the session state.
    """
    spec = session.keep(("chart", name, shows), lambda: ready(draw()))
    # Streamlit makes a class of a container's key, and of a chart's only where
    # it can be clicked.
    with st.container(key=f"{name}_chart", height=height):
        st.vega_lite_chart(
            spec=spec,
            height=height,
            key=name,
            on_select=on_pick or "ignore",
            selection_mode=PICKED if on_pick else None,
        )


def ready(chart: alt.LayerChart) -> dict[str, Any]:
    """`chart` as Streamlit sends it, its tables as Arrow already.

    Streamlit would validate the chart and convert its tables in every run. The
    chart is used up: its tables are replaced by their names.
    """
    datasets: dict[str, bytes] = {}
    for place, part in enumerate((chart, *chart.layer)):
        if isinstance(part.data, pd.DataFrame):
            name = f"table{place}"
            datasets[name] = _arrow(part.data)
            part.data = alt.NamedData(name=name)
    return {**chart.to_dict(validate=False), "datasets": datasets}


def _arrow(table: pd.DataFrame) -> bytes:
    sink = pa.BufferOutputStream()
    sent = pa.Table.from_pandas(table.reset_index(drop=True))
    with pa.ipc.new_stream(sink, sent.schema) as stream:
        stream.write_table(sent)
    return bytes(sink.getvalue())


def show_code(
    text: str, language: str, *, height: int | Literal["content"] = "content"
) -> None:
    """Code to read; in colour where the dark ground makes each one readable.

    On a light ground Streamlit's colours, which no theme can change, fall below
    the contrast that text needs.
    """
    dark = st.context.theme.type == "dark"
    st.code(
        text,
        language=language if dark else None,
        wrap_lines=height == "content",
        height=height,
    )
