"""Which files of an export are its newest delivery?

AWS writes a billing period again and again until it is closed. Where it keeps
the old ones, each delivery ("assembly") has a folder of its own below the one
of its billing period, and only the newest counts:

    20181001-20181031/<assembly id>/…             legacy CUR
    BILLING_PERIOD=2026-04/<time>-<execution>/…   Data Exports
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

PERIOD_FOLDER: Final = re.compile(
    r"\d{8}-\d{8}|billing_period=\d{4}-\d{2}.*", re.IGNORECASE
)
STARTS_WITH_TIME: Final = re.compile(r"\d{4}-?\d{2}-?\d{2}T")


def time_written(file: Path) -> float:
    """When `file` was written."""
    return file.stat().st_mtime


def newest(
    files: Iterable[Path], *, written: Callable[[Path], float] = time_written
) -> list[Path]:
    """`files` without those that a newer delivery of their period replaced."""
    kept: list[Path] = []
    deliveries: dict[Path, dict[str, list[Path]]] = defaultdict(dict)
    for file in files:
        period = period_folder(file)
        if period is None:
            kept.append(file)
        else:
            deliveries[period].setdefault(delivery_of(file, period), []).append(file)
    for period, found in deliveries.items():
        times = {name: max(map(written, found[name])) for name in found}
        kept += found[newest_delivery(period, times)]
    return sorted(kept)


def period_folder(file: Path) -> Path | None:
    """The folder of the billing period that `file` lies in, if it has one."""
    periods = [
        folder for folder in file.parents if PERIOD_FOLDER.fullmatch(folder.name)
    ]
    return periods[0] if periods else None


def delivery_of(file: Path, period: Path) -> str:
    """The delivery's folder below `period`; empty where there is none.

    A folder such as `account=123` divides a delivery and does not name one.
    """
    folders = file.relative_to(period).parts[:-1]
    return next((folder for folder in folders if "=" not in folder), "")


def newest_delivery(period: Path, written: Mapping[str, float]) -> str:
    """The delivery that the manifest names, else the one written last."""
    named = delivery_in_manifest(period)
    if named in written:
        return named
    if all(STARTS_WITH_TIME.match(name) for name in written):
        return max(written)
    return max(written, key=lambda name: (written[name], name))


def delivery_in_manifest(period: Path) -> str:
    """The assembly that a legacy manifest in `period` calls current, if any."""
    for manifest in sorted(period.glob("*Manifest.json")):
        try:
            contents = json.loads(manifest.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if isinstance(contents, dict) and "assemblyId" in contents:
            return str(contents["assemblyId"])
    return ""
