"""Which AWS accounts to read, and the way in to each: AWS_ACCOUNTS.

    accounts := entry ( ("," | newline) entry )* [","]
    entry    := [ name ":" ] source             an entry "#..." is a comment
    source   := "default"                       the credentials that AWS finds
              | profile                         of ~/.aws/config
              | account id                      12 digits, with AWS_ROLE_NAME
              | role ARN [ "?" key "=" value ( "&" key "=" value )* ]

A name or profile may stand in double quotes, in which `,`, `:` and `?` are
plain. The keys are external_id, via (the profile that assumes the role),
session_name, region and duration; `%2C` stands for a comma. A value that
starts with `[` or `{` is JSON: objects with name, profile or role_arn, and
the same keys. Nothing at all is `default:default`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from finops.accounts.account import Account
from finops.accounts.entries import account_of, echo, split_entries
from finops.accounts.listed import listed_accounts
from finops.accounts.roles import MalformedEntryError
from finops.errors import ConfigurationError

__all__ = ["Account", "AccountList", "parse_accounts", "read_accounts"]


@dataclass(frozen=True, slots=True)
class AccountList:
    """The accounts that could be understood, and a sentence for each other."""

    accounts: tuple[Account, ...]
    problems: tuple[str, ...]


def parse_accounts(
    text: str,
    *,
    profiles: Collection[str] | None = None,
    default_role: str = "",
    partition: str = "aws",
) -> tuple[Account, ...]:
    """The accounts that `text` lists, in order.

    Args:
        text: The value of AWS_ACCOUNTS.
        profiles: The profiles that exist; None does not check them.
        default_role: The role to assume where only an account id is given.
        partition: The partition of those accounts.

    Raises:
        ConfigurationError: If an entry is malformed; it names every one.
    """
    found = read_accounts(
        text, profiles=profiles, default_role=default_role, partition=partition
    )
    if found.problems:
        raise ConfigurationError(
            "\n".join(found.problems),
            hint="Mend AWS_ACCOUNTS; .env.example shows every form.",
        )
    return found.accounts


def read_accounts(
    text: str,
    *,
    profiles: Collection[str] | None = None,
    default_role: str = "",
    partition: str = "aws",
) -> AccountList:
    """The accounts in `text` that can be used, and why the others cannot."""
    if not text.strip():
        return AccountList((Account(name="default"),), ())
    if text.lstrip()[0] in "[{":
        listed = listed_accounts(text, profiles=profiles)
    else:
        listed = (
            _attempt(entry, previous, profiles, default_role, partition)
            for entry, previous in _with_previous(split_entries(text))
        )
    return _gather(text, listed)


def _with_previous(entries: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(entries, ["", *entries[:-1]], strict=True)


def _attempt(
    entry: str,
    previous: str,
    profiles: Collection[str] | None,
    default_role: str,
    partition: str,
) -> tuple[str, Account | MalformedEntryError | None]:
    """The entry with its account, its fault, or None for a comment."""
    if entry.startswith("#"):
        return entry, None
    try:
        account = account_of(
            entry,
            previous=previous,
            profiles=profiles,
            default_role=default_role,
            partition=partition,
        )
    except MalformedEntryError as error:
        return entry, error
    return entry, account


def _gather(
    text: str, listed: Iterator[tuple[str, Account | MalformedEntryError | None]]
) -> AccountList:
    accounts: list[Account] = []
    problems: list[str] = []
    for number, (entry, read) in enumerate(listed, 1):
        fault = _repeats(read, accounts) if isinstance(read, Account) else read
        if fault:
            problems.append(f"AWS_ACCOUNTS entry {number} ({echo(entry)}): {fault}")
        elif isinstance(read, Account):
            accounts.append(read)
    if not accounts and not problems:
        problems.append(f"AWS_ACCOUNTS ({echo(text)}): no accounts, only comments.")
    return AccountList(tuple(accounts), tuple(problems))


def _repeats(
    account: Account, earlier: Sequence[Account]
) -> MalformedEntryError | None:
    """Why `account` would be counted twice, if it would."""
    for other in earlier:
        if other.name.casefold() == account.name.casefold():
            msg = f"name {account.name!r} used twice (case does not count)"
            return MalformedEntryError(msg)
        if other.way_in == account.way_in:
            same = "role" if account.role_arn else "credentials"
            msg = f"same {same} as {other.name!r}"
            return MalformedEntryError(msg, "its cost would be counted twice")
    return None
