"""What a model wrote, as plain words: no links, nothing hidden, one line."""

from __future__ import annotations

import re
from typing import Final

from finops.commentary.redact import cleaned

LONGEST: Final = 600
"""Characters of one sentence; a longer one is cut."""

LINK: Final = re.compile(
    r"(?i)!?\[([^\]]*)\]\s*(?:\([^)]*\)|\[[^\]]*\]|:\s*\S+)"
    r"|(?:\b[a-z][a-z0-9+.-]{1,30}:/{1,3}|\bwww\.|\b(?:data|javascript|mailto|vbscript):)\S*"
    r"|\S+@[\w-]+\.\S+|(?<![\w.:])//\S+"
)
"""An address, or what Markdown makes a link or an image of."""

TAG: Final = re.compile(r"</?[A-Za-z!][^>]*>?")

REMOVED: Final = "[link removed]"


def inert(text: str) -> str:
    """`text` in plain words: addresses, tags and what nobody sees are taken out."""
    line = cleaned(text, longest=LONGEST)
    return TAG.sub("", LINK.sub(lambda found: found[1] or REMOVED, line)).strip()
