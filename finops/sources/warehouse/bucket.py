"""How does a bucket's export come to this machine, and stay up to date?

Only objects that are new or changed are fetched. Each keeps the time at which
AWS delivered it, which tells the newest delivery of a billing period.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

import boto3
from filelock import FileLock

from finops.aws.errors import translated
from finops.errors import ConfigurationError, EmptySourceError, SourceError
from finops.sources.warehouse.deliveries import newest
from finops.sources.warehouse.locations import endings, is_bill

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectTypeDef

DOWNLOADS: Final = 8
"""How many objects are fetched at a time."""

INDEX: Final = ".fetched.json"
"""Lists what has been fetched: each key with its ETag and size."""

MANIFEST: Final = "Manifest.json"
"""How the names of the files end that say which delivery is current."""


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """A bucket, and where in it the export begins."""

    bucket: str
    prefix: str

    @classmethod
    def parse(cls, location: str) -> Self:
        """The address in s3://bucket/prefix.

        Raises:
            ConfigurationError: If it names no bucket.
        """
        url = urlsplit(location)
        if not url.netloc:
            msg = f"{location} names no bucket."
            raise ConfigurationError(msg, hint="Write s3://bucket/prefix.")
        return cls(url.netloc, url.path.lstrip("/"))


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """An object of the bucket, and where its copy belongs."""

    key: str
    version: tuple[str, int]
    delivered: float
    copy: Path


def synced(
    address: BucketAddress, *, cache_dir: Path, s3: S3Client | None = None
) -> Path:
    """Where the copy of the bills at `address` is, once it is up to date.

    Of billing periods that were delivered again, only the newest is copied.

    Raises:
        SourceError: If the bucket cannot be read, or has no bills there.
    """
    folder = (cache_dir / "s3" / address.bucket).absolute()
    with translated("s3:ListBucket"):
        client = s3 or boto3.client("s3")
        found = list(listed(client, address))
    files = {file.copy: file for file in (remote_file(each, folder) for each in found)}
    bills = [copy for copy in files if is_bill(copy.name)]
    if not bills:
        msg = f"s3://{address.bucket}/{address.prefix} holds no bill."
        raise EmptySourceError(msg, hint=f"Bills end in {endings()}.")
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        manifests = [copy for copy in files if copy.name.endswith(MANIFEST)]
        fetch(client, address, [files[copy] for copy in manifests], folder)
        kept = newest(bills, written=lambda copy: files[copy].delivered)
        fetch(client, address, [files[copy] for copy in kept], folder)
        remove_all_but(kept, below=folder / address.prefix)
    return folder / address.prefix


def listed(client: S3Client, address: BucketAddress) -> Iterator[ObjectTypeDef]:
    """The bills and manifests at `address`."""
    pages = client.get_paginator("list_objects_v2")
    below = address.prefix.rstrip("/") + "/" if address.prefix else ""
    for page in pages.paginate(Bucket=address.bucket, Prefix=address.prefix):
        for found in page.get("Contents", []):
            key = found["Key"]
            inside = key == address.prefix or key.startswith(below)
            if inside and (is_bill(PurePosixPath(key).name) or key.endswith(MANIFEST)):
                yield found


def remote_file(found: ObjectTypeDef, folder: Path) -> RemoteFile:
    """An object of the bucket, and where below `folder` it is copied to."""
    return RemoteFile(
        found["Key"],
        (found["ETag"], found["Size"]),
        found["LastModified"].timestamp(),
        copy_of(found["Key"], folder),
    )


def copy_of(key: str, folder: Path) -> Path:
    """Where below `folder` the object `key` is copied to."""
    parts = PurePosixPath(key).parts
    if ".." in parts or key.startswith("/"):
        msg = f"The bucket has an object with the name {key!r}."
        raise SourceError(msg, hint="Take it away: it points outside of the export.")
    return folder.joinpath(*parts)


def fetch(
    client: S3Client,
    address: BucketAddress,
    files: Sequence[RemoteFile],
    folder: Path,
) -> None:
    """Copy those of `files` that are new or changed."""
    index = folder / INDEX
    have = json.loads(index.read_text()) if index.exists() else {}

    def copy(file: RemoteFile) -> None:
        file.copy.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.copy.with_name(file.copy.name + ".part")
        client.download_file(address.bucket, file.key, str(unfinished))
        os.utime(unfinished, (file.delivered, file.delivered))
        unfinished.replace(file.copy)
        have[file.key] = list(file.version)

    changed = [
        file
        for file in files
        if have.get(file.key) != list(file.version) or not file.copy.exists()
    ]
    try:
        with (
            translated("s3:GetObject"),
            ThreadPoolExecutor(DOWNLOADS) as pool,
        ):
            list(pool.map(copy, changed))
    finally:
        unfinished = index.with_suffix(".part")
        unfinished.write_text(json.dumps(have))
        unfinished.replace(index)


def remove_all_but(kept: Collection[Path], *, below: Path) -> None:
    """Remove the copies of bills that the bucket no longer counts."""
    for copy in below.rglob("*"):
        if is_bill(copy.name) and copy not in kept:
            copy.unlink()
