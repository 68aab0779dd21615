"""Everything that can go wrong, as a family of exceptions.

Each message states the fact in one sentence; each hint states the remedy.

* FinOpsError
  x ConfigurationError         a setting has a value we cannot use
  x SourceError                a cost source could not answer
    + CredentialsError         AWS does not know who we are
    + PermissionDeniedError    AWS knows who we are and says no
    + ThrottledError           AWS asks us to slow down, again and again
    + UnreachableError         no answer in time, or no network
    + MalformedTableError      the answer is not a cost table
    + EmptySourceError         the source holds no charges at all
  x SpendingLimitError         the next paid request would pass the daily limit
  x DimensionUnavailableError  the source cannot group by what was asked
  x MetricUnavailableError     the source does not know this kind of cost
  x PeriodUnavailableError     the source knows nothing of the days asked for
  x MixedCurrenciesError       a total would add two currencies
  x InsufficientHistoryError   the analysis needs more days
  x TrackerError               the savings tracker refuses what was asked of it
    + TrackerFileError         its file cannot be used
  x ClaudeError                Claude gave no answer that can be used
  x RemediationError           a change cannot be written down safely
    + FactsError               a fact it needs is missing, or malformed
    + UnwritableNameError      a name that Terraform would not keep as it is
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self


class FinOpsError(Exception):
    """Base class: a problem to explain to the user, never a bug.

    Attributes:
        code: A stable word for programs that read our JSON.
        hint: What the user can do about it.
    """

    code: ClassVar[str] = "failed"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ConfigurationError(FinOpsError):
    """A setting has a value we cannot use."""

    code = "configuration"


class SourceError(FinOpsError):
    """A cost source could not answer."""

    code = "source_failed"


class CredentialsError(SourceError):
    """AWS does not know who we are: no credentials, or expired ones."""

    code = "credentials"


class PermissionDeniedError(SourceError):
    """AWS knows who we are and refuses; `action` is the IAM action to grant."""

    code = "denied"

    def __init__(self, action: str, message: str = "", *, hint: str = "") -> None:
        super().__init__(
            message or f"AWS denied {action}.",
            hint=hint or f"Add {action} to the role that this account is read with.",
        )
        self.action = action


class ThrottledError(SourceError):
    """AWS kept asking us to slow down until the retries were used up."""

    code = "throttled"


class UnreachableError(SourceError):
    """No answer in time, or no way to the network."""

    code = "unreachable"


class MalformedTableError(SourceError):
    """A source returned something that is not a cost table."""

    code = "malformed"


class EmptySourceError(SourceError):
    """A source holds no charges at all."""

    code = "empty"


class SpendingLimitError(FinOpsError):
    """The next paid requests would pass the daily limit."""

    code = "spending_limit"


class DimensionUnavailableError(FinOpsError):
    """A source cannot group by what was asked."""

    code = "dimension_unavailable"

    def __init__(
        self, dimension: str, *, source: str, known: Sequence[str], why: str = ""
    ) -> None:
        reason = f": {why}" if why else ""
        super().__init__(
            f"{source} cannot group by {dimension}{reason}.",
            hint=f"It can group by {', '.join(known)}.",
        )
        self.dimension = dimension


class MetricUnavailableError(FinOpsError):
    """A source does not know this kind of cost."""

    code = "metric_unavailable"


class PeriodUnavailableError(FinOpsError):
    """A source does not know the days that were asked for."""

    code = "period_unavailable"


class MixedCurrenciesError(FinOpsError):
    """A total would add amounts of two currencies."""

    code = "mixed_currencies"

    def __init__(self, currencies: Sequence[str]) -> None:
        super().__init__(
            f"These costs are in {' and '.join(currencies)}, which cannot be added.",
            hint=f"Look at one currency: --where BillingCurrency={currencies[0]}.",
        )


class InsufficientHistoryError(FinOpsError):
    """An analysis needs more days of cost than it was given."""

    code = "insufficient_history"

    def __init__(self, *, needed: int, found: int) -> None:
        wanted = "1 day of cost is" if needed == 1 else f"{needed} days of cost are"
        super().__init__(
            f"{wanted} needed; found {found}.",
            hint="Choose a longer period, or a larger part of the bill.",
        )


class TrackerError(FinOpsError):
    """The savings tracker refuses what was asked of it."""

    code = "tracker"


class TrackerFileError(TrackerError):
    """The savings tracker's file cannot be used."""

    code = "tracker_file"


class ClaudeError(FinOpsError):
    """Claude gave no answer that can be used.

    Attributes:
        cause: A word for what went wrong, such as `overloaded`.
        retry_after: After how many seconds to ask again, where Claude said so.
    """

    code = "claude"

    def __init__(
        self,
        message: str,
        *,
        cause: str,
        hint: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.cause = cause
        self.retry_after = retry_after


class RemediationError(FinOpsError):
    """A change cannot be written down safely."""

    code = "remediation"


class FactsError(RemediationError):
    """A fact that a change needs is missing, or is not what it should be."""

    code = "facts"


class UnwritableNameError(RemediationError):
    """A name that Terraform, or a shell, would not keep as it is."""

    code = "unwritable_name"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why part of an answer is missing: an account that could not be read.

    Attributes:
        account: The account's name as configured; empty when it concerns all.
        code: The stable word of the error's class.
        message: The fact, in one sentence.
        hint: The remedy.
    """

    account: str
    code: str
    message: str
    hint: str = ""

    @classmethod
    def of(cls, error: FinOpsError, *, account: str = "") -> Self:
        """`error` as something to show beside what could be answered."""
        return cls(account, error.code, str(error), error.hint)

    def __str__(self) -> str:
        named = f"{self.account}: " if self.account else ""
        return f"{named}{self.message} {self.hint}".strip()
