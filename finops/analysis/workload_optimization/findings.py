"""What is a check, and what does it find?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from finops import formats
from finops.analysis.workload_optimization import list_prices
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.ownership import owned_text
from finops.analysis.workload_optimization.usage import Usage
from finops.focus import METRIC_NAMES
from finops.recommendations import (
    Action,
    Effort,
    Evidence,
    Recommendation,
    Risk,
    plain_id,
)

USAGE_TYPE: Final = "x_UsageType"
"""The dimension without which no check can tell one usage from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found about one line of the bill.

    Attributes:
        title: What to do, to what.
        savings: What it saves in a month; None where nothing tells.
        bill: What the bill says that speaks for it.
        formula: How the saving is worked out, with its figures.
        price: Where prices are from that the bill does not hold; empty where
            the bill is enough.
        risk: Where it differs from the check's.
        facts: What a change needs to know.
    """

    line: Line
    title: str
    savings: float | None
    bill: str
    formula: str
    price: str = ""
    risk: Risk | None = None
    facts: dict[str, str | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One kind of waste that the bill alone shows.

    Attributes:
        kind: Its stable name.
        name: What it is called on screen.
        rule: When it fires, in one sentence.
        service: What AWS calls the service, where the bill does not say.
        meters: The usage types that it looks at, without their region.
        beside: Those that it compares with.
        needs: The dimensions that it cannot do without.
        part: Which of a resource's costs it lowers, where there are several.
    """

    kind: str
    name: str
    action: Action
    risk: Risk
    effort: Effort
    rule: str
    service: str
    meters: str
    beside: str | None = None
    find: Callable[[Usage], Iterable[Finding]]
    needs: tuple[str, ...] = (USAGE_TYPE,)
    part: str | None = None

    def looks_at(self, meter: str) -> bool:
        """Whether it needs to know what was paid for `meter`."""
        patterns = (self.meters, self.beside)
        return any(pattern and re.fullmatch(pattern, meter) for pattern in patterns)

    def recommend(self, usage: Usage) -> list[Recommendation]:
        """All that it finds in `usage`."""
        return [self._recommendation(found, usage) for found in self.find(usage)]

    def _recommendation(self, found: Finding, usage: Usage) -> Recommendation:
        line = found.line
        told = {**(found.facts or {}), "usage_type": line.usage_type}
        facts = {key: text for key, text in told.items() if text}
        return Recommendation(
            kind=self.kind,
            action=self.action,
            title=found.title,
            account=line.account,
            account_id=line.account_id,
            region=line.region,
            service=line.service or self.service,
            resource_id=line.resource_id,
            part=self.part,
            estimated_monthly_savings=found.savings,
            currency=usage.currency,
            risk=found.risk or self.risk,
            effort=self.effort,
            source="billing",
            evidence=(
                Evidence("Rule", self.rule),
                Evidence("Bill", found.bill),
                Evidence("Formula", found.formula),
                Evidence("Price", _price_origin(found, usage)),
                *_owned(line),
            ),
            facts=(*facts.items(), *(line.made_by or ())),
        )


def _owned(line: Line) -> Iterator[Evidence]:
    """That a change belongs elsewhere, if the resource's tags say so."""
    if line.made_by:
        yield Evidence("Made by another", owned_text(line.made_by))


def _price_origin(found: Finding, usage: Usage) -> str:
    paid = (
        f"What this bill paid from {formats.days(usage.period)} "
        f"({METRIC_NAMES[usage.metric].lower()})"
    )
    return f"{paid}; {found.price}" if found.price else paid


def entire_cost(
    line: Line,
    usage: Usage,
    *,
    title: str,
    bill: str,
    facts: dict[str, str | None] | None = None,
) -> Finding:
    """A finding that saves all that its line costs.

    Args:
        line: What is found.
        usage: What it was found in.
        title: What to do.
        bill: What the amount is paid for, to be read after it.
        facts: What a change needs to know.
    """
    paid = formats.money(line.monthly, usage.currency)
    return Finding(
        line=line,
        title=title,
        savings=line.monthly,
        bill=f"{paid} a month {bill}",
        formula=f"{paid}, all of it",
        facts=facts,
    )


def at_most(
    line: Line,
    usage: Usage,
    *,
    title: str,
    bill: str,
    why: str,
    facts: dict[str, str | None] | None = None,
) -> Finding:
    """A finding of which nobody knows how much of its line it saves.

    Args:
        line: What is found.
        usage: What it was found in.
        title: What to do.
        bill: What the amount is paid for, to be read after it.
        why: Why the saving is not known.
        facts: What a change needs to know.
    """
    paid = formats.money(line.monthly, usage.currency)
    return Finding(
        line=line,
        title=title,
        savings=None,
        bill=f"{paid} a month {bill}",
        formula=f"At most {paid}: {why}",
        facts=facts,
    )


def the(line: Line, noun: str, plural: str = "") -> str:
    """`the volume vol-1`, or `the volumes in us-east-1` where the bill names none."""
    if name := own_id(line):
        return f"the {noun} {name}"
    place = f" in {line.region}" if line.region else ""
    return f"the {plural or f'{noun}s'}{place}"


def own_id(line: Line) -> str | None:
    """What its own service calls the resource; None where the bill names none."""
    return short(line.resource_id) if line.resource_id else None


def short(resource_id: str) -> str:
    """The part of `resource_id` that people call it by.

    >>> short("arn:aws:rds:us-east-1:111122223333:db:orders"), short("vol-1")
    ('orders', 'vol-1')
    """
    name = plain_id(resource_id)
    if not name.startswith("arn:"):
        return name
    resource = name.split(":", 5)[-1]
    return resource.removesuffix(":*").replace(":", "/", 1).split("/", 1)[-1]


def public_share(name: str, *, of: str) -> float:
    """What `name` costs as a part of what `of` does, at public prices."""
    return list_prices.price(name) / list_prices.price(of)
