"""From a location to a source: the one way into this package."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finops.sources import CostSource
from finops.sources.warehouse.bills import Bill
from finops.sources.warehouse.complaints import explained
from finops.sources.warehouse.copies import without_copies
from finops.sources.warehouse.deliveries import newest
from finops.sources.warehouse.engines import TableAddress, table_at
from finops.sources.warehouse.formats import format_of
from finops.sources.warehouse.locations import files_at
from finops.sources.warehouse.parts import Part
from finops.sources.warehouse.reading import FORMATS, connect, parts_of
from finops.sources.warehouse.source import WarehouseSource

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def open_warehouse(
    location: str, *, cache_dir: Path, today: date, s3: S3Client | None = None
) -> CostSource:
    """The bill at `location`, ready to answer.

    Attributes:
        location: A file, a pattern or a folder of CSV and Parquet files, an
            s3://bucket/prefix of such, or an ibis URL with `?table=`.
        cache_dir: Where the objects of a bucket are copied to.
        today: The current day, which is not complete.
        s3: The client for s3:// locations; boto3's own unless given.

    Raises:
        ConfigurationError: If there is nothing at `location`.
        SourceError: If what is there is not a bill, or cannot be read.
    """
    if location.startswith("s3://"):
        return open_bucket(location, cache_dir=cache_dir, today=today, s3=s3)
    if "://" in location:
        return open_table(location, today=today)
    return open_files(location, Path(location).name, cache_dir, today)


def open_files(
    location: str, name: str, cache_dir: Path, today: date
) -> WarehouseSource:
    """The bill in the files at `location`."""
    files = without_copies(newest(files_at(location)))
    with explained(name):
        database = connect(spill=cache_dir / "duckdb")
        return WarehouseSource(name, tuple(parts_of(files, database=database)), today)


def open_bucket(
    location: str, *, cache_dir: Path, today: date, s3: S3Client | None
) -> WarehouseSource:
    """The bill in a bucket, from a copy that is brought up to date first."""
    # boto3 takes longer to load than the rest, and files do without it.
    from finops.sources.warehouse.bucket import (  # noqa: PLC0415
        BucketAddress,
        synced,
    )

    address = BucketAddress.parse(location)
    folder = synced(address, cache_dir=cache_dir, s3=s3)
    return open_files(str(folder), location, cache_dir, today)


def open_table(location: str, *, today: date) -> WarehouseSource:
    """The bill in a table of a database."""
    address = TableAddress.parse(location)
    with explained(address.name):
        lines = table_at(address)
    found = format_of(lines.columns, source=address.name, formats=FORMATS)
    return WarehouseSource(address.name, (Part(found, Bill.of(lines)),), today)
