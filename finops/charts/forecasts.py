"""What comes: the fan of a forecast, and how forecasts of the past did."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.analysis.forecasting import PastForecast, Record
from finops.charts.look import (
    HOVER,
    MUTED,
    TO_BOTTOM,
    TOP,
    dates_across,
    finished,
    group_colour,
    hover_selection,
    money_axis,
    opacity_if,
)
from finops.charts.paths import Plane, day_hover, joined, local_days

HEIGHT: Final = 300

MOST_ABOVE: Final = 2.0
"""How far above the usual a scenario's amount is drawn."""

KINDS: Final = ("Forecast", "What came", "Linear trend")
"""The dots of a past forecast."""


def forecast_fan(
    history: pd.Series[float],
    daily: pd.DataFrame,
    currency: str,
    *,
    changed: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """The cost of known days, then of coming ones with their intervals.

    Args:
        history: Cost per known day.
        daily: `Forecast.daily`.
        currency: The currency of the costs.
        changed: Likewise with the changes of a scenario, which is then the one
            with intervals.
    """
    known, plain = local_days(history.to_frame("cost")), local_days(daily)
    shown = plain if changed is None else local_days(changed)
    plane = Plane(
        dates_across(pd.DatetimeIndex(known.index.append(shown.index)), "date"),
        money_axis(currency, per="day"),
        alt.Scale(domain=_heights(known, plain, shown), nice=True),
    )
    path = joined(known, shown)
    unchanged = [plane.line(joined(known, plain), dashed=True, muted=True)]
    return finished(
        *plane.bands(path),
        *(unchanged if changed is not None else []),
        plane.line(known),
        plane.line(path, dashed=True),
        day_hover(
            known,
            shown,
            currency,
            title="Cost",
            without=None if changed is None else list(plain["cost"]),
        ),
        height=HEIGHT,
        top=14,
        description=f"Cost per day up to {formats.day(known.index[-1])}, then as "
        f"forecast up to {formats.day(shown.index[-1])}: on average "
        f"{formats.money(float(shown['cost'].mean()), currency)} a day.",
    )


def _heights(
    known: pd.DataFrame, plain: pd.DataFrame, shown: pd.DataFrame
) -> list[float]:
    """From 0 to the highest day; a single amount of a scenario may be cut off."""
    usual = max(float(known["cost"].max()), float(plain["high95"].max()), 1.0)
    lowest = min(float(known["cost"].min()), float(shown["low95"].min()), 0.0)
    return [lowest, min(max(usual, float(shown["high95"].max())), MOST_ABOVE * usual)]


def past_forecasts(
    record: Record, currency: str, *, linear: bool = True
) -> alt.LayerChart:
    """What would have been forecast on past days, as a mean per day, and what came.

    Args:
        record: The forecasts of the past.
        currency: The currency of the costs.
        linear: Whether the plain trend is shown too.
    """
    rows = pd.DataFrame([_per_day(each) for each in record.forecasts])
    kinds = KINDS if linear else KINDS[:2]
    points = rows.melt("from", list(kinds), var_name="group", value_name="cost")
    plane = Plane(
        alt.X(
            "from:N",
            sort=list(rows["from"]),
            axis=alt.Axis(title=None, labelAngle=0, labelOverlap="greedy"),
        ),
        money_axis(currency, per="day"),
        alt.Scale(zero=False, nice=True),
    )
    ranges = (
        alt.Chart(rows[["from", "low", "high"]])
        .mark_bar(size=14, cornerRadius=4, opacity=0.2)
        .encode(x=plane.x, y=plane.y("low"), y2="high:Q")
    )
    dots = (
        alt.Chart(points.astype({"group": "str"}))
        .mark_point(filled=True, size=80, opacity=1)
        .encode(x=plane.x, y=plane.y("cost"), color=group_colour(kinds))
    )
    mean = record.mean_error_percent
    return finished(
        ranges,
        dots,
        _record_hover(record, plane, currency),
        height=HEIGHT - 40,
        top=14,
        description=f"{formats.plural(len(rows), 'forecast')} from past days, off by "
        f"{formats.percent(None if mean is None else mean / 100)} on average.",
    )


def _per_day(each: PastForecast) -> dict[str, object]:
    """A past forecast and what came, as means: the last ones had fewer days."""
    sums = (each.forecast, each.actual, each.linear)
    means = dict(zip(KINDS, (total / each.days for total in sums), strict=True))
    return {
        "from": _label(each),
        "low": each.interval80.low / each.days,
        "high": each.interval80.high / each.days,
        **means,
    }


def _label(each: PastForecast) -> str:
    return f"{each.first_day.day} {each.first_day:%b}"


def _record_hover(record: Record, plane: Plane, currency: str) -> alt.Chart:
    """A column over each past day that tells its sums."""
    sums = {
        "Forecast": [each.forecast for each in record.forecasts],
        "What came": [each.actual for each in record.forecasts],
        "Linear trend": [each.linear for each in record.forecasts],
    }
    texts = pd.DataFrame(
        {
            f"t{place}": [formats.money(total, currency) for total in totals]
            for place, totals in enumerate(sums.values())
        }
    ).assign(
        **{
            "from": [_label(each) for each in record.forecasts],
            "when": [
                f"{formats.plural(each.days, 'day')} from {formats.day(each.first_day)}"
                for each in record.forecasts
            ],
            "off": [
                formats.percent(None if off is None else off / 100)
                for off in (each.error_percent for each in record.forecasts)
            ],
        }
    )
    tooltip = [
        alt.Tooltip("when:N", title=" "),
        *(alt.Tooltip(f"t{place}:N", title=name) for place, name in enumerate(sums)),
        alt.Tooltip("off:N", title="Off by"),
    ]
    drawn: alt.Chart = (
        alt.Chart(texts)
        .mark_bar(width=alt.RelativeBandSize(band=0.9))
        .encode(
            x=plane.x,
            y=TOP,
            y2=TO_BOTTOM,
            color=MUTED,
            opacity=opacity_if(HOVER, 0.12, 0, empty=False),
            tooltip=tooltip,
        )
        .add_params(hover_selection())
    )
    return drawn
