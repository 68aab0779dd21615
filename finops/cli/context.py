"""What commands share: the workspace, the scope asked for, and the JSON head."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from finops.errors import ConfigurationError
from finops.focus import Charges, Condition, Costs, Metric, dimension_named
from finops.periods import DAY, ChargePeriod
from finops.settings import Settings

if TYPE_CHECKING:
    from finops.workspace import Scope, Workspace


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

    def scope(
        self,
        *,
        days: int | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        metric: Metric | None = None,
        charges: Charges = "usage",
        where: tuple[str, ...] = (),
    ) -> Scope:
        """The scope that a command's options describe.

        Raises:
            ConfigurationError: If the period ends before it starts.
        """
        from finops.workspace import Scope  # noqa: PLC0415 - as for the workspace

        return Scope(
            period=self._period(days, start, end),
            metric=metric or self.settings.metric,
            charges=charges,
            where=tuple(_condition(text) for text in where),
        )

    def _period(
        self, days: int | None, start: datetime | None, end: datetime | None
    ) -> ChargePeriod:
        last = end.date() if end else self.workspace.as_of + DAY
        if start is None:
            return ChargePeriod.last_days(days or 30, as_of=last - DAY)
        if start.date() >= last:
            msg = f"The period starts on {start.date()} and ends before {last}."
            raise ConfigurationError(msg, hint="Choose an --end after the --start.")
        return ChargePeriod(start.date(), last)

    def progress(self, account: str, state: str) -> None:
        """Tell on a terminal how far each account has got."""
        if sys.stderr.isatty():
            click.echo(f"  {account}: {state}", err=True)

    def print_json(
        self, scope: Scope, currency: str, costs: Costs, **answer: Any
    ) -> None:
        """One object: what every answer says about itself, then the answer."""
        head = {
            "as_of": self.workspace.as_of,
            "period": {"start": scope.period.start, "end": scope.period.end},
            "currency": currency,
            "metric": scope.metric,
            "charges": scope.charges,
            "source": self.workspace.source.name,
            "complete": costs.complete,
            "problems": [
                {
                    "account": problem.account,
                    "code": problem.code,
                    "message": problem.message,
                    "hint": problem.hint,
                }
                for problem in costs.problems
            ],
            "notes": list(costs.notes),
            "read_at": costs.read_at,
        }
        click.echo(json.dumps(head | answer, indent=2, default=str, allow_nan=False))

    def tell_problems(self, costs: Costs) -> None:
        """Name on stderr what is missing from an answer, and what to know about it."""
        for problem in costs.problems:
            click.echo(f"Missing: {problem}", err=True)
        for note in costs.notes:
            click.echo(f"Note: {note}", err=True)


def _condition(text: str) -> Condition:
    name, equals, value = text.partition("=")
    if not equals:
        msg = f"--where {text} has no '='."
        raise click.UsageError(msg + " Write it as DIMENSION=VALUE.")
    return Condition(dimension_named(name), (value or None,))
