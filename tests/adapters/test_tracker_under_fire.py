"""The tracker loses nothing that was acknowledged, whoever is killed."""

from __future__ import annotations

from pathlib import Path

from benchmarks.tracker_under_fire import under_fire


def test_processes_that_are_killed_take_nothing_with_them(tmp_path: Path) -> None:
    left = under_fire(tmp_path, processes=5, seconds=1.5, between_kills=0.04)

    assert left.kills > 5
    assert left.acknowledged > 5
    assert (left.lost, left.sound, left.log_agrees) == (0, True, True)
