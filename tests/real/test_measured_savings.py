"""A real bill of which nobody made a part cheaper on the days that are pretended."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from finops.analysis.realization import MeasuredSaving, measure

CATEGORIES = "daily/binder_gcp_daily_by_category_2017-12_2018-12.csv"

AFTER = 30


@pytest.fixture
def daily(real_data: Path) -> pd.Series[float]:
    """A year of mybinder.org's bill; one day is missing."""
    rows = pd.read_csv(real_data / CATEGORIES, parse_dates=["date"])
    costs = rows.groupby("date")["cost_usd"].sum()
    return costs.tz_localize("UTC").asfreq("D").interpolate()


def pretended(daily: pd.Series[float], *, cut: float) -> list[tuple[float, float]]:
    """The error of each measured saving, and the half width of its interval.

    As parts of what a month costs without the change.
    """
    found = []
    for change in daily.index[95 : -AFTER - 1 : 7]:
        paid = daily.where(daily.index <= change, (1 - cut) * daily)
        known = paid[: change + pd.Timedelta(days=AFTER)]
        measured = measure(known, implemented_on=change.date())
        assert isinstance(measured, MeasuredSaving)
        month = daily[change:].iloc[1 : AFTER + 1].mean() * 730 / 24
        half_width = (measured.high - measured.low) / 2 / month
        found.append((measured.saving / month - cut, half_width))
    return found


def test_what_nobody_did_is_hardly_ever_verified(daily: pd.Series[float]) -> None:
    errors, half_widths = np.array(pretended(daily, cut=0.0)).T

    assert np.mean(np.abs(errors) <= half_widths) >= 0.88
    assert np.mean(errors - half_widths > 0) <= 0.07


def test_a_third_less_shows_on_a_bill_that_varies(daily: pd.Series[float]) -> None:
    errors, half_widths = np.array(pretended(daily, cut=0.33)).T

    assert np.median(half_widths) < 0.33
    assert np.mean(np.abs(errors) <= half_widths) >= 0.85
    assert np.mean(0.33 + errors - half_widths > 0) >= 0.6
