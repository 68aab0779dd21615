"""The organization's accounts, twenty to a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.double.failures import AwsError, denied
from tests.double.paging import offset_of, token
from tests.double.world import World

PAGE: Final = 20

SERVICE: Final = "organizations"

QUESTION: Final = "ListAccounts"


def list_accounts(
    world: World, account: str, request: Mapping[str, Any]
) -> dict[str, Any]:
    """One page of the members; AWS may send an empty one with a token."""
    if world.members is None:
        msg = "Your account is not a member of an organization."
        raise AwsError(msg, code="AWSOrganizationsNotInUseException")
    if account != world.payer:
        raise denied(SERVICE, QUESTION, account)
    at = offset_of(request.get("NextToken"), QUESTION)
    size = 0 if world.empty_pages and "NextToken" not in request else PAGE
    answer: dict[str, Any] = {
        "Accounts": [
            {
                "Id": member.id,
                "Arn": f"arn:aws:organizations::{account}:account/o-exampleorg1/{member.id}",
                "Name": member.name,
                "Status": member.status,
                "JoinedMethod": "CREATED",
            }
            for member in world.members[at : at + size]
        ]
    }
    if at + size < len(world.members):
        answer["NextToken"] = token(QUESTION, at + size)
    return answer
