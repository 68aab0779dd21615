"""Which account stands behind each entry of AWS_ACCOUNTS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from finops.accounts import Account
from finops.aws.errors import well_formed
from finops.aws.parallel import Tell, in_parallel, in_silence
from finops.aws.sessions import Sessions
from finops.errors import ConfigurationError, FinOpsError, Problem

ACTION: Final = "sts:GetCallerIdentity"

PATIENCE: Final = 10.0
"""Seconds to wait for this one small question."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An entry and the account id that AWS knows it by."""

    account: Account
    account_id: str
    partition: str = "aws"


@dataclass(frozen=True, slots=True)
class Identities:
    """The entries that can be asked, and why the others cannot."""

    known: tuple[Identity, ...]
    problems: tuple[Problem, ...]


def identify(
    accounts: Sequence[Account], sessions: Sessions, *, patience: float = PATIENCE
) -> Identities:
    """Resolve each entry; the second of two for one account is refused.

    Otherwise that account's cost would be counted twice.
    """
    tasks = {a.name: partial(_identity, a, sessions) for a in accounts}
    found = in_parallel(tasks, tell=in_silence, patience=patience)
    known: dict[str, Identity] = {}
    problems: list[Problem] = []
    for name, identity in found.items():
        if isinstance(identity, FinOpsError):
            problems.append(Problem.of(identity, account=name))
        elif first := known.get(identity.account_id):
            problems.append(_twice(identity, first))
        else:
            known[identity.account_id] = identity
    return Identities(tuple(known.values()), tuple(problems))


def identity_of(account: Account, sessions: Sessions) -> Identity:
    """The account behind `account`; for a role its ARN says it already.

    Raises:
        SourceError: If AWS does not say who we are.
    """
    if account.role_arn and account.account_id:
        return Identity(account, account.account_id, account.partition)
    answer = sessions.ask(
        account, ACTION, lambda: sessions.client("sts", account).get_caller_identity()
    )
    with well_formed(ACTION):
        _, partition, *_ = str(answer["Arn"]).split(":")
        return Identity(account, str(answer["Account"]), partition)


def _identity(account: Account, sessions: Sessions, _: Tell) -> Identity:
    return identity_of(account, sessions)


def _twice(second: Identity, first: Identity) -> Problem:
    name, other = second.account.name, first.account.name
    msg = (
        f"{name} and {other} are both account {second.account_id}; "
        "its cost would be counted twice."
    )
    error = ConfigurationError(msg, hint=f"Remove {name} or {other} from AWS_ACCOUNTS.")
    return Problem.of(error, account=name)
