"""What was a cost expected to be on each day? For the picture of an anomaly."""

from __future__ import annotations

import numpy as np
import pandas as pd

from finops.analysis.anomalies.days import THRESHOLD
from finops.analysis.anomalies.steps import levels_before
from finops.analysis.anomalies.watching import Sighting


def course(sighting: Sighting) -> pd.DataFrame:
    """Per day `cost`, `expected`, and the usual range from `low` to `high`.

    The days of the step are compared with the level before it, all of them.
    """
    days, step = sighting.days, sighting.step
    levels = levels_before(days)
    levels[step.start : step.end] = step.before
    known = np.asarray(pd.Series(levels).ffill().bfill(), dtype=float)
    usual = days.expected(known, 0, len(known))
    wide = np.exp(THRESHOLD * days.spread)
    slack = np.nan_to_num(days.notable)
    return pd.DataFrame(
        {
            "cost": days.amounts,
            "expected": usual,
            "low": np.maximum(np.minimum(usual / wide, usual - slack), 0.0),
            "high": np.maximum(usual * wide, usual + slack),
        },
        index=sighting.watched.dates,
    )
