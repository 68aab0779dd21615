"""The only way Terraform code is written: typed values in, formatted text out.

Names, tags and ids come from outside, so none of them ever becomes code: a
document is a tree of our own blocks, and text enters it as a value that is
escaped, or as a comment that is cleaned.
"""

from __future__ import annotations

from finops.remediation.hcl.rendering import render
from finops.remediation.hcl.text import comment_lines, exact, quoted
from finops.remediation.hcl.tree import Block, Call, Reference, Value

__all__ = [
    "Block",
    "Call",
    "Reference",
    "Value",
    "comment_lines",
    "exact",
    "quoted",
    "render",
]
