"""What Cost Explorer calls the dimensions of the cost table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from finops.focus import TAG_PREFIX
from finops.sources.cost_explorer.charge_types import charge_category

ACCOUNT: Final = ("SubAccountId", "SubAccountName")
"""Both names of what Cost Explorer groups by as one: the linked account."""

KEYS: Final[Mapping[str, str]] = {
    "SubAccountId": "LINKED_ACCOUNT",
    "ServiceName": "SERVICE",
    "RegionId": "REGION",
    "x_UsageType": "USAGE_TYPE",
    "x_Operation": "OPERATION",
    "ChargeCategory": "RECORD_TYPE",
}
"""The key of each dimension that is not a tag."""

DIMENSIONS: Final = (*ACCOUNT, *list(KEYS)[1:], "BillingCurrency")
"""What can be grouped and filtered by, besides tags."""

NO_VALUE: Final = frozenset(
    {
        "",
        "NoOperation",
        "NoRegion",
        "NoService",
        "NoUsageType",
    }
)
"""What AWS writes where a charge has no value."""

Definition = dict[Literal["Type", "Key"], str]


def group_definition(dimension: str) -> Definition:
    """How to ask Cost Explorer to group by `dimension`."""
    if dimension.startswith(TAG_PREFIX):
        return {"Type": "TAG", "Key": dimension.removeprefix(TAG_PREFIX)}
    return {"Type": "DIMENSION", "Key": KEYS[dimension]}


def value_of(dimension: str, key: str) -> str | None:
    """The value of `dimension` that a group's `key` stands for; None for none.

    A tag's key comes as `team$web`, and as `team$` where there is no tag.
    """
    if dimension.startswith(TAG_PREFIX):
        return key[len(dimension) - len(TAG_PREFIX) + 1 :] or None
    if dimension == "ChargeCategory":
        return charge_category(key)
    return None if key in NO_VALUE else key
