"""The recipe: the steps of this package in their order."""

from __future__ import annotations

from finops.analysis.forecasting.daily_costs import Calendar, DailyCosts, Values
from finops.analysis.forecasting.guard import guarded
from finops.analysis.forecasting.level_shift import aligned, find_shift
from finops.analysis.forecasting.members import Members, fit_members
from finops.analysis.forecasting.month_length import (
    in_mean_months,
    in_real_months,
    is_priced_per_month,
)
from finops.analysis.forecasting.month_start import take_out_fees
from finops.analysis.forecasting.path import Path, flat_path
from finops.analysis.forecasting.short import SHORT, short_path
from finops.analysis.forecasting.sparse import is_sparse, sparse_path
from finops.analysis.forecasting.spikes import without_spikes
from finops.analysis.forecasting.trimming import recent, since_first_charge
from finops.analysis.forecasting.weights import weighted


def follow_recipe(history: DailyCosts, *, skipped: int, days: int) -> Path:
    """The expected cost of `days` days, after `skipped` ones that follow the history.

    Args:
        history: The days that are trusted.
        skipped: Days that have passed and are not trusted yet.
        days: How many days are asked for.
    """
    known = recent(history)
    if not known.costs.any():
        return flat_path(0.0, 0.0, days, usual=known.costs, kind="nothing")
    if is_sparse(known.costs):
        calendar = known.calendar(ahead=skipped + days)
        return sparse_path(known.costs, calendar, skipped=skipped)
    known = since_first_charge(known)
    calendar = known.calendar(ahead=skipped + days)
    return _dense_path(known.costs, calendar, skipped=skipped)


def _dense_path(costs: Values, calendar: Calendar, *, skipped: int) -> Path:
    """What is charged on most days: cleaned, forecast, and made whole again."""
    past, coming = calendar[: len(costs)], calendar[len(costs) :]
    without_fees, fees = take_out_fees(costs, past)
    per_month = not fees.amounts and is_priced_per_month(without_fees, past)
    even = in_mean_months(without_fees, past) if per_month else without_fees
    usual, spikes = without_spikes(even)
    shift = find_shift(usual)
    members = fit_members(aligned(usual, shift) if shift else usual)
    expected = _expected(members, len(coming.days))
    if per_month:
        expected = in_real_months(expected, coming)
        usual = in_real_months(usual, past)
    if costs.min() >= 0:
        expected = expected.clip(min=0.0)
    of_days, of_sums = members.spreads(skipped, len(coming.days))
    coming_fees = fees.on(coming)
    return Path(
        (expected + coming_fees)[skipped:],
        coming_fees[skipped:],
        of_days,
        of_sums,
        usual=usual,
        kind="short" if len(members.costs) < SHORT else "regular",
        spikes=int(spikes.sum()),
        shift_days_ago=len(costs) - shift.position if shift else None,
        shift_ratio=shift.ratio if shift else None,
        priced_per_month=per_month,
    )


def _expected(members: Members, horizon: int) -> Values:
    """The coming days at the level and in the rhythm of the cleaned history."""
    costs = members.costs
    if len(costs) < SHORT:
        return short_path(members, horizon)
    return guarded(weighted(members.all, costs, horizon), costs)
