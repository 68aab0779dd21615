"""What leaves this machine: no secrets, and stand-ins in place of ids."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Any, Final

LONGEST_NAME: Final = 120
"""Characters of one text from outside; a longer one is cut."""

CUT: Final = "[secret removed]"

INVISIBLE: Final = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
"""Characters that nobody sees, which can hide or turn around what is read."""

SECRETS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}\b",
        r"(?<![\w/+=])[A-Za-z0-9/+]{40}(?![\w/+=])",
        r"-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)",
        r"\bsk-ant-[\w-]{8,}",
        r"\bgh[pousr]_[A-Za-z0-9]{30,}\b",
        r"\bxox[abpr]-[\w-]{10,}",
        r"\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]{5,})?",
        r"(?i)\b(?:password|passwd|pwd|secret|token|api[_-]?key)\b\s*[=:]\s*[^\s,;\"']{4,}",
        r"[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s@]+@",
        r"https://hooks\.slack\.com/\S+",
    )
)

IDS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("acct", r"(?<!\d)\d{12}(?!\d)"),
        ("res", r"\b(?:[a-z]{1,9})-(?:[0-9a-f]{17}|[0-9a-f]{8})\b"),
        ("user", r"[\w.+-]+@[\w-]+\.[\w.-]+"),
        ("ip", r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"),
    )
)


class Masker:
    """Swaps ids for stand-ins, and back again.

    The stand-ins hold a salt: a tag that says `acct-1` is not turned into the id
    of an account.
    """

    def __init__(self, *, salt: str | None = None) -> None:
        self._salt = salt or secrets.token_hex(3)
        self._stand_ins: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def masked(self, text: str) -> str:
        """`text` without secrets, and with stand-ins for ids."""
        for pattern in SECRETS:
            text = pattern.sub(CUT, text)
        for kind, pattern in IDS:
            text = pattern.sub(partial(self._stand_in, kind), text)
        return text

    def unmasked(self, text: str) -> str:
        """`text` with the ids that the stand-ins stand for."""
        pattern = rf"\b[a-z]+-{self._salt}-\d+\b"
        return re.sub(pattern, lambda found: self._ids.get(found[0], found[0]), text)

    def _stand_in(self, kind: str, found: re.Match[str]) -> str:
        known = found[0]
        if known not in self._stand_ins:
            name = f"{kind}-{self._salt}-{len(self._ids) + 1}"
            self._stand_ins[known], self._ids[name] = name, known
        return self._stand_ins[known]


def cleaned(text: str, *, longest: int = LONGEST_NAME) -> str:
    """A text from outside as one short line of what can be seen."""
    seen = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    line = " ".join(seen.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def every_text(document: Any, change: Callable[[str], str]) -> Any:
    """`document` with every text in it changed, keys of mappings too."""
    if isinstance(document, str):
        return change(document)
    if isinstance(document, dict):
        return {change(key): every_text(said, change) for key, said in document.items()}
    if isinstance(document, list | tuple):
        return [every_text(said, change) for said in document]
    return document
