"""The workspace that an installation's settings describe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from finops.settings import Settings
from finops.sources.opening import open_live, open_source
from finops.workspace.workspace import Workspace

__all__ = ["open_live", "open_workspace"]


def open_workspace(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    as_of: date | None = None,
    refresh: bool = False,
) -> Workspace:
    """The workspace that `settings` describe.

    Args:
        settings: How this installation is set up.
        now: The time in UTC.
        as_of: The day to speak of instead of the last complete one.
        refresh: Whether to read again what is cached.
    """
    source = open_source(settings, now=now, as_of=as_of, refresh=refresh)
    return Workspace(source, as_of or now().date())
