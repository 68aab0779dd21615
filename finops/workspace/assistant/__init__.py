"""Questions about the bill in plain words: by Claude with tools, else by rules."""

from __future__ import annotations

from finops.workspace.assistant.answering import ask, question_price
from finops.workspace.assistant.canned import CANNED, Canned, meant_by
from finops.workspace.assistant.tools import tools_of

__all__ = ["CANNED", "Canned", "ask", "meant_by", "question_price", "tools_of"]
