"""Answers that are kept, so that a question is worked out once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock, RLock
from typing import TypeVar, cast

T = TypeVar("T")


@dataclass(slots=True)
class _Kept:
    """One answer, and the lock that lets others wait for it."""

    lock: Lock = field(default_factory=Lock)
    answer: object = None
    worked_out_at: float | None = None


class Answers:
    """Answers by question, for all visitors of this process.

    Two visitors who ask the same at the same time wait for one answer. A
    question that fails is not kept: the next visitor asks again.

    What keeps the processor busy is worked out in turn: at the same time, all of it
    would be done at the end only, and what is kept already would wait in between.
    """

    def __init__(self, *, most: int = 500, keep: timedelta = timedelta(hours=1)):
        self._turn = RLock()
        self._most = most
        self._seconds = keep.total_seconds()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = Lock()

    def get(
        self, question: Hashable, work: Callable[[], T], *, in_turn: bool = False
    ) -> T:
        """The answer to `question`: the one that is kept, else what `work` says.

        Args:
            question: What is asked.
            work: Works it out.
            in_turn: Whether that takes the processor, and not waiting.
        """
        if in_turn and not self.has(question):
            with self._turn:
                return self._worked_out(question, work)
        return self._worked_out(question, work)

    def _worked_out(self, question: Hashable, work: Callable[[], T]) -> T:
        with self._lock:
            kept = self._kept.setdefault(question, _Kept())
            self._kept.move_to_end(question)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        with kept.lock:
            now = time.monotonic()
            if kept.worked_out_at is None or now - kept.worked_out_at > self._seconds:
                kept.answer = work()
                kept.worked_out_at = time.monotonic()
            return cast("T", kept.answer)

    def has(self, question: Hashable) -> bool:
        """Whether the answer to `question` is kept."""
        kept = self._kept.get(question)
        if kept is None or kept.worked_out_at is None:
            return False
        return time.monotonic() - kept.worked_out_at <= self._seconds
