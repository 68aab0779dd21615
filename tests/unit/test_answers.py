"""Answers are worked out once, and what takes the processor in turn."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from finops.web.answers import Answers

PATIENCE = 5.0


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


def test_an_answer_is_worked_out_once_though_two_ask_at_the_same_time() -> None:
    answers, worked = Answers(), []
    started, go_on = threading.Event(), threading.Event()

    def work() -> int:
        worked.append(1)
        started.set()
        go_on.wait(5)
        return 42

    first = threading.Thread(target=answers.get, args=("question", work))
    second = threading.Thread(target=answers.get, args=("question", work))
    first.start()
    started.wait(5)
    second.start()
    go_on.set()
    first.join(5)
    second.join(5)

    assert worked == [1]


def test_a_question_that_fails_is_asked_again() -> None:
    answers = Answers()
    with pytest.raises(ZeroDivisionError):
        answers.get("question", lambda: 1 // 0)

    assert answers.get("question", lambda: 7) == 7


def test_the_answers_asked_for_longest_ago_are_forgotten_first() -> None:
    answers = Answers(most=2)
    for question in ("a", "b", "a", "c"):
        answers.get(question, question.upper)

    assert answers.get("a", lambda: "again") == "A"
    assert answers.get("b", lambda: "again") == "again"


def test_an_old_answer_is_worked_out_again() -> None:
    answers = Answers(keep=timedelta())
    answers.get("question", lambda: "old")

    assert answers.get("question", lambda: "new") == "new"
