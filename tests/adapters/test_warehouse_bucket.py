"""A bucket's export is copied once, and again where it has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from botocore.stub import Stubber
from moto.server import ThreadedMotoServer
from mypy_boto3_s3 import S3Client

from finops.errors import (
    ConfigurationError,
    CredentialsError,
    EmptySourceError,
    FinOpsError,
    PermissionDeniedError,
    SourceError,
    ThrottledError,
    UnreachableError,
)
from finops.sources import CostSource
from finops.sources.warehouse import open_warehouse
from tests.adapters.made_up_bills import (
    TODAY,
    Line,
    cur_line,
    total,
    write_csv,
    write_parquet,
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 on this machine."""
    moto = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    moto.start()
    _, port = moto.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    moto.stop()


@pytest.fixture
def s3(server: str, tmp_path: Path) -> S3Client:
    """A client of it, and a bucket of the test's own."""
    client = boto3.client("s3", endpoint_url=server)
    client.create_bucket(Bucket=bucket(tmp_path))
    return client


def bucket(tmp_path: Path) -> str:
    """The name of the bucket of a test."""
    return tmp_path.name.replace("_", "-").lower().strip("-")


def put(s3: S3Client, tmp_path: Path, key: str, lines: list[Line]) -> None:
    """Deliver a bill to the bucket."""
    write = write_parquet if key.endswith(".parquet") else write_csv
    file = write(tmp_path / "outbox" / Path(key).name, lines)
    s3.put_object(Bucket=bucket(tmp_path), Key=key, Body=file.read_bytes())


def opened(s3: S3Client, tmp_path: Path, prefix: str) -> CostSource:
    """The bill below `prefix`."""
    return open_warehouse(
        f"s3://{bucket(tmp_path)}/{prefix}",
        cache_dir=tmp_path / "cache",
        today=TODAY,
        s3=s3,
    )


def fetched(s3: S3Client) -> list[str]:
    """The keys that are fetched from now on, as they are."""
    keys: list[str] = []

    def remember(params: dict[str, Any], **_: object) -> None:
        keys.append(params["Key"])

    s3.meta.events.register("provide-client-params.s3.GetObject", remember)
    return keys


def test_a_bucket_is_read_like_a_folder(s3: S3Client, tmp_path: Path) -> None:
    put(
        s3,
        tmp_path,
        "exports/cur/data/BILLING_PERIOD=2026-04/1.parquet",
        [cur_line(1.0)],
    )
    put(
        s3,
        tmp_path,
        "exports/cur/data/BILLING_PERIOD=2026-05/1.csv.gz",
        [cur_line(2.0)],
    )
    put(s3, tmp_path, "exports/cur2/data/other.csv", [cur_line(4.0)])

    bill = opened(s3, tmp_path, "exports/cur")

    assert total(bill) == 3.0
    assert bill.name == f"s3://{bucket(tmp_path)}/exports/cur"


def test_a_single_object_may_be_named(s3: S3Client, tmp_path: Path) -> None:
    put(s3, tmp_path, "cur/a.csv", [cur_line(1.0)])
    put(s3, tmp_path, "cur/b.csv", [cur_line(2.0)])

    assert total(opened(s3, tmp_path, "cur/b.csv")) == 2.0


def test_only_what_is_new_or_changed_is_fetched(s3: S3Client, tmp_path: Path) -> None:
    put(s3, tmp_path, "cur/same.csv", [cur_line(1.0)])
    put(s3, tmp_path, "cur/changed.csv", [cur_line(2.0)])
    opened(s3, tmp_path, "cur")
    put(s3, tmp_path, "cur/changed.csv", [cur_line(20.0)])
    put(s3, tmp_path, "cur/new.csv", [cur_line(4.0)])
    keys = fetched(s3)

    bill = opened(s3, tmp_path, "cur/")

    assert sorted(keys) == ["cur/changed.csv", "cur/new.csv"]
    assert total(bill) == 25.0


def test_what_is_gone_from_the_bucket_is_gone_from_the_copy(
    s3: S3Client, tmp_path: Path
) -> None:
    put(s3, tmp_path, "cur/1.csv", [cur_line(1.0)])
    put(s3, tmp_path, "cur/2.csv", [cur_line(2.0)])
    opened(s3, tmp_path, "cur")
    s3.delete_object(Bucket=bucket(tmp_path), Key="cur/2.csv")

    assert total(opened(s3, tmp_path, "cur")) == 1.0


