"""Paid requests are counted, and stop at the limit, whoever makes them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from finops.errors import ConfigurationError, SpendingLimitError
from finops.sources.request_meter import PaidRequests, RequestMeter

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def meter_on(
    day: date, path: Path, *, daily_limit: Decimal | None = None
) -> RequestMeter:
    return RequestMeter(path, daily_limit=daily_limit, today=lambda: day)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "requests.db"


def test_requests_cost_a_cent_each(path: Path) -> None:
    meter = meter_on(MONDAY, path)

    meter.record("prod", 3)
    meter.record("dev")

    assert meter.spent_today() == Decimal("0.04")
    assert meter.estimate(250) == Decimal("2.50")


def test_a_new_day_starts_at_nothing(path: Path) -> None:
    meter_on(MONDAY, path).record("prod", 3)

    assert meter_on(TUESDAY, path).spent_today() == 0


def test_the_history_is_by_day_and_account(path: Path) -> None:
    meter_on(MONDAY, path).record("prod", 2)
    meter_on(MONDAY, path).record("dev")
    meter_on(TUESDAY, path).record("prod")

    history = meter_on(TUESDAY, path).history(2)

    assert history == [
        PaidRequests(TUESDAY, "prod", 1, Decimal("0.01")),
        PaidRequests(MONDAY, "dev", 1, Decimal("0.01")),
        PaidRequests(MONDAY, "prod", 2, Decimal("0.02")),
    ]
    assert meter_on(TUESDAY, path).history(1) == history[:1]


def test_the_limit_may_be_reached_but_not_passed(path: Path) -> None:
    meter = meter_on(MONDAY, path, daily_limit=Decimal("0.05"))
    meter.record("prod", 5)

    with pytest.raises(SpendingLimitError, match=r"\$0\.06 .* limit of \$0\.05") as no:
        meter.record("prod")

    assert "COST_EXPLORER_DAILY_LIMIT" in no.value.hint
    assert meter.spent_today() == Decimal("0.05")


def test_requests_that_would_pass_the_limit_together_are_not_counted(
    path: Path,
) -> None:
    meter = meter_on(MONDAY, path, daily_limit=Decimal("0.05"))

    with pytest.raises(SpendingLimitError):
        meter.record("prod", 6)

    assert meter.spent_today() == 0


def test_a_limit_of_nothing_allows_nothing(path: Path) -> None:
    with pytest.raises(SpendingLimitError):
        meter_on(MONDAY, path, daily_limit=Decimal(0)).record("prod")


def test_an_account_may_have_any_name(path: Path) -> None:
    name = "o'brien\"; DROP TABLE requests; --"

    meter_on(MONDAY, path).record(name)

    [entry] = meter_on(MONDAY, path).history(1)
    assert entry.account == name


def test_what_cannot_be_counted_is_not_asked(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")

    with pytest.raises(ConfigurationError, match="cannot be counted") as problem:
        meter_on(MONDAY, in_the_way / "requests.db").record("prod")

    assert "FINOPS_CACHE_DIR" in problem.value.hint


def spend_until_refused(path: Path, name: str) -> int:
    meter = meter_on(MONDAY, path, daily_limit=Decimal("0.30"))
    for made in range(100):
        try:
            meter.record(name)
        except SpendingLimitError:
            return made
    return 100


def test_processes_share_one_limit(path: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as processes:
        made = list(processes.map(partial(spend_until_refused, path), "abc"))

    assert sum(made) == 30
    assert meter_on(MONDAY, path).spent_today() == Decimal("0.30")
