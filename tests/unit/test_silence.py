from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from finops.analysis.silence import silent_accounts

DAYS = pd.date_range("2026-11-01", periods=20, tz="UTC")


def daily(**accounts: list[float]) -> pd.DataFrame:
    return pd.DataFrame(accounts, index=DAYS[: len(next(iter(accounts.values())))])


def test_an_account_without_cost_for_three_days_is_silent() -> None:
    costs = daily(prod=[5.0] * 20, dev=[5.0] * 17 + [0.0] * 3)

    [silent] = silent_accounts(costs)

    assert silent.account == "dev"
    assert silent.last_day == date(2026, 11, 17)


@pytest.mark.parametrize(
    "costs",
    [
        [5.0] * 18 + [0.0] * 2,
        [5.0, 0.0] * 8 + [0.0] * 4,
        [5.0] * 6 + [0.0] * 3,
        [0.0] * 20,
        [-5.0] * 20,
    ],
    ids=["two days", "batch", "new", "never", "credits"],
)
def test_what_is_usual_is_not_silence(costs: list[float]) -> None:
    assert silent_accounts(daily(dev=costs)) == []
