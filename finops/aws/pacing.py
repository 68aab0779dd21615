"""How fast one calling account may ask Cost Explorer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pacer:
    """Spaces the requests of all threads that ask as the same account.

    AWS does not publish its limit; at five a second it began to refuse. The
    limit is counted for the account that asks, however many clients it has.
    """

    per_second: float = 4.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self) -> None:
        """Return when it is this thread's turn to ask."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._free_at)
            self._free_at = turn + 1 / self.per_second
        if turn > now:
            self.sleep(turn - now)
