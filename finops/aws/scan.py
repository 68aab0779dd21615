"""What do the accounts themselves say could be saved?

AWS's own recommendations are read for each account, region by region, all at
once. What cannot be read is named, and holds up nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from finops.accounts import Account
from finops.aws import hub
from finops.aws.compute_optimizer import optimizer_findings
from finops.aws.findings import Findings
from finops.aws.identities import Identity, identify
from finops.aws.parallel import PATIENCE, Tell, in_parallel, in_silence
from finops.aws.permissions import with_line
from finops.aws.questions import Place
from finops.aws.sessions import Sessions
from finops.errors import FinOpsError, Problem

HUB_PARTITION: Final = "aws"
"""The only partition that has a Cost Optimization Hub."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to find out about one account."""

    account: Account
    topic: str
    work: Callable[[Tell], Findings]

    @property
    def name(self) -> str:
        """What tells it apart from all others."""
        return f"{self.account.name}: {self.topic}"


def scan(
    accounts: Sequence[Account],
    *,
    sessions: Sessions,
    regions: Mapping[str, Sequence[str]],
    tell: Tell = in_silence,
    patience: float = PATIENCE,
) -> Findings:
    """What could be saved in `accounts`, by what AWS shows of them.

    Args:
        accounts: The entries of AWS_ACCOUNTS.
        sessions: The way in to each.
        regions: Where each account spends anything, by its id; other regions
            are not looked at.
        tell: Is told how far each account has got.
        patience: Seconds that any one question may stay silent.
    """
    found = identify(accounts, sessions, patience=patience)
    entered, closed = _enter(found.known, sessions, patience)
    tasks = [
        task for one in entered for task in _tasks(one, sessions, regions, found.known)
    ]
    outcomes = in_parallel(
        {task.name: task.work for task in tasks},
        tell=_counted(tasks, tell),
        patience=patience,
    )
    read = (_findings(task.account, outcomes[task.name]) for task in tasks)
    return Findings.joined([Findings(problems=(*found.problems, *closed)), *read])


def _enter(
    known: Sequence[Identity], sessions: Sessions, patience: float
) -> tuple[list[Identity], list[Problem]]:
    """Those whose role can be assumed, and why the others' cannot."""

    def warm(one: Identity, _: Tell) -> Identity:
        sessions.client("sts", one.account)
        return one

    tasks = {one.account.name: partial(warm, one) for one in known}
    outcomes = in_parallel(tasks, tell=in_silence, patience=patience)
    entered = [one for one in outcomes.values() if isinstance(one, Identity)]
    closed = [
        _problem(one.account, error)
        for one in known
        if isinstance(error := outcomes[one.account.name], FinOpsError)
    ]
    return entered, closed


def _tasks(
    one: Identity,
    sessions: Sessions,
    regions: Mapping[str, Sequence[str]],
    known: Sequence[Identity],
) -> Iterator[Task]:
    names = {each.account_id: each.account.name for each in known}
    if one.partition == HUB_PARTITION:
        place = Place(one, hub.REGION, sessions)
        yield _task(
            place, "Cost Optimization Hub", partial(hub.hub_findings, names=names)
        )
    for region in regions.get(one.account_id, ()):
        place = Place(one, region, sessions)
        yield _task(place, f"Compute Optimizer, {region}", optimizer_findings)


def _task(place: Place, topic: str, find: Callable[[Place], Findings]) -> Task:
    def work(_: Tell) -> Findings:
        return find(place)

    return Task(place.account, topic, work)


def _findings(account: Account, outcome: Findings | FinOpsError) -> Findings:
    if isinstance(outcome, FinOpsError):
        return Findings(problems=(_problem(account, outcome),))
    return outcome


def _problem(account: Account, error: FinOpsError) -> Problem:
    hint = with_line(error, role=account.role_arn or "")
    return Problem(account.name, error.code, str(error), hint)


def _counted(tasks: Sequence[Task], tell: Tell) -> Tell:
    """Tells how many of an account's questions are answered, whatever the answer."""
    accounts = {task.name: task.account.name for task in tasks}
    total, done = Counter(accounts.values()), Counter[str]()

    def count(account: str, state: str) -> None:
        if state == "reading":
            return
        name = accounts[account]
        done[name] += 1
        tell(name, f"{done[name]} of {total[name]} questions answered")

    return count
