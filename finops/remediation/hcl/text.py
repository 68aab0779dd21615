"""Text from outside, made harmless: a quoted string, or a comment.

Each rule was tried on the real Terraform with strings made to break it. JSON's
escaping is not HCL's: Terraform refuses its surrogate pairs.
"""

from __future__ import annotations

import textwrap
import unicodedata
from typing import Final

from finops.errors import UnwritableNameError

COMMENT_WIDTH: Final = 78

SHORT: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
"""Characters with an escape of their own."""

INVISIBLE: Final = frozenset("\x7f\x85\u2028\u2029\ufeff")
"""Characters that end a line or vanish, besides the control characters."""

SPACE: Final = 0x20
"""Every character below it is a control character."""

FOOLING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of text, so that a reader sees another."""


def quoted(text: str) -> str:
    """`text` as a quoted string of HCL that Terraform reads back unchanged.

    What would start an expression is escaped last. Terraform composes Unicode
    to NFC; where that matters, ask `exact` first.

    Raises:
        UnwritableNameError: If `text` has half a surrogate pair.
    """
    _require_unicode(text)
    escaped = "".join(map(_escaped, text))
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


def _escaped(character: str) -> str:
    if character in SHORT:
        return SHORT[character]
    if ord(character) < SPACE or character in INVISIBLE:
        return f"\\u{ord(character):04x}"
    return character


def quoted_key(text: str) -> str:
    """`text` as the key of a map, in ASCII, so that columns can be counted."""
    return "".join(
        character if character.isascii() else _by_number(character)
        for character in quoted(text)
    )


def _by_number(character: str) -> str:
    number = ord(character)
    return f"\\U{number:08x}" if number > 0xFFFF else f"\\u{number:04x}"  # noqa: PLR2004 - the widest that \u takes


def exact(text: str) -> str:
    """`text` itself, which has to reach AWS character by character.

    Raises:
        UnwritableNameError: If Terraform would change it, and so act on another
            object than the one with this name.
    """
    _require_unicode(text)
    if unicodedata.normalize("NFC", text) != text:
        msg = (
            f"Terraform would write the name {text!r} in another way, and so miss "
            "the object."
        )
        raise UnwritableNameError(msg, hint="Change this one in the AWS console.")
    return text


def _require_unicode(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        msg = f"The name {text!r} is not valid Unicode."
        raise UnwritableNameError(msg, hint="Rename the object first.") from error


def comment_lines(text: str) -> list[str]:
    """`text` as comments of one line each, without what steers or hides text."""
    lines = textwrap.wrap(
        clean(text),
        COMMENT_WIDTH - len("# "),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [f"# {line}" for line in lines]


def clean(text: str) -> str:
    """`text` on one line, with nothing invisible in it and single spaces."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """`text` with a space for each character that steers or hides text."""
    return "".join(" " if _is_unseen(character) else character for character in text)


def _is_unseen(character: str) -> bool:
    unseen = character in INVISIBLE or character in FOOLING
    return unseen or unicodedata.category(character).startswith("C")
