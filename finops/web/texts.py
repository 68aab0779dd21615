"""Text that is safe to show: names come from outside, and `$` is not a formula."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$^:=&\"'/])")
"""Whatever Markdown, or Streamlit's additions to it, gives a meaning."""

ADDRESS: Final = re.compile(
    r"(?i)(https?|ftp|www)(?=\W)|(?<=\w)@(?=\w)|:(?=streamlit:)"
)
"""Where Markdown starts to see an address, which it makes a link of, or Streamlit
the name of its own picture, escaped or not."""

UNESCAPED_DOLLAR: Final = re.compile(r"(?<!\\)\$")

WORD_JOINER: Final = "\u2060"
"""Takes no room and breaks nothing but the spell."""


def md(text: object) -> str:
    """`text` as it is, where Streamlit would read Markdown."""
    unlinked = ADDRESS.sub(lambda found: found[0] + WORD_JOINER, str(text))
    return MARKDOWN.sub(r"\\\1", " ".join(unlinked.split()))


def dollars(text: str) -> str:
    """Our own Markdown with amounts in it: no `$` starts a formula.

    One that is escaped already, as in what `md` returns, is left as it is.
    """
    return UNESCAPED_DOLLAR.sub(r"\\$", text)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago `moment` was, such as `6 hours ago`."""
    passed = max(now - moment, timedelta())
    minutes = int(passed.total_seconds() // 60)
    for size, noun in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {noun}{'' if count == 1 else 's'} ago"
    return "just now"
