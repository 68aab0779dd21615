"""Which savings tracker belongs to an installation?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from finops.settings import Settings
from finops.workspace.savings import tracker_path

TODAY = date(2026, 11, 23)


def test_real_savings_lie_in_the_data_folder() -> None:
    assert tracker_path(Settings(source="aws"), today=TODAY) == Path(
        "data/savings_tracker.db"
    )


def test_the_demo_has_a_tracker_of_its_own_every_day(tmp_path: Path) -> None:
    settings = Settings(source="demo", cache_dir=tmp_path)

    one, next_one = (
        tracker_path(settings, today=day) for day in (TODAY, date(2026, 11, 24))
    )

    assert one != next_one
    assert one.is_relative_to(tmp_path)


def test_a_file_that_is_named_is_taken_for_every_source() -> None:
    settings = Settings(source="demo", savings_db=Path("ours.db"))

    assert tracker_path(settings, today=TODAY) == Path("ours.db")
