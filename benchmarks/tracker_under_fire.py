"""Is the savings tracker sound after many processes wrote at once and were killed?

Each process adds items and moves them on, and acknowledges in a file of its own
what has been written. Every now and then one is killed in mid-write, and another
takes its place. In the end every acknowledged item must be there, the file must be
sound, and the log must tell the same as the table.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from finops.savings import SavingsTracker
from finops.savings.items import TrackedItem

PROCESSES: Final = 20
SECONDS: Final = 10.0
BETWEEN_KILLS: Final = 0.15

FORK: Final = get_context("fork")
"""The libraries are loaded once, and a process starts in no time."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is left of the tracker.

    Attributes:
        acknowledged: Items whose writing had been confirmed.
        lost: Those of them that are not there.
        items: All that are there; some were written and never confirmed.
        kills: How many processes were killed.
        sound: Whether the file passes SQLite's own check.
        log_agrees: Whether the log alone tells how every item stands.
    """

    acknowledged: int
    lost: int
    items: int
    events: int
    kills: int
    sound: bool
    log_agrees: bool

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.sound and self.log_agrees and self.lost == 0


def under_fire(
    folder: Path, *, processes: int, seconds: float, between_kills: float
) -> Aftermath:
    """Write from `processes` at once and kill at random; what is left."""
    path = folder / "tracker.db"
    started, kills = 0, 0
    running: list[BaseProcess] = []
    dice = random.Random(2026)  # noqa: S311 - it chooses a victim
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        while len(running) < processes:
            acknowledged = folder / f"acknowledged-{started}.txt"
            running.append(_started(path, acknowledged, started))
            started += 1
        time.sleep(between_kills)
        _kill(running.pop(dice.randrange(len(running))))
        kills += 1
    for process in running:
        _kill(process)
    return _aftermath(path, folder, kills)


def _started(path: Path, acknowledged: Path, seed: int) -> BaseProcess:
    process = FORK.Process(target=_write, args=(path, acknowledged, seed), daemon=True)
    process.start()
    return process


def _write(path: Path, acknowledged: Path, seed: int) -> None:
    """Add items and move them on until somebody pulls the plug."""
    tracker = SavingsTracker(path, who=f"writer {seed}")
    dice = random.Random(seed)  # noqa: S311 - it chooses what to do
    for count in range(sys.maxsize):
        title = f"{seed}-{count}"
        rec_id = tracker.add_recommendation(
            title=title, recommendation_type="test", estimated_savings=1.5
        )
        with acknowledged.open("a") as file:
            file.write(f"{title}\n")
        match dice.randrange(4):
            case 0:
                tracker.accept(rec_id=rec_id)
            case 1:
                tracker.mark_implemented(rec_id=rec_id, actual_savings=1.25)
            case 2:
                tracker.reject(rec_id=rec_id, reason="A test")


def _kill(process: BaseProcess) -> None:
    if process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
    process.join()


def _aftermath(path: Path, folder: Path, kills: int) -> Aftermath:
    tracker = SavingsTracker(path)
    items, events = tracker.items(), tracker.events()
    acknowledged = {
        line
        for file in folder.glob("acknowledged-*.txt")
        for line in file.read_text().splitlines()
    }
    with closing(sqlite3.connect(path)) as connection:
        [(verdict,)] = connection.execute("PRAGMA integrity_check").fetchall()
    return Aftermath(
        acknowledged=len(acknowledged),
        lost=len(acknowledged - {item.title for item in items}),
        items=len(items),
        events=len(events),
        kills=kills,
        sound=verdict == "ok",
        log_agrees=told_by_the_log(tracker) == items,
    )


def told_by_the_log(tracker: SavingsTracker) -> list[TrackedItem]:
    """How the items stand, worked out from the log alone."""
    rows: dict[int, dict[str, object]] = {}
    for event in sorted(tracker.events(), key=lambda event: event.id):
        row = rows.setdefault(event.item_id, {"id": event.item_id})
        row.update(event.changes)
    columns = TrackedItem.__dataclass_fields__
    return [TrackedItem.of(dict.fromkeys(columns) | row) for row in rows.values()]


def main() -> int:
    """Print what is left; 0 where nothing is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        left = under_fire(
            Path(folder),
            processes=PROCESSES,
            seconds=SECONDS,
            between_kills=BETWEEN_KILLS,
        )
    print(
        f"{PROCESSES} processes for {SECONDS:.0f} s, {left.kills} of them killed: "
        f"{left.acknowledged} items acknowledged, {left.lost} lost, {left.items} "
        f"there with {left.events} entries in the log; "
        f"file {'sound' if left.sound else 'DAMAGED'}, "
        f"log {'agrees' if left.log_agrees else 'DISAGREES'}"
    )
    return 0 if left.good else 1


if __name__ == "__main__":
    sys.exit(main())
