"""Which charges would be counted twice, because two files hold them?

Parts of one delivery have no line in common; deliveries of the same bill have
many. So lines are compared only where files hold charges of the same billing
period and the same days. A single file is taken as it was delivered: what AWS
wrote twice in one delivery are two charges.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
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
"""A delivery with more than this share of an older file's lines replaces it."""

LINE, AGE, NEWEST = "__line__", "__age__", "__newest__"
"""What a line is, its file's place in order of delivery, and the last such."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What not to count.

    Attributes:
        replaced: The days of a file that a newer delivery has again.
        ages: The place of each compared file in the order of delivery.
        newest: Lines that several files hold, each with the age of the file
            whose version counts; None where no such line is left.
    """

    replaced: Mapping[Path, ChargePeriod] = field(default_factory=dict)
    ages: Mapping[Path, int] = field(default_factory=dict)
    newest: Value | None = None

    @property
    def found(self) -> bool:
        """Whether any charge would be counted twice."""
        return bool(self.replaced) or self.newest is not None


def overlap_of(parts: Mapping[Part, Sequence[FileFacts]]) -> Overlap:
    """What not to count of `parts`, which are of one format.

    A file of which a later delivery has most lines is replaced on the days of
    that delivery, so that a line which AWS took back is not counted either.
    Otherwise each line counts once, as the newest file has it.
    """
    facts = {Path(each.file): each for found in parts.values() for each in found}
    files = sorted(sharing_days(facts), key=lambda file: (time_written(file), file))
    ages = {file: age for age, file in enumerate(files)}
    lines = [found for part in parts if (found := lines_of(part, ages)) is not None]
    if not lines:
        return Overlap()
    every = ibis.union(*lines) if lines[1:] else lines[0]
    newest = in_several_files(every)
    lost = lost_lines(every, newest)
    replaced = {
        file: days
        for file, age in ages.items()
        if (days := days_replaced(file, lost[age], facts, files))
    }
    ids_repeat = any(part.format.ids_repeat for part in parts)
    once = not ids_repeat and len(replaced) < len(lost)
    return Overlap(replaced, ages, newest if once else None)


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
    lines = part.bill.lines.select(**{LINE: line, AGE: age_of(part, ages)})
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


def lost_lines(lines: Value, newest: Value) -> dict[int, Counter[int]]:
    """How many lines of each file are in a later one as well, by their ages."""
    again = lines.join(newest, LINE)
    again = again.filter(again[AGE] < again[NEWEST])
    counts = again.group_by([AGE, NEWEST]).aggregate(lines=again.count())
    lost: dict[int, Counter[int]] = defaultdict(Counter)
    for row in counts.to_pyarrow().to_pylist():
        lost[row[AGE]][row[NEWEST]] = row["lines"]
    return lost


def days_replaced(
    file: Path,
    lost: Counter[int],
    facts: Mapping[Path, FileFacts],
    files: Sequence[Path],
) -> ChargePeriod | None:
    """The days on which later deliveries replace `file`; None if they do not."""
    later = {
        files[age]: lines
        for age, lines in lost.items()
        if time_written(files[age]) - time_written(file) > APART
    }
    if sum(later.values()) <= MOST * facts[file].charges:
        return None
    return ChargePeriod(
        min(facts[each].days.start for each in later),
        max(facts[each].days.end for each in later),
    )


def without_overlap(part: Part, overlap: Overlap) -> Part:
    """`part` without the charges that another file has as well."""
    lines = part.bill.lines
    kept = [
        ~((lines[FILE_COLUMN] == str(file)) & part.charged_in(days))
        for file, days in overlap.replaced.items()
        if file in part.files
    ]
    if overlap.newest is not None and set(overlap.ages) & set(part.files):
        marked = lines.mutate(**{LINE: part.line(), AGE: age_of(part, overlap.ages)})
        marked = marked.left_join(overlap.newest, LINE)
        kept_version = marked[NEWEST].isnull() | (marked[AGE] == marked[NEWEST])
        lines = marked.filter(kept_version, *kept).select(lines.columns)
    elif kept:
        lines = lines.filter(*kept)
    return part.with_lines(lines)
