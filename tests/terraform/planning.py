"""What a change to an object would do, as the AWS provider would plan it."""

from __future__ import annotations

from typing import Any

from tests.terraform.messages import Schema, messages
from tests.terraform.rules import RULES
from tests.terraform.values import UNKNOWN, Object, with_unknowns

EMPTY = (None, "", False, 0)
"""Terraform's older providers do not tell these apart."""


def planned(
    kind: str, block: Schema, before: Object | None, wanted: Object | None
) -> tuple[Object | None, list[Any]]:
    """The object as it will be, and the attributes that replace it."""
    if wanted is None:
        return None, []
    rules = RULES.get(kind, {})
    for name, default in rules.get("default", {}).items():
        if wanted.get(name) is None:
            wanted[name] = default
    if before is None:
        return with_unknowns(block, wanted), []
    if "tags_all" in block["attributes"] and wanted.get("tags") is not UNKNOWN:
        wanted["tags_all"] = dict(wanted.get("tags") or {})
    for name in block["attributes"]:
        if wanted.get(name) is None and before.get(name) in EMPTY:
            wanted[name] = before.get(name)
    replacing = [
        messages.AttributePath(steps=[messages.AttributePath.Step(attribute_name=name)])
        for name in rules.get("force_new", [])
        if _differs(before.get(name), wanted.get(name))
    ]
    return wanted, replacing


def _differs(before: Any, wanted: Any) -> bool:
    if wanted is UNKNOWN:
        return True
    return before != wanted and not (before in EMPTY and wanted in EMPTY)
