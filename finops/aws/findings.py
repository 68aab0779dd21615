"""What could be saved, and what could not be found out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from finops.errors import Problem
from finops.recommendations import Recommendation


@dataclass(frozen=True, slots=True)
class Findings:
    """Recommendations from the accounts themselves.

    Attributes:
        problems: What could not be read, and what mends it.
        notes: What the reader must know: what stayed unknown, or is not used.
    """

    recommendations: tuple[Recommendation, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """All of `parts`; what two of them say alike is said once."""
        each = tuple(parts)
        return cls(
            tuple(dict.fromkeys(one for part in each for one in part.recommendations)),
            tuple(dict.fromkeys(one for part in each for one in part.problems)),
            tuple(dict.fromkeys(one for part in each for one in part.notes)),
        )
