"""Whether each account can be read, feature by feature, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, Literal

from botocore.exceptions import ClientError

from finops.accounts import Account
from finops.aws.compute_optimizer import not_opted_in
from finops.aws.hub import PARTITION as HUB_PARTITION
from finops.aws.hub import not_enrolled
from finops.aws.identities import Identity, identity_of
from finops.aws.inventory import TOPICS, Topic, try_all
from finops.aws.organizations import members
from finops.aws.parallel import PATIENCE, Tell, in_parallel
from finops.aws.permissions import with_line
from finops.aws.questions import Place
from finops.aws.refusals import error_code
from finops.aws.sessions import HOME_REGIONS, Sessions
from finops.errors import FinOpsError
from finops.periods import DAY

Feature = Literal[
    "credentials", "role", "costs", "organization", "inventory", "hub", "optimizer"
]

COSTS: Final = "ce:GetCostAndUsage"

WORKS: Final[Mapping[Feature, str]] = {
    "costs": "AWS lets it read costs.",
    "organization": "AWS lets it list the organization's accounts.",
    "inventory": "AWS lets it look into what the account holds.",
    "hub": "AWS lets it ask Cost Optimization Hub.",
    "optimizer": "AWS lets it ask Compute Optimizer.",
}

ADMINISTRATORS: Final = ("OrganizationAccountAccessRole", "AWSControlTowerExecution")
"""Roles that AWS makes in member accounts, which may do everything."""

TOO_POWERFUL: Final = (
    "This role may do everything; a role of its own that only reads is safer."
)


@dataclass(frozen=True, slots=True)
class Check:
    """Whether one feature works for one account.

    Attributes:
        account: The entry's name.
        account_id: Empty where AWS did not tell.
        message: What was found, in one sentence.
        hint: What mends it, or would be better.
    """

    account: str
    account_id: str
    feature: Feature
    ok: bool
    message: str
    hint: str = ""


def examine(
    accounts: Sequence[Account],
    *,
    sessions: Sessions,
    today: date,
    payer: str = "",
    on_request: Callable[[], None] | None = None,
    topics: Sequence[Topic] = TOPICS,
    tell: Tell,
    patience: float = PATIENCE,
) -> tuple[Check, ...]:
    """The checks of every account, in order; what failed first ends its account's.

    Args:
        accounts: The entries of AWS_ACCOUNTS.
        sessions: The way in to each.
        today: The day by UTC.
        payer: The entry that must list the organization.
        on_request: If given, costs are really asked for: one paid request for
            each account, before which this is called. Otherwise the question
            has a period that AWS refuses, which costs nothing; a refusal of
            the period is taken to mean that the right itself was there.
        topics: The kinds of resources to look at.
        tell: Is told how far each account has got.
        patience: Seconds that an account may stay silent.
    """
    examiner = _Examiner(sessions, today, payer, on_request, topics)
    tasks = {account.name: partial(examiner.checks, account) for account in accounts}
    found = in_parallel(tasks, tell=tell, patience=patience)
    return tuple(
        check
        for name, checks in found.items()
        for check in (
            [_failed(name, "", "credentials", checks)]
            if isinstance(checks, FinOpsError)
            else checks
        )
    )


@dataclass(frozen=True, slots=True)
class _Examiner:
    sessions: Sessions
    today: date
    payer: str
    on_request: Callable[[], None] | None
    topics: Sequence[Topic]

    def checks(self, account: Account, tell: Tell) -> list[Check]:
        """The checks of `account` up to the first that fails in its way in."""
        way_in: Feature = "role" if account.role_arn else "credentials"
        try:
            self.sessions.client("sts", account)
            identity = identity_of(account, self.sessions)
        except FinOpsError as error:
            known = account.account_id or ""
            return [_failed(account.name, known, way_in, error, account)]
        checks = [_way_in_works(account, identity.account_id, way_in)]
        for feature, ask in self._features(identity).items():
            tell(account.name, f"checking {feature}")
            checks.append(_check(account, identity.account_id, feature, ask))
        return checks

    def _features(self, identity: Identity) -> dict[Feature, Callable[[], str]]:
        """What is asked for each feature; what it answers is good to know."""
        account = identity.account
        home = Place(identity, HOME_REGIONS[identity.partition], self.sessions)
        asked: dict[Feature, Callable[[], str]] = {
            "costs": partial(self._ask_costs, account)
        }
        if account.name == self.payer:
            asked["organization"] = partial(self._list_members, account)
        asked["inventory"] = partial(try_all, home, self.topics)
        if identity.partition == HUB_PARTITION:
            asked["hub"] = partial(not_enrolled, home)
        asked["optimizer"] = partial(not_opted_in, home)
        return asked

    def _list_members(self, account: Account) -> str:
        members(account, self.sessions)
        return ""

    def _ask_costs(self, account: Account) -> str:
        start = self.today - DAY
        end = self.today if self.on_request else start
        request: dict[str, Any] = {
            "TimePeriod": {"Start": str(start), "End": str(end)},
            "Granularity": "DAILY",
            "Metrics": ["UnblendedCost"],
        }
        if self.on_request:
            self.on_request()

        def ask() -> None:
            try:
                self.sessions.client("ce", account).get_cost_and_usage(**request)
            except ClientError as error:
                if self.on_request or error_code(error) != "ValidationException":
                    raise

        self.sessions.ask(account, COSTS, ask)
        return ""


def _check(
    account: Account, account_id: str, feature: Feature, ask: Callable[[], str]
) -> Check:
    try:
        hint = ask()
    except FinOpsError as error:
        return _failed(account.name, account_id, feature, error, account)
    message = WORKS[feature]
    return Check(account.name, account_id, feature, ok=True, message=message, hint=hint)


def _way_in_works(account: Account, account_id: str, feature: Feature) -> Check:
    if not account.role_arn:
        message = f"AWS knows these credentials as account {account_id}."
        return Check(account.name, account_id, feature, ok=True, message=message)
    role = account.role_arn.rsplit("/", 1)[-1]
    return Check(
        account.name,
        account_id,
        feature,
        ok=True,
        message=f"The role {role} can be assumed.",
        hint=TOO_POWERFUL if role in ADMINISTRATORS else "",
    )


def _failed(
    name: str,
    account_id: str,
    feature: Feature,
    error: FinOpsError,
    account: Account | None = None,
) -> Check:
    role = (account and account.role_arn) or ""
    hint = with_line(error, role=role)
    return Check(name, account_id, feature, ok=False, message=str(error), hint=hint)
