"""How a month burns its budget."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.analysis.budgeting import Outlook
from finops.analysis.landing import Landing
from finops.charts.look import dates_across, finished, money_axis
from finops.charts.paths import Plane, day_hover, joined, local_days

HEIGHT: Final = 240

ROOM: Final = 1.1
"""Above the highest value, so that the limit's label fits."""

RED: Final = alt.ColorValue("red")
"""A theme colour, as in `look`."""


def budget_burn(landing: Landing, outlook: Outlook, currency: str) -> alt.LayerChart:
    """The sum to each day, to date and as projected, the limit, and the breach."""
    burned = local_days(landing.burned.to_frame("cost"))
    ahead = local_days(landing.ahead)
    highest = max(landing.interval95.high, outlook.limit, landing.to_date, 1.0)
    lowest = min(float(landing.ahead["low95"].min()), 0.0)
    dates = pd.date_range(landing.counted.start, landing.period.last_day)
    plane = Plane(
        dates_across(dates, "date"),
        money_axis(currency),
        alt.Scale(domain=[lowest, ROOM * highest], nice=False),
    )
    path = joined(burned, ahead)
    return finished(
        *plane.bands(path),
        *([plane.line(burned)] if len(burned) else []),
        plane.line(path, dashed=True),
        *_limit(plane, outlook, dates, currency),
        *_breach(plane, outlook, burned, ahead),
        day_hover(burned, ahead, currency, title="Sum to this day"),
        height=HEIGHT,
        top=14,
        description=f"Cost of {landing.name}: "
        f"{formats.money(landing.to_date, currency)} to date, "
        f"{formats.money(landing.projected, currency)} projected, against a limit "
        f"of {formats.money(outlook.limit, currency)}.",
    )


def _limit(
    plane: Plane, outlook: Outlook, dates: pd.DatetimeIndex, currency: str
) -> list[alt.Chart]:
    """The limit across the whole month, with its amount."""
    line = pd.DataFrame({"date": dates[[0, -1]], "limit": outlook.limit})
    text = line.head(1).assign(
        text=f"Budget {formats.money(outlook.limit, currency, cents=False)}"
    )
    return [
        alt.Chart(line)
        .mark_line(strokeDash=[2, 3], strokeWidth=1.5)
        .encode(x=plane.x, y=plane.y("limit"), color=RED),
        alt.Chart(text)
        .mark_text(align="left", baseline="bottom", dy=-4, fontWeight=600)
        .encode(x=plane.x, y=plane.y("limit"), text="text:N", color=RED),
    ]


def _breach(
    plane: Plane, outlook: Outlook, burned: pd.DataFrame, ahead: pd.DataFrame
) -> list[alt.Chart]:
    """Where the sum passes the limit."""
    if outlook.breach_date is None:
        return []
    day = pd.Timestamp(outlook.breach_date)
    cost = pd.concat([burned["cost"], ahead["cost"]])[day]
    point = pd.DataFrame({"date": [day], "cost": [cost]})
    return [
        alt.Chart(point)
        .mark_point(filled=True, size=80, opacity=1)
        .encode(x=plane.x, y=plane.y("cost"), color=RED)
    ]
