"""Which part of a cost moved it? The combination of dimensions that explains it.

A cause moves all charges below it by the same ratio. Of every combination of
values that holds most of the move, the one is chosen whose charges, moved by
their common ratio, come nearest to what was charged ("generalized potential
score", from Adtributor, 2014, and HotSpot, 2018). It finds the exact
combination far more often than going down to the largest part step by step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from finops.analysis.anomalies.moves import Moves
from finops.analysis.anomalies.rhythm import Values
from finops.focus import TAG_PREFIX

MOST_OF_IT: Final = 0.5
"""A cause holds at least this part of the move."""

NEARLY_ALL: Final = 0.8
"""Where no combination fits, the narrowest that holds this part is named."""

PRICE_OF_DETAIL: Final = 0.02
"""What one more dimension in a cause must explain to be worth naming."""

Value = str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """What explains a move in cost.

    Attributes:
        dimensions: The value of each dimension that narrows it down.
        share: The part of the move that lies in it, from 0 to 1.
    """

    dimensions: Mapping[str, Value]
    share: float


def find_cause(moved: Moves) -> Cause:
    """The combination of values that explains a move best.

    Resources that come and go by the day, as in a group that scales, explain
    nothing, and are left out before anything else.
    """
    while moved.dimensions and moved.come_and_go:
        moved = moved.without(moved.dimensions[-1])
    charges = _Charges.of(moved)
    nodes = [_Node((), np.ones(len(moved.rows), dtype=bool)), *charges.nodes()]
    best = max(nodes, key=charges.fit)
    if charges.fit(best) <= 0:
        holding = [
            node
            for node in nodes
            if charges.share(node) >= NEARLY_ALL and not node.is_tag
        ]
        best = max(holding, key=lambda node: (len(node.names), charges.share(node)))
    share = min(max(charges.share(best), 0.0), 1.0)
    return Cause(_values(moved.rows[best.inside], best, moved.dimensions), share)


def _values(
    rows: pd.DataFrame, node: _Node, dimensions: Sequence[str]
) -> dict[str, Value]:
    """Every value that the charges of a node share.

    A tag that they share without being chosen by it is rarely their cause.
    """
    shared = {name: _only_value(rows[name]) for name in dimensions}
    return {
        name: value
        for name, value in shared.items()
        if name in node.names or (value is not None and not name.startswith(TAG_PREFIX))
    }


def _only_value(values: pd.Series[str]) -> Value:
    """What all of `values` are; None for nothing, and for several things."""
    different = values.unique()
    only = different[0] if len(different) == 1 else None
    return only if isinstance(only, str) else None


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """The charges that have the same values of some dimensions."""

    names: tuple[str, ...]
    inside: npt.NDArray[np.bool_]

    @property
    def is_tag(self) -> bool:
        """Whether they are what carries a tag."""
        return any(name.startswith(TAG_PREFIX) for name in self.names)


@dataclass(frozen=True, slots=True, eq=False)
class _Charges:
    """The moves as arrays: there are many nodes to try.

    Attributes:
        codes: A number for each value of each dimension.
        actual: What each combination cost.
        expected: What it had been expected to.
    """

    codes: Mapping[str, npt.NDArray[np.intp]]
    actual: Values
    expected: Values

    @classmethod
    def of(cls, moved: Moves) -> _Charges:
        """The arrays of `moved`."""
        codes = {
            name: pd.factorize(moved.rows[name], use_na_sentinel=False)[0]
            for name in moved.dimensions
        }
        actual, expected = (
            moved.rows[name].to_numpy(float) for name in ("actual", "expected")
        )
        return cls(codes, actual, expected)

    @property
    def off(self) -> Values:
        """By how much each combination lies off what was expected."""
        return self.actual - self.expected

    def share(self, node: _Node) -> float:
        """The part of the move that lies in a node."""
        whole = self.off.sum()
        return float(self.off[node.inside].sum() / whole) if whole else 1.0

    def fit(self, node: _Node) -> float:
        """How much nearer a common ratio in a node comes to what was charged.

        Charges that are all new have no ratio, and are explained by being new.
        """
        apart = np.abs(self.off)
        if not apart.sum():
            return 0.0
        actual, expected = self.actual[node.inside], self.expected[node.inside]
        left = apart[~node.inside].sum()
        if expected.sum() > 0:
            ratio = actual.sum() / expected.sum()
            left += np.abs(actual - ratio * expected).sum()
        return float(1 - left / apart.sum() - PRICE_OF_DETAIL * len(node.names))

    def nodes(self) -> Iterator[_Node]:
        """Every combination of values that holds most of the move."""
        whole = self.off.sum()
        for names in _combinations(list(self.codes)):
            columns = np.stack([self.codes[name] for name in names])
            _, numbers = np.unique(columns, axis=1, return_inverse=True)
            shares = np.bincount(numbers, weights=self.off) / (whole or 1.0)
            for number in np.flatnonzero(shares >= MOST_OF_IT):
                yield _Node(names, numbers == number)


def _combinations(dimensions: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every choice of dimensions; of tags one at a time, as there may be many."""
    tags = [name for name in dimensions if name.startswith(TAG_PREFIX)]
    others = [name for name in dimensions if name not in tags]
    for count in range(1, len(others) + 1):
        yield from combinations(others, count)
    for tag in tags:
        yield (tag,)
