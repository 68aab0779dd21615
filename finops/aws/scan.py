"""What do the accounts themselves say could be saved?

AWS's own recommendations, and what each account holds, are read for all
accounts and regions at once, one kind of thing at a time. What cannot be read
is named, and holds up nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from finops import formats
from finops.accounts import Account
from finops.analysis.workload_optimization.inventory.prices import (
    Pricing,
    public_pricing,
)
from finops.aws.compute_optimizer import optimizer_findings
from finops.aws.findings import Findings
from finops.aws.hub import PARTITION as HUB_PARTITION
from finops.aws.hub import REGION as HUB_REGION
from finops.aws.hub import hub_findings
from finops.aws.identities import Identity
from finops.aws.inventory import TOPICS, Seen, Topic, judge, look
from finops.aws.parallel import PATIENCE, Tell, in_parallel, in_silence
from finops.aws.questions import Place
from finops.aws.reach import Organization, problem_of, reach
from finops.aws.sessions import Sessions
from finops.errors import FinOpsError

Outcome = Findings | Seen
"""What AWS recommends itself, or what is there for our checks to judge."""

READING: Final = "reading"
"""A state that is no news, except that somebody is still there."""

REGION: Final = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d")
"""A region to look into; bills also speak of `global`, and of none."""

CLOUDWATCH_PRICE: Final = 0.00001
"""Dollars for each metric that CloudWatch is asked for."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to find out in one place."""

    place: Place
    topic: str
    work: Callable[[Tell], Outcome]

    @property
    def account(self) -> Account:
        """Whose it is."""
        return self.place.account

    @property
    def name(self) -> str:
        """What tells it apart from all others."""
        return f"{self.account.name}, {self.place.region}: {self.topic}"


def scan(
    accounts: Sequence[Account],
    *,
    sessions: Sessions,
    regions: Mapping[str, Sequence[str]],
    now: datetime,
    organization: Organization | None = None,
    pricing: Pricing = public_pricing,
    topics: Sequence[Topic] = TOPICS,
    tell: Tell = in_silence,
    patience: float = PATIENCE,
) -> Findings:
    """What could be saved in `accounts`, by what AWS shows of them.

    Args:
        accounts: The entries of AWS_ACCOUNTS.
        sessions: The way in to each.
        regions: Where each account spends anything, by its id; other regions
            are not looked at.
        now: The time in UTC.
        organization: Where its members are to be looked into, too.
        pricing: What things cost; what AWS asks of everyone, if not given.
        topics: The kinds of resources to look at.
        tell: Is told how far each account has got.
        patience: Seconds that any one question may stay silent.
    """
    found = reach(
        accounts,
        sessions,
        organization=organization,
        spending=regions.keys(),
        patience=patience,
    )
    looks = {topic.name: partial(look, topic, now=now) for topic in topics}
    tasks = [
        task
        for one in found.open
        for task in _tasks(
            one, sessions, regions.get(one.account_id, ()), found.names, looks
        )
    ]
    outcomes = in_parallel(
        {task.name: task.work for task in tasks},
        tell=_counted(tasks, tell),
        patience=patience,
    )
    judge_with = partial(judge, pricing=pricing, now=now)
    return Findings.joined(
        [
            Findings(problems=found.problems),
            *(_read(task, outcomes[task.name]) for task in tasks),
            *(judge_with(place, seen) for place, seen in _by_place(tasks, outcomes)),
            Findings(notes=_price_of_metrics(outcomes.values())),
        ]
    )


def _tasks(
    one: Identity,
    sessions: Sessions,
    regions: Sequence[str],
    names: Mapping[str, str],
    looks: Mapping[str, Callable[[Place], Seen]],
) -> Iterator[Task]:
    """All that there is to find out about one account."""
    if one.partition == HUB_PARTITION:
        ask_hub = partial(hub_findings, names=names)
        yield _task(Place(one, HUB_REGION, sessions), "Cost Optimization Hub", ask_hub)
    for region in filter(REGION.fullmatch, regions):
        place = Place(one, region, sessions)
        yield _task(place, "Compute Optimizer", optimizer_findings)
        for topic, find in looks.items():
            yield _task(place, topic, find)


def _task(place: Place, topic: str, find: Callable[[Place], Outcome]) -> Task:
    def work(tell: Tell) -> Outcome:
        return find(replace(place, heard=partial(tell, place.account.name, READING)))

    return Task(place, topic, work)


def _read(task: Task, outcome: Outcome | FinOpsError) -> Findings:
    """What one task found by itself, and what went wrong with it."""
    if isinstance(outcome, Findings):
        return outcome
    failures = outcome.failures if isinstance(outcome, Seen) else (outcome,)
    return Findings(
        problems=tuple(problem_of(task.account, error) for error in failures)
    )


def _by_place(
    tasks: Sequence[Task], outcomes: Mapping[str, Outcome | FinOpsError]
) -> Iterator[tuple[Place, list[Seen]]]:
    """Each place with all that was seen there."""
    seen: dict[Place, list[Seen]] = {}
    for task in tasks:
        outcome = outcomes[task.name]
        if isinstance(outcome, Seen):
            seen.setdefault(task.place, []).append(outcome)
    return iter(seen.items())


def _price_of_metrics(
    outcomes: Iterable[Outcome | FinOpsError],
) -> tuple[str, ...]:
    asked = sum(one.asked for one in outcomes if isinstance(one, Seen))
    if not asked:
        return ()
    metrics = formats.plural(asked, "metric")
    price = formats.money(asked * CLOUDWATCH_PRICE)
    return (f"CloudWatch was asked for {metrics}, for which AWS charges {price}.",)


def _counted(tasks: Sequence[Task], tell: Tell) -> Tell:
    """Tells how many of an account's questions are answered, whatever the answer."""
    accounts = {task.name: task.account.name for task in tasks}
    total, done = Counter(accounts.values()), Counter[str]()

    def count(account: str, state: str) -> None:
        if state == READING:
            return
        name = accounts[account]
        done[name] += 1
        tell(name, f"{done[name]} of {total[name]} questions answered")

    return count
