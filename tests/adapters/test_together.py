"""Several accounts answer as one, and one that fails holds up no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from finops.errors import SourceError, UnreachableError
from finops.focus import CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.sources.cached import CachedSource
from finops.sources.demo import DemoSource
from finops.sources.together import SORE, Together

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MONTH = CostQuery(period=ChargePeriod(date(2026, 10, 1), date(2026, 11, 1)))


@dataclass
class Account(DemoSource):
    """An account that may not answer, and counts how often it is asked."""

    name: str = "an account"
    silent: bool = False
    price: int = 1
    asked: list[CostQuery] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(TODAY)

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        self.asked.append(query)
        if self.silent:
            msg = "No answer in time."
            raise UnreachableError(msg)
        return super().costs(query, progress=progress)

    def estimated_requests(self, query: CostQuery) -> int:
        return self.price * len(query.period.months())


@dataclass
class Clock:
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_an_account_that_failed_is_not_asked_again_at_once() -> None:
    broken = Account(silent=True)
    both = Together({"works": Account(), "broken": broken}, clock=Clock())

    both.costs(MONTH)
    [problem] = both.costs(MONTH).problems

    assert len(broken.asked) == 1
    assert problem.account == "broken"
    assert problem.message == "No answer in time."


def test_an_account_that_failed_gets_another_chance_later() -> None:
    clock, broken = Clock(), Account(silent=True)
    both = Together({"works": Account(), "broken": broken}, clock=clock)
    both.costs(MONTH)

    broken.silent, clock.seconds = False, SORE + 1

    assert both.costs(MONTH).complete


def test_that_nobody_answers_is_still_said_the_second_time() -> None:
    alone = Together({"broken": Account(silent=True)}, clock=Clock())

    for _ in range(2):
        with pytest.raises(SourceError, match="No answer in time"):
            alone.costs(MONTH)


def test_what_many_requests_will_cost_is_said_beforehand() -> None:
    many = Together({f"account {n}": Account(price=2) for n in range(25)})
    said: list[tuple[str, str]] = []

    many.costs(MONTH, progress=lambda account, state: said.append((account, state)))

    assert said[0] == ("", "about 50 paid requests, $0.50")


def test_what_is_kept_on_disk_costs_nothing_more(tmp_path: Path) -> None:
    account = Account(price=1)
    kept = CachedSource(account, tmp_path, now=lambda: NOW)
    quarter = CostQuery(period=ChargePeriod(date(2026, 8, 1), date(2026, 11, 1)))

    before = kept.estimated_requests(quarter)
    kept.costs(MONTH)
    after = kept.estimated_requests(quarter)

    assert (before, after) == (3, 2)
    later = CachedSource(account, tmp_path, now=lambda: NOW + timedelta(hours=1))
    assert later.estimated_requests(MONTH) == 0
