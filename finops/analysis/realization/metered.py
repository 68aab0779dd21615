"""What would the usage after a change have cost at the rate before it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from finops.analysis.allocation import daily_cost
from finops.analysis.realization.meters import Meters
from finops.analysis.realization.rates import Rate
from finops.analysis.workload_optimization.usage_types import unit_price
from finops.focus import DATE_COLUMN, Metric


@dataclass(frozen=True, slots=True, eq=False)
class Metered:
    """Each day of what is charged by the unit.

    Attributes:
        costs: What was paid.
        at_old_rate: What the day's units would have cost before the change.
    """

    costs: pd.Series[float]
    at_old_rate: pd.Series[float]


def metered(
    charges: pd.DataFrame,
    rate: Rate,
    *,
    days: pd.DatetimeIndex,
    implemented_on: date,
    metric: Metric,
) -> Metered | None:
    """What was used and paid on `days`; None where a day's usage is not known.

    Args:
        charges: Of one resource, by day, usage type and description.
        rate: What it is charged by the unit.
        days: Those around the change.
        implemented_on: The day of the change, of which nothing need be known.
        metric: What counts as paid.
    """
    change = pd.Timestamp(implemented_on, tz="UTC")
    units = _units(charges, rate.counted).reindex(days)
    known = units[days != change]
    if not known.between(0, rate.most, inclusive="right").all():
        return None
    costs = _by_day(charges, rate.paid, metric).reindex(days, fill_value=0.0)
    fixed = _by_day(charges, rate.provisioned, metric).reindex(days, fill_value=0.0)
    before = days < change
    per_unit = (costs - fixed)[before].sum() / units[before].sum()
    month = days.days_in_month if rate.by_the_month else 1
    provided = (fixed * month)[before].mean() / month
    return Metered(costs, at_old_rate=per_unit * units + provided)


def _units(charges: pd.DataFrame, counted: Meters) -> pd.Series[float]:
    """The units of each day: unknown where those of any charge are.

    AWS states the public price of a unit in the description of a charge.
    """
    charges = charges[counted.among(charges["x_UsageType"])]
    texts = charges["ChargeDescription"]
    prices = {text: unit_price(text) for text in texts.dropna().unique()}
    units = charges["ListCost"] / texts.map(prices).astype("float64")
    return units.groupby(charges[DATE_COLUMN]).sum(skipna=False)


def _by_day(charges: pd.DataFrame, meters: Meters, metric: Metric) -> pd.Series[float]:
    return daily_cost(charges[meters.among(charges["x_UsageType"])], metric)
