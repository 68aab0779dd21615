"""Which recommendations are carried out without being named one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finops.errors import RemediationError
from finops.recommendations import PURCHASES, Recommendation


def is_easy(recommendation: Recommendation) -> bool:
    """Whether it takes little and can hardly go wrong, and saves something."""
    saving = recommendation.estimated_monthly_savings
    return (
        recommendation.risk == "low"
        and recommendation.effort == "quick_win"
        and recommendation.action not in PURCHASES
        and saving is not None
        and saving > 0
    )


def easy(found: Iterable[Recommendation]) -> list[Recommendation]:
    """What `--auto-remediate` takes: quick wins at low risk, and nothing else."""
    return [one for one in found if is_easy(one)]


def by_id(found: Sequence[Recommendation], ids: Iterable[str]) -> list[Recommendation]:
    """The recommendations with these ids; the beginning of an id will do.

    Raises:
        RemediationError: If there is none, or more than one.
    """
    return [_by_id(found, asked) for asked in ids]


def _by_id(found: Sequence[Recommendation], asked: str) -> Recommendation:
    fitting = [one for one in found if asked and one.fingerprint.startswith(asked)]
    if len(fitting) == 1:
        return fitting[0]
    count = "no recommendation" if not fitting else "more than one recommendation"
    msg = f"There is {count} with the id {asked!r}."
    raise RemediationError(msg, hint="recommend --json lists them with their ids.")
