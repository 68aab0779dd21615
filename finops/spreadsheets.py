"""Cells that a spreadsheet may open without running anything."""

from __future__ import annotations

from typing import Final, TypeVar

Cell = TypeVar("Cell")

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that starts like this for a formula."""


def disarmed(cell: Cell) -> Cell | str:
    """`cell`, with an apostrophe before text that a spreadsheet would run."""
    if isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA):
        return f"'{cell}"
    return cell


def armed_again(cell: str) -> str:
    """The text that `disarmed` made `cell` from."""
    armed = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA)
    return cell[1:] if armed else cell
