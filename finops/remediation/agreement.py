"""Whether a value in a plan is the one that was reviewed.

Terraform fills in what nobody wrote, sorts sets as it likes, and keeps policies
as text, so values are compared by what they say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
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


def changed_rules(
    rules: Sequence[Mapping[str, Any]], planned: Sequence[Mapping[str, Any]]
) -> list[str]:
    """The ids of those of `rules` that are not planned just as they are."""
    later = [_said(rule) for rule in planned]
    return [str(rule.get("id")) for rule in rules if _said(rule) not in later]


def written_beyond(
    expressions: Mapping[str, Any], reviewed: Mapping[str, Any], within: str = ""
) -> Iterator[str]:
    """The attributes and blocks that a plan's code sets besides the reviewed ones."""
    for name, expression in sorted(expressions.items()):
        if name not in reviewed:
            yield within + name
        elif isinstance(expression, list):
            known = {key: value for one in reviewed[name] for key, value in one.items()}
            for block in expression:
                yield from written_beyond(block, known, f"{within}{name}.")


def _said(value: Any) -> Any:
    """`value` without what is empty, since nobody wrote it."""
    if isinstance(value, Mapping):
        said = {name: _said(inner) for name, inner in value.items()}
        return {name: inner for name, inner in said.items() if inner}
    if isinstance(value, list):
        return [inner for item in value if (inner := _said(item))]
    return value
