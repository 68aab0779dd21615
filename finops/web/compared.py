"""What moved against the like-for-like period before, where that is known."""

from __future__ import annotations

from finops.errors import PeriodUnavailableError
from finops.web.session import ask, workspace
from finops.workspace import Changes, Scope, Workspace


def compared(scope: Scope, *by: str) -> Changes | None:
    """What moved per combination of `by`; None where there is nothing to compare.

    That is where the source does not reach back so far, and where an account
    could be read on one side only.
    """
    if scope.period.before().start < workspace().extent.start:
        return None
    try:
        return ask(Workspace.changes, scope, *by)
    except PeriodUnavailableError:
        return None
