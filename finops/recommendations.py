"""What could be done to pay less, and how sure is that?"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final, Literal

Action = Literal[
    "Rightsize",
    "Stop",
    "Upgrade",
    "Delete",
    "ScaleIn",
    "MigrateToGraviton",
    "PurchaseSavingsPlans",
    "PurchaseReservedInstances",
    "Configure",
]
"""The actions of AWS Cost Optimization Hub, and `Configure` for what it does not
know: a setting of a resource that stays, such as a retention or a schedule."""

Risk = Literal["low", "medium", "high"]
"""What can go wrong for those who use the resource."""

Effort = Literal["quick_win", "moderate", "project"]
"""The Hub's VeryLow and Low are quick wins, its High and VeryHigh projects."""

Origin = Literal[
    "billing", "inventory", "cost_optimization_hub", "compute_optimizer", "export"
]
"""Where a recommendation comes from: the bill alone, a look into the account, one
of AWS's own services, or a file exported from AWS."""

PURCHASES: Final[frozenset[Action]] = frozenset(
    {"PurchaseSavingsPlans", "PurchaseReservedInstances"}
)
"""Actions that change what is paid, and not what runs."""

FINGERPRINT_LENGTH: Final = 16
"""Hexadecimal digits: two of a million recommendations alike is one in 10^7."""


NAMED_ARN: Final = re.compile(
    r"arn:[^:]+:(?:ec2:[^:]*:[^:]*:[^/:]+/|rds:[^:]*:[^:]*:db:|lambda:[^:]*:[^:]*:function:)"
    r"([^:]+).*"
)
"""The ARNs of what AWS mostly calls by its own id: `vol-1`, a database, a function."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact that speaks for a recommendation, as it is shown: `CPU`, `3 %`."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One change that would lower the bill, with what speaks for it.

    Attributes:
        kind: The check that found it, such as `ebs_gp3`.
        account: The account's name as it is shown.
        account_id: Twelve digits; None where the bill does not say.
        region: None where AWS bills the service globally, or is not known.
        resource_id: As the bill names it: `vol-1`, a bucket's name, else an ARN.
            None where it concerns the account as a whole.
        part: Which of a resource's costs it lowers where there are several, such
            as a database's `instance`, `storage`, `backups` and `support`; None
            for all of them. What lowers different parts does not overlap.
        estimated_monthly_savings: In `currency`, for 730 hours, or the month that
            storage is priced by; None where there is no price to work it out with. Negative where a change costs more.
        evidence: The rule, its figures, the formula, and the price's origin.
        facts: What a change needs to know, such as `("target_type", "t3.large")`.
    """

    kind: str
    action: Action
    title: str
    account: str
    account_id: str | None = None
    region: str | None = None
    service: str
    resource_id: str | None = None
    part: str | None = None
    estimated_monthly_savings: float | None
    currency: str = "USD"
    risk: Risk
    effort: Effort
    source: Origin
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same action on the same resource, whoever found it.

        What concerns no one resource is told apart by its kind.
        """
        what = plain_id(self.resource_id) if self.resource_id else self.kind
        where = self.account_id or self.account
        parts = (where, self.region or "", what, self.part or "", self.action)
        text = "\x1f".join(parts).encode()
        return hashlib.sha256(text).hexdigest()[:FINGERPRINT_LENGTH]


def plain_id(resource_id: str) -> str:
    """`resource_id` as its own service calls it: the bill has an ARN for some.

    >>> plain_id("arn:aws:ec2:us-east-1:111122223333:natgateway/nat-1")
    'nat-1'
    """
    found = NAMED_ARN.fullmatch(resource_id)
    return found[1] if found else resource_id
