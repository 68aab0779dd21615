"""Whether each account can be read, feature by feature, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    """The checks of every account, in order; one that is closed has only one.

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
        patience: Seconds that an account, or one feature of it, may stay silent.
    """
    examiner = _Examiner(sessions, today, payer, on_request, topics)
    ways_in = in_parallel(
        {account.name: partial(examiner.way_in, account) for account in accounts},
        tell=tell,
        patience=patience,
    )
    features = {
        (account.name, feature): ask
        for account in accounts
        if isinstance(identity := ways_in[account.name], Identity)
        for feature, ask in examiner.features(identity).items()
    }
    answers = in_parallel(
        {f"{name}: {feature}": ask for (name, feature), ask in features.items()},
        tell=tell,
        patience=patience,
    )
    return tuple(
        check
        for account in accounts
        for check in _checks(account, ways_in[account.name], features, answers)
    )


def _checks(
    account: Account,
    way_in: Identity | FinOpsError,
    features: Iterable[tuple[str, Feature]],
    answers: Mapping[str, str | FinOpsError],
) -> Iterator[Check]:
    """All that was found about one account."""
    feature: Feature = "role" if account.role_arn else "credentials"
    if isinstance(way_in, FinOpsError):
        yield _failed(account, account.account_id or "", feature, way_in)
        return
    yield _way_in_works(account, way_in.account_id, feature)
    for name, asked in features:
        if name == account.name:
            answer = answers[f"{name}: {asked}"]
            yield _check(account, way_in.account_id, asked, answer)


@dataclass(frozen=True, slots=True)
class _Examiner:
    sessions: Sessions
    today: date
    payer: str
    on_request: Callable[[], None] | None
    topics: Sequence[Topic]

    def way_in(self, account: Account, _: Tell) -> Identity:
        """Who `account` is, once it has been entered."""
        self.sessions.client("sts", account)
        return identity_of(account, self.sessions)

    def features(self, identity: Identity) -> dict[Feature, Callable[[Tell], str]]:
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
        return {feature: _whoever_listens(ask) for feature, ask in asked.items()}

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


def _whoever_listens(ask: Callable[[], str]) -> Callable[[Tell], str]:
    return lambda _: ask()


def _check(
    account: Account, account_id: str, feature: Feature, answer: str | FinOpsError
) -> Check:
    if isinstance(answer, FinOpsError):
        return _failed(account, account_id, feature, answer)
    works = WORKS[feature]
    return Check(account.name, account_id, feature, ok=True, message=works, hint=answer)


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
    account: Account, account_id: str, feature: Feature, error: FinOpsError
) -> Check:
    hint = with_line(error, role=account.role_arn or "")
    return Check(
        account.name, account_id, feature, ok=False, message=str(error), hint=hint
    )
