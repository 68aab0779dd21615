"""Which charges would be counted twice, because two files hold them?

Parts of one delivery have no line in common; deliveries of the same bill have
many. So lines are compared only where files hold charges of the same billing
period and the same days. A single file is taken as it was delivered: what AWS
wrote twice in one delivery are two charges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import ibis

from finops.periods import ChargePeriod
from finops.sources.warehouse.bills import Value
from finops.sources.warehouse.deliveries import time_written
from finops.sources.warehouse.parts import FILE_COLUMN, Part
from finops.sources.warehouse.survey import FileFacts

APART: Final = timedelta(hours=1).total_seconds()
"""Files written further apart than this are of different deliveries."""

MOST: Final = 0.5
"""A delivery with more than this share of the lines that an older file has of its
days replaces these."""

MANY: Final = 1_000_000
"""Among more lines than this, a sample tells whether files share any."""

SAMPLE: Final = 64
"""One line in so many is in the sample; the same ones of every file."""

LINE, AGE, NEWEST, DAY = "__line__", "__age__", "__newest__", "__day__"
"""What a line is, its file's place in order of delivery, the last such, and the
day of its charge."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What not to count.

    Attributes:
        replaced: The days of a file that a newer delivery has again.
        ages: The place of each compared file in the order of delivery.
        repeating: Files with lines of which another file has the newest version.
        newest: These lines, with the age of the file whose version counts.
    """

    replaced: Mapping[Path, ChargePeriod] = field(default_factory=dict)
    ages: Mapping[Path, int] = field(default_factory=dict)
    repeating: Collection[Path] = ()
    newest: Value | None = None


def overlap_of(parts: Mapping[Part, Sequence[FileFacts]]) -> Overlap:
    """What not to count of `parts`, which are of one format.

    A file of which a later delivery has most lines is replaced on the days of
    that delivery, so that a line which AWS took back is not counted either.
    Otherwise each line counts once, as the newest file has it; where lines have no
    id, a file that is mostly a part of an earlier one is left out: a member's
    bill beside its payer's.
    """
    facts = {Path(each.file): each for found in parts.values() for each in found}
    files = sorted(sharing_days(facts), key=lambda file: (time_written(file), file))
    ages = {file: age for age, file in enumerate(files)}
    lines = [found for part in parts if (found := lines_of(part, ages)) is not None]
    if not lines:
        return Overlap()
    every = ibis.union(*lines) if lines[1:] else lines[0]
    step = SAMPLE if sum(facts[file].charges for file in files) > MANY else 1
    some = every.filter(every[LINE] % step == 0) if step > 1 else every
    newest = in_several_files(some)
    lost = lost_lines(some, newest)
    apart = -1.0 if all(part.format.ids_hold_costs for part in parts) else APART
    shared = shared_lines(lost, files, apart=apart)
    per_day = lines_per_day(some, files) if shared else {}
    replaced = held_elsewhere(by_file(shared), facts, per_day)
    repeating = [files[age] for age in lost if files[age] not in replaced]
    if any(part.format.ids_repeat for part in parts):
        wider = by_file((b, a, lines) for a, b, lines in shared if a in repeating)
        return Overlap(held_elsewhere(wider, facts, per_day) | replaced)
    if not repeating:
        return Overlap(replaced)
    newest = newest if step == 1 else in_several_files(every)
    return Overlap(replaced, ages, repeating, newest)


def sharing_days(facts: Mapping[Path, FileFacts]) -> set[Path]:
    """The files whose charges may be in another file as well."""
    in_order = sorted(facts.items(), key=lambda item: item[1].days.start)
    sharing: set[Path] = set()
    for place, (file, own) in enumerate(in_order):
        for later_file, later in in_order[place + 1 :]:
            if later.days.start >= own.days.end:
                break
            if own.may_share_charges_with(later):
                sharing |= {file, later_file}
    return sharing


def lines_of(part: Part, ages: Mapping[Path, int]) -> Value | None:
    """The lines of the compared files of `part`: what each is, and its age."""
    line = part.line()
    if line is None or not set(ages) & set(part.files):
        return None
    day = part.value("ChargePeriodStart").date()
    bill = part.bill.lines
    if part.format.ids_hold_costs:
        # That two files say 0 of the same day is no sign that they are of one bill.
        bill = bill.filter(part.value("EffectiveCost") != 0)
    lines = bill.select(**{LINE: line, AGE: age_of(part, ages), DAY: day})
    return lines.filter(lines[AGE].notnull())


def age_of(part: Part, ages: Mapping[Path, int]) -> Value:
    """The age of the file that each line of `part` is from."""
    known = [(str(file), ages[file]) for file in part.files if file in ages]
    return part.bill.lines[FILE_COLUMN].cases(*known, else_=ibis.null("int64"))


def in_several_files(lines: Value) -> Value:
    """A table of the lines that several files hold, with the last one's age."""
    ages = lines.group_by(LINE).aggregate(
        **{NEWEST: lines[AGE].max(), AGE: lines[AGE].min()}
    )
    several = ages.filter(ages[AGE] < ages[NEWEST]).drop(AGE)
    name = ibis.util.gen_name("lines_in_several_files")
    return lines.get_backend().create_table(name, several, temp=True)


