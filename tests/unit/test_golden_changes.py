"""Whole folders, as a reviewer gets them, to be read when they change.

`python -m tests.unit.test_golden_changes` writes them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from finops.remediation import generate

FOLDER: Final = Path(__file__).parents[1] / "golden" / "changes"

WHERE: Final = {
    "account": "prod",
    "account_id": "482915730164",
    "region": "us-east-1",
}

FACTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "ec2_rightsize": {
        "instance_id": "i-0123456789abcdef0",
        "current_type": "t2.large",
        "target_type": "t3.medium",
        "reason": "CPU <10% for 30 days",
        "estimated_monthly_savings": 37.38,
    },
    "delete_volume": {
        "volume_id": "vol-0123456789abcdef0",
        "size_gb": 500,
        "reason": "Attached to nothing for 40 days",
        "estimated_monthly_savings": 50.0,
    },
}


def files(kind: str) -> Mapping[str, str]:
    """The folder of the change, as it is written."""
    facts = {**WHERE, **FACTS[kind]}
    return generate(facts, kind=kind, today=date(2026, 11, 23)).files


@pytest.mark.parametrize("kind", FACTS)
def test_a_folder_is_what_was_reviewed(kind: str) -> None:
    reviewed = {path.name: path.read_text() for path in (FOLDER / kind).iterdir()}

    assert files(kind) == reviewed


if __name__ == "__main__":
    for kind in FACTS:
        (FOLDER / kind).mkdir(parents=True, exist_ok=True)
        for name, text in files(kind).items():
            (FOLDER / kind / name).write_text(text)
