"""May an account be looked into? Asked without looking at all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from finops.aws.inventory.measuring import METRICS
from finops.aws.inventory.seen import Topic
from finops.aws.permissions import policy_line
from finops.aws.questions import Place
from finops.errors import PermissionDeniedError, SourceError

NO_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Begin and end of a period that AWS refuses, and so does not charge for."""


def try_all(place: Place, topics: Sequence[Topic]) -> str:
    """Ask for the first page of each kind of resource; nothing if AWS answers all.

    Raises:
        SourceError: If AWS refuses any, with the line of policy that allows all
            of them, or if it does not answer.
    """
    asked = [topic.question.action for topic in topics if not _allowed(topic, place)]
    refused = asked if _may_measure(place) else [*asked, METRICS.action]
    if not refused:
        return ""
    msg = f"AWS denied {', '.join(refused)}."
    line = policy_line(*refused)
    raise SourceError(
        msg,
        hint="Add this to the role that this account is read with. "
        f"The line of IAM policy: {line}",
    )


def _allowed(topic: Topic, place: Place) -> bool:
    try:
        place.try_out(topic.question)
    except PermissionDeniedError:
        return False
    return True


def _may_measure(place: Place) -> bool:
    period = {"StartTime": NO_TIME, "EndTime": NO_TIME}
    try:
        place.try_out(METRICS, MetricDataQueries=[], **period)
    except PermissionDeniedError:
        return False
    except SourceError:
        return True
    return True
