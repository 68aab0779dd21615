"""What if? Changes to what is forecast.

A change is written as text, so that a link carries it:

* `service/AWS Lambda:+20%@2026-12-01`: a service, an account (`account/prod`) or
  `all` costs so much more, or less, from a day on.
* `once/Migration:500@2026-12-05`: an amount on one day.
* `monthly/Support plan:100@2026-12-01`: an amount a month from a day on; negative
  for what is saved.
* `office-hours@2026-12-01`: what can be stopped in accounts that are not for
  production runs on workdays only, and half of the day.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import pandas as pd

from finops import formats
from finops.analysis.environments import environment
from finops.errors import ConfigurationError

OFFICE_SHARE: Final = 0.5
"""Of a workday: 12 of 24 hours."""

SATURDAY: Final = 5

STOPPABLE: Final = (
    *("Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"),
    *("Amazon Relational Database Service", "Amazon Redshift", "Amazon SageMaker"),
    *("Amazon Elastic Container Service", "Amazon ElastiCache", "Amazon OpenSearch"),
)
"""Services that are mostly paid by the hour that something runs."""

WRITTEN: Final = re.compile(
    r"(?P<kind>all|account|service|once|monthly|office-hours)(?:/(?P<name>.+?))?"
    r"(?::(?P<amount>[+-]?\d+(?:\.\d+)?)(?P<percent>%)?)?@(?P<day>\d{4}-\d\d-\d\d)",
    re.DOTALL,
)

GRAMMAR: Final = (
    "Write service/NAME:+20%@DAY, account/NAME:-10%@DAY, all:+5%@DAY, "
    "once/NAME:AMOUNT@DAY, monthly/NAME:AMOUNT@DAY or office-hours@DAY, with days "
    "such as 2026-12-01."
)

SWITCHED_OFF: Final = -100.0
"""Percent: nothing costs less than nothing."""

LARGEST: Final = 1e12
"""No change is larger, in percent or in money."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A part of the bill, or all of it, costs so many percent more or less.

    Attributes:
        percent: -100 for a part that is switched off.
    """

    kind: Literal["all", "account", "service"]
    name: str
    percent: float
    start: date

    def __str__(self) -> str:
        named = f"/{self.name}" if self.name else ""
        return f"{self.kind}{named}:{self.percent:+.15g}%@{self.start}"

    def factors(self, parts: pd.DataFrame) -> pd.DataFrame:
        """What each part is multiplied by on each day."""
        level = {"account": 0, "service": 1}.get(self.kind)
        chosen = np.ones(parts.shape[1], dtype=bool)
        if level is not None:
            chosen = parts.columns.get_level_values(level) == self.name
        return _factors(
            parts, chosen, _since(parts, self.start, 1 + self.percent / 100)
        )


@dataclass(frozen=True, slots=True)
class OneOff:
    """An amount on one day: a migration, a licence."""

    name: str
    amount: float
    start: date

    def __str__(self) -> str:
        return f"once/{self.name}:{self.amount:.15g}@{self.start}"

    def added(self, days: pd.DatetimeIndex) -> pd.Series[float]:
        """What it adds to each day."""
        return pd.Series(np.where(_dates(days) == self.start, self.amount, 0.0), days)


@dataclass(frozen=True, slots=True)
class NewCost:
    """An amount a month from a day on; negative for what is saved.

    A day costs its part of its own month, so that a whole month costs exactly
    the amount.
    """

    name: str
    monthly: float
    start: date

    def __str__(self) -> str:
        return f"monthly/{self.name}:{self.monthly:.15g}@{self.start}"

    def added(self, days: pd.DatetimeIndex) -> pd.Series[float]:
        """What it adds to each day."""
        daily = self.monthly / days.days_in_month.to_numpy()
        return pd.Series(np.where(_dates(days) >= self.start, daily, 0.0), days)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """What can be stopped outside production rests at night and at weekends.

    This is the most that a schedule saves: storage, which stays, is counted as
    if it could be stopped too.
    """

    start: date

    def __str__(self) -> str:
        return f"office-hours@{self.start}"

    def factors(self, parts: pd.DataFrame) -> pd.DataFrame:
        """What each part is multiplied by on each day."""
        days = pd.DatetimeIndex(parts.index)
        share = np.where(days.day_of_week >= SATURDAY, 0.0, OFFICE_SHARE)
        share = np.where(_dates(days) >= self.start, share, 1.0)
        return _factors(parts, _can_rest(parts.columns), share)


Change = Growth | OneOff | NewCost | OfficeHours


def read_change(text: str) -> Change:
    """The change that `text` stands for.

    Raises:
        ConfigurationError: If it is not written as one.
    """
    found = WRITTEN.fullmatch(text.strip())
    try:
        change = _change(found) if found else None
    except ValueError:
        change = None
    if change is None:
        msg = f"{text!r} is not a change that can be worked out."
        raise ConfigurationError(msg, hint=GRAMMAR)
    return change


def in_words(change: Change, currency: str) -> str:
    """A change as one says it."""
    since = f"from {formats.day(change.start)}"
    match change:
        case Growth():
            percent = formats.percent(change.percent / 100, signed=True)
            return f"{change.name or 'Everything'} {percent} {since}"
        case OneOff():
            amount = formats.change(change.amount, currency)
            return f"{change.name} {amount} on {formats.day(change.start)}"
        case NewCost():
            amount = formats.change(change.monthly, currency)
            return f"{change.name} {amount} a month {since}"
        case OfficeHours():
            return f"Office hours outside production {since}"


def can_rest(parts: pd.DataFrame) -> bool:
    """Whether office hours would change anything."""
    return bool(_can_rest(parts.columns).any())


def _change(found: re.Match[str]) -> Change | None:
    kind, name, start = found["kind"], found["name"] or "", _day(found["day"])
    amount = float(found["amount"] or math.nan)
    match kind:
        case "office-hours":
            plain = not name and found["amount"] is None
            return OfficeHours(start) if plain else None
        case "once" | "monthly" if name and not found["percent"]:
            made = OneOff if kind == "once" else NewCost
            return made(name, amount, start) if abs(amount) <= LARGEST else None
        case "all" | "account" | "service" if found["percent"]:
            fits = SWITCHED_OFF <= amount <= LARGEST and (kind == "all") == (not name)
            return Growth(kind, name, amount, start) if fits else None
    return None


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _since(parts: pd.DataFrame, start: date, factor: float) -> np.ndarray:
    return np.where(_dates(pd.DatetimeIndex(parts.index)) >= start, factor, 1.0)


def _factors(
    parts: pd.DataFrame, chosen: np.ndarray, by_day: np.ndarray
) -> pd.DataFrame:
    return pd.DataFrame(
        np.where(chosen[None, :], by_day[:, None], 1.0), parts.index, parts.columns
    )


def _dates(days: pd.DatetimeIndex) -> np.ndarray:
    return np.array(days.date)


def _can_rest(columns: pd.Index) -> np.ndarray:
    """Which parts are of an account outside production, and can be stopped."""
    resting = [
        environment(str(account)) == "other" and str(service).startswith(STOPPABLE)
        for account, service in columns
    ]
    return np.array(resting, dtype=bool)
