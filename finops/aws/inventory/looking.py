"""Reading one kind of resource in one place, and judging all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.inventory.check import Judged, Sight, judged
from finops.analysis.workload_optimization.inventory.checks import CHECKS
from finops.analysis.workload_optimization.inventory.prices import Pricing
from finops.aws.errors import well_formed
from finops.aws.findings import Findings
from finops.aws.inventory import applications, compute, databases, network, storage
from finops.aws.inventory.measuring import measure
from finops.aws.inventory.seen import Seen, Topic
from finops.aws.questions import Place

TOPICS: Final[tuple[Topic, ...]] = (
    *compute.TOPICS,
    *network.TOPICS,
    *databases.TOPICS,
    *storage.TOPICS,
    *applications.TOPICS,
)
"""Everything that is looked at in a region."""


def look(topic: Topic, place: Place, now: datetime) -> Seen:
    """The resources of one kind, with what was measured of them.

    Raises:
        SourceError: If they cannot be listed.
    """
    with well_formed(topic.question.action):
        seen = topic.read(place, now)
    measured = measure(seen.resources, place, now)
    return Seen(
        seen.resources,
        measured.readings,
        (*seen.failures, *measured.failures),
        measured.asked,
    )


def judge(
    place: Place, seen: Sequence[Seen], *, pricing: Pricing, now: datetime
) -> Findings:
    """What the checks say of all that was seen in a place."""
    resources = [one for part in seen for one in part.resources]
    sight = Sight(
        account=place.account.name,
        account_id=place.identity.account_id,
        region=place.region,
        now=now,
        prices=pricing(place.identity.account_id, place.region, resources),
        resources=resources,
        readings={key: one for part in seen for key, one in part.readings.items()},
    )
    said = judged(CHECKS, sight)
    return Findings(said.found, notes=tuple(_unknown(said, place)))


def _unknown(said: Judged, place: Place) -> Iterator[str]:
    counted = Counter((check, metric) for check, metric, _ in said.unknown)
    for (check, metric), count in counted.items():
        resources = formats.plural(count, "resource")
        yield (
            f"{place.account.name}, {place.region}: {check}: unknown for {resources}, "
            f"as CloudWatch gave no {metric}."
        )
