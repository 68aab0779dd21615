"""Will the money last: each budget against the month, and the next 30 days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from finops.analysis.budgeting import Outlook, outlook
from finops.budgets import Budget
from finops.errors import ConfigurationError
from finops.focus import TAG_PREFIX, Condition
from finops.services import same_service
from finops.settings import Settings
from finops.sources import Progress, in_silence
from finops.workspace.ahead import Ahead
from finops.workspace.forecasts import (
    SERVICE,
    forecast,
    history_of,
)
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

FEW: Final = 5
"""How many names are told of those that there are."""

ACCOUNT_ID: Final = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True, eq=False)
class BudgetStanding:
    """A budget, and whether it holds."""

    budget: Budget
    ahead: Ahead

    @property
    def next_30_days(self) -> Outlook:
        """Whether the next 30 days stay within it."""
        return outlook(self.ahead.next_30_days, self.budget.limit)

    @property
    def month_end(self) -> Outlook:
        """Whether the calendar month stays within it."""
        return outlook(self.ahead.month, self.budget.limit)


def budgets_of(settings: Settings) -> tuple[Budget, ...]:
    """The budgets that are set; the demo company's own where it is the source."""
    if settings.budgets or settings.kind != "demo":
        return settings.budgets
    from finops.sources.demo.story import BUDGETS  # noqa: PLC0415 - loads pandas

    return BUDGETS


def budget_standing(
    space: Workspace,
    scope: Scope,
    budget: Budget,
    *,
    progress: Progress = in_silence,
) -> BudgetStanding:
    """Whether `budget` holds.

    Args:
        space: Whose costs they are.
        scope: How costs are counted; its period and conditions do not matter.
        budget: What they may be in a month.
        progress: Is told how far each account has got.

    Raises:
        ConfigurationError: If the budget is for what the bill does not know, or in
            another currency.
    """
    part = budget_scope(space, scope, budget, progress=progress)
    ahead = forecast(space, part, progress=progress)
    require_currency(budget, ahead.currency)
    return BudgetStanding(budget, ahead)


def budget_for(budgets: Sequence[Budget], scope: Scope) -> Budget | None:
    """The budget for exactly what `scope` counts; None where there is none."""
    for budget in budgets:
        if budget.kind == "whole" and not scope.where:
            return budget
        if len(scope.where) == 1 and _is_for(budget, scope.where[0]):
            return budget
    return None


def require_currency(budget: Budget, currency: str) -> None:
    """Check that `budget` is in the currency of the bill.

    Raises:
        ConfigurationError: If it is not.
    """
    if budget.currency not in (None, currency):
        msg = f"The budget for {budget.label} is in {budget.currency}, the bill in {currency}."
        raise ConfigurationError(msg, hint=f"Write the budget in {currency}.")


def budget_scope(
    space: Workspace,
    scope: Scope,
    budget: Budget,
    *,
    progress: Progress = in_silence,
) -> Scope:
    """The costs that `budget` is for.

    Raises:
        ConfigurationError: If the bill does not know them.
        DimensionUnavailableError: If the source cannot tell them from others.
    """
    within = replace(scope, period=history_of(space), where=())
    if budget.kind == "whole":
        return within
    dimension = _dimension(space, budget)
    found = space.cost_by(within, dimension, progress=progress).table[dimension]
    values = [value if isinstance(value, str) else None for value in found]
    meant = [value for value in values if _means(budget, value)]
    if not meant:
        msg = f"There is a budget for {budget.label}, but no cost of that name."
        names = [value for value in values if value][:FEW]
        known = f" The bill has {', '.join(names)}." if names else ""
        raise ConfigurationError(msg, hint=f"Check how it is spelled.{known}")
    return within.narrowed(dimension, *meant)


def _is_for(budget: Budget, condition: Condition) -> bool:
    kinds = {"account": ("SubAccountName", "SubAccountId"), "service": (SERVICE,)}
    dimensions = kinds.get(budget.kind, (TAG_PREFIX + budget.key,))
    return (
        budget.kind != "whole"
        and condition.dimension in dimensions
        and len(condition.values) == 1
        and _means(budget, condition.values[0])
    )


def _dimension(space: Workspace, budget: Budget) -> str:
    match budget.kind:
        case "tag":
            return TAG_PREFIX + budget.key
        case "service":
            return SERVICE
        case _:
            known = space.source.dimensions
            by_id = ACCOUNT_ID.fullmatch(budget.name) or "SubAccountName" not in known
            return "SubAccountId" if by_id else "SubAccountName"


def _means(budget: Budget, value: str | None) -> bool:
    """Whether the budget's name stands for `value`."""
    if value is None or budget.kind == "tag":
        return budget.name == (value or "")
    if budget.kind == "service":
        return same_service(budget.name, value)
    return budget.name.casefold() == value.casefold()
