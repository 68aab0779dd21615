"""Which accounts belong to the organization that one bill is paid for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finops.accounts import Account
from finops.aws.errors import well_formed
from finops.aws.identities import Identity
from finops.aws.parallel import Tell, in_silence
from finops.aws.sessions import Sessions

if TYPE_CHECKING:
    from mypy_boto3_organizations.type_defs import ListAccountsResponseTypeDef

ACTION = "organizations:ListAccounts"


@dataclass(frozen=True, slots=True)
class Member:
    """An account of the organization; only an active one can be read."""

    id: str
    name: str
    active: bool


def members(
    payer: Account, sessions: Sessions, tell: Tell = in_silence
) -> tuple[Member, ...]:
    """Every account of the organization, as its management account lists them.

    Raises:
        SourceError: If `payer` may not list them, or has no organization.
    """
    found: list[Member] = []
    token = ""
    while True:
        page = _page(payer, sessions, token)
        with well_formed(ACTION):
            found.extend(_members_on(page))
        tell(payer.name, f"listed {len(found)} accounts")
        # A page may be empty and still have a token.
        token = page.get("NextToken", "")
        if not token:
            return tuple(found)


def discovered(
    payer: Identity, members: Sequence[Member], *, role_name: str
) -> tuple[Account, ...]:
    """The payer's entry, and one for each other active member by `role_name`.

    The payer itself is read as configured: an organization makes no role in
    its own management account.
    """
    configured = payer.account
    names = Counter([configured.name.casefold(), *(m.name.casefold() for m in members)])
    others = (
        Account(
            name=m.name if names[m.name.casefold()] == 1 else f"{m.name} ({m.id})",
            role_arn=f"arn:{payer.partition}:iam::{m.id}:role/{role_name.strip('/')}",
            account_id=m.id,
            partition=payer.partition,
            via=configured.via if configured.role_arn else configured.profile,
        )
        for m in members
        if m.active and m.id != payer.account_id
    )
    return (configured, *others)


def _page(
    payer: Account, sessions: Sessions, token: str
) -> ListAccountsResponseTypeDef:
    request = {"NextToken": token} if token else {}

    def ask() -> ListAccountsResponseTypeDef:
        client = sessions.client("organizations", payer)
        page: ListAccountsResponseTypeDef = client.list_accounts(**request)
        return page

    return sessions.ask(payer, ACTION, ask)


def _members_on(page: ListAccountsResponseTypeDef) -> Iterator[Member]:
    for account in page["Accounts"]:
        status = account.get("State", account.get("Status"))
        yield Member(account["Id"], account["Name"], active=status == "ACTIVE")
