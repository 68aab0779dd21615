"""The parts of the forecast page: how to look, where it lands, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.analysis.forecasting import Method
from finops.analysis.landing import Landing
from finops.web import drill, states
from finops.web.ahead import range_text, show_total
from finops.web.cards import chart
from finops.web.figures import tile
from finops.web.filters import Chosen
from finops.web.tables import change_column, money_column, percent_changes, show_table
from finops.web.texts import dollars, md
from finops.workspace import Scope
from finops.workspace.ahead import Ahead
from finops.workspace.scenarios import Scenario

HORIZONS: Final = {str(days): days for days in (7, 30, 60, 90)}

METHODS: Final[dict[str, Method]] = {"Recipe": "recipe", "Linear trend": "linear"}

LEAST_SHOWN, MOST_SHOWN = 60, 180
"""Days of the past before the fan: as many as the period has, within these."""

TREND_DAYS: Final = 60
"""Of the small charts in the table."""

WEEK: Final = 7

METHOD_NOTE: Final = (
    "The recipe cleans the history, then weighs three models by how well they did "
    "on it. The linear trend is the straight line through it, to compare with."
)


@dataclass(frozen=True, slots=True)
class View:
    """What is forecast, how far, and how."""

    scope: Scope
    days: int
    method: Method


def choose(chosen: Chosen) -> View:
    """The controls, and what they say."""
    left, middle, right = st.columns([5, 3, 3])
    with left:
        texts = drill.show_trail()
    with middle:
        horizon = st.segmented_control(
            "Days ahead",
            list(HORIZONS),
            default="30",
            required=True,
            key="ahead",
            bind="query-params",
            width="stretch",
        )
    with right:
        method = st.segmented_control(
            "Method",
            list(METHODS),
            default="Recipe",
            required=True,
            key="method",
            bind="query-params",
            width="stretch",
            help=METHOD_NOTE,
        )
    scope = drill.narrowed(chosen.scope, texts)
    return View(scope, HORIZONS[horizon or "30"], METHODS[method or "Recipe"])


def show_figures(ahead: Ahead, scenario: Scenario) -> None:
    """Where the coming days, the month and the quarter land, and how sure that is."""
    found, currency = ahead.forecast, ahead.currency
    with st.grid(5, min_column_width=165, gap="small"):
        show_total(ahead, scenario)
        for lands in (ahead.month, ahead.quarter):
            _show_landing(scenario.landing(lands.period), currency)
        tile(
            "Trend",
            _percent(found.trend_percent, signed=True),
            points=ahead.history.rolling(WEEK).mean().dropna(),
            note="What a coming day costs against one of the last four weeks, fees "
            "and one-off days aside.",
            beside=found.trend,
        )
        tile(
            "Confidence",
            found.confidence.level.capitalize(),
            points=pd.Series(dtype=float),
            note=md(found.confidence.reason),
            beside=f"{_percent(found.volatility_percent)} volatility",
        )


def show_fan(chosen: Chosen, ahead: Ahead, scenario: Scenario) -> None:
    """The past, then what is expected, with and without the changes."""
    found = ahead.forecast
    past = min(max(chosen.scope.period.days, LEAST_SHOWN), MOST_SHOWN)
    chart(
        "forecast_fan",
        (ahead.scope, past, found.days, found.method, scenario.changes),
        lambda: charts.forecast_fan(
            ahead.history.tail(past),
            found.daily,
            ahead.currency,
            changed=scenario.path.daily if scenario.changes else None,
        ),
    )


def fan_text(ahead: Ahead, scenario: Scenario) -> str:
    """How to read the fan."""
    changes = "; grey is the forecast without the changes" if scenario.changes else ""
    return (
        f"{formats.days(ahead.period)}, dashed as expected, in bands for 80 and 95 of "
        f"100 cases{changes}"
    )


def show_record(ahead: Ahead) -> None:
    """How the same method did on past days of this very series."""
    found = ahead.forecast
    if found.record is None:
        states.sentence(
            "There is too little history to try the method on past days. It takes "
            "about two months."
        )
        return
    record = found.record
    chart(
        "past_forecasts",
        (ahead.scope, found.days, found.method),
        lambda: charts.past_forecasts(
            record, ahead.currency, linear=found.method != "linear"
        ),
        height="stretch",
    )


def record_text(ahead: Ahead) -> str:
    """How the method did here, and how the plain trend did."""
    record = ahead.forecast.record
    if record is None:
        return "Forecasts from past days against what came"
    count = len(record.forecasts)
    linear = f", the linear trend by {_percent(record.linear_mean_error_percent)}"
    return (
        f"{formats.plural(count, 'forecast')} from past days: off by "
        f"{_percent(record.mean_error_percent)} on average"
        f"{'' if ahead.forecast.method == 'linear' else linear}. Ranges for 80 of 100 "
        f"cases held {record.held80} of {count}, for 95 of 100 {record.held95}."
    )


def show_basis(ahead: Ahead) -> None:
    """The figures of the whole, and what it all rests on."""
    found, currency = ahead.forecast, ahead.currency
    st.table(
        {
            "Daily average": dollars(formats.money(found.daily_average, currency)),
            "Monthly run rate": dollars(
                formats.money(found.monthly_run_rate, currency)
            ),
            "80 of 100 cases": dollars(range_text(found.interval80, currency)),
            "95 of 100 cases": dollars(range_text(found.interval95, currency)),
            "Linear trend": dollars(formats.money(ahead.linear.total, currency)),
        },
        border="horizontal",
    )
    for note in found.notes:
        st.markdown(f":material/info: {md(note)}")
    st.markdown("\n".join(f"- {md(each)}" for each in found.assumptions))


def show_parts(ahead: Ahead) -> None:
    """Each account's services: before, and as forecast."""
    rows = part_rows(ahead)
    days = f"{ahead.forecast.days} days"
    names = {"account": "Account", "service": "Service"}
    named = {key: label for key, label in names.items() if len(set(rows[key])) > 1}
    show_table(
        rows,
        {
            **{key: st.column_config.TextColumn(label) for key, label in named.items()},
            "before": money_column(f"Last {days}", ahead.currency),
            "total": money_column(f"Next {days}", ahead.currency),
            "percent": change_column("Change"),
            "trend": st.column_config.LineChartColumn("Last 60 days", y_min=0),
        },
        alt="Cost of each part, before and as forecast",
    )


