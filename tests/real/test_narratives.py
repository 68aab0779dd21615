"""The rules explain real bills, and state no figure that they were not given."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from finops.commentary.forecast_text import written_by_rules
from finops.commentary.narrative import TITLES, Narrative, problems
from finops.settings import Settings
from finops.workspace import Scope, open_workspace
from finops.workspace.budgets import budget_for, budgets_of
from finops.workspace.forecasts import forecast
from finops.workspace.known import Open, known_facts
from finops.workspace.recommendations import recommendations

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

BILLS = (
    "cur/walabs_2018-10_cur_hourly.snappy.parquet",
    "cur/olaraji_2026-04_cur2_daily_scrubbed.csv",
)


def narrative(source: str, cache: Path) -> Narrative:
    environ = {"COST_SOURCE": source, "FINOPS_CACHE_DIR": str(cache)}
    settings = Settings.from_env(environ)
    space = open_workspace(settings, now=lambda: NOW)
    scope = Scope(period=space.period())
    found = recommendations(space, scope)
    facts = known_facts(
        space,
        forecast(space, scope),
        budget=budget_for(budgets_of(settings), scope),
        to_save=Open(found, {one.fingerprint: "new" for one in found.found}),
    )
    return written_by_rules(facts)


@pytest.mark.parametrize("name", BILLS)
def test_a_real_bill_is_explained_whole_and_right(
    real_data: Path, tmp_path: Path, name: str
) -> None:
    written = narrative(str(real_data / name), tmp_path)

    assert [part.title for part in written.sections] == list(TITLES.values())
    assert all(part.sentences for part in written.sections)
    assert problems(written) == []


def test_the_demo_company_is_explained_whole_and_right(tmp_path: Path) -> None:
    written = narrative("demo", tmp_path)

    assert all(part.sentences for part in written.sections)
    assert problems(written) == []
