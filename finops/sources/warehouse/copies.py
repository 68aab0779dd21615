"""Which files are copies of others?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import file_digest
from pathlib import Path


def without_copies(files: Iterable[Path]) -> list[Path]:
    """`files`, those with the same content once: a bill that was saved twice is one.

    Only files of the same size are read for it.
    """
    sizes = {file: file.stat().st_size for file in files}
    shared = Counter(sizes.values())
    kept: dict[object, Path] = {}
    for file, size in sizes.items():
        kept.setdefault(file if shared[size] == 1 else (size, _digest(file)), file)
    return list(kept.values())


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()
