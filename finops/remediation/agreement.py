"""Whether a value in a plan is the one that was reviewed.

Terraform fills in what nobody wrote, sorts sets as it likes, and keeps policies
as text, so values are compared by what they say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any


def agrees(reviewed: Any, planned: Any) -> bool:
    """Whether `planned` says all that was reviewed; None stands for anything."""
    if reviewed is None:
        return True
    if isinstance(reviewed, Mapping):
        return isinstance(planned, Mapping) and all(
            agrees(value, planned.get(name)) for name, value in reviewed.items()
        )
    if isinstance(reviewed, Sequence) and not isinstance(reviewed, str):
        return _same_items(reviewed, planned)
    if isinstance(reviewed, str) and isinstance(planned, str):
        return reviewed == planned or _same_json(reviewed, planned)
    return bool(reviewed == planned)


def _same_items(reviewed: Sequence[Any], planned: Any) -> bool:
    """Whether each item has its counterpart, in any order."""
    if not isinstance(planned, list) or len(planned) != len(reviewed):
        return False
    left = list(planned)
    for item in reviewed:
        matches = [position for position, one in enumerate(left) if agrees(item, one)]
        if not matches:
            return False
        del left[matches[0]]
    return True


def _same_json(reviewed: str, planned: str) -> bool:
    try:
        return bool(json.loads(reviewed) == json.loads(planned))
    except ValueError:
        return False


def kept_rules(
    now: Sequence[Mapping[str, Any]], then: Sequence[Mapping[str, Any]]
) -> list[str]:
    """The ids of the rules that are there now and would not stay as they are."""
    later = [_said(rule) for rule in then]
    return [str(rule.get("id")) for rule in now if _said(rule) not in later]


def _said(value: Any) -> Any:
    """`value` without what is empty, since nobody wrote it."""
    if isinstance(value, Mapping):
        said = {name: _said(inner) for name, inner in value.items()}
        return {name: inner for name, inner in said.items() if inner}
    if isinstance(value, list):
        return [inner for item in value if (inner := _said(item))]
    return value
