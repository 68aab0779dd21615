"""Which services the double answers for, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.double import athena, cost_explorer, organizations
from tests.double.shapes import service_model
from tests.double.world import World

Handler = Callable[[World, str, Mapping[str, Any]], dict[str, Any]]

COMPUTED: Final[Mapping[tuple[str, str], Handler]] = {
    ("ce", "GetCostAndUsage"): cost_explorer.get_cost_and_usage,
    ("ce", "GetTags"): cost_explorer.get_tags,
    ("ce", "GetDimensionValues"): cost_explorer.get_dimension_values,
    ("organizations", "ListAccounts"): organizations.list_accounts,
    ("athena", "StartQueryExecution"): athena.start_query_execution,
    ("athena", "GetQueryExecution"): athena.get_query_execution,
    ("athena", "GetQueryResults"): athena.get_query_results,
    ("athena", "GetTableMetadata"): athena.get_table_metadata,
}

NOT_MOTOS: Final = (
    "ce",
    "athena",
    "cost-optimization-hub",
    "compute-optimizer",
    "pricing",
    "freetier",
    "bcm-data-exports",
    "billing",
    "savingsplans",
)
"""Services that are computed here, or come as fixtures."""

TARGETS: Final = {
    service_model(service).metadata["targetPrefix"]: service
    for service in (*NOT_MOTOS, "organizations", "budgets")
    if "targetPrefix" in service_model(service).metadata
}
