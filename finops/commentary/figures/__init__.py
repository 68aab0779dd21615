"""Every figure that a text states, however it is written.

A figure is an amount, a percentage, a multiple, a count, a length of time or a
date. What has digits and is none - a name, an instance type, a version, a
list number, an account's id - is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from finops.commentary.figures.dates import dates_in
from finops.commentary.figures.figure import Day, Figure, Hedge, Kind
from finops.commentary.figures.masks import (
    ACCOUNT,
    HIDDEN,
    without_names,
    without_words,
)
from finops.commentary.figures.numbers import numbers_in
from finops.commentary.figures.plain import Plain, plain
from finops.commentary.figures.shares import shares_in

__all__ = ["Day", "Figure", "Hedge", "Kind", "figures_in", "plain"]


def figures_in(text: str, names: Iterable[str] = ()) -> list[Figure]:
    """The figures of `text`, in order.

    Args:
        text: What a person or a model wrote.
        names: Names that may stand in it; the digits in them are no figures.
    """
    read = plain(text)
    known = list(names)
    found = [*_accounts(read.text, known), *_read(without_names(read.text, known))]
    return sorted(
        (_placed(figure, read, text) for figure in found), key=lambda f: f.start
    )


def _read(text: str) -> Iterator[Figure]:
    """The figures of a text that has no names in it any more."""
    for start, end, day, lone in list(dates_in(text)):
        if day is not None:
            yield Figure(start=start, end=end, text="", kind="date", day=day, lone=lone)
        text = text[:start] + HIDDEN * (end - start) + text[end:]
    parts = list(shares_in(text))
    yield from parts
    for part in parts:
        text = text[: part.start] + HIDDEN * (part.end - part.start) + text[part.end :]
    yield from numbers_in(without_words(text))


def _accounts(text: str, names: list[str]) -> Iterator[Figure]:
    """Ids of accounts that are none of ours, where ours are known by their ids."""
    ours = {re.sub(r"\D", "", name) for name in names if ACCOUNT.fullmatch(name)}
    for found in ACCOUNT.finditer(text) if ours else ():
        if found[0].replace("-", "") not in ours:
            yield Figure(start=found.start(), end=found.end(), text="", kind="account")


def _placed(figure: Figure, read: Plain, text: str) -> Figure:
    """`figure` with its place in the original text."""
    start, end = read.span(figure.start, figure.end)
    return replace(figure, start=start, end=end, text=text[start:end])
