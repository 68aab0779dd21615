"""Looks up in the bill what one implemented change saved."""

from __future__ import annotations

from finops.workspace.realization.change import Change
from finops.workspace.realization.measured import measured_saving

__all__ = ["Change", "measured_saving"]
