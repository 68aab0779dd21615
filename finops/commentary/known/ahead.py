"""Facts about the coming days, from a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from finops.analysis.allocation import share_of
from finops.analysis.forecasting import Forecast
from finops.commentary.facts import Fact, Facts
from finops.commentary.known.kinds import (
    MOST_NAMED,
    WEEK,
    Named,
    change,
    count,
    days,
    money,
    named,
    on_day,
    percent,
)
from finops.services import short_service

TREND_DAYS: Final = 28

RHYTHM_DAYS: Final = 8 * WEEK
"""How much of the past tells whether weekends are different."""

SATURDAY: Final = 5

NOTABLE_RHYTHM: Final = 10.0
"""Percent by which weekends differ before it is worth a word."""

WEEKLY_MARGIN: Final = 15.0
"""Percent above its expected week at which a service is worth a look."""

CASES: Final = 80


def forecast_facts(
    forecast: Forecast, history: pd.Series[float], currency: str
) -> Facts:
    """What the coming days cost, how sure that is, and what came before."""
    return dict(_of_forecast(forecast, history, currency))


def _of_forecast(
    forecast: Forecast, history: pd.Series[float], currency: str
) -> Iterator[Named]:
    index = forecast.daily.index
    before = float(history.tail(forecast.days).sum())
    known = len(history) >= forecast.days
    total, sums = forecast.total, forecast.interval80
    yield "forecast.days", days(forecast.days, "how far ahead it looks")
    yield "forecast.first_day", on_day(index[0], "the first coming day")
    yield "forecast.last_day", on_day(index[-1], "the last coming day")
    yield "forecast.total", money(total, currency, "expected cost of the coming days")
    yield "forecast.low", money(sums.low, currency, "low end of the likely range")
    yield "forecast.high", money(sums.high, currency, "high end of the likely range")
    yield (
        "forecast.more",
        money(sums.high - total, currency, "high end above expected"),
    )
    yield "forecast.cases", count(CASES, "", "cases in which it is in the range")
    yield "forecast.of_cases", count(100, "case", "of so many")
    yield (
        "forecast.daily",
        money(forecast.daily_average, currency, "mean coming day", per="day"),
    )
    yield (
        "forecast.run_rate",
        money(forecast.monthly_run_rate, currency, "at that rate", per="month"),
    )
    yield "history.days", days(forecast.history_days, "days of the past it rests on")
    if known:
        yield "past.total", money(before, currency, "cost of as many days before")
        yield from change("past", total, before, currency, "coming days against those")
    yield from _shape(forecast, history, currency)


def _shape(
    forecast: Forecast, history: pd.Series[float], currency: str
) -> Iterator[Named]:
    """The trend, the scatter, the rhythm of the week, and the record."""
    if forecast.trend_percent is not None:
        trend = percent(forecast.trend_percent, "a coming day against the last weeks")
        yield "trend.percent", trend
        compared = min(TREND_DAYS, forecast.history_days)
        yield "trend.days", days(compared, "the days it is compared with")
    if forecast.volatility_percent is not None:
        scatter = forecast.volatility_percent
        told = "how far a day strays from its weekday's usual cost"
        yield "volatility.percent", Fact(value=scatter, unit="%", label=told)
    weekend = _weekend(history.tail(RHYTHM_DAYS))
    if weekend is not None and abs(weekend) >= NOTABLE_RHYTHM:
        yield "weekend.percent", percent(weekend, "a weekend day against a weekday")
    if forecast.record and forecast.record.mean_error_percent is not None:
        error = forecast.record.mean_error_percent
        tries = len(forecast.record.forecasts)
        yield "record.error", Fact(value=error, unit="%", label="mean error, past days")
        yield "record.tries", count(tries, "forecast", "made for past days")
    if len(forecast.daily) >= WEEK:
        # The median, since days with the month's fees have a range of their own.
        highest = float(forecast.daily["high95"].median())
        told = "a day above this is out of the ordinary, days with fees aside"
        yield "alert.daily", money(highest, currency, told)


def _weekend(history: pd.Series[float]) -> float | None:
    """By how many percent a weekend day costs more than a weekday."""
    if len(history) < RHYTHM_DAYS:
        return None
    weekend = history.index.day_of_week >= SATURDAY  # type: ignore[attr-defined]
    share = share_of(
        float(history[weekend].mean() - history[~weekend].mean()),
        float(history[~weekend].mean()),
    )
    return None if share is None else 100 * share


def service_facts(forecast: Forecast, history: pd.DataFrame, currency: str) -> Facts:
    """What the largest services are expected to cost, and from when to worry.

    Args:
        forecast: Its parts have the columns of `history`.
        history: Cost per known day; the last level of its columns is the service.
        currency: Of both.
    """
    return dict(_of_services(forecast, history, currency))


def _of_services(
    forecast: Forecast, history: pd.DataFrame, currency: str
) -> Iterator[Named]:
    coming, past = (_by_service(table) for table in (forecast.parts, history))
    largest = coming.sum().sort_values(ascending=False).head(MOST_NAMED)
    for place, (service, total) in enumerate(largest.items(), start=1):
        name = f"service.{place}"
        label = f"{service} in the coming days"
        yield f"{name}.name", named(short_service(str(service)), "a service")
        yield f"{name}.total", money(float(total), currency, label)
        if len(past) >= forecast.days and service in past:
            before = float(past[service].tail(forecast.days).sum())
            yield from change(name, float(total), before, currency, label)
        week = float(coming[service].head(WEEK).sum())
        worrying = week * (1 + WEEKLY_MARGIN / 100)
        told = f"a week of {service} above this is worth a look"
        yield f"{name}.weekly_alert", money(worrying, currency, told)


def _by_service(table: pd.DataFrame) -> pd.DataFrame:
    last = table.columns.nlevels - 1
    return table.T.groupby(level=last).sum().T
