"""The accounts of AWS_ACCOUNTS: how they are read, checked and paid for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Self

from finops.accounts import Account, AccountList, read_accounts
from finops.aws.doctor import Check, examine
from finops.aws.parallel import Tell
from finops.aws.reach import Organization
from finops.aws.sessions import Sessions
from finops.errors import ConfigurationError, Problem
from finops.settings import Settings
from finops.sources import CostSource
from finops.sources.cached import CachedSource
from finops.sources.cost_explorer import open_cost_explorer
from finops.sources.request_meter import PaidRequests, RequestMeter
from finops.sources.together import Together

METERED_DAYS = 30


@dataclass(frozen=True, slots=True)
class LiveAccounts:
    """The accounts that the settings list, and the way in to each.

    Attributes:
        listed: The entries that are right, and why the others are not.
        meter: Counts the requests that AWS charges for.
    """

    settings: Settings
    listed: AccountList
    sessions: Sessions
    meter: RequestMeter
    now: Callable[[], datetime]

    @classmethod
    def of(cls, settings: Settings, *, now: Callable[[], datetime]) -> Self:
        """The accounts of `settings`.

        Raises:
            ConfigurationError: If an entry of AWS_ACCOUNTS is malformed, and
                AWS_ACCOUNTS_STRICT is not off; or if none is right.
        """
        sessions = Sessions()
        listed = read_accounts(
            settings.accounts,
            profiles=sessions.profiles,
            default_role=settings.role_name or "",
        )
        if listed.problems and (settings.accounts_strict or not listed.accounts):
            hint = "Mend AWS_ACCOUNTS; .env.example shows every form."
            raise ConfigurationError("\n".join(listed.problems), hint=hint)
        meter = RequestMeter(
            settings.cache_dir / "requests.db",
            daily_limit=settings.daily_limit,
            today=lambda: now().date(),
        )
        return cls(settings, listed, sessions, meter, now)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The entries that can be tried."""
        return self.listed.accounts

    @property
    def organization(self) -> Organization | None:
        """How members of the payer's organization are read; None where they are not."""
        payer, role = self.settings.payer, self.settings.role_name
        return Organization(payer, role) if payer and role else None

    def source(self, *, refresh: bool = False) -> CostSource:
        """Their costs, each account's kept on disk."""

        def kept(source: CostSource) -> CostSource:
            folder = self.settings.cache_dir / "costs"
            return CachedSource(source, folder, now=self.now, refresh=refresh)

        together: Together = open_cost_explorer(
            self.accounts,
            sessions=self.sessions,
            today=self.now().date(),
            wrap=kept,
            payer=self.settings.payer or "",
            on_request=self.meter.record,
        )
        malformed = tuple(
            Problem("", ConfigurationError.code, sentence)
            for sentence in self.listed.problems
        )
        return replace(together, problems=(*malformed, *together.problems))

    def checks(self, *, tell: Tell) -> tuple[Check, ...]:
        """Whether each account can be read, and what mends it; free of charge."""
        return examine(
            self.accounts,
            sessions=self.sessions,
            today=self.now().date(),
            payer=self.settings.payer or "",
            tell=tell,
        )

    def paid_today(self) -> Decimal:
        """The dollars that today's requests cost."""
        return self.meter.spent_today()

    def paid(self) -> list[PaidRequests]:
        """The paid requests of the last days, the newest first."""
        return self.meter.history(METERED_DAYS)
