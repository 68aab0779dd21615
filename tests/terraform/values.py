"""Values on their way between Terraform and the stand-in provider."""

from __future__ import annotations

import json
from typing import Any, Final

import msgpack

from tests.terraform.messages import Schema, messages

UNKNOWN: Final = msgpack.ExtType(0, b"")
"""What is known only after an apply."""

Object = dict[str, Any]


def load(value: Any) -> Any:
    """A value of the protocol as Python has it."""
    if value.msgpack:
        return msgpack.unpackb(
            value.msgpack, raw=False, strict_map_key=False, ext_hook=lambda *_: UNKNOWN
        )
    return json.loads(value.json) if value.json else None


def dump(value: Any) -> Any:
    """A Python value as the protocol has it."""
    return messages.DynamicValue(msgpack=msgpack.packb(value, use_bin_type=False))


def is_known(value: Any) -> bool:
    """Whether there is a value, and it is known."""
    return value is not None and value is not UNKNOWN and value != []


def shaped(block: Schema, value: Any) -> Any:
    """`value` with every attribute of `block`, missing ones null, blocks empty."""
    if value is None or value is UNKNOWN:
        return value
    full = {
        name: _conforming(attribute["type"], value.get(name))
        for name, attribute in block["attributes"].items()
    }
    for name, nested in block.get("block_types", {}).items():
        if nested["nesting_mode"] in ("list", "set"):
            inner = value.get(name) or []
            full[name] = [shaped(nested["block"], item) for item in inner]
        else:
            full[name] = shaped(nested["block"], value.get(name))
    return full


def _conforming(kind: Any, value: Any) -> Any:
    if value is None or value is UNKNOWN or isinstance(kind, str):
        return value
    outer, inner = kind
    if outer == "object":
        return {name: _conforming(t, value.get(name)) for name, t in inner.items()}
    if outer == "map":
        return {key: _conforming(inner, item) for key, item in value.items()}
    return [_conforming(inner, item) for item in value]


def with_unknowns(block: Schema, value: Object) -> Object:
    """`value` of an object to be created: AWS will decide what is missing."""
    for name, attribute in block["attributes"].items():
        if attribute.get("computed") and value.get(name) is None:
            value[name] = UNKNOWN
    for name, nested in block.get("block_types", {}).items():
        for item in value[name] if isinstance(value.get(name), list) else ():
            if isinstance(item, dict):
                with_unknowns(nested["block"], item)
    return value
