"""What the app can do, for whichever front door asks: one method per question."""

from __future__ import annotations

from finops.workspace.answers import AccountsSummary, Changes
from finops.workspace.opening import open_live, open_workspace
from finops.workspace.scope import Scope
from finops.workspace.workspace import DEFAULT_PRESET, Workspace

__all__ = [
    "DEFAULT_PRESET",
    "AccountsSummary",
    "Changes",
    "Scope",
    "Workspace",
    "open_live",
    "open_workspace",
]
