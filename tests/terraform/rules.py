"""What the AWS provider checks besides its schema: enumerations, ranges, conflicts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tests.terraform.messages import Schema, error
from tests.terraform.values import UNKNOWN, is_known

RULES: Final[Mapping[str, Any]] = json.loads(
    Path(__file__).with_name("aws_rules.json").read_text()
)
"""Written by hand, as no schema has them: `force_new` is what replaces an object."""

Path_ = tuple[str | int, ...]


def complaints(kind: str, schema: Schema, config: Any) -> list[Any]:
    """What the provider would say of a configuration that fits its schema."""
    rules = RULES.get(kind, {})
    return [
        *_not_configurable(schema["block"], config, ()),
        *_outside(rules, config),
        *_combinations(rules, config),
    ]


def _not_configurable(block: Schema, value: Any, at: Path_) -> Iterator[Any]:
    if not isinstance(value, dict):
        return
    for name, attribute in block["attributes"].items():
        settable = attribute.get("optional") or attribute.get("required")
        if not settable and value.get(name) is not None:
            yield error(f"Can't configure a value for {name}", *at, name)
    for name, nested in block.get("block_types", {}).items():
        for item in value.get(name) or ():
            yield from _not_configurable(nested["block"], item, (*at, name))


def _outside(rules: Mapping[str, Any], config: Any) -> Iterator[Any]:
    for name, allowed in rules.get("enum", {}).items():
        for path, value in _found(config, name.split(".")):
            if is_known(value) and value not in allowed:
                yield error(f"expected {name} to be one of {allowed}", *path)
    for name, (low, high) in rules.get("range", {}).items():
        for path, value in _found(config, name.split(".")):
            if is_known(value) and not low <= value <= high:
                yield error(f"expected {name} to be in {low} - {high}", *path)


def _combinations(rules: Mapping[str, Any], config: Any) -> Iterator[Any]:
    for group in rules.get("conflicts", []):
        if sum(is_known(config.get(name)) for name in group) > 1:
            yield error(f"Conflicting configuration arguments: {', '.join(group)}")
    for group in rules.get("at_least_one", []):
        given = (config.get(name) for name in group)
        if not any(is_known(value) or value is UNKNOWN for value in given):
            yield error(f"one of {', '.join(group)} must be set")


def _found(value: Any, steps: list[str]) -> Iterator[tuple[Path_, Any]]:
    """Every value at `steps`, in each item of the lists on the way."""
    if not steps:
        yield (), value
    elif isinstance(value, list):
        for position, item in enumerate(value):
            for path, found in _found(item, steps):
                yield (position, *path), found
    elif isinstance(value, dict):
        for path, found in _found(value.get(steps[0]), steps[1:]):
            yield (steps[0], *path), found
