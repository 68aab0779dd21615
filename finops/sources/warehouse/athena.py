"""How is Athena reached: athena://billing?table=cur&region_name=eu-west-1?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult

import ibis
from pyathena.arrow.cursor import ArrowCursor

from finops.sources.warehouse.bills import Value

POLL_SECONDS: Final = 0.5
"""How long to wait before asking again whether a query has ended."""


class RowsCursor(ArrowCursor):
    """A cursor that takes rows where ibis would have files written.

    ibis wraps each query in UNLOAD, which needs a folder of S3 to write to;
    without one the workgroup decides where results go.
    """

    def __init__(self, *, unload: bool = False, **options: Any) -> None:
        del unload
        super().__init__(unload=False, **options)


def connect(url: SplitResult, options: Mapping[str, str]) -> Value:
    """Athena, as ibis speaks to it.

    The host is the schema, which ibis would not look at; further options are
    those of `ibis.athena.connect`.
    """
    schema = url.netloc or url.path.strip("/")
    poll = float(options.get("poll_interval", POLL_SECONDS))
    plain: dict[str, object] = {**options, "poll_interval": poll}
    if schema:
        plain.setdefault("schema_name", schema)
    if "s3_staging_dir" not in options:
        plain |= {"s3_staging_dir": "", "cursor_class": RowsCursor}
        plain.setdefault("work_group", "primary")
    return ibis.athena.connect(**plain)
