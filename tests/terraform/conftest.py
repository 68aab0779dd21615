"""The real Terraform, a stand-in for its AWS provider, and an account to read."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from tests.terraform.account import Objects, seeded
from tests.terraform.binary import terraform_in
from tests.terraform.provider import serving
from tests.terraform.readers import ACCOUNT, REGION


@dataclass(frozen=True, slots=True)
class Terraform:
    """The command, and the environment in which it finds the stand-in."""

    command: Path
    environ: Mapping[str, str]

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run it in `folder`."""
        return subprocess.run(
            [str(self.command), *arguments],
            cwd=folder,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def validate(self, folder: Path) -> list[str]:
        """What `terraform validate` complains about."""
        answer = json.loads(self.run(folder, "validate", "-json").stdout)
        return [
            f"{one['summary']}: {one.get('detail', '')}"
            for one in answer["diagnostics"]
            if one["severity"] == "error"
        ]

    def plan(self, folder: Path, **variables: str) -> dict[str, Any]:
        """The plan as JSON."""
        given = [f"-var={name}={value}" for name, value in variables.items()]
        planned = self.run(
            folder, "plan", "-no-color", "-input=false", "-out=plan.bin", *given
        )
        assert planned.returncode == 0, planned.stdout + planned.stderr
        shown = self.run(folder, "show", "-json", "plan.bin")
        plan: dict[str, Any] = json.loads(shown.stdout)
        return plan


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of an empty AWS."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def endpoint(moto: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that asks AWS asks that address."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What Terraform wants in TF_REATTACH_PROVIDERS."""
    with serving(tmp_path_factory.mktemp("provider")) as address:
        yield address


@pytest.fixture(scope="session")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program; there always is one."""
    return terraform_in(tmp_path_factory.mktemp("bin"))


@pytest.fixture
def terraform(provider: str, command: Path) -> Terraform:
    """Terraform with the stand-in provider."""
    environ = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251 - a child's environment
        if not name.startswith("TF_")
    }
    return Terraform(
        command,
        environ | {"TF_REATTACH_PROVIDERS": provider, "CHECKPOINT_DISABLE": "1"},
    )


@pytest.fixture(scope="session")
def objects(moto: str) -> Objects:
    """An account with one object of each kind; tests do not change these."""
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("AWS_ENDPOINT_URL", moto)
        environ.setenv("AWS_ACCESS_KEY_ID", "testing")
        environ.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        return seeded()


@pytest.fixture
def where() -> dict[str, str]:
    """The facts that say in which account and region."""
    return {"account_id": ACCOUNT, "region": REGION}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Writes the files of a change into a new folder."""

    def written(files: Mapping[str, str]) -> Path:
        folder = tmp_path / f"change-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
        return folder

    return written
