"""The demo company's next month is forecast before it is known."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from finops.analysis.forecasting import forecast_total
from finops.focus import DATE_COLUMN, USAGE_CATEGORIES
from finops.sources.demo.charges import charges

MONTHLY_BUDGET = 2500.0


@pytest.mark.parametrize("today", [date(2026, 11, 29), date(2027, 1, 31)], ids=str)
def test_the_forecast_sees_the_budget_broken_before_it_is(today: date) -> None:
    bill = charges(today, ahead=30)
    usage = bill[bill["ChargeCategory"].isin(USAGE_CATEGORIES)]
    services = usage.pivot_table(
        index=DATE_COLUMN, columns="ServiceName", values="EffectiveCost", aggfunc="sum"
    )
    ahead = pd.Timestamp(today, tz="UTC")
    came = float(services[ahead:].sum().sum())

    forecast = forecast_total(services[: ahead - pd.Timedelta(days=1)], restated_days=0)

    assert came > MONTHLY_BUDGET
    assert forecast.total > MONTHLY_BUDGET
    assert forecast.total == pytest.approx(came, rel=0.06)
    assert forecast.interval80.holds(came)
    assert forecast.trend_percent == pytest.approx(12.5, abs=3)
