"""Planted anomalies are found, few others are, and their causes are exact."""

from __future__ import annotations

from benchmarks.anomalies import exact, looking_back, mad, scored, z_score
from benchmarks.simulated_anomalies import causes, services

SEED = 11


def test_planted_anomalies_are_found_at_less_than_one_false_alarm_a_year() -> None:
    truths = services(60, seed=SEED)

    ours = scored(looking_back, truths)
    others = [scored(detector, truths) for detector in (z_score, mad)]

    assert ours.f1 >= 0.72
    assert ours.false_per_year <= 1.0
    assert all(ours.f1 > other.f1 for other in others)
    assert all(other.false_per_year > 1.0 for other in others)


def test_the_cause_is_exact_in_most_cases() -> None:
    cubes = causes(150, seed=SEED)

    assert sum(map(exact, cubes)) / len(cubes) >= 0.85
