"""The charts of what comes: joined to what is known, and true to their figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import altair as alt
import pandas as pd
import pytest

from finops import charts
from finops.analysis.budgeting import outlook
from finops.analysis.forecasting import Interval, PastForecast, Record
from finops.analysis.landing import Landing, landing
from finops.periods import ChargePeriod

KNOWN = pd.Series(
    100.0, pd.date_range("2026-09-01", "2026-11-22", tz="UTC", unit="us"), name="cost"
)

COMING = pd.date_range("2026-11-23", periods=30, tz="UTC", unit="us")

SHARES = {"cost": 1.0, "low80": 0.9, "high80": 1.1, "low95": 0.8, "high95": 1.2}

DAILY = pd.DataFrame({name: 100.0 * share for name, share in SHARES.items()}, COMING)

RECORD = Record(
    tuple(
        PastForecast(
            date(2026, month, 1),
            days=days,
            forecast=100.0 * days,
            actual=110.0 * days,
            linear=90.0 * days,
            interval80=Interval(95.0 * days, 115.0 * days),
            interval95=Interval(80.0 * days, 120.0 * days),
        )
        for month, days in ((9, 30), (10, 30), (11, 10))
    )
)


def november() -> Landing:
    """The month that eight days of the forecast complete."""
    return landing(KNOWN, DAILY.cumsum(), ChargePeriod.month_of(date(2026, 11, 1)))


def burn(limit: float) -> alt.LayerChart:
    """How November burns a budget."""
    return charts.budget_burn(november(), outlook(november(), limit), "USD")


def tables(chart: alt.LayerChart) -> list[pd.DataFrame]:
    """The data of a chart, layer by layer."""
    found = [layer.data for layer in chart.layer]
    return [table for table in found if isinstance(table, pd.DataFrame)]


def costs(chart: alt.LayerChart) -> list[pd.Series]:
    """What the lines of a chart run through."""
    return [table["cost"] for table in tables(chart) if "cost" in table]


EVERY_CHART: dict[str, Callable[[], alt.LayerChart]] = {
    "fan": lambda: charts.forecast_fan(KNOWN, DAILY, "USD"),
    "fan with changes": lambda: charts.forecast_fan(
        KNOWN, DAILY, "USD", changed=DAILY * 2
    ),
    "burn-down": lambda: burn(2500.0),
    "burn-down of a new month": lambda: charts.budget_burn(
        new_month(), outlook(new_month(), 100.0), "EUR"
    ),
    "past forecasts": lambda: charts.past_forecasts(RECORD, "USD"),
}


def new_month() -> Landing:
    """December on its first day."""
    ahead = DAILY.set_axis(pd.date_range("2026-12-01", periods=30, tz="UTC"))
    history = KNOWN.set_axis(pd.date_range(end="2026-11-30", periods=83, tz="UTC"))
    return landing(history, ahead.cumsum(), ChargePeriod.month_of(date(2026, 12, 1)))


@pytest.mark.parametrize("draw", EVERY_CHART.values(), ids=EVERY_CHART)
def test_a_chart_is_valid_and_described(draw: Callable[[], alt.LayerChart]) -> None:
    drawn = draw().to_dict()

    assert drawn["description"].endswith(".")
    assert drawn["height"] > 100


def test_the_fan_opens_at_the_last_known_day() -> None:
    chart = charts.forecast_fan(KNOWN, DAILY, "USD")

    known, coming = costs(chart)
    bands = tables(chart)[0]

    assert (len(known), len(coming)) == (83, 31)
    assert coming.iloc[0] == known.iloc[-1]
    assert list(bands.iloc[0][["low95", "high95"]]) == [100.0, 100.0]


def test_a_single_amount_does_not_flatten_the_fan() -> None:
    changed = DAILY.copy()
    changed.iloc[5] += 5000.0

    chart = charts.forecast_fan(KNOWN, DAILY, "USD", changed=changed)

    domain = chart.layer[0].to_dict()["encoding"]["y"]["scale"]["domain"]
    assert domain == [0.0, 240.0]


def test_a_breach_is_marked_on_its_day() -> None:
    marked = costs(burn(2500.0))[-1]

    assert list(marked) == [2600.0]


def test_a_limit_that_holds_has_no_mark() -> None:
    assert len(costs(burn(2500.0))) - len(costs(burn(5000.0))) == 1


def test_the_limit_is_always_in_the_picture() -> None:
    domain = burn(50_000.0).layer[0].to_dict()["encoding"]["y"]["scale"]["domain"]

    assert domain[1] > 50_000


def test_past_forecasts_are_compared_per_day() -> None:
    points = tables(charts.past_forecasts(RECORD, "USD"))[1]

    came = points[points["group"] == "What came"]
    assert list(came["cost"]) == [110.0, 110.0, 110.0]


@pytest.mark.parametrize(("days", "coming"), [(60, 16), (200, 4)])
def test_what_comes_follows_the_bars_in_their_own_step(days: int, coming: int) -> None:
    table = KNOWN.iloc[:1].reindex(
        pd.date_range(end="2026-11-22", periods=days, tz="UTC"), fill_value=100.0
    )
    rows = table.rename_axis("ChargePeriodStart").reset_index(name="EffectiveCost")

    chart = charts.cost_over_time(
        rows, None, "EffectiveCost", "USD", ahead=DAILY.head(15)
    )

    [path] = [found for found in costs(chart) if len(found) == coming]
    assert path.iloc[-1] == pytest.approx(100.0)
