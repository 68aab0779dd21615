"""Facts about what moved, and what was out of the ordinary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from finops.analysis.allocation import share_of
from finops.analysis.anomalies import Anomaly
from finops.analysis.variance import Variance
from finops.commentary.facts import Fact, Facts
from finops.commentary.known.kinds import (
    MOST_NAMED,
    Named,
    change,
    days,
    money,
    named,
    on_day,
    percent,
)
from finops.services import short_service

NOTABLE: Final = 0.01
"""Of the whole cost: what moves by less is not worth a sentence."""


def change_facts(
    variance: Variance, by: str, currency: str, *, why: Sequence[tuple[str, float]] = ()
) -> Facts:
    """What moved most, up and down, if it matters to the whole.

    Args:
        variance: What moved, per value of `by`.
        by: A service, for instance.
        currency: Of the costs.
        why: For each of the largest rises, what part of it is which usage type.
    """
    return dict(_of_changes(variance, by, currency, why))


def _of_changes(
    variance: Variance, by: str, currency: str, why: Sequence[tuple[str, float]]
) -> Iterator[Named]:
    yield "changes.days", days(variance.after_period.days, "days on either side")
    rows = variance.rows
    least = NOTABLE * max(abs(variance.before), abs(variance.after))
    sides = {
        "rise": rows[rows["change"] > least].head(MOST_NAMED),
        "fall": rows[rows["change"] < -least].head(MOST_NAMED),
    }
    for side, moved in sides.items():
        for place, row in enumerate(moved.to_dict("records"), start=1):
            name = f"{side}.{place}"
            label = f"{row[by]}, latest days against as many before"
            yield f"{name}.name", named(short_service(str(row[by])), f"a {side}")
            yield f"{name}.after", money(row["after"], currency, f"{row[by]}, latest")
            yield from change(name, row["after"], row["before"], currency, label)
    for place, (what, share) in enumerate(why[: len(sides["rise"])], start=1):
        yield f"rise.{place}.why", named(what, "what most of the rise is")
        told = "its part of the rise"
        yield f"rise.{place}.why_share", Fact(value=share, unit="ratio", label=told)


def anomaly_facts(anomalies: Sequence[Anomaly], currency: str) -> Facts:
    """What was out of the ordinary, the largest first."""
    largest = sorted(anomalies, key=lambda each: -abs(each.impact))[:MOST_NAMED]
    return {
        f"anomaly.{place}.{name}": fact
        for place, each in enumerate(largest, start=1)
        for name, fact in _of_anomaly(each, currency)
    }


def _of_anomaly(anomaly: Anomaly, currency: str) -> Iterator[Named]:
    service = (
        short_service(anomaly.service) if anomaly.service else "an unnamed service"
    )
    whose = f"{service} in {anomaly.account}" if anomaly.account else service
    yield "name", named(whose, "what was out of the ordinary")
    yield "start", on_day(anomaly.period.start, "its first day")
    yield "days", days(anomaly.period.days, "how long it lasted")
    yield "cost", money(anomaly.cost, currency, "what it cost")
    yield "expected", money(anomaly.expected, currency, "what was expected")
    yield (
        "impact",
        Fact(
            value=anomaly.impact,
            unit=currency,
            signed=True,
            label="above what was expected",
        ),
    )
    per_day = abs(anomaly.impact) / anomaly.period.days
    yield "per_day", money(per_day, currency, "the same for one day", per="day")
    relative = share_of(anomaly.impact, anomaly.expected)
    if relative is not None:
        yield "percent", percent(100 * relative, "against what was expected")
    if cause := _cause(anomaly):
        yield "cause", named(cause, "what explains most of it")


def _cause(anomaly: Anomaly) -> str:
    """What explains it, without the region where there is more to say."""
    found = {name: value for name, value in anomaly.narrowed.items() if value}
    telling = [value for name, value in found.items() if name != "RegionId"]
    return ", ".join(
        re.split("[/:]", value)[-1] if value.startswith("arn:") else value
        for value in telling or found.values()
    )
