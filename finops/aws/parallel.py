"""Asking many accounts at once, and going on without those that do not answer."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Final, Generic, Protocol, TypeVar

from finops.errors import FinOpsError, UnreachableError

Answer = TypeVar("Answer")


class Tell(Protocol):
    """Is told, in the caller's thread, how far each account has got."""

    def __call__(self, account: str, state: str) -> None:
        """`account` reached `state`: reading, read, or why it failed."""


def in_silence(account: str, state: str) -> None:
    """The listener of those who do not want to know."""
    del account, state


WORKERS: Final = 25
"""Fifty accounts in two rounds; beyond that, the processor is what is waited for."""

PATIENCE: Final = 25.0
"""Seconds that an account may stay silent before the others go on."""


def in_parallel(
    tasks: Mapping[str, Callable[[Tell], Answer]],
    *,
    tell: Tell,
    workers: int = WORKERS,
    patience: float = PATIENCE,
) -> dict[str, Answer | FinOpsError]:
    """The answer of each task, or why there is none, by the task's name.

    A task is silent until it tells its state or answers; one that is silent
    for `patience` seconds is given up, and when none has been heard of for as
    long, those still waiting are not begun. The threads do not keep the
    process from ending.
    """
    return _Round(tasks, tell, workers, patience).outcomes()


@dataclass(slots=True)
class _Failed:
    """What a task raised, on its way to the caller's thread."""

    error: BaseException


@dataclass(slots=True)
class _Round(Generic[Answer]):
    tasks: Mapping[str, Callable[[Tell], Answer]]
    tell: Tell
    workers: int
    patience: float
    heard: dict[str, float] = field(default_factory=dict)
    found: dict[str, Answer | FinOpsError] = field(default_factory=dict)
    last_heard: float = field(default_factory=time.monotonic)
    news: SimpleQueue[tuple[str, str | tuple[Answer] | _Failed]] = field(
        default_factory=SimpleQueue
    )

    def outcomes(self) -> dict[str, Answer | FinOpsError]:
        waiting = deque(self.tasks)
        while waiting or self.heard:
            while waiting and len(self.heard) < self.workers:
                self._begin(waiting.popleft())
            try:
                name, news = self.news.get(timeout=self._time_left())
            except Empty:
                self._give_up_the_silent()
                if time.monotonic() - self.last_heard >= self.patience:
                    self._give_up(waiting, "was not asked, as nothing answers")
                    waiting.clear()
                continue
            if name in self.heard:
                self._take(name, news)
        return {name: self.found[name] for name in self.tasks}

    def _begin(self, name: str) -> None:
        self.heard[name] = time.monotonic()
        self.tell(name, "reading")
        threading.Thread(target=self._run, args=[name], daemon=True).start()

    def _run(self, name: str) -> None:
        def say(account: str, state: str) -> None:
            del account
            self.news.put((name, state))

        try:
            answer = self.tasks[name](say)
        except BaseException as error:  # noqa: BLE001  raised in the caller's thread
            self.news.put((name, _Failed(error)))
        else:
            self.news.put((name, (answer,)))

    def _take(self, name: str, news: str | tuple[Answer] | _Failed) -> None:
        now = time.monotonic()
        if isinstance(news, str):
            self.heard[name] = self.last_heard = now
            self.tell(name, news)
            return
        del self.heard[name]
        if not isinstance(news, _Failed):
            self.last_heard = now
            [self.found[name]] = news
            self.tell(name, "read")
        elif isinstance(news.error, FinOpsError):
            if not isinstance(news.error, UnreachableError):
                self.last_heard = now
            self._fail(name, news.error)
        else:
            raise news.error

    def _time_left(self) -> float:
        longest_silent = min(self.heard.values())
        return max(0.0, longest_silent + self.patience - time.monotonic())

    def _give_up_the_silent(self) -> None:
        limit = time.monotonic() - self.patience
        silent = [name for name, heard in self.heard.items() if heard <= limit]
        for name in silent:
            del self.heard[name]
        self._give_up(silent, f"gave no answer within {self.patience:g} seconds")

    def _give_up(self, names: Iterable[str], why: str) -> None:
        for name in names:
            msg = f"AWS {why}."
            hint = "Check the network and the proxy, then try again."
            self._fail(name, UnreachableError(msg, hint=hint))

    def _fail(self, name: str, error: FinOpsError) -> None:
        self.found[name] = error
        self.tell(name, str(error))
