"""Which days of a history are worth listening to."""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import DailyCosts

MOST_DAYS: Final = 200
"""What lies farther back is about another company."""


def recent(history: DailyCosts) -> DailyCosts:
    """The last days."""
    return history[-MOST_DAYS:]


def since_first_charge(history: DailyCosts) -> DailyCosts:
    """The days from the first that cost something: a new service has no past."""
    charged = np.flatnonzero(history.costs)
    return history[int(charged[0]) :] if len(charged) else history
