"""Which source do the settings name?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from finops.periods import DAY
from finops.settings import Settings
from finops.sources import CostSource

if TYPE_CHECKING:
    from finops.sources.live import LiveAccounts


def open_source(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    as_of: date | None = None,
    refresh: bool = False,
) -> CostSource:
    """The source that `settings` name; each is imported only when it is asked for."""
    match settings.kind:
        case "demo":
            from finops.sources.demo import DemoSource  # noqa: PLC0415 - as said above

            return DemoSource(as_of + DAY if as_of else now().date())
        case "bill":
            from finops.sources.warehouse import open_warehouse  # noqa: PLC0415

            return open_warehouse(
                settings.source,
                cache_dir=settings.cache_dir / "bills",
                today=now().date(),
            )
        case "aws":
            return open_live(settings, now=now).source(refresh=refresh)


def open_live(settings: Settings, *, now: Callable[[], datetime]) -> LiveAccounts:
    """The accounts of AWS_ACCOUNTS, whether or not they can be read.

    Raises:
        ConfigurationError: If AWS_ACCOUNTS is malformed.
    """
    from finops.sources.live import LiveAccounts  # noqa: PLC0415 - loads botocore

    return LiveAccounts.of(settings, now=now)
