"""How sure an effect is depends on how far costs wander without it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.realization.wandering import Days, effect

Values = npt.NDArray[np.float64]

COUNT = 100

NUMBERS = np.arange(COUNT)

LEVEL = np.ones(COUNT)

LATER = (NUMBERS >= 75).astype(float)

STEP = np.array([0.0, 1.0])


def stepping(costs: Values) -> Days:
    return Days(costs, np.column_stack([LEVEL, LATER]), NUMBERS)


def noise(seed: int, kept: float = 0.0) -> Values:
    drawn = np.random.default_rng(seed).normal(0, 1, COUNT)
    for day in range(1, COUNT):
        drawn[day] += kept * drawn[day - 1]
    return drawn


@settings(max_examples=20)
@given(seed=st.integers(0, 99), height=st.floats(-50, 50), level=st.floats(0, 50))
def test_a_step_is_found_on_top_of_what_is_there(
    seed: int, height: float, level: float
) -> None:
    plain = effect(stepping(noise(seed)), STEP)

    raised = effect(stepping(noise(seed) + level + height * LATER), STEP)

    assert raised.size == pytest.approx(plain.size + height, abs=1e-6)
    assert raised.error == pytest.approx(plain.error, rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_what_wanders_is_less_sure_than_what_strays(seed: int) -> None:
    strays = effect(stepping(100 + noise(seed)), STEP)
    keeps = effect(stepping(100 + noise(seed, kept=0.6)), STEP)
    wanders = effect(stepping(100 + noise(seed, kept=1.0)), STEP)

    assert strays.error < keeps.error < wanders.error


def test_a_step_is_as_unsure_as_it_is_wrong() -> None:
    """The level moves in a day by a fifth of what days stray."""
    found = [
        effect(stepping(100 + noise(seed) + 0.2 * np.cumsum(noise(1000 + seed))), STEP)
        for seed in range(100)
    ]

    errors = np.array([each.size / each.error for each in found])

    assert 0.82 <= np.mean(np.abs(errors) < 1.645) <= 0.98


@pytest.mark.parametrize("seed", range(3))
def test_the_further_ahead_the_less_is_known(seed: int) -> None:
    days = Days(100 + noise(seed, kept=1.0), LEVEL[:, None], NUMBERS)
    one = np.array([1.0])

    soon, late = (
        effect(days, one, ahead=np.arange(COUNT, COUNT + count)) for count in (1, 60)
    )

    assert soon.error < late.error
    assert soon.size == pytest.approx(days.costs[-1], abs=2.5)
