"""Changes as folders on disk, or in one file to download."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finops.errors import RemediationError
from finops.remediation.change import Change

LONGEST: Final = 80

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Files in a zip have a date; with always the same one, so is the zip."""


def named(changes: Iterable[Change]) -> dict[str, Change]:
    """Each change by the name of its folder; no two have the same."""
    folders: dict[str, Change] = {}
    for change in changes:
        base = name = folder_name(change)
        number = 2
        while name in folders:
            name = f"{base}-{number}"
            number += 1
        folders[name] = change
    return folders


def folder_name(change: Change) -> str:
    """A name for the folder of `change`, of letters that every system takes."""
    text = f"{change.kind} {change.procedure.title}"
    ids = re.findall(r"\b(?:i|vol|snap|nat|eipalloc|vpc)-[0-9a-f]{8,17}\b", text)
    subject = ids[0] if ids else change.procedure.title
    plain = re.sub("[^A-Za-z0-9]+", "-", f"{change.kind}-{subject}").strip("-")
    return plain[:LONGEST].rstrip("-").lower()


@dataclass(frozen=True, slots=True)
class Written:
    """A folder on disk; `is_new` unless it was there and said the same."""

    change: Change
    folder: Path
    is_new: bool


def write(changes: Sequence[Change], out: Path) -> list[Written]:
    """Write a folder for each of `changes` into `out`; all of them or none.

    A folder that is there already is left alone if it says the same.

    Raises:
        RemediationError: If a folder holds something else, such as what a
            person has edited, or cannot be written.
    """
    folders = [
        Written(change, out / name, _is_free(out / name, change.files))
        for name, change in named(changes).items()
    ]
    try:
        for one in folders:
            _write(one.folder, one.change.files)
    except OSError as error:
        msg = f"{out} cannot be written: {error.strerror}."
        raise RemediationError(msg, hint="Name another folder with --out.") from error
    return folders


def _is_free(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether nothing is there yet; what is there has to say the same."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        msg = f"{folder} is a file."
        raise RemediationError(msg, hint="Name another folder with --out.")
    there = {path.name for path in folder.iterdir()}
    same = there == files.keys() and all(
        (folder / name).read_text(errors="replace") == text
        for name, text in files.items()
    )
    if there and not same:
        msg = f"{folder} is there already, and holds something else."
        hint = (
            "Move it away, or name another folder with --out: nothing is overwritten."
        )
        raise RemediationError(msg, hint=hint)
    return not there


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def zipped(changes: Iterable[Change]) -> bytes:
    """The folders of `changes` in one zip file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, change in named(changes).items():
            for file, text in change.files.items():
                entry = zipfile.ZipInfo(f"{name}/{file}", EPOCH)
                archive.writestr(entry, text)
    return whole.getvalue()
