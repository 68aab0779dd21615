"""Where the assistant looks things up: whose bill, how counted, as of when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from finops import formats
from finops.errors import ConfigurationError
from finops.focus import METRIC_NAMES, dimension_label
from finops.periods import ChargePeriod
from finops.services import same_service, short_service
from finops.settings import Settings
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

MOST_ROWS: Final = 20
"""Rows of one answer; the rest is in the total only."""

FEW: Final = 8
"""How many names are told of those that there are."""

WHO: Final = "assistant"
"""Who looks at the tracker; nothing is changed in it here."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where everything is looked up.

    Attributes:
        scope: How costs are counted, and which part of the bill.
    """

    space: Workspace
    settings: Settings
    scope: Scope
    now: Callable[[], datetime]

    def last(self, days: int) -> Scope:
        """The last `days` that are known."""
        period = ChargePeriod.last_days(days, as_of=self.space.as_of)
        return replace(self.scope, period=self.space.known(period))

    def narrowed(self, scope: Scope, dimension: str, wanted: str | None) -> Scope:
        """`scope`, cut down to what somebody calls `wanted`.

        Raises:
            ConfigurationError: If nothing in the bill is called so.
        """
        if not wanted:
            return scope
        table = self.space.cost_by(scope, dimension).table
        names = [str(name) for name in table[dimension].dropna().unique()]
        meant = [name for name in names if _means(wanted, name)]
        if not meant:
            what = dimension_label(dimension).lower()
            msg = f"The bill has no {what} of that name."
            raise ConfigurationError(msg, hint=f"It has {', '.join(names[:FEW])}.")
        return scope.narrowed(dimension, *meant)

    def label(self, what: str, scope: Scope) -> str:
        """What was looked up, with what is counted."""
        metric = METRIC_NAMES[scope.metric].lower()
        return f"{what}, {formats.days(scope.period)}, {metric}"


def called(name: Any) -> str:
    """What a value of a dimension is called in a sentence."""
    return short_service(name) if isinstance(name, str) else "what has no name"


def _means(wanted: str, name: str) -> bool:
    return wanted.casefold() == name.casefold() or same_service(wanted, name)
