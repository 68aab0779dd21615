"""The costs that one calling account can ask Cost Explorer for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final

from finops.analysis.cost_table import require_dimensions
from finops.errors import DimensionUnavailableError, SourceError
from finops.focus import TAG_PREFIX, Condition, CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.sources.cost_explorer.answers import GROSS, NET, Ledger, Metrics
from finops.sources.cost_explorer.caller import Caller, Request
from finops.sources.cost_explorer.dates import askable, cut, history, pages_of
from finops.sources.cost_explorer.dimensions import (
    ACCOUNT,
    DIMENSIONS,
    group_definition,
)
from finops.sources.cost_explorer.filters import filter_of
from finops.sources.cost_explorer.widening import WHY_TWO, groups_of, narrow, widen

RESTATED_DAYS: Final = 2

USUAL_ORGANIZATION: Final = 50

NET_REFUSED: Final = re.compile(r"\bnet ?(unblended|amortized)", re.IGNORECASE)


def utc_now() -> datetime:
    """The time by AWS's clock."""
    return datetime.now(UTC)


@dataclass(slots=True, eq=False)
class AccountCosts:
    """Daily costs of one member account, or of a payer's whole organization.

    Every page of an answer is a request that costs $0.01.

    Attributes:
        today: The day by UTC; it is not complete yet.
        payer: Whether to ask for all accounts of the organization.
        names: What to call an account, by id.
        accounts: How many accounts a payer probably has.
        tags: The tag keys to offer; others can be asked for as well.
    """

    caller: Caller
    today: date
    payer: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    accounts: int = USUAL_ORGANIZATION
    tags: tuple[str, ...] = ()
    now: Callable[[], datetime] = utc_now
    _metrics: Metrics = NET

    @property
    def name(self) -> str:
        """The entry's name and the account's id."""
        identity = self.caller.identity
        whose = "organization of " if self.payer else ""
        return f"{whose}{identity.account.name} ({identity.account_id})"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What can be asked for, two at a time besides a member's account."""
        return (*DIMENSIONS, *(f"{TAG_PREFIX}{key}" for key in self.tags))

    @property
    def extent(self) -> ChargePeriod:
        """Thirteen whole months and this one, up to yesterday."""
        return history(self.today)

    @property
    def restated_days(self) -> int:
        """AWS may still change the last two days."""
        return RESTATED_DAYS

    def widened(self, query: CostQuery) -> CostQuery:
        """The question that is really asked in place of `query`.

        A condition that leaves nothing over stays in it, so that it is
        answered without a request.
        """
        tags = (name for name in query.dimensions if name.startswith(TAG_PREFIX))
        require_dimensions(query, (*self.dimensions, *tags), source=self.name)
        wide = widen(query, account_known=not self.payer, source=self.name)
        futile = (c for c in query.where if self._is_futile(c) and c not in wide.where)
        return replace(wide, where=(*wide.where, *futile))

    def estimated_requests(self, query: CostQuery) -> int:
        """How many requests the answer to `query` will probably cost."""
        wide = self.widened(query)
        return sum(self._pages_of(wide, piece) for piece in self._pieces(wide))

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The answer to `query`, from every page."""
        wide = self.widened(query)
        pieces = self._pieces(wide)
        ledger = self._read(wide, pieces, progress)
        notes = _history_notes(query.period, self.extent.start)
        if pieces:
            notes = (ledger.metrics.note, *notes)
        table = narrow(ledger.table(), query, asked=wide)
        return Costs(table, query, read_at=self.now(), notes=notes)

    def tag_keys(self) -> tuple[str, ...]:
        """The tags in use in the last 30 days; this is a paid request too."""
        days = ChargePeriod.last_days(30, as_of=self.extent.last_day)
        return self.caller.tag_keys(days)

    def _pieces(self, wide: CostQuery) -> list[ChargePeriod]:
        """The periods to ask for, side by side; none if nothing can come of it."""
        period = askable(wide.period, today=self.today)
        if period is None or any(self._is_futile(c) for c in wide.where):
            return []
        return (
            cut(period, pages=self._pages_of(wide, period)) if self.payer else [period]
        )

    def _pages_of(self, wide: CostQuery, period: ChargePeriod) -> int:
        return pages_of(period, self._groups(wide), accounts=self.accounts)

    def _read(
        self, wide: CostQuery, pieces: list[ChargePeriod], progress: Progress
    ) -> Ledger:
        """The costs of `pieces`, net of discounts where AWS allows it."""
        metrics = self._metrics
        ledger = Ledger(
            self._groups(wide),
            metrics,
            account_id="" if self.payer else self.caller.identity.account_id,
            names=self._names,
        )
        request = self._request(wide, metrics)
        try:
            if pieces:
                ledger.enter(self.caller.pages(request, pieces, progress))
        except SourceError as error:
            if metrics is GROSS or not NET_REFUSED.search(str(error)):
                raise
            self._metrics = GROSS
            return self._read(wide, pieces, progress)
        return ledger

    def _request(self, wide: CostQuery, metrics: Metrics) -> Request:
        only = "" if self.payer else self.caller.identity.account_id
        conditions = [self._by_id(condition) for condition in wide.where]
        wanted = filter_of(conditions, charges=wide.charges, account_id=only)
        request: Request = {
            "Granularity": "DAILY",
            "Metrics": [metrics.billed, metrics.effective],
            "GroupBy": [group_definition(group) for group in self._groups(wide)],
        }
        return request | ({"Filter": wanted} if wanted else {})

    @property
    def _names(self) -> dict[str, str]:
        identity = self.caller.identity
        return {identity.account_id: identity.account.name, **self.names}

    def _groups(self, wide: CostQuery) -> tuple[str, ...]:
        return groups_of(wide.group_by, account_known=not self.payer)

    def _is_futile(self, condition: Condition) -> bool:
        """Whether nothing here can meet `condition`."""
        if self.payer or condition.dimension not in ACCOUNT:
            return not condition.values
        identity = self.caller.identity
        by_id = condition.dimension == "SubAccountId"
        mine = identity.account_id if by_id else self._names[identity.account_id]
        return mine not in condition.values

    def _by_id(self, condition: Condition) -> Condition:
        """`condition` on accounts by their ids, which AWS can filter by."""
        if condition.dimension != "SubAccountName" or not condition.values:
            return condition
        ids = {name: account_id for account_id, name in self._names.items()}
        for name in condition.values:
            if name not in ids:
                dimension = condition.dimension
                why = f"{WHY_TWO}, and the id of {name} is not known beforehand"
                raise DimensionUnavailableError(
                    dimension, source=self.name, known=DIMENSIONS, why=why
                )
        known = tuple(ids[name] for name in condition.values if name)
        return Condition("SubAccountId", known)


def _history_notes(period: ChargePeriod, start: date) -> tuple[str, ...]:
    if period.start >= start:
        return ()
    return (f"Cost Explorer knows costs since {start}; earlier days are missing.",)