def part_rows(ahead: Ahead) -> pd.DataFrame:
    """One row per account and service."""
    sides = ahead.compared
    recent = ahead.parts.tail(TREND_DAYS).round(2)
    return pd.DataFrame(
        {
            "account": sides.index.get_level_values(0),
            "service": sides.index.get_level_values(1).map(charts.short),
            "before": sides["before"].to_numpy(),
            "total": sides["total"].to_numpy(),
            "percent": percent_changes(sides["before"], sides["total"]).to_numpy(),
            "trend": [recent[part].tolist() for part in sides.index],
        }
    )


def _show_landing(landing: Landing, currency: str) -> None:
    to_date = formats.money(landing.to_date, currency, cents=False)
    sums = pd.concat([landing.burned, landing.ahead["cost"]])
    missing = (
        f" What {formats.days(landing.missing)} cost is not known."
        if landing.missing
        else ""
    )
    tile(
        landing.name,
        formats.money(landing.projected, currency, cents=False),
        beside=f"{to_date} to date",
        points=sums,
        note=f"{formats.money(landing.projected, currency)} at its end; "
        f"{range_text(landing.interval80, currency)} in 80 of 100 cases. "
        f"{formats.plural(landing.days_ahead, 'day')} to come.{missing}",
    )


def _percent(percent: float | None, *, signed: bool = False) -> str:
    share = None if percent is None else percent / 100
    return formats.percent(share, signed=signed)
