"""The usage of a bill by day and service, from the source that reads any bill."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.timed_answer import print_timed
from finops.focus import CostQuery
from finops.sources.warehouse import open_warehouse

TODAY: Final = date(2026, 5, 20)


def usage_by_service(location: str) -> pd.DataFrame:
    """The usage in the bill, by day and service, of its complete days."""
    source = open_warehouse(location, cache_dir=Path("unused"), today=TODAY)
    query = CostQuery(period=source.extent, group_by=("ServiceName",))
    return source.costs(query).table


if __name__ == "__main__":
    print_timed(usage_by_service, sys.argv[1])
