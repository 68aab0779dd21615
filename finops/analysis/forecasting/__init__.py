"""What will be spent in the coming days? (FinOps Framework: Forecasting).

The method is called the recipe. It takes out of the history what would mislead
a model, forecasts what is left by three simple models, each weighted by how
well it did on this very series, and puts back what is known to come again:

1. `trimming`: the last days, which AWS still restates, are not trusted.
2. `sparse`: what is charged on few days only goes its own way.
3. `month_start`: fees of the first days of a month are taken out, and come again.
4. `month_length`: a price per month makes the days of a long month cheaper.
5. `spikes`: days that stand out, which do not come again.
6. `level_shift`: the days before the last step are moved to the level after it.
7. `members`, `smoothing`, `weights`: the models, and how much each has to say;
   `short` where there are too few days to tell.
8. `guard`: the mean stays near that of the last weeks.
9. `intervals`, `record`: how far off this was on past days of this very series.

On simulated and real bills the cleaning matters more than the model; see
`benchmarks/forecasts.py`.
"""

from __future__ import annotations

from finops.analysis.forecasting.costs import forecast_costs, forecast_total
from finops.analysis.forecasting.forecast import Confidence, Forecast, Method
from finops.analysis.forecasting.record import Interval, PastForecast, Record

__all__ = [
    "Confidence",
    "Forecast",
    "Interval",
    "Method",
    "PastForecast",
    "Record",
    "forecast_costs",
    "forecast_total",
]
