"""What AWS accounts cost, asked of the Cost Explorer API."""

from __future__ import annotations

from finops.sources.cost_explorer.account_costs import AccountCosts
from finops.sources.cost_explorer.caller import Caller
from finops.sources.cost_explorer.opening import open_cost_explorer

__all__ = ["AccountCosts", "Caller", "open_cost_explorer"]
