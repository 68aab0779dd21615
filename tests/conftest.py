"""What holds for every test: no real account, and where the real bills are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def no_real_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS is out of reach: keys are fake, and the address is a closed port."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:  # noqa: TID251
        monkeypatch.delenv(name)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def real_data() -> Path:
    """The folder of real bills; a test that needs it is skipped without it."""
    beside = ROOT.parent / "shared" / "data"
    folder = Path(os.environ.get("FINOPS_REAL_DATA", beside))  # noqa: TID251
    if not folder.is_dir():
        pytest.skip(f"There are no real bills in {folder}: set FINOPS_REAL_DATA.")
    return folder
