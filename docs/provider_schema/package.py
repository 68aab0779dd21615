"""The TypeScript of each type, from the package as it is downloaded."""

from __future__ import annotations

import base64
import io
import json
import re
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MEMBER: Final = re.compile(r"package/lib/([^/]+)/.*\.js")

SOURCE_MAP: Final = re.compile(
    r"sourceMappingURL=data:application/json;base64,([A-Za-z0-9+/=]+)"
)


def sources(wheel: Path) -> Mapping[str, str]:
    """The TypeScript of each folder of the package, such as `instance`."""
    found: dict[str, list[str]] = defaultdict(list)
    with zipfile.ZipFile(wheel) as archive:
        [inner] = [n for n in archive.namelist() if n.endswith(".jsii.tgz")]
        packed = io.BytesIO(archive.read(inner))
    with tarfile.open(fileobj=packed, mode="r:gz") as members:
        for member in members:
            named = MEMBER.fullmatch(member.name)
            opened = members.extractfile(member) if named else None
            if named and opened:
                found[named[1]] += _typescript(opened.read().decode())
    return {name: "\n".join(texts) for name, texts in found.items()}


def _typescript(javascript: str) -> list[str]:
    packed = SOURCE_MAP.search(javascript)
    if not packed:
        return []
    source_map = json.loads(base64.b64decode(packed[1]))
    return [str(source_map["sourcesContent"][0])]
