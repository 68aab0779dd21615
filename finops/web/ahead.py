"""The forecast that pages ask for, and the figures that tell of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from finops import formats
from finops.analysis.forecasting import Interval, Method
from finops.errors import FinOpsError, InsufficientHistoryError
from finops.web.figures import tile
from finops.web.session import ask, knows, workspace
from finops.workspace import Scope
from finops.workspace.ahead import Ahead
from finops.workspace.forecasts import DEFAULT_DAYS, forecast, history_of
from finops.workspace.scenarios import Scenario

PARTS: Final = frozenset({"SubAccountId", "SubAccountName", "ServiceName"})
"""Conditions that leave the parts whole which a forecast is the sum of."""


def past_of(scope: Scope) -> Scope:
    """`scope` over the days that forecasts are made from."""
    return replace(scope, period=history_of(workspace()))


def ahead_of(
    scope: Scope, *, days: int = DEFAULT_DAYS, method: Method = "recipe"
) -> Ahead | None:
    """The coming days of `scope`, whatever its period; None if nothing was charged."""
    try:
        with st.spinner("Forecasting"):
            return ask(forecast, past_of(scope), days=days, method=method)
    except InsufficientHistoryError:
        return None


def is_quick(scope: Scope) -> bool:
    """Whether there is hardly a wait for the coming days of `scope`.

    Its accounts and services have been forecast with those of the whole bill.
    """
    whole = replace(scope, where=())
    parts = {condition.dimension for condition in scope.where} <= PARTS
    return _is_known(scope) or (parts and _is_known(whole))


def _is_known(scope: Scope) -> bool:
    try:
        return knows(forecast, past_of(scope), days=DEFAULT_DAYS, method="recipe")
    except FinOpsError:
        return True


def show_total(ahead: Ahead, scenario: Scenario) -> None:
    """A tile with what the coming days cost, against as many before."""
    currency, days = ahead.currency, ahead.forecast.days
    landing = scenario.landing(ahead.period)
    known = ahead.history.tail(days)
    before = float(known.sum())
    enough = len(known) == days and before > 0
    tile(
        f"Next {days} days",
        formats.money(landing.projected, currency, cents=False),
        change=landing.projected / before - 1 if enough else None,
        beside=f"vs last {days} d" if enough else "nothing as long to compare",
        points=scenario.path.daily["cost"],
        note=f"{formats.money(landing.projected, currency)}; "
        f"{range_text(landing.interval80, currency)} in 80 of 100 cases. "
        f"{formats.money(before, currency)} in the last {len(known)} days.",
    )


def range_text(interval: Interval, currency: str) -> str:
    """Both ends of an interval."""
    low, high = (formats.money(end, currency) for end in (interval.low, interval.high))
    return f"{low} to {high}"
