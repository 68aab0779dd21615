"""Role ARNs and the options that may follow one."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from finops.accounts.account import Account

PARTITIONS: Final = (
    "aws",
    "aws-cn",
    "aws-us-gov",
    "aws-eusc",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
)

OPTIONS: Final = {
    "external_id": re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII),
    "via": re.compile(r".+"),
    "session_name": re.compile(r"[\w+=,.@-]{2,64}", re.ASCII),
    "region": re.compile(r"[a-z]{2}(-[a-z]+)+-\d"),
    "duration": re.compile(r"\d{1,5}", re.ASCII),
}
"""What may follow a role ARN, and how its value looks."""

SHORTEST_SESSION: Final = 900
LONGEST_SESSION: Final = 43200

PARTS_OF_AN_ARN: Final = 6

ROLE: Final = re.compile(r"role/([\x21-\x7e]+/)*(?P<name>[^/]*)")

ROLE_NAME: Final = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)

LONGEST_PATH: Final = 512


class MalformedEntryError(Exception):
    """What is wrong with one entry; the caller knows which."""

    def __init__(self, fact: str, hint: str = "") -> None:
        sentence = f"{fact} - {hint}" if hint else fact
        super().__init__(sentence if sentence.endswith("?") else f"{sentence}.")


def role_account(name: str, source: str) -> Account:
    """The account of `source`, a role ARN with or without options.

    Raises:
        MalformedEntryError: If it is not one.
    """
    arn, asks, options = source.partition("?")
    arn = unquote(arn)
    given = dict(_option(option) for option in options.split("&")) if asks else {}
    if asks and len(given) < len(options.split("&")):
        msg = "an option is given twice"
        raise MalformedEntryError(msg)
    return account_with_role(name, arn, given)


def account_with_role(name: str, arn: str, options: dict[str, str]) -> Account:
    """The account that the role of `arn` is in.

    Raises:
        MalformedEntryError: If the ARN or the value of an option will not do.
    """
    for key, value in options.items():
        if not OPTIONS[key].fullmatch(value):
            msg = f"bad value for option {key!r}"
            raise MalformedEntryError(msg)
    duration = int(options["duration"]) if "duration" in options else None
    if duration is not None and not SHORTEST_SESSION <= duration <= LONGEST_SESSION:
        msg = f"duration must be {SHORTEST_SESSION}..{LONGEST_SESSION} seconds"
        raise MalformedEntryError(msg)
    partition, account_id = _parts(arn)
    return Account(
        name=name or account_id,
        role_arn=arn,
        account_id=account_id,
        partition=partition,
        external_id=options.get("external_id"),
        via=options.get("via"),
        session_name=options.get("session_name"),
        region=options.get("region"),
        duration=duration,
    )


def _option(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    if key not in OPTIONS:
        msg = f"unknown option {key[:20]!r}"
        raise MalformedEntryError(msg, f"one of {', '.join(OPTIONS)}")
    return key, unquote(value)


def _parts(arn: str) -> tuple[str, str]:
    """The partition and the account id of a role ARN."""
    if not arn.startswith("arn:"):
        msg = "'arn' must be lower case"
        raise MalformedEntryError(msg)
    parts = arn.split(":", PARTS_OF_AN_ARN - 1)
    if len(parts) < PARTS_OF_AN_ARN:
        msg = f"incomplete ARN: {len(parts)} of {PARTS_OF_AN_ARN} ':'-separated parts"
        hint = "expected arn:aws:iam::<12 digits>:role/<name>"
        raise MalformedEntryError(msg, hint)
    _, partition, service, region, account_id, resource = parts
    if partition not in PARTITIONS:
        msg = f"unknown partition {partition!r}"
        raise MalformedEntryError(msg, f"one of {', '.join(PARTITIONS)}")
    _check_service(partition, service, account_id, resource)
    if region:
        msg = f"IAM ARNs have no region (found {region!r})"
        hint = "two colons between iam and the account id"
        raise MalformedEntryError(msg, hint)
    if not re.fullmatch(r"[0-9]{12}", account_id):
        msg = f"account id {account_id!r} is not 12 digits"
        raise MalformedEntryError(msg, "keep leading zeros")
    _check_resource(resource)
    return partition, account_id


def _check_service(
    partition: str, service: str, account_id: str, resource: str
) -> None:
    if service == "sts" and resource.startswith("assumed-role/"):
        role = f"arn:{partition}:iam::{account_id}:role/{resource.split('/')[1]}"
        msg = "this is an assumed-role session ARN, not a role"
        hint = f"use {role} (add the role's path if it has one)"
        raise MalformedEntryError(msg, hint)
    if service != "iam":
        msg = f"service is {service!r}, expected 'iam'"
        raise MalformedEntryError(msg)


def _check_resource(resource: str) -> None:
    if not resource.startswith("role/"):
        msg = f"resource {resource.split('/', maxsplit=1)[0]!r} is not a role"
        hint = "users, groups and policies can not be assumed"
        raise MalformedEntryError(msg, hint)
    role = ROLE.fullmatch(resource)
    if role is None or len(resource) > LONGEST_PATH:
        msg = "role path is not valid"
        raise MalformedEntryError(msg)
    name = role["name"]
    if not name:
        msg = "role name is empty (ARN ends with '/')"
        raise MalformedEntryError(msg)
    if not ROLE_NAME.fullmatch(name):
        msg = f"role name {name!r} is not valid"
        raise MalformedEntryError(msg, "1-64 of A-Z a-z 0-9 + = , . @ - _")
