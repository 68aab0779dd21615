from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from finops.aws.parallel import Tell, in_parallel
from finops.errors import CredentialsError, FinOpsError, UnreachableError

Task = Callable[[Tell], int]


class Diary:
    """Notes what it is told, and in which thread."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.threads: set[int] = set()

    def __call__(self, account: str, state: str) -> None:
        self.told.append((account, state))
        self.threads.add(threading.get_ident())


def one(_: Tell) -> int:
    return 1


def refused(_: Tell) -> int:
    msg = "Keys are missing."
    raise CredentialsError(msg)


@pytest.fixture
def hole() -> Task:
    """A task that never answers; its thread ends with the process."""
    return lambda _: int(threading.Event().wait())


def reachable(found: dict[str, int | FinOpsError]) -> dict[str, int]:
    return {name: f for name, f in found.items() if isinstance(f, int)}


def test_one_failure_leaves_the_others_whole() -> None:
    diary = Diary()

    found = in_parallel({"a": one, "b": refused, "c": one}, tell=diary)

    assert list(found) == ["a", "b", "c"]
    assert reachable(found) == {"a": 1, "c": 1}
    assert isinstance(found["b"], CredentialsError)
    assert ("b", "Keys are missing.") in diary.told
    assert diary.told.count(("c", "read")) == 1


def test_progress_is_told_in_the_callers_thread() -> None:
    diary = Diary()

    def slow(tell: Tell) -> int:
        tell("a", "reading page 2")
        return 1

    in_parallel({"a": slow}, tell=diary)

    assert diary.threads == {threading.get_ident()}
    assert diary.told == [("a", "reading"), ("a", "reading page 2"), ("a", "read")]


def test_who_does_not_answer_is_given_up(hole: Task) -> None:
    found = in_parallel({"a": hole, "b": one}, tell=Diary(), patience=0.1)

    assert reachable(found) == {"b": 1}
    assert str(found["a"]) == "AWS gave no answer within 0.1 seconds."


def test_who_says_something_is_waited_for() -> None:
    def slow(tell: Tell) -> int:
        for page in range(4):
            time.sleep(0.1)
            tell("a", f"reading page {page}")
        return 4

    assert in_parallel({"a": slow}, tell=Diary(), patience=0.25) == {"a": 4}


def test_nobody_is_asked_any_more_when_nothing_answers(hole: Task) -> None:
    begun = time.monotonic()

    found = in_parallel(
        {str(n): hole for n in range(20)}, tell=Diary(), workers=2, patience=0.1
    )

    assert all(isinstance(error, UnreachableError) for error in found.values())
    assert str(found["19"]) == "AWS was not asked, as nothing answers."
    assert time.monotonic() - begun < 1


def test_a_dead_worker_makes_room_for_the_next(hole: Task) -> None:
    def late(tell: Tell) -> int:
        time.sleep(0.15)
        return 1

    found = in_parallel(
        {"a": hole, "b": late, "c": late}, tell=Diary(), workers=2, patience=0.2
    )

    assert reachable(found) == {"b": 1, "c": 1}


def test_a_bug_is_raised_where_it_can_be_seen() -> None:
    def broken(_: Tell) -> int:
        return 1 // 0

    with pytest.raises(ZeroDivisionError):
        in_parallel({"a": broken}, tell=Diary())
