"""Names and sentences from outside, where Markdown is read."""

from __future__ import annotations

import re
from typing import Final

from finops.remediation.hcl.text import clean, visible

MEANINGFUL: Final = re.compile(r"([\\`*_{}\[\]<>#!|~$:&])")
"""Whatever Markdown gives a meaning."""

ADDRESS: Final = re.compile(r"(?i)(https?|ftp|www)(?=\W)|(?<=\w)@(?=\w)")
"""Where Markdown starts to see an address, which it makes a link of."""

WORD_JOINER: Final = "\u2060"

SPAN: Final = re.compile(r"((?:[^`\\]|\\.)*)(?:(`+)(.+?)(?<!`)\2(?!`))?", re.DOTALL)
"""Text without code, and the code behind it."""


def words(text: str) -> str:
    """`text` as it is, in a line of Markdown."""
    unlinked = ADDRESS.sub(lambda found: found[0] + WORD_JOINER, clean(text))
    return MEANINGFUL.sub(r"\\\1", unlinked)


def code(text: str) -> str:
    """`text` as code within a line of Markdown, whatever is in it."""
    line = visible(text)
    ticks = max((len(run) for run in re.findall("`+", line)), default=0)
    if not ticks:
        return f"`{line}`"
    fence = "`" * (ticks + 1)
    return f"{fence} {line} {fence}"


def plain(text: str) -> str:
    """Our own Markdown as it is said, for a terminal or a comment."""
    said = []
    for escaped, _, span in SPAN.findall(text):
        said.append(re.sub(r"\\(?=[^A-Za-z0-9\s])", "", escaped))
        said.append(span.strip() if span.startswith(" ") else span)
    return "".join(said).replace(WORD_JOINER, "")
