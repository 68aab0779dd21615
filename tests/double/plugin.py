"""The fixture with which a test has AWS at hand.

A folder whose tests want it imports it in its `conftest.py`:

    from tests.double.plugin import aws

    __all__ = ["aws"]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import boto3
import pytest

from tests.double.company import role_arn
from tests.double.server import running
from tests.double.world import World

NOW: Final = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Aws:
    """A world, and the address at which it answers."""

    world: World
    url: str

    def client(self, service: str, *, account: str = "") -> Any:
        """A boto3 client of the payer, or of `account` by its role."""
        session = boto3.Session()
        if not account:
            return session.client(service)  # type: ignore[call-overload]  # any service
        role = session.client("sts").assume_role(
            RoleArn=role_arn(account), RoleSessionName="test"
        )
        keys = role["Credentials"]
        return session.client(  # type: ignore[call-overload]  # any service
            service,
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
        )


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    """AWS on loopback, on 23 November 2026, with nothing on the bill."""
    with running(world := World(now=NOW)) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        yield Aws(world, url)
    world.items.close()