def test_a_copy_that_was_lost_is_fetched_again(s3: S3Client, tmp_path: Path) -> None:
    put(s3, tmp_path, "cur/1.csv", [cur_line(1.0)])
    opened(s3, tmp_path, "cur")
    [copy] = (tmp_path / "cache").rglob("1.csv")
    copy.unlink()

    assert total(opened(s3, tmp_path, "cur")) == 1.0


def test_assemblies_that_were_replaced_are_not_fetched(
    s3: S3Client, tmp_path: Path
) -> None:
    period = "cur/20260401-20260501"
    put(s3, tmp_path, f"{period}/bbbb/cur-1.csv.gz", [cur_line(1.0)])
    put(s3, tmp_path, f"{period}/aaaa/cur-1.csv.gz", [cur_line(2.0)])
    manifest = json.dumps({"assemblyId": "aaaa"}).encode()
    key = f"{period}/cur-Manifest.json"
    s3.put_object(Bucket=bucket(tmp_path), Key=key, Body=manifest)
    keys = fetched(s3)

    bill = opened(s3, tmp_path, "cur")

    assert total(bill) == 2.0
    assert sorted(keys) == [f"{period}/aaaa/cur-1.csv.gz", key]


def test_a_copy_keeps_the_time_of_its_delivery(s3: S3Client, tmp_path: Path) -> None:
    put(s3, tmp_path, "cur/1.csv", [cur_line(1.0)])
    head = s3.head_object(Bucket=bucket(tmp_path), Key="cur/1.csv")

    opened(s3, tmp_path, "cur")

    [copy] = (tmp_path / "cache").rglob("1.csv")
    assert copy.stat().st_mtime == head["LastModified"].timestamp()
    assert not list((tmp_path / "cache").rglob("*.part"))


def test_an_object_cannot_be_written_outside_of_the_cache(
    s3: S3Client, tmp_path: Path
) -> None:
    put(s3, tmp_path, "cur/../../evil.csv", [cur_line(1.0)])

    with pytest.raises(SourceError, match=r"has an object with the name"):
        opened(s3, tmp_path, "cur")

    assert not list(tmp_path.rglob("cache/**/evil.csv"))


def test_a_bucket_without_a_bill_says_so(s3: S3Client, tmp_path: Path) -> None:
    with pytest.raises(EmptySourceError, match=r"/cur holds no bill\."):
        opened(s3, tmp_path, "cur")


def test_a_bucket_that_is_not_there_says_so(s3: S3Client, tmp_path: Path) -> None:
    location = "s3://nobody-has-this/cur"

    with pytest.raises(SourceError, match=r"bucket does not exist") as raised:
        open_warehouse(location, cache_dir=tmp_path / "cache", today=TODAY, s3=s3)

    assert raised.value.hint


def test_an_address_without_a_bucket_says_so(s3: S3Client, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"names no bucket"):
        open_warehouse("s3:///cur", cache_dir=tmp_path, today=TODAY, s3=s3)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("AccessDenied", PermissionDeniedError),
        ("ExpiredToken", CredentialsError),
        ("SlowDown", ThrottledError),
    ],
)
def test_a_refusal_is_explained(
    s3: S3Client, tmp_path: Path, code: str, kind: type[FinOpsError]
) -> None:
    with Stubber(s3) as refusing:
        refusing.add_client_error("list_objects_v2", code, "no")
        with pytest.raises(kind) as raised:
            opened(s3, tmp_path, "cur")

    assert not (tmp_path / "cache").exists()
    if isinstance(raised.value, PermissionDeniedError):
        assert raised.value.action == "s3:ListBucket"


def test_an_object_that_may_not_be_read_names_the_permission(
    s3: S3Client, tmp_path: Path
) -> None:
    put(s3, tmp_path, "cur/1.csv", [cur_line(1.0)])

    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": "403"}}, "HeadObject")

    s3.meta.events.register("before-call.s3.HeadObject", refuse)

    with pytest.raises(PermissionDeniedError) as raised:
        opened(s3, tmp_path, "cur")

    assert raised.value.action == "s3:GetObject"


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (EndpointConnectionError(endpoint_url="http://x"), UnreachableError),
        (NoCredentialsError(), CredentialsError),
    ],
)
def test_a_way_that_is_closed_is_explained(
    s3: S3Client, tmp_path: Path, failure: Exception, kind: type[FinOpsError]
) -> None:
    def fail(**_: object) -> None:
        raise failure

    s3.meta.events.register("before-call.s3.ListObjectsV2", fail)

    with pytest.raises(kind) as raised:
        opened(s3, tmp_path, "cur")

    assert raised.value.hint
