"""Where the coming days land when the user switches changes on."""

from __future__ import annotations

from dataclasses import dataclass

from finops.analysis.landing import Landing, landing
from finops.analysis.planned_changes import Change
from finops.analysis.scenarios import ChangedPath, with_changes
from finops.periods import ChargePeriod
from finops.workspace.ahead import Ahead


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A forecast with changes; without any, the forecast itself."""

    ahead: Ahead
    changes: tuple[Change, ...] = ()

    @property
    def path(self) -> ChangedPath:
        """The days that were asked for."""
        return self._path(self.ahead.period, self.changes)

    def landing(self, period: ChargePeriod) -> Landing:
        """Where `period` lands, which holds the first coming day."""
        path = self._path(period, self.changes)
        return landing(
            self.ahead.history,
            path.cumulative,
            period,
            passed=self.ahead.until(period).passed,
            unread=self.ahead.unread,
        )

    def effect(self, change: Change) -> float:
        """By how much a change alone moves the sum of the days asked for."""
        path = self._path(self.ahead.period, (change,))
        return float(path.cumulative["cost"].iloc[-1]) - self.ahead.forecast.total

    def _path(self, period: ChargePeriod, changes: tuple[Change, ...]) -> ChangedPath:
        asked = period == self.ahead.period
        found = self.ahead.forecast if asked else self.ahead.until(period)
        return with_changes(found.daily, found.cumulative, found.parts, changes)
