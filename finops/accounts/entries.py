"""One entry of AWS_ACCOUNTS, as text."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from finops.accounts.account import Account
from finops.accounts.roles import MalformedEntryError, role_account

NAMED: Final = re.compile(r'((?:"(?:[^"]|"")*"|[^":])*):(.*)', re.DOTALL)
"""The name before the first colon that is not in quotes."""

ACCESS_KEY: Final = re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{12,}")

LONGEST_NAME: Final = 64
LONGEST_ECHO: Final = 80


def split_entries(text: str) -> list[str]:
    """The entries of `text`; those after the last comma only if not empty."""
    entries = [entry.strip() for entry in _pieces(text)]
    while entries and not entries[-1]:
        entries.pop()
    return entries


def account_of(
    entry: str,
    *,
    previous: str,
    profiles: Collection[str] | None,
    default_role: str,
    partition: str,
) -> Account:
    """The account that `entry` names.

    Raises:
        MalformedEntryError: If it cannot be understood.
    """
    name, source = _name_and_source(entry)
    if source.text.lower().startswith("arn:"):
        account = role_account(name, source.text)
    elif not source.quoted and re.fullmatch(r"\d{12}", source.text):
        account = _with_default_role(name, source.text, default_role, partition)
    else:
        account = _with_profile(name, source, profiles, previous)
    check_account(account, profiles=profiles)
    return account


def check_account(account: Account, *, profiles: Collection[str] | None) -> None:
    """Check what holds for an account however it was written.

    Raises:
        MalformedEntryError: If its name or the profile of `via` will not do.
    """
    if not account.name.isprintable() or len(account.name) > LONGEST_NAME:
        msg = "name must be 1-64 printable characters"
        raise MalformedEntryError(msg)
    if account.via and profiles is not None and account.via not in profiles:
        msg = f"via profile {account.via!r} not found"
        raise MalformedEntryError(msg)


def known_profile(
    profile: str, profiles: Collection[str] | None, *, hint: str = ""
) -> str | None:
    """`profile`, or None for `default`: the credentials that AWS finds.

    Raises:
        MalformedEntryError: If there is no such profile.
    """
    if profile == "default":
        return None
    if not profile.isprintable() or set(profile) & set("[]"):
        msg = "profile name has control characters or brackets"
        raise MalformedEntryError(msg)
    if profiles is not None and profile not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        msg = f"profile {profile!r} not found (known: {known})"
        raise MalformedEntryError(msg, hint)
    return profile


def echo(entry: str) -> str:
    """`entry` for a message: without its options and without keys."""
    if ACCESS_KEY.search(entry):
        return "not repeated here"
    return repr(entry.split("?", 1)[0][:LONGEST_ECHO])


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    quoted: bool


def _pieces(text: str) -> list[str]:
    pieces, quoted = [""], False
    for character in text:
        quoted ^= character == '"'
        if character in ",\n" and not quoted:
            pieces.append("")
        else:
            pieces[-1] += character
    return pieces


def _name_and_source(entry: str) -> tuple[str, _Source]:
    if not entry:
        msg = "empty entry"
        raise MalformedEntryError(msg, "two commas in a row?")
    if entry.count('"') % 2:
        msg = "unbalanced double quote"
        raise MalformedEntryError(msg)
    named = None if entry.startswith(("arn:", '"arn:')) else NAMED.fullmatch(entry)
    name = _unquoted(named[1]) if named else ""
    text = (named[2] if named else entry).strip()
    if named and not name:
        msg = "name before ':' is empty"
        raise MalformedEntryError(msg)
    if not text:
        msg = "nothing after ':'"
        raise MalformedEntryError(msg, "give a profile name or a role ARN")
    return name, _Source(_unquoted(text), quoted=text.startswith('"'))


def _unquoted(text: str) -> str:
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1].replace('""', '"') if quoted else text


def _with_default_role(
    name: str, account_id: str, default_role: str, partition: str
) -> Account:
    if not default_role:
        msg = "an account id needs AWS_ROLE_NAME"
        hint = "or write the full role ARN; quote it if it is a profile name"
        raise MalformedEntryError(msg, hint)
    arn = f"arn:{partition}:iam::{account_id}:role/{default_role.strip('/')}"
    return role_account(name, arn)


def _with_profile(
    name: str, source: _Source, profiles: Collection[str] | None, previous: str
) -> Account:
    if not source.quoted:
        _refuse_look_alikes(source.text)
    after_role = not name and "arn:" in previous
    hint = (
        "if the previous role name or path contains a comma, write it as %2C "
        "or use the JSON form"
    )
    profile = known_profile(source.text, profiles, hint=hint if after_role else "")
    return Account(name=name or source.text, profile=profile)


def _refuse_look_alikes(source: str) -> None:
    """Refuse what was meant to be something other than a profile."""
    if ACCESS_KEY.match(source):
        msg = "this is an access key id"
        raise MalformedEntryError(msg, "never put keys here; use a profile")
    if re.fullmatch(r"\d{9,13}", source):
        msg = f"{source!r} looks like an account id but is not 12 digits"
        raise MalformedEntryError(msg)
    if re.match(r"(aws[a-z-]*:)?iam::", source):
        msg = "role ARN without its 'arn:' prefix"
        raise MalformedEntryError(
            msg, "write name:arn:aws:iam::<12 digits>:role/<name>"
        )
    if ":" in source:
        msg = "too many ':'"
        hint = 'quote names that contain a colon: "a:b":profile'
        raise MalformedEntryError(msg, hint)
