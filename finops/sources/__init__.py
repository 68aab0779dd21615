"""Where cost tables come from.

A source answers a `CostQuery` in FOCUS columns or raises a SourceError;
nothing above this package knows whether the charges are invented, read from a
bill or fetched from AWS. The grouping happens in the source's engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from finops.focus import CostQuery, Costs
from finops.periods import ChargePeriod

if TYPE_CHECKING:
    import pandas as pd


class Progress(Protocol):
    """Is told, in the caller's thread, how far each account has got."""

    def __call__(self, account: str, state: str) -> None:
        """`account` reached `state`: reading, read, or why it failed.

        Without an account, `state` is about all of them.
        """


def in_silence(account: str, state: str) -> None:
    """The listener of those who do not want to know."""
    del account, state


class CostSource(Protocol):
    """The questions that the app asks of a bill, wherever it lies."""

    @property
    def name(self) -> str:
        """What to call this source on screen, and in cache keys."""
        ...

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it can group and filter by: FOCUS columns and `Tags.<key>`."""
        ...

    @property
    def extent(self) -> ChargePeriod:
        """The days it knows, from the first to the last complete one.

        Raises:
            SourceError: If the source cannot be read, or holds no charges.
        """
        ...

    @property
    def restated_days(self) -> int:
        """How many of the last days may still change: 2 live, 0 for a file."""
        ...

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The answer to `query`; empty where nothing was charged.

        An account that cannot be read is among the answer's problems, and the
        others are answered all the same.

        Raises:
            DimensionUnavailableError: If `query` names what it cannot group by.
            SourceError: If nothing could be answered.
        """
        ...


@runtime_checkable
class Peaked(Protocol):
    """A source that tells dearest days without telling what all days cost."""

    def dearest_days(self, query: CostQuery) -> pd.DataFrame:
        """What the dearest day of each combination of `query.group_by` cost."""
        ...


@runtime_checkable
class Priced(Protocol):
    """A source whose answers cost money."""

    def estimated_requests(self, query: CostQuery) -> int:
        """How many paid requests the answer to `query` will probably take."""
        ...
