"""What a hostile name, or a hostile model, may say, as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent


def attacks(kind: str) -> Any:
    """The attacks of one kind: `prompts`, `markdown` or `terraform`."""
    return json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
