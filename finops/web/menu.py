"""The groups of pages at the top of the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

Page = TypeVar("Page")

ALONE = ""
"""The group whose pages stand in the bar itself, before the others."""


def grouped(groups: Mapping[str, Sequence[Page]]) -> dict[str, list[Page]]:
    """`groups` without menus of a single page: that stands in the bar itself."""
    alone = [
        page
        for name, pages in groups.items()
        for page in pages
        if name == ALONE or len(pages) == 1
    ]
    menus = {name: list(pages) for name, pages in groups.items() if len(pages) > 1}
    return {ALONE: alone} | {name: menus[name] for name in menus if name != ALONE}
