"""Terraform drafts for what no kind of change covers: structure by Claude, text by us.

Claude fills in resources, settings and blocks; it never writes code. What it fills
in passes an allow-list and the provider's own schema, and the writer that writes
all our Terraform turns it into text, in which a value is always a value.
"""

from __future__ import annotations

from finops.commentary.terraform.drafting import Draft, draft, draft_brief
from finops.commentary.terraform.guard import refusals
from finops.commentary.terraform.structure import TerraformDraft

__all__ = ["Draft", "TerraformDraft", "draft", "draft_brief", "refusals"]
