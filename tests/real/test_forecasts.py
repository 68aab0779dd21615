"""The longest real series of daily spend that is to be had, forecast every ten days."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from finops.analysis.forecasting import forecast_total

PROJECTS = "daily/binder_gcp_daily_by_project_2017-12_2018-12.csv"


@pytest.fixture
def projects(real_data: Path) -> pd.DataFrame:
    """A year of mybinder.org's bill: one column a project; one day is missing."""
    rows = pd.read_csv(real_data / PROJECTS, parse_dates=["date"])
    return rows.pivot_table(
        index="date", columns="project", values="cost_usd", aggfunc="sum"
    ).tz_localize("UTC")


def test_mybinder_is_forecast_no_worse_than_by_its_weekdays(
    projects: pd.DataFrame,
) -> None:
    days = projects.index
    ours, weekdays, held = [], [], []
    for last in days[59:-30:10]:
        known = projects[:last]
        coming = projects[last:].iloc[1:31].sum(axis=1)

        forecast = forecast_total(known, restated_days=0)

        recent = known.iloc[-28:].sum(axis=1)
        usual = np.resize(recent.to_numpy(), 30).sum()
        ours.append(abs(forecast.total / coming.sum() - 1))
        weekdays.append(abs(usual / coming.sum() - 1))
        held.append(forecast.interval80.holds(coming.sum()))

    assert np.mean(ours) <= np.mean(weekdays)
    assert np.mean(held) >= 0.75
