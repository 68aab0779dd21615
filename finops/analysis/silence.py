"""Which accounts have stopped reporting?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

SILENT_DAYS: Final = 3
"""AWS tells of a day within two days; an account that is silent longer is late."""

USUAL_SHARE: Final = 0.8
"""An account that costs something on fewer days than this is often silent."""

LEAST_DAYS: Final = 7
"""It takes a week to know what is usual."""


@dataclass(frozen=True, slots=True)
class SilentAccount:
    """An account that usually costs something every day, and no longer does."""

    account: str
    last_day: date


def silent_accounts(daily: pd.DataFrame) -> list[SilentAccount]:
    """The accounts without any cost on the last three days, though it is usual.

    Args:
        daily: Cost per day (rows, to the last settled day) and account.
    """
    usual, lately = daily.iloc[:-SILENT_DAYS] != 0, daily.iloc[-SILENT_DAYS:] != 0
    if len(usual) < LEAST_DAYS:
        return []
    silent = (usual.mean() >= USUAL_SHARE) & ~lately.any()
    return [
        SilentAccount(str(account), usual.index[usual[account]][-1].date())
        for account in daily.columns[silent]
    ]
