"""A tree as text, laid out as `terraform fmt` would lay it out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from finops.remediation.hcl.text import comment_lines, quoted, quoted_key
from finops.remediation.hcl.tree import Block, Call, Reference, Value

INDENT: Final = "  "

BARE_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""Keys that read better without quotes, as those of a policy."""

KEYWORDS: Final = frozenset({"for", "null", "true", "false"})
"""Words that mean something else without quotes."""

WIDTH: Final = 80
"""A longer list is written with one item a line."""


def render(blocks: Iterable[Block], *, head: str = "") -> str:
    """The text of a file: a comment at its head, then its blocks."""
    parts = [
        *([_comment(head)] if head else []),
        *("\n".join(_block(b)) for b in blocks),
    ]
    return "\n\n".join(parts) + "\n"


def _comment(text: str) -> str:
    return "\n".join(_comments(text))


def _comments(text: str) -> list[str]:
    """Each line of `text`, which is ours, as comments; an empty one as a bare `#`."""
    return [line for part in text.split("\n") for line in comment_lines(part) or ["#"]]


def _block(block: Block) -> Iterator[str]:
    if block.comment:
        yield from _comments(block.comment)
    opening = " ".join([block.type, *map(quoted, block.labels), "{"])
    inner = [*_attributes(block.attributes, block.notes)]
    for below in block.blocks:
        inner += [*([""] if inner else []), *_block(below)]
    if not inner:
        yield f"{opening}}}"
        return
    yield opening
    yield from _indented(inner)
    yield "}"


def _attributes(
    attributes: Mapping[str, Value], notes: Mapping[str, str]
) -> Iterator[str]:
    """Neighbours on one line each have their equals signs in one column."""
    entries = [
        (name, _lines(value), notes.get(name, "")) for name, value in attributes.items()
    ]
    yield from _aligned(entries)


def _aligned(entries: Iterable[tuple[str, list[str], str]]) -> Iterator[str]:
    group = 0
    numbered = []
    for key, lines, note in entries:
        group += bool(note) or len(lines) > 1
        numbered.append((group, key, lines, note))
        group += len(lines) > 1
    for _, members in groupby(numbered, key=lambda entry: entry[0]):
        together = list(members)
        width = max(len(key) for _, key, _, _ in together)
        for _, key, lines, note in together:
            yield from _comments(note) if note else ()
            yield f"{key:{width}} = {lines[0]}"
            yield from lines[1:]


def _lines(value: Value) -> list[str]:
    """`value` as one line or more."""
    match value:
        case bool() | str() | int() | float() | Reference():
            return [_word(value)]
        case Call():
            return _call(value)
        case Mapping():
            return _map(value)
        case _:
            return _list(value)


def _word(value: bool | str | float | Reference) -> str:  # noqa: FBT001 - it is data
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return quoted(value)
        case Reference():
            return value.path
        case _:
            return f"{value}"


def _call(call: Call) -> list[str]:
    parts = [_lines(argument) for argument in call.arguments]
    if len(parts) > 1:  # several arguments have short ones: they share a line
        return [f"{call.function}({', '.join(line for [line] in parts)})"]
    first, *rest = parts[0]
    if not rest:
        return [f"{call.function}({first})"]
    return [f"{call.function}({first}", *rest[:-1], f"{rest[-1]})"]


def _map(entries: Mapping[str, Value]) -> list[str]:
    if not entries:
        return ["{}"]
    keyed = [(_key(key), _lines(value), "") for key, value in entries.items()]
    return ["{", *_indented(_aligned(keyed)), "}"]


def _key(key: str) -> str:
    bare = BARE_KEY.fullmatch(key) and key not in KEYWORDS
    return key if bare else quoted_key(key)


def _list(items: Sequence[Value]) -> list[str]:
    written = [_lines(item) for item in items]
    if all(len(lines) == 1 for lines in written):
        line = f"[{', '.join(line for [line] in written)}]"
        if len(line) <= WIDTH:
            return [line]
    if all(isinstance(item, Reference) for item in items):
        return ["[", *_indented(_filled([line for [line] in written])), "]"]
    inner = [line for lines in written for line in [*lines[:-1], f"{lines[-1]},"]]
    return ["[", *_indented(inner), "]"]


def _filled(words: Sequence[str]) -> Iterator[str]:
    """Many short names, as many to a line as fit."""
    text = ", ".join(words) + ","
    yield from textwrap.wrap(text, WIDTH - len(INDENT), break_on_hyphens=False)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{INDENT}{line}" if line else line for line in lines)
