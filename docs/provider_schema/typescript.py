"""What the TypeScript of one type says, as Terraform's schema says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Schema = dict[str, Any]

ATTRIBUTE: Final = re.compile(
    r"^  // ([a-z0-9_]+) - computed: (true|false), optional: (true|false), "
    r"required: (true|false)$",
    re.MULTILINE,
)

CLASS: Final = re.compile(r"^export class (\w+) extends cdkt[fn]\.(\w+) \{", re.M)

INTERFACE: Final = re.compile(
    r"^export interface (\w+)[^{]*\{(.*?)^\}", re.MULTILINE | re.DOTALL
)

WRITER: Final = re.compile(
    r"^export function (\w+)ToHclTerraform\(.*?^\}", re.MULTILINE | re.DOTALL
)

OWN_WRITER: Final = re.compile(
    r"synthesizeHclAttributes\(\).*?^  \}", re.MULTILINE | re.DOTALL
)

STORED: Final = re.compile(
    r"^ {4,6}(\w+): \{\n +value: .*\n +isBlock: (?:true|false),\n +type: \"(\w+)\"",
    re.MULTILINE,
)
"""How a member is stored: as a `list`, a `set` or a `struct`."""

MEMBER_OBJECT: Final = re.compile(
    r"= new (cdkt[fn]\.)?(\w+)\(this, \"(\w+)\"(?:, (true|false))?\)"
)

GETTER: Final = re.compile(r"(cdkt[fn]\.Fn\.tolist\()?this\.(\w+)\(")

GETTERS: Final[Mapping[str, Any]] = {
    "getStringAttribute": "string",
    "getNumberAttribute": "number",
    "getBooleanAttribute": "bool",
    "getListAttribute": ["list", "string"],
    "getNumberListAttribute": ["list", "number"],
    "getStringMapAttribute": ["map", "string"],
    "getNumberMapAttribute": ["map", "number"],
    "getBooleanMapAttribute": ["map", "bool"],
}

HELPERS: Final[Mapping[str, Any]] = {
    "StringMap": ["map", "string"],
    "NumberMap": ["map", "number"],
    "BooleanMap": ["map", "bool"],
}
"""Objects of the generator that stand for plain types."""

PLAIN: Final[Mapping[str, Any]] = {
    "string": "string",
    "number": "number",
    "boolean": "bool",
    "string[]": ["list", "string"],
    "number[]": ["list", "number"],
    "{ [key: string]: string }": ["map", "string"],
}

SECTIONS: Final = {
    "TerraformResource": "resource_schemas",
    "TerraformDataSource": "data_source_schemas",
    "TerraformProvider": "provider",
}


@dataclass(frozen=True, slots=True)
class Member:
    """One attribute or block of a class, and the code that reads it."""

    name: str
    flags: Mapping[str, bool]
    code: str

    @property
    def told(self) -> Schema:
        """The flags that are set, as a schema has them."""
        return {name: True for name, is_set in self.flags.items() if is_set}


class Source:
    """The classes of one type's TypeScript."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.classes = {head[1]: (head[2], body) for head, body in _pieces(CLASS, text)}
        self.interfaces = {found[1]: found[2] for found in INTERFACE.finditer(text)}
        self.stored = {
            found[1].lower(): dict(STORED.findall(found[0]))
            for found in WRITER.finditer(text)
        }
        own = OWN_WRITER.search(text)
        self.stored[""] = dict(STORED.findall(own[0])) if own else {}

    @property
    def section(self) -> tuple[str, str] | None:
        """Which part of the schema it belongs to, and under which name."""
        for base, _ in self.classes.values():
            if base in SECTIONS:
                name = re.search(r'tfResourceType = "(\w+)"', self.text)
                return SECTIONS[base], name[1] if name else "provider"
        return None

    @property
    def version(self) -> str:
        """Of the provider that it was made from."""
        found = re.search(r"providerVersion: '([\d.]+)'", self.text)
        return found[1] if found else ""

    def schema(self) -> Schema:
        """The block of the type itself."""
        [main] = [n for n, (base, _) in self.classes.items() if base in SECTIONS]
        return self._block(main, "")

    def _block(self, name: str, key: str) -> Schema:
        attributes: Schema = {}
        blocks: Schema = {}
        for member in self._members(name):
            found = MEMBER_OBJECT.search(member.code)
            if found and not found[1]:
                self._nested(member, found, key, attributes, blocks)
                continue
            kind = _helper(found) if found else _plain(member.code)
            kind = kind or self._declared(member.code)
            if isinstance(kind, dict):
                least = {"min_items": 1} if member.flags["required"] else {}
                blocks[member.name] = {"nesting_mode": "list", "block": kind, **least}
            else:
                attributes[member.name] = {"type": kind, **member.told}
        return {"attributes": attributes, **({"block_types": blocks} if blocks else {})}

    def _members(self, name: str) -> Iterator[Member]:
        for head, code in _pieces(ATTRIBUTE, self.classes[name][1]):
            flags = [word == "true" for word in head.groups()[1:]]
            named = dict(zip(("computed", "optional", "required"), flags, strict=True))
            yield Member(head[1], named, code)

    def _nested(
        self,
        member: Member,
        found: re.Match[str],
        key: str,
        attributes: Schema,
        blocks: Schema,
    ) -> None:
        """Something with attributes of its own: a block, or an object."""
        base, body = self.classes[found[2]]
        if base == "ComplexObject":
            item, most = found[2], 1
            stored = self.stored.get(key, {}).get(member.name, "list")
            nesting = "single" if stored == "struct" else stored
        else:
            getter = re.search(r"public get\(\w+: \w+\): (\w+)", body)
            item, most = (getter[1] if getter else ""), 0
            nesting = "set" if found[4] == "true" else "list"
            nesting = "map" if base == "ComplexMap" else nesting
        nesting = nesting if nesting in ("single", "set", "map") else "list"
        inner = self._block(item, item.removesuffix("OutputReference").lower())
        if member.flags["computed"]:
            kind = _as_object(inner)
            kind = kind if nesting == "single" else [nesting, kind]
            attributes[member.name] = {"type": kind, **member.told}
            return
        block: Schema = {"nesting_mode": nesting, "block": inner}
        if member.flags["required"] and nesting in ("list", "set"):
            block["min_items"] = 1
        if most and nesting != "single":
            block["max_items"] = most
        blocks[member.name] = block

    def _declared(self, code: str) -> Any:
        """The type of a member that has no getter: those of the provider's block."""
        found = re.search(r"private _\w+\??: ([^;=]+?)(?: \| undefined)?;", code)
        return self._of_typescript(found[1].strip()) if found else None

    def _of_typescript(self, text: str) -> Any:
        bare = re.sub(r" \| (cdkt[fn]\.IResolvable|undefined)", "", text)
        if bare in PLAIN:
            return PLAIN[bare]
        body = self.interfaces.get(bare.rstrip("[]"), "")
        fields = re.findall(
            r"#([a-z0-9_]+)\}\n(?:  \*[^\n]*\n)*?  \*/\n  readonly \w+(\??): ([^;]+);",
            body,
        )
        return {
            "attributes": {
                name: {
                    "type": self._of_typescript(kind),
                    ("optional" if mark else "required"): True,
                }
                for name, mark, kind in fields
            }
        }


def _pieces(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each match, and the text from its end to the next one."""
    heads = list(pattern.finditer(text))
    for place, head in enumerate(heads):
        is_last = place + 1 == len(heads)
        yield (
            head,
            text[head.end() : len(text) if is_last else heads[place + 1].start()],
        )


def _helper(found: re.Match[str]) -> Any:
    return HELPERS[found[2]]


def _plain(code: str) -> Any:
    found = GETTER.search(code)
    kind = GETTERS.get(found[2]) if found else None
    if found and found[1] and isinstance(kind, list):
        return ["set", kind[1]]
    return kind


def _as_object(block: Schema) -> Any:
    fields = {name: about["type"] for name, about in block["attributes"].items()}
    for name, nested in block.get("block_types", {}).items():
        inner = _as_object(nested["block"])
        mode = nested["nesting_mode"]
        fields[name] = inner if mode == "single" else [mode, inner]
    return ["object", fields]
