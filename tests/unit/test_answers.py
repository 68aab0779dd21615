"""Answers are worked out once, and what takes the processor in turn."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from finops.web.answers import Answers

PATIENCE = 5.0


def test_two_who_ask_the_same_get_one_answer() -> None:
    answers, asked = Answers(), []

    def work() -> int:
        asked.append(1)
        return 7

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: answers.get("same", work), range(4)))

    assert told == [7, 7, 7, 7]
    assert len(asked) == 1


def test_what_takes_the_processor_is_worked_out_in_turn() -> None:
    answers, at_work, most = Answers(), [0], [0]

    def work() -> None:
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        threading.Event().wait(0.01)
        at_work[0] -= 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: answers.get(n, work, in_turn=True), range(8)))

    assert most == [1]


def test_what_is_kept_is_told_while_another_is_at_work() -> None:
    answers, done = Answers(), threading.Event()
    answers.get("kept", lambda: "kept", in_turn=True)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(
            answers.get, "slow", lambda: done.wait(PATIENCE), in_turn=True
        )
        told = answers.get("kept", lambda: "anew", in_turn=True)
        done.set()

    assert told == "kept"
    assert slow.result()


def test_an_answer_may_rest_on_another_that_all_ask_for() -> None:
    answers = Answers()

    def on_ground(number: int) -> int:
        def work() -> int:
            return number + answers.get("ground", lambda: 100, in_turn=True)

        return answers.get(number, work, in_turn=True)

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(on_ground, range(8), timeout=PATIENCE))

    assert told == [100 + number for number in range(8)]


def test_a_question_that_failed_is_asked_again() -> None:
    answers = Answers()
    outcomes = iter([ValueError("once"), None])

    def work() -> str:
        if error := next(outcomes):
            raise error
        return "well"

    for expected in (ValueError, str):
        try:
            found: object = answers.get("it", work, in_turn=True)
        except ValueError as error:
            found = error
        assert isinstance(found, expected)
