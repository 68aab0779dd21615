"""The way in to each account: clients that any thread may use.

A session of botocore is not safe to share between threads and slow to warm
up; its clients are safe and cheap. So there is one session for each profile,
clients are made under its lock, and an assumed role is only other keys.
"""

from __future__ import annotations

import platform
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError, UnknownRegionError
from botocore.loaders import create_loader

from finops.accounts import Account
from finops.aws.errors import translated, well_formed
from finops.aws.parallel import WORKERS
from finops.aws.profiles import refuse_mfa
from finops.aws.refusals import EXPIRED, error_code

Answer = TypeVar("Answer")

CONFIG: Final = Config(
    retries={"mode": "standard", "total_max_attempts": 4},
    connect_timeout=3,
    read_timeout=10,
    max_pool_connections=WORKERS,
)
"""The older mode, which AWS_RETRY_MODE may choose, never retries Cost Explorer's
LimitExceededException."""

HOUR: Final = 3600
"""What a role chained from another may last at most."""

HOME_REGIONS: Final = {
    "aws": "us-east-1",
    "aws-cn": "cn-northwest-1",
    "aws-us-gov": "us-gov-west-1",
    "aws-eusc": "eusc-de-east-1",
    "aws-iso": "us-iso-east-1",
    "aws-iso-b": "us-isob-east-1",
    "aws-iso-e": "eu-isoe-west-1",
    "aws-iso-f": "us-isof-south-1",
}
"""Where each partition answers for billing."""

NOT_IN_SESSION_NAME: Final = re.compile(r"[^\w+=,.@-]", re.ASCII)

LONGEST_SESSION_NAME: Final = 64


class Sessions:
    """Clients of every account, made once and shared between threads."""

    def __init__(self, *, config: Config = CONFIG, host: str = "") -> None:
        self._config = config
        name = NOT_IN_SESSION_NAME.sub("-", f"finops-{host or platform.node()}")
        self._session_name = name[:LONGEST_SESSION_NAME]
        self._loader = create_loader()
        self._lock = threading.Lock()
        self._doors: dict[str | None, _Door] = {}
        self._keys: dict[Account, Mapping[str, str]] = {}
        self._clients: dict[tuple[Account, str, str], Any] = {}

    @property
    def profiles(self) -> frozenset[str]:
        """The names of the profiles in the AWS configuration."""
        with translated("sts:GetCallerIdentity"):
            return frozenset(self._door(None).session.available_profiles)

    def client(self, service: str, account: Account, *, region: str = "") -> Any:
        """The client of `service` with which `account` is read.

        Without a `region` it asks where the account's partition is billed.

        Raises:
            CredentialsError: If AWS cannot know who we are.
            PermissionDeniedError: If the account's role may not be assumed.
        """
        client = self._clients.get((account, service, region))
        if client is None:
            client = self._open(service, account, region)
            with self._lock:
                self._clients[account, service, region] = client
        return client

    def ask(self, account: Account, action: str, call: Callable[[], Answer]) -> Answer:
        """What `call` answers; if the session ends meanwhile, by a fresh one.

        `call` takes its client from `client`: the second try has another.
        """
        with translated(action, profile=account.profile or account.via or ""):
            try:
                return call()
            except ClientError as error:
                if error_code(error) not in EXPIRED:
                    raise
                self.forget(account)
                return call()

    def forget(self, account: Account) -> None:
        """Let the next client of `account` have fresh credentials."""
        with self._lock:
            self._keys.pop(account, None)
            if not account.role_arn:
                self._doors.pop(account.profile, None)
            for key in [key for key in self._clients if key[0] == account]:
                del self._clients[key]

    def _open(self, service: str, account: Account, region: str) -> Any:
        door = self._door(account.via if account.role_arn else account.profile)
        keys = self._role_keys(account, door) if account.role_arn else {}
        with translated(service, profile=account.profile or account.via or ""):
            where = region or _region(account, door)
            return door.client(service, where, self._config, keys)

    def _role_keys(self, account: Account, door: _Door) -> Mapping[str, str]:
        """The temporary keys of the account's role."""
        keys = self._keys.get(account)
        if keys is not None:
            return keys
        request = {
            "RoleArn": account.role_arn,
            "RoleSessionName": account.session_name or self._session_name,
            "DurationSeconds": account.duration or HOUR,
        }
        if account.external_id:
            request["ExternalId"] = account.external_id
        with translated("sts:AssumeRole", profile=account.via or ""):
            sts = door.client("sts", _region(account, door), self._config, {})
            answer = sts.assume_role(**request)
        with well_formed("sts:AssumeRole"):
            given = answer["Credentials"]
            keys = {
                "aws_access_key_id": given["AccessKeyId"],
                "aws_secret_access_key": given["SecretAccessKey"],
                "aws_session_token": given["SessionToken"],
            }
        self._keys[account] = keys
        return keys

    def _door(self, profile: str | None) -> _Door:
        with self._lock:
            if profile not in self._doors:
                # Naming a profile, even `default`, switches off the keys in
                # the environment; so None stays without a name.
                session = botocore.session.Session(profile=profile)
                session.register_component("data_loader", self._loader)
                self._doors[profile] = _Door(session)
            return self._doors[profile]


@dataclass(frozen=True, slots=True)
class _Door:
    """A session, the lock under which it makes clients, and those it shares."""

    session: botocore.session.Session
    lock: threading.Lock = field(default_factory=threading.Lock)
    shared: dict[tuple[str, str], Any] = field(default_factory=dict)

    def client(
        self, service: str, region: str, config: Config, keys: Mapping[str, str]
    ) -> Any:
        """A client of `service`; only one with keys of its own is not shared."""
        with self.lock:
            if not self.shared:
                refuse_mfa(self.session)
            if keys:
                return self._new(service, region, config, keys)
            if (service, region) not in self.shared:
                client = self._new(service, region, config, keys)
                self.shared[service, region] = client
            return self.shared[service, region]

    def _new(
        self, service: str, region: str, config: Config, keys: Mapping[str, Any]
    ) -> Any:
        return self.session.create_client(
            service, region_name=region, config=config, **keys
        )


def _region(account: Account, door: _Door) -> str:
    if account.region:
        return account.region
    if account.role_arn:
        return HOME_REGIONS[account.partition]
    configured = door.session.get_config_variable("region")
    if account.profile:
        # AWS_DEFAULT_REGION would win, though it was not set for this profile.
        configured = door.session.get_scoped_config().get("region", configured)
    try:
        partition = door.session.get_partition_for_region(configured or "us-east-1")
    except UnknownRegionError:
        partition = "aws"
    return HOME_REGIONS[partition]
