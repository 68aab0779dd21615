"""Costs from billing exports, wherever they lie: files, S3, a database.

Read through ibis, so that the same expressions run on DuckDB for files, and on
Athena, Spark and others for tables. FOCUS 1.x, CUR 2.0, the legacy CUR and
plain tables of costs per day are told apart by their columns.

Nothing imports this package before it is needed: ibis and DuckDB take longer
to load than `python -m finops --help` should take.
"""

from __future__ import annotations

from finops.sources.warehouse.opening import open_warehouse

__all__ = ["open_warehouse"]
