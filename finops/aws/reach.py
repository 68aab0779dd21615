"""Which accounts can be looked into?

Those of AWS_ACCOUNTS, and the members of the payer's organization, where it is
known by which role they are read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from finops.accounts import Account
from finops.aws.identities import Identity, identify
from finops.aws.organizations import discovered, members
from finops.aws.parallel import Tell, in_parallel, in_silence
from finops.aws.permissions import with_line
from finops.aws.sessions import Sessions
from finops.errors import FinOpsError, Problem


@dataclass(frozen=True, slots=True)
class Organization:
    """How the members of an organization are found and read.

    Attributes:
        payer: The entry that may list them.
        role_name: The role by which each is read.
    """

    payer: str
    role_name: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The accounts whose door is open, and why the others' is not.

    Attributes:
        names: What to call each account that is known, by its id.
    """

    open: tuple[Identity, ...]
    problems: tuple[Problem, ...]
    names: Mapping[str, str]


def reach(
    accounts: Sequence[Account],
    sessions: Sessions,
    *,
    organization: Organization | None = None,
    spending: Collection[str],
    patience: float,
) -> Reach:
    """The accounts that can be entered.

    Args:
        accounts: The entries of AWS_ACCOUNTS.
        sessions: The way in to each.
        organization: Where its members are to be looked into, too.
        spending: The ids of the accounts that spend anything: other members
            are left alone.
        patience: Seconds that any account may stay silent.
    """
    found = identify(accounts, sessions, patience=patience)
    listed, unlisted = _members(found.known, sessions, organization, patience)
    members = [one for one in listed if one.account_id in spending]
    known = {one.account_id: one for one in (*members, *found.known)}
    entered, closed = _enter(list(known.values()), sessions, patience)
    names = {one.account_id: one.account.name for one in (*listed, *found.known)}
    return Reach(tuple(entered), (*found.problems, *unlisted, *closed), names)


def problem_of(account: Account, error: FinOpsError) -> Problem:
    """Why something of `account` is missing, with the line of policy that mends it."""
    hint = with_line(error, role=account.role_arn or "")
    return Problem(account.name, error.code, str(error), hint)


def _members(
    known: Sequence[Identity],
    sessions: Sessions,
    organization: Organization | None,
    patience: float,
) -> tuple[list[Identity], list[Problem]]:
    """The members of the organization, or why they cannot be listed."""
    if organization is None:
        return [], []
    role_name = organization.role_name

    def listed(payer: Identity, tell: Tell) -> list[Identity]:
        everyone = members(payer.account, sessions, tell)
        return [
            Identity(one, one.account_id, one.partition)
            for one in discovered(payer, everyone, role_name=role_name)
            if one.account_id and one != payer.account
        ]

    paying = [one for one in known if one.account.name == organization.payer]
    tasks = {one.account.name: partial(listed, one) for one in paying}
    outcomes = in_parallel(tasks, tell=in_silence, patience=patience)
    found: list[Identity] = []
    problems: list[Problem] = []
    for payer in paying:
        outcome = outcomes[payer.account.name]
        if isinstance(outcome, FinOpsError):
            problems.append(problem_of(payer.account, outcome))
        else:
            found.extend(outcome)
    return found, problems


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
        problem_of(one.account, error)
        for one in known
        if isinstance(error := outcomes[one.account.name], FinOpsError)
    ]
    return entered, closed
