"""What is a check of the inventory, and what does it find?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from finops import formats
from finops.analysis.workload_optimization.inventory.metrics import Metric, Reading
from finops.analysis.workload_optimization.inventory.prices import Price, Prices
from finops.analysis.workload_optimization.inventory.resources import Resource
from finops.analysis.workload_optimization.ownership import made_by, owned_text
from finops.recommendations import Action, Effort, Evidence, Recommendation, Risk

R = TypeVar("R", bound=Resource)


class NotMeasuredError(Exception):
    """A check needs a metric that could not be read: it can say nothing."""

    def __init__(self, metric: Metric) -> None:
        super().__init__(metric.name)
        self.metric = metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is known of one account in one region.

    Attributes:
        readings: What was measured; what is missing could not be read.
    """

    account: str
    account_id: str
    region: str
    now: datetime
    prices: Prices
    resources: Sequence[Resource]
    readings: Mapping[tuple[str, Metric], Reading] = field(default_factory=dict)

    def of(self, kind: type[R]) -> list[R]:
        """The resources of one kind."""
        return [one for one in self.resources if isinstance(one, kind)]

    def measured(self, resource: Resource, metric: Metric) -> Reading:
        """What was measured of `resource`.

        Raises:
            NotMeasuredError: If that is not known, which is not the same as 0.
        """
        reading = self.readings.get((resource.id, metric))
        if reading is None or not (reading.values or metric.silence_is_zero):
            raise NotMeasuredError(metric)
        return reading

    def age(self, when: datetime) -> timedelta:
        """How long ago `when` was."""
        return self.now - when

    def cost(self, *terms: tuple[float, str]) -> Saving:
        """What so many of each thing cost a month; what costs by the hour, 730 of it.

        A term that is negative is to be paid after the change.
        """
        known = [
            (count, what, self.prices.price(what)) for count, what in terms if count
        ]
        lacking = [what for _, what, price in known if price is None]
        if lacking:
            names = ", ".join(lacking)
            return Saving(None, f"No price is known in {self.region} for: {names}", "")
        priced = [(count, price) for count, _, price in known if price]
        amount = sum(count * price.amount for count, price in priced)
        origins = dict.fromkeys(price.origin for _, price in priced)
        return Saving(amount, _formula(priced, amount), "; ".join(origins))


@dataclass(frozen=True, slots=True)
class Saving:
    """What a change saves a month; None where there is no price.

    Attributes:
        formula: How it is worked out, with its figures.
        origin: Who says what things cost.
    """

    amount: float | None
    formula: str
    origin: str


def _formula(priced: Sequence[tuple[float, Price]], amount: float) -> str:
    terms = [
        f"{'- ' if count < 0 else '+ '}{_figure(abs(count))} x "
        f"${_figure(price.amount, places=10, least=2)}"
        for count, price in priced
    ]
    return f"{' '.join(terms).removeprefix('+ ')} = {formats.money(amount)} a month"


def _figure(number: float, *, places: int = 2, least: int = 0) -> str:
    """`number` with as many decimals as it has, within `least` and `places`."""
    whole, _, decimals = f"{number:,.{places}f}".partition(".")
    kept = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{kept}" if kept else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says of one resource.

    Attributes:
        seen: What speaks for it, by its label.
        risk: Where it differs from the check's.
        facts: What a change needs to know.
    """

    title: str
    saving: Saving
    seen: Mapping[str, str]
    risk: Risk | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Generic[R]):
    """One kind of waste.

    Attributes:
        name: What it is called on screen.
        rule: When it fires, in one sentence.
        looks_at: The kind of resource that it judges.
        needs: The IAM actions without which it cannot.
        look_back: What is younger is left alone.
        part: Which of a resource's costs it lowers; None for all of them.
    """

    kind: str
    name: str
    action: Action
    risk: Risk
    effort: Effort
    service: str
    rule: str
    looks_at: type[R]
    needs: tuple[str, ...]
    find: Callable[[R, Sight], Finding | None]
    look_back: timedelta = timedelta(days=14)
    part: str | None = None

    def judge(self, sight: Sight) -> Judged:
        """What it finds in `sight`, and what it could not judge."""
        found, unknown = [], []
        for resource in sight.of(self.looks_at):
            if not self._old_enough(resource, sight):
                continue
            try:
                finding = self.find(resource, sight)
            except NotMeasuredError as error:
                unknown.append((self.name, error.metric.name, resource.id))
                continue
            if finding:
                found.append(self._recommendation(resource, finding, sight))
        return Judged(tuple(found), tuple(unknown))

    def _old_enough(self, resource: Resource, sight: Sight) -> bool:
        if not self.look_back:
            return True
        created = resource.created
        return created is not None and sight.age(created) >= self.look_back

    def _recommendation(
        self, resource: Resource, finding: Finding, sight: Sight
    ) -> Recommendation:
        seen = {"Rule": self.rule, **finding.seen, "Formula": finding.saving.formula}
        if finding.saving.origin:
            seen["Price"] = finding.saving.origin
        owned = made_by(resource.tags)
        if owned:
            seen["Made by another"] = owned_text(owned)
        facts = {key: str(value) for key, value in finding.facts.items()}
        return Recommendation(
            kind=self.kind,
            action=self.action,
            title=finding.title,
            account=sight.account,
            account_id=sight.account_id,
            region=sight.region,
            service=self.service,
            resource_id=resource.id,
            part=self.part,
            estimated_monthly_savings=finding.saving.amount,
            risk=finding.risk or self.risk,
            effort=self.effort,
            source="inventory",
            evidence=tuple(Evidence(label, text) for label, text in seen.items()),
            facts=(*facts.items(), *owned),
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """What checks found, and what they could not judge.

    Attributes:
        unknown: The check, the metric that it lacked, and the resource.
    """

    found: tuple[Recommendation, ...] = ()
    unknown: tuple[tuple[str, str, str], ...] = ()


def judged(checks: Iterable[Check[Any]], sight: Sight) -> Judged:
    """What all `checks` say of `sight`."""
    each = [check.judge(sight) for check in checks]
    return Judged(
        tuple(one for part in each for one in part.found),
        tuple(one for part in each for one in part.unknown),
    )
