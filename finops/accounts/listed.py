"""AWS_ACCOUNTS written as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from finops.accounts.account import Account
from finops.accounts.entries import check_account, known_profile
from finops.accounts.roles import OPTIONS, MalformedEntryError, account_with_role

KEYS = frozenset({"name", "profile", "role_arn", *OPTIONS})


def listed_accounts(
    text: str, *, profiles: Collection[str] | None
) -> Iterator[tuple[str, Account | MalformedEntryError | None]]:
    """Each object of the list, by its name, with its account or its fault."""
    try:
        listed = json.loads(text)
    except json.JSONDecodeError as error:
        msg = f"not valid JSON: {error.msg} at column {error.colno}"
        yield text[:30], MalformedEntryError(msg)
        return
    for entry in listed if isinstance(listed, list) else [listed]:
        name = str(entry.get("name", "?")) if isinstance(entry, dict) else "?"
        try:
            account = _account(entry, profiles)
        except MalformedEntryError as error:
            yield name, error
        else:
            yield name, account


def _account(entry: Any, profiles: Collection[str] | None) -> Account:
    if not isinstance(entry, dict):
        msg = "must be an object"
        raise MalformedEntryError(msg)
    if unknown := sorted(entry.keys() - KEYS):
        msg = f"unknown keys: {', '.join(unknown)}"
        raise MalformedEntryError(msg, f"one of {', '.join(sorted(KEYS))}")
    values = {key: _text(key, value) for key, value in entry.items()}
    name = values.pop("name", "")
    profile, arn = values.pop("profile", None), values.pop("role_arn", None)
    if (profile is None) == (arn is None):
        msg = "exactly one of profile, role_arn"
        raise MalformedEntryError(msg)
    if arn is not None:
        account = account_with_role(name, arn, values)
    elif values:
        msg = f"only a role has {', '.join(sorted(values))}"
        raise MalformedEntryError(msg)
    else:
        given = profile or ""
        account = Account(name=name or given, profile=known_profile(given, profiles))
    check_account(account, profiles=profiles)
    return account


def _text(key: str, value: object) -> str:
    if isinstance(value, str) or (key == "duration" and isinstance(value, int)):
        return str(value)
    msg = f"{key} must be text"
    raise MalformedEntryError(msg)
