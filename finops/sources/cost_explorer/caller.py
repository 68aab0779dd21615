"""Asking Cost Explorer as one account, page after page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from finops.aws.errors import well_formed
from finops.aws.identities import Identity
from finops.aws.pacing import Pacer
from finops.aws.parallel import Tell, in_parallel
from finops.aws.sessions import Sessions
from finops.errors import FinOpsError, SourceError
from finops.periods import ChargePeriod

if TYPE_CHECKING:
    from mypy_boto3_ce.type_defs import (
        GetCostAndUsageResponseTypeDef as Page,
    )

COSTS: Final = "ce:GetCostAndUsage"

TAGS: Final = "ce:GetTags"

Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, how fast, and what is told before each request.

    Attributes:
        on_request: Called before each paid request, in the thread that asks;
            what it raises stops the request.
    """

    identity: Identity
    sessions: Sessions
    on_request: Callable[[], None]
    pacer: Pacer = field(default_factory=Pacer)

    def pages(
        self, request: Request, periods: Sequence[ChargePeriod], tell: Tell
    ) -> Iterator[Page]:
        """Every page of the answer to `request`, its periods side by side."""
        if len(periods) == 1:
            yield from self._pages_of(request, periods[0], tell)
            return
        name = self.identity.account.name
        self.sessions.client("ce", self.identity.account)

        def tell_piece(account: str, state: str) -> None:
            tell(name, f"{state} {account}")

        tasks = {
            str(period): partial(self._list, request, period) for period in periods
        }
        for answer in in_parallel(tasks, tell=tell_piece).values():
            if isinstance(answer, FinOpsError):
                raise answer
            yield from answer

    def tag_keys(self, period: ChargePeriod) -> tuple[str, ...]:
        """The cost allocation tags in use; this is a paid request too."""
        self._pay()
        account = self.identity.account
        answer = self.sessions.ask(
            account,
            TAGS,
            lambda: self.sessions.client("ce", account).get_tags(
                TimePeriod=_time_period(period)
            ),
        )
        with well_formed(TAGS):
            return tuple(sorted(key for key in answer["Tags"] if key))

    def _list(self, request: Request, period: ChargePeriod, tell: Tell) -> list[Page]:
        return list(self._pages_of(request, period, tell))

    def _pages_of(
        self, request: Request, period: ChargePeriod, tell: Tell
    ) -> Iterator[Page]:
        request = {**request, "TimePeriod": _time_period(period)}
        number = 1
        while True:
            page = self._page(request)
            yield page
            token = page.get("NextPageToken")
            if not token:
                return
            if token == request.get("NextPageToken"):
                msg = f"AWS gave the same page of {COSTS} again and again."
                raise SourceError(msg, hint="Try again later.")
            request["NextPageToken"] = token
            number += 1
            tell(self.identity.account.name, f"reading page {number}")

    def _page(self, request: Request) -> Page:
        account = self.identity.account

        def ask() -> Page:
            ce = self.sessions.client("ce", account)
            page: Page = ce.get_cost_and_usage(**request)
            return page

        self._pay()
        return self.sessions.ask(account, COSTS, ask)

    def _pay(self) -> None:
        self.pacer.wait()
        self.on_request()


def _time_period(period: ChargePeriod) -> dict[str, str]:
    return {"Start": str(period.start), "End": str(period.end)}
