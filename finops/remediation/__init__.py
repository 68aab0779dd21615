"""How is a saving made safely? Changes as code and runbooks that a person runs.

Nothing is ever applied from here.
"""

from __future__ import annotations

from finops.remediation.answering import change_for
from finops.remediation.change import Change
from finops.remediation.generating import generate

__all__ = ["Change", "change_for", "generate"]
