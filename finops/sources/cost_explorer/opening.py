"""Which accounts are asked, and for whose costs each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from finops.accounts import Account
from finops.aws.identities import PATIENCE as IDENTITY_PATIENCE
from finops.aws.identities import Identity, identify
from finops.aws.organizations import Member, members
from finops.aws.parallel import PATIENCE, in_parallel
from finops.aws.sessions import Sessions
from finops.errors import ConfigurationError, FinOpsError, Problem, SourceError
from finops.sources import CostSource, in_silence
from finops.sources.cost_explorer.account_costs import (
    USUAL_ORGANIZATION,
    AccountCosts,
)
from finops.sources.cost_explorer.caller import Caller
from finops.sources.together import Together

Wrap = Callable[[CostSource], CostSource]


def unwrapped(source: CostSource) -> CostSource:
    """`source` as it is, without a cache around it."""
    return source


def uncounted(account: str) -> None:
    """The meter of those who do not count paid requests."""
    del account


def open_cost_explorer(
    accounts: Sequence[Account],
    *,
    sessions: Sessions,
    today: date,
    wrap: Wrap = unwrapped,
    payer: str = "",
    on_request: Callable[[str], None] = uncounted,
    tags: tuple[str, ...] = (),
    patience: float = PATIENCE,
) -> Together:
    """The costs of `accounts`, each asked for itself, or all from their payer.

    Args:
        accounts: The entries of AWS_ACCOUNTS.
        sessions: The way in to each.
        today: The day by UTC.
        wrap: What to put around each source: a cache.
        payer: The entry whose account pays for the organization; it is asked
            for all its accounts at once, and only entries outside the
            organization are asked for themselves.
        on_request: Called with the entry's name before each paid request, in
            any thread.
        tags: The tag keys to offer as dimensions.
        patience: Seconds that an account may stay silent.

    Raises:
        ConfigurationError: If no entry is called `payer`.
    """
    names = [account.name for account in accounts]
    if payer and payer not in names:
        msg = f"AWS_PAYER names {payer!r}, which AWS_ACCOUNTS does not list."
        raise ConfigurationError(msg, hint=f"Use one of {', '.join(names)}.")
    brief = min(patience, IDENTITY_PATIENCE)
    found = identify(accounts, sessions, patience=brief)
    organization = _organization(found.known, payer, sessions, patience=brief)
    configured = {one.account_id: one.account.name for one in found.known}
    sources = {
        one.account.name: wrap(
            AccountCosts(
                Caller(one, sessions, partial(on_request, one.account.name)),
                today,
                payer=one == organization.payer,
                names=organization.names | configured,
                accounts=len(organization.members) or USUAL_ORGANIZATION,
                tags=tags,
            )
        )
        for one in found.known
        if organization.leaves_over(one)
    }
    problems = (*found.problems, *organization.problems)
    return Together(sources, problems=problems, patience=patience)


@dataclass(frozen=True, slots=True)
class _Organization:
    """Whose costs the payer's answer holds.

    Attributes:
        payer: None where each entry is asked for itself.
        members: Empty where they may not be listed; then every entry is taken
            to be one of them.
    """

    payer: Identity | None = None
    members: tuple[Member, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """What the organization calls its accounts."""
        return {member.id: member.name for member in self.members}

    def leaves_over(self, one: Identity) -> bool:
        """Whether `one` must be asked: as the payer, or as no member of it."""
        if self.payer is None or one == self.payer:
            return True
        return bool(self.members) and one.account_id not in self.names


def _organization(
    known: Sequence[Identity], payer: str, sessions: Sessions, *, patience: float
) -> _Organization:
    paying = next((one for one in known if payer and one.account.name == payer), None)
    if paying is None:
        return _Organization()
    listing = {payer: partial(members, paying.account, sessions)}
    listed = in_parallel(listing, tell=in_silence, patience=patience)[payer]
    if not isinstance(listed, FinOpsError):
        return _Organization(paying, listed)
    if len(known) == 1:
        return _Organization(paying)
    msg = f"{listed} The other entries are taken to be in its bill."
    told = SourceError(msg, hint=listed.hint)
    return _Organization(paying, problems=(Problem.of(told, account=payer),))
