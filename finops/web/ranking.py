"""The order of accounts and services that gives them their colours."""

from __future__ import annotations

from finops.analysis.allocation import cost_by
from finops.analysis.cost_table import with_null_columns
from finops.web import session
from finops.web.days import ACCOUNT, SERVICE, labelled
from finops.workspace import Scope, Workspace


def ranking(column: str | None) -> tuple[str, ...]:
    """The names in `column`, by what they cost in the default view.

    It is the same on all pages and for all filters, so that the same service
    has the same colour everywhere. Empty for other columns than accounts and
    services, which are ranked within each chart.
    """
    return session.keep(("ranking", column), lambda: _ranking(column))


def _ranking(column: str | None) -> tuple[str, ...]:
    space = session.workspace()
    if column not in (ACCOUNT, SERVICE):
        return ()
    scope = Scope(period=space.period(), metric=session.settings().metric)
    costs = session.ask(Workspace.accounts_summary, scope).costs
    table = with_null_columns(labelled(costs.table), [SERVICE])
    totals = cost_by(table, [column], scope.metric)
    return tuple(str(name) for name in totals.index if isinstance(name, str))
