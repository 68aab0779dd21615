"""What commands share: the workspace, the scope asked for, and the JSON head."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import click

from finops import formats
from finops.cli import output
from finops.cli.scope import conditions
from finops.focus import Charges, Costs, Metric
from finops.periods import DAY, ChargePeriod
from finops.settings import Settings

if TYPE_CHECKING:
    from finops.savings import SavingsTracker
    from finops.sources.live import LiveAccounts
    from finops.workspace import Scope, Workspace
    from finops.workspace.recommendations import Recommendations

DEFAULT_DAYS: Final = 30


@dataclass(frozen=True)
class App:
    """One run of the command line."""

    environ: Mapping[str, str]
    as_of: date | None
    as_json: bool
    refresh: bool
    now: Callable[[], datetime]

    @cached_property
    def settings(self) -> Settings:
        """What the environment and the options ask for."""
        return Settings.from_env(self.environ)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace of the settings.

        Imported when a command needs it: pandas and what comes with it take
        longer to load than `--help` may take.
        """
        from finops.workspace import open_workspace  # noqa: PLC0415

        return open_workspace(
            self.settings, now=self.now, as_of=self.as_of, refresh=self.refresh
        )

    @cached_property
    def tracker(self) -> SavingsTracker:
        """The savings tracker, for changes by whoever is logged in here."""
        from finops.workspace.savings import open_tracker  # noqa: PLC0415 - as above

        return open_tracker(self.settings, now=self.now, who=_user(), as_of=self.as_of)

    @cached_property
    def looked_up(self) -> dict[tuple[Scope, tuple[str, ...]], Recommendations]:
        """What could be saved, by what was asked and which exports were read."""
        return {}

    @cached_property
    def live(self) -> LiveAccounts:
        """The accounts of AWS_ACCOUNTS; they need not be readable."""
        from finops.workspace import open_live  # noqa: PLC0415 - as for the workspace

        return open_live(self.settings, now=self.now)

    def scope(
        self,
        *,
        days: int | None = None,
        start: date | None = None,
        end: date | None = None,
        metric: Metric | None = None,
        charges: Charges = "usage",
        where: tuple[str, ...] = (),
    ) -> Scope:
        """The scope that a command's options describe.

        Raises:
            PeriodUnavailableError: If the source knows none of the days.
        """
        from finops.workspace import Scope  # noqa: PLC0415 - as for the workspace

        wanted = conditions(where)
        asked = self._period(days, start, end)
        known = self.workspace.known(asked)
        if known != asked:
            _say(f"Note: Of {formats.days(asked)}, {formats.days(known)} is known.")
        return Scope(
            period=known,
            metric=metric or self.settings.metric,
            charges=charges,
            where=wanted,
        )

    def _period(
        self, days: int | None, start: date | None, end: date | None
    ) -> ChargePeriod:
        if start and days:
            msg = "Use --start or --days, not both."
            raise click.UsageError(msg)
        if start and end and start >= end:
            msg = f"--end {end} is not after --start {start}."
            raise click.UsageError(msg)
        last = end or self.workspace.as_of + DAY
        if start:
            return ChargePeriod(start, max(last, start + DAY))
        return ChargePeriod.last_days(days or DEFAULT_DAYS, as_of=last - DAY)

    def progress(self, account: str, state: str) -> None:
        """Tell on a terminal how far each account has got."""
        if sys.stderr.isatty():
            _say(f"{account}: {state}" if account else state)

    def print_json(
        self, scope: Scope, currency: str | None, costs: Costs, **answer: Any
    ) -> None:
        """One object: what every answer says about itself, then the answer."""
        head = {
            "as_of": self.workspace.as_of,
            "period": {"start": scope.period.start, "end": scope.period.end},
            "currency": currency,
            "metric": scope.metric,
            "charges": scope.charges,
            "where": [asdict(condition) for condition in scope.where],
            "source": self.workspace.source.name,
            "complete": costs.complete,
            "problems": [asdict(problem) for problem in costs.problems],
            "notes": costs.notes,
            "read_at": costs.read_at,
        }
        self.print_object(**head | answer)

    def print_object(self, **fields: Any) -> None:
        """One object as JSON, with days and moments as text."""
        click.echo(json.dumps(fields, indent=2, default=_iso, allow_nan=False))

    def tell_problems(self, costs: Costs) -> None:
        """Name on stderr what is missing from an answer, and what to know about it."""
        for problem in costs.problems:
            self.tell(f"Missing: {problem}")
        for note in costs.notes:
            self.tell(f"Note: {note}")

    def tell(self, message: str) -> None:
        """Say something on stderr: it is no part of the answer."""
        _say(message)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # as in a container: nobody by name
        return "command line"


def _say(line: str) -> None:
    click.echo(output.one_line(line), err=True)


def _iso(when: date) -> str:
    return when.isoformat()