def lost_lines(lines: Value, newest: Value) -> dict[int, dict[int, int]]:
    """How many lines of each file are in later ones, by the ages of both."""
    again = lines.join(newest, LINE)
    again = again.filter(again[AGE] < again[NEWEST])
    counts = again.group_by([AGE, NEWEST]).aggregate(lines=again.count())
    lost: dict[int, dict[int, int]] = defaultdict(dict)
    for row in counts.to_pyarrow().to_pylist():
        lost[row[AGE]][row[NEWEST]] = row["lines"]
    return dict(lost)


def shared_lines(
    lost: Mapping[int, Mapping[int, int]], files: Sequence[Path], *, apart: float
) -> list[tuple[Path, Path, int]]:
    """An earlier and a later delivery, and how many lines they have in common.

    Args:
        lost: How many lines of each file later ones have, by the ages of both.
        files: All of them, the oldest first.
        apart: How many seconds later another delivery is written at least.
    """
    return [
        (files[earlier], files[later], lines)
        for earlier, found in lost.items()
        for later, lines in found.items()
        if time_written(files[later]) - time_written(files[earlier]) > apart
    ]


def by_file(
    shared: Iterable[tuple[Path, Path, int]],
) -> dict[Path, dict[Path, int]]:
    """For the first file of each pair, how many lines each second one shares."""
    found: dict[Path, dict[Path, int]] = defaultdict(dict)
    for file, other, lines in shared:
        found[file][other] = lines
    return found


def lines_per_day(lines: Value, files: Sequence[Path]) -> dict[Path, dict[date, int]]:
    """How many of `lines` each of `files`, the oldest first, has on each day."""
    counts = lines.group_by([AGE, DAY]).aggregate(lines=lines.count())
    found: dict[Path, dict[date, int]] = defaultdict(dict)
    for row in counts.to_pyarrow().to_pylist():
        found[files[row[AGE]]][row[DAY]] = row["lines"]
    return found


def held_elsewhere(
    shared: Mapping[Path, Mapping[Path, int]],
    facts: Mapping[Path, FileFacts],
    per_day: Mapping[Path, Mapping[date, int]],
) -> dict[Path, ChargePeriod]:
    """The days of which other files hold most lines of a file, if they do.

    Args:
        shared: How many lines of each file others hold.
        facts: What each file holds.
        per_day: How many lines it has on each day.
    """
    held: dict[Path, ChargePeriod] = {}
    for file, others in shared.items():
        days = ChargePeriod(
            min(facts[other].days.start for other in others),
            max(facts[other].days.end for other in others),
        )
        own = sum(lines for day, lines in per_day[file].items() if day in days)
        if sum(others.values()) > MOST * own:
            held[file] = days
    return held
