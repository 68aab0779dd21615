"""Charts as pictures, for where no browser draws them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import altair as alt

WIDTH: Final = 860

COLOURS: Final = (
    *("#4F46E5", "#0891B2", "#D97706", "#EC4899", "#059669", "#8B5CF6", "#3B82F6"),
    *("#EA580C", "#65A30D", "#3730A3", "#0F766E", "#B45309", "#9D174D", "#15803D"),
    *("#6D28D9", "#1D4ED8", "#F43F5E", "#0E7490", "#8A92A3", "#6F778A"),
)
"""Those of the light theme in .streamlit/config.toml, so that a group keeps its own."""

LOOK: Final[dict[str, Any]] = {
    "background": "#FFFFFF",
    "font": "sans-serif",
    "range": {"category": [*COLOURS]},
    "mark": {"color": COLOURS[0]},
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "gridColor": "#E3E5EB",
        "labelColor": "#5B6270",
        "ticks": False,
        "titleColor": "#5B6270",
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": "#16181D"},
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, as the address of an image, and in words."""

    source: str
    description: str


def picture(chart: alt.Chart | alt.LayerChart) -> Picture:
    """The chart as an SVG, drawn without a browser and without the network."""
    import vl_convert  # noqa: PLC0415 - starts an engine of its own

    specification = chart.properties(width=WIDTH).to_dict()
    drawn = vl_convert.vegalite_to_svg(specification, config=LOOK)
    encoded = base64.b64encode(drawn.encode()).decode()
    description = str(specification.get("description", ""))
    return Picture(f"data:image/svg+xml;base64,{encoded}", description)
