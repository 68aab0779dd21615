from __future__ import annotations

import pytest

from finops.focus import Condition
from finops.sources.cost_explorer.charge_types import NOT_USAGE, charge_category
from finops.sources.cost_explorer.dimensions import group_definition, value_of
from finops.sources.cost_explorer.filters import filter_of


@pytest.mark.parametrize(
    ("record_type", "category"),
    [
        ("Usage", "Usage"),
        ("SavingsPlanNegation", "Usage"),
        ("Enterprise Discount Program Discount", "Usage"),
        ("Some New Discount", "Usage"),
        ("SavingsPlanRecurringFee", "Purchase"),
        ("RIFee", "Purchase"),
        ("Tax", "Tax"),
        ("Credit", "Credit"),
        ("Refund", "Adjustment"),
        ("Anything Else", "Adjustment"),
    ],
)
def test_a_record_type_is_a_charge_category(record_type: str, category: str) -> None:
    assert charge_category(record_type) == category


def test_usage_never_leaves_out_a_negation_alone() -> None:
    assert set(NOT_USAGE) == {"Credit", "Refund", "Tax"}


def test_one_part_needs_no_and() -> None:
    condition = Condition("RegionId", ("us-east-1",))

    assert filter_of([condition], charges="all") == {
        "Dimensions": {"Key": "REGION", "Values": ["us-east-1"]}
    }


def test_every_node_has_one_root() -> None:
    conditions = [
        Condition("Tags.team", ("web", None)),
        Condition("ServiceName", (None,)),
    ]

    assert filter_of(conditions, charges="usage", account_id="1") == {
        "And": [
            {
                "Or": [
                    {"Tags": {"Key": "team", "Values": ["web"]}},
                    {"Tags": {"Key": "team", "MatchOptions": ["ABSENT"]}},
                ]
            },
            {"Dimensions": {"Key": "SERVICE", "MatchOptions": ["ABSENT"]}},
            {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": ["1"]}},
            {
                "Not": {
                    "Dimensions": {
                        "Key": "RECORD_TYPE",
                        "Values": ["Credit", "Refund", "Tax"],
                    }
                }
            },
        ]
    }


def test_nothing_to_filter_is_no_filter() -> None:
    assert filter_of([], charges="all") is None


def test_a_tag_may_hold_what_separates_it_from_its_key() -> None:
    assert group_definition("Tags.a$b") == {"Type": "TAG", "Key": "a$b"}
    assert value_of("Tags.a$b", "a$b$c$d") == "c$d"
    assert value_of("Tags.a$b", "a$b$") is None
