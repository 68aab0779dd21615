"""Whether a document fits the provider's schema, where Terraform is not at hand.

Terraform checks more, and says it better; this finds what a schema can tell: an
attribute that does not exist, one that is missing, a value of another type, a
reference to nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeGuard

from finops.remediation import schema
from finops.remediation.hcl import Block, Call, Reference, Value
from finops.remediation.schema import BlockSchema

TOP_LEVEL: Final = frozenset(
    {"terraform", "provider", "variable", "data", "import", "resource", "output"}
    | {"removed"}
)

PRIMITIVES: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "number": (int, float),
    "bool": (bool,),
}

ENOUGH: Final = 3
"""Names in a path that say which attribute of which object."""


def problems(blocks: Iterable[Block]) -> tuple[str, ...]:
    """What is wrong with a document; nothing if it fits."""
    document = tuple(blocks)
    return (*_unknown_blocks(document), *_misfits(document), *_dangling(document))


def _unknown_blocks(document: Iterable[Block]) -> Iterator[str]:
    for block in document:
        if block.type not in TOP_LEVEL:
            yield f"A file cannot have a block {block.type}."


def _misfits(document: Iterable[Block]) -> Iterator[str]:
    for block in document:
        match block.type, block.labels:
            case "provider", ("aws",):
                yield from _misfit(block, schema.provider(), "provider aws")
            case "resource", (kind, _):
                yield from _against(block, schema.resource(kind))
            case "data", (kind, _):
                yield from _against(block, schema.data_source(kind))
            case (("provider" | "resource" | "data"), labels):
                yield f"{block.type} {' '.join(labels)} is not known."


def _against(block: Block, known: BlockSchema | None) -> Iterator[str]:
    if known is None:
        yield f"{block.address}: the type is not known."
        return
    yield from _misfit(block, known, block.address)
    settings = [inner for inner in block.blocks if inner.type == "lifecycle"]
    for name in _ignored(settings):
        if name not in known["attributes"] and name not in known.get("block_types", {}):
            yield f"{block.address}: there is no {name} to ignore."


def _ignored(settings: Iterable[Block]) -> Iterator[str]:
    for one in settings:
        names = one.attributes.get("ignore_changes", ())
        if isinstance(names, Iterable):
            yield from (name.path for name in names if isinstance(name, Reference))


def _misfit(block: Block, known: BlockSchema, where: str) -> Iterator[str]:
    yield from _attributes(block, known["attributes"], where)
    nested: Mapping[str, Any] = known.get("block_types", {})
    inner = [one for one in block.blocks if one.type != "lifecycle"]
    counts = Counter(one.type for one in inner)
    for name in counts.keys() - nested.keys():
        yield f"{where}: there is no block {name}."
    for name, about in nested.items():
        yield from _count(counts[name], about, f"{where}: the block {name}")
    for one in inner:
        if one.type in nested:
            yield from _misfit(one, nested[one.type]["block"], f"{where}.{one.type}")


def _count(count: int, about: Mapping[str, Any], what: str) -> Iterator[str]:
    if count < about.get("min_items", 0):
        yield f"{what} is missing."
    if 0 < about.get("max_items", 0) < count:
        yield f"{what} is there {count} times."


def _attributes(
    block: Block, known: Mapping[str, Mapping[str, Any]], where: str
) -> Iterator[str]:
    for name, about in known.items():
        if about.get("required") and name not in block.attributes:
            yield f"{where}: {name} is missing."
    for name, value in block.attributes.items():
        about = known.get(name, {})
        if not about:
            yield f"{where}: there is no {name}."
        elif not about.get("optional") and not about.get("required"):
            yield f"{where}: {name} cannot be set."
        elif not _fits(value, about["type"]):
            yield f"{where}: {name} has to be of type {_type_name(about['type'])}."


def _fits(value: Value, kind: Any) -> bool:
    if isinstance(value, Reference | Call):
        return True
    match kind:
        case str():
            return _is_primitive(value, kind)
        case ("list" | "set", inner):
            return _are_items(value) and all(_fits(item, inner) for item in value)
        case ("map", inner) if isinstance(value, Mapping):
            return all(_fits(item, inner) for item in value.values())
        case ("object", fields) if isinstance(value, Mapping):
            return all(_fits(item, fields.get(key)) for key, item in value.items())
    return False


def _are_items(value: Value) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_primitive(value: Value, kind: str) -> bool:
    if isinstance(value, bool) and kind != "bool":
        return False
    return kind not in PRIMITIVES or isinstance(value, PRIMITIVES[kind])


def _type_name(kind: Any) -> str:
    if isinstance(kind, str):
        return kind
    outer, inner = kind
    return "object" if outer == "object" else f"{outer} of {_type_name(inner)}"


def _dangling(document: Iterable[Block]) -> Iterator[str]:
    """References to objects or attributes that are not there."""
    blocks = tuple(document)
    objects = {b.address: b.labels[0] for b in blocks if b.type in ("data", "resource")}
    for block in blocks:
        if block.type == "removed":
            continue
        for path in _paths(block):
            yield from _dangles(path, objects)


def _dangles(path: str, objects: Mapping[str, str]) -> Iterator[str]:
    is_data = path.startswith("data.")
    names = path.removeprefix("data.").split(".")
    if not names[0].startswith("aws_") or len(names) < ENOUGH - 1:
        return
    address = ("data." if is_data else "") + ".".join(names[:2])
    if address not in objects:
        yield f"{path}: there is no {address}."
        return
    known = (schema.data_source if is_data else schema.resource)(objects[address])
    attribute = names[2].split("[")[0] if len(names) >= ENOUGH else "id"
    settable = {
        **(known or {}).get("attributes", {}),
        **(known or {}).get("block_types", {}),
    }
    if attribute not in settable:
        yield f"{path}: {address} has no {attribute}."


def _paths(block: Block) -> Iterator[str]:
    for name, value in block.attributes.items():
        if name != "ignore_changes":
            yield from _paths_in(value)
    for inner in block.blocks:
        yield from _paths(inner)


def _paths_in(value: Value) -> Iterator[str]:
    match value:
        case Reference():
            yield value.path
        case Call():
            for argument in value.arguments:
                yield from _paths_in(argument)
        case Mapping():
            for item in value.values():
                yield from _paths_in(item)
        case str() | bool() | int() | float():
            return
        case _:
            for item in value:
                yield from _paths_in(item)
