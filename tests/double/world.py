"""What is the case in the double: time, accounts, line items, and what is broken."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

from tests.double.failures import AwsError, Fault, Rate, denied, expired
from tests.double.line_items import LineItems

RATE_EXCEEDED = "Rate limit exceeded"

MOTOS_ACCOUNT = "123456789012"
"""The account that moto takes every unknown access key to be of."""


@dataclass(frozen=True, slots=True)
class Member:
    """An account of the organization."""

    id: str
    name: str
    status: Literal["ACTIVE", "SUSPENDED", "PENDING_CLOSURE"] = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Call:
    """One request that reached the double."""

    service: str
    operation: str
    account: str


@dataclass
class World:
    """Everything that an answer depends on; change it between two requests.

    Attributes:
        now: The time by AWS's clock.
        payer: The account that sees the whole bill; others see themselves.
        names: What the bill calls an account.
        page_groups: How many groups fill a page of Cost Explorer.
        empty_pages: Whether an empty page with a token comes before the others.
        closed_until: Periods that end later are estimated.
        keys: The account behind an access key, for keys of profiles.
        roles: The external id that a role wants, by ARN; None wants none.
        strict_roles: Whether only `roles` can be assumed.
        members: The organization; None where there is none.
        denied: (service, account) pairs to refuse.
        net_refused: Accounts that may not see net costs.
        dead_keys: Access keys whose session has ended.
        fixtures: Ready answers, by service, operation and account (or None).
        checked: Whether answers are held against botocore's shapes; that takes
            longer than computing them.
        charged: How many requests Cost Explorer charged for: those it answered.
        over: Set at the end, so that nobody is kept waiting any longer.
    """

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    payer: str = MOTOS_ACCOUNT
    names: dict[str, str] = field(default_factory=dict)
    page_groups: int = 5000
    empty_pages: bool = False
    closed_until: date | None = None
    keys: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str | None] = field(default_factory=dict)
    strict_roles: bool = False
    members: list[Member] | None = None
    latency: float = 0.0
    denied: set[tuple[str, str]] = field(default_factory=set)
    net_refused: set[str] = field(default_factory=set)
    dead_keys: set[str] = field(default_factory=set)
    rates: dict[str, Rate] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    fixtures: dict[tuple[str, str, str | None], Mapping[str, Any] | AwsError] = field(
        default_factory=dict
    )
    calls: list[Call] = field(default_factory=list)
    items: LineItems = field(default_factory=LineItems)
    queries: dict[str, Any] = field(default_factory=dict)
    checked: bool = True
    charged: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self, code: str = "ThrottlingException", **how: Any) -> Fault:
        """Make the next matching requests go wrong."""
        fault = Fault(code, **how)
        self.faults.append(fault)
        return fault

    def charge(self) -> None:
        """Count a request that AWS puts on the bill."""
        with self._lock:
            self.charged += 1

    def requests(self, operation: str) -> int:
        """How often `operation` was asked."""
        return sum(call.operation == operation for call in self.calls)

    def admit(self, service: str, operation: str, account: str, key: str) -> Fault:
        """What is to go wrong with this request, once it has been counted.

        Raises:
            AwsError: If a rate limit, a dead key or a missing right refuses it.
        """
        with self._lock:
            self.calls.append(Call(service, operation, account))
            rate = self.rates.get(service)
            if rate and not rate.take(account):
                code = "LimitExceeded" if service == "ce" else "Throttling"
                raise AwsError(RATE_EXCEEDED, code=f"{code}Exception")
            fault = self._next_fault(service, operation, account)
        if key in self.dead_keys:
            raise expired(service)
        if (service, account) in self.denied:
            raise denied(service, operation, account)
        return fault

    def _next_fault(self, service: str, operation: str, account: str) -> Fault:
        for fault in self.faults:
            if fault.hits(service, operation, account):
                fault.times -= 1
                return fault
        return Fault(code="", times=0)
