"""Does one server bear twenty people who click for minutes?

Twenty browser sessions on a server that was just started: they arrive one after
the other, and then click for three minutes, each every 6 to 10 seconds: a filter,
or another page. No page may show an error, the server's memory must not grow from
the second minute to the last, and a filter change must stay quick, those that
nobody asked for before among them. Not part of `make bench`, since it takes
minutes: `make soak`.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.async_api import Page, async_playwright

from benchmarks.browser import (
    CHARTS,
    FLAGS,
    IDLE,
    MEASURE,
    MENUS,
    RunningApp,
    executable,
    link_to,
    running_app,
)

SESSIONS: Final = 20
MINUTES: Final = 3.0
PAUSE: Final = (6.0, 10.0)
PATIENCE: Final = 120_000
"""Milliseconds after which a page counts as not answering."""

SLOWEST: Final = 1500.0
"""Milliseconds within which 95 of 100 filter changes are drawn."""

MOST_GROWTH: Final = 1.10
"""The memory of the last minute against that of the one before."""

PILL: Final = '[data-testid="stSidebar"] button'

FILTERS: Final = ("prod", "staging", "dev")

SEED: Final = 7


@dataclass(slots=True)
class Watch:
    """What was seen: waits in milliseconds, memory in MB by second, and errors."""

    filters: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def arrive(page: Page, address: str, *, watch: Watch) -> None:
    """Open the app, and wait until it is all there."""
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    await page.goto(address)
    await page.wait_for_selector(CHARTS)
    await page.wait_for_selector(IDLE)


async def wait_for_all(page: Page, everyone: asyncio.Event, rng: random.Random) -> None:
    """Pick the first account and drop it again until all others are there.

    A browser compiles what draws a page when it first does so, and loses it when
    it is left alone; this is not what is measured.
    """
    while not everyone.is_set():
        await page.evaluate(MEASURE, [PILL, FILTERS[0]])
        await asyncio.sleep(rng.uniform(*PAUSE))


async def look_around(page: Page, *, rng: random.Random, watch: Watch) -> None:
    """Click now and then until the time is up."""
    until = time.monotonic() + 60 * MINUTES
    await asyncio.sleep(rng.uniform(0, PAUSE[1]))
    for turn in itertools.count():
        if time.monotonic() > until:
            break
        if turn % 4 == 3:  # noqa: PLR2004 - three filters, then another page
            name = rng.choice(sorted(MENUS))
            if menu := MENUS[name]:
                await (
                    page.get_by_test_id("stTopNavSection").filter(has_text=menu).click()
                )
                link = page.get_by_test_id("stTopNavDropdownLink")
                await link.filter(has_text=name).wait_for()
            asked = [link_to(name), name]
            watch.pages.append(float(await page.evaluate(MEASURE, asked)))
        else:
            asked = [PILL, rng.choice(FILTERS)]
            watch.filters.append(float(await page.evaluate(MEASURE, asked)))
        for error in await page.get_by_test_id("stException").all_inner_texts():
            watch.errors.append(error)
        await asyncio.sleep(rng.uniform(*PAUSE))


async def watch_memory(process_id: int, watch: Watch) -> None:
    """Note the server's memory every few seconds, for as long as it is asked."""
    began = time.monotonic()
    while True:
        await asyncio.sleep(5)
        watch.memory.append((time.monotonic() - began, resident(process_id)))


def resident(process_id: int) -> float:
    """The memory of a process in MB (Linux)."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


async def soak(app: RunningApp) -> Watch:
    """Twenty people at once."""
    watch = Watch()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=executable(), args=[*FLAGS]
        )
        everyone, waiting = asyncio.Event(), []
        for number in range(SESSIONS):
            context = await chromium.new_context(
                viewport={"width": 1280, "height": 800}
            )
            context.set_default_timeout(PATIENCE)
            page = await context.new_page()
            await arrive(page, app.address, watch=watch)
            rng = random.Random(SEED + number)  # noqa: S311 - who clicks when
            there = asyncio.create_task(wait_for_all(page, everyone, rng))
            waiting.append((page, rng, there))
        everyone.set()
        await asyncio.gather(*(there for _, _, there in waiting))
        watching = asyncio.create_task(watch_memory(app.process_id, watch))
        await asyncio.gather(
            *(look_around(page, rng=rng, watch=watch) for page, rng, _ in waiting)
        )
        watching.cancel()
        await chromium.close()
    log = app.log.read_text(encoding="utf-8", errors="replace")
    watch.errors += [line for line in log.splitlines() if "Traceback" in line]
    return watch


def growth(memory: list[tuple[float, float]]) -> float:
    """The memory of the last minute over that of the minute before."""
    last = max(second for second, _ in memory)
    late = [mb for second, mb in memory if second > last - 60]
    early = [mb for second, mb in memory if last - 120 < second <= last - 60]
    return statistics.mean(late) / statistics.mean(early)


def give_way() -> None:
    """Let the server have the processor whenever it wants it.

    Twenty browsers are twenty computers in life. Here they share two cores with the
    server, which would wait in line behind the drawing of twenty pages.
    """
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main() -> int:
    """Soak, print, and fail where a limit is passed."""
    with running_app() as app:
        give_way()
        watch = asyncio.run(soak(app))
    ninety_fifth = statistics.quantiles(watch.filters, n=20)[-1]
    grown = growth(watch.memory)
    for name, waits in {"filter change": watch.filters, "page": watch.pages}.items():
        print(
            f"{name:14} n {len(waits):4}   p50 {statistics.median(waits):6.0f} ms   "
            f"p95 {statistics.quantiles(waits, n=20)[-1]:6.0f} ms"
        )
    peak = max(mb for _, mb in watch.memory)
    print(
        f"memory         peak {peak:.0f} MB   last minute over the one before {grown:.2f}"
    )
    print(f"errors         {len(watch.errors)}")
    for error in watch.errors[:5]:
        print(f"  {error[:200]}")
    return int(bool(watch.errors) or ninety_fifth > SLOWEST or grown > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
