"""One function per chart: a result goes in, an Altair chart comes out.

Every chart states its unit, shows at most seven groups by name and the rest
as "Other", and carries a sentence for those who cannot see it in its
`description`. Colours belong to what they stand for, not to a chart.
"""

from __future__ import annotations

from finops.charts.anomalies import unusual_days
from finops.charts.burn_down import budget_burn
from finops.charts.forecasts import forecast_fan, past_forecasts
from finops.charts.groups import short
from finops.charts.over_time import cost_over_time, cost_trends
from finops.charts.rankings import has_movers, picked_name, top_costs, top_movers
from finops.charts.realization import savings_compared, savings_over_time
from finops.charts.savings import top_savings
from finops.charts.shares import service_mix, tag_shares

__all__ = [
    "budget_burn",
    "cost_over_time",
    "cost_trends",
    "forecast_fan",
    "has_movers",
    "past_forecasts",
    "picked_name",
    "savings_compared",
    "savings_over_time",
    "service_mix",
    "short",
    "tag_shares",
    "top_costs",
    "top_movers",
    "top_savings",
    "unusual_days",
]
