"""What is checked of a change before it is handed over, and what is not.

Our own check against the provider's schema always runs. The user's Terraform
runs where it is on the path: it checks more, and says so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from finops.remediation import schema
from finops.remediation.change import Change

State = Literal["passed", "failed", "not checked"]

SECONDS: Final = 180
"""For one command: the first `init` downloads the provider."""

QUIET: Final = {
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, or that could not be."""

    name: str
    state: State
    text: str


@dataclass(slots=True)
class Checker:
    """Checks changes with what the machine has.

    Attributes:
        environ: The environment in which commands are looked for and run.
        plugins: Where Terraform may keep the provider between changes.
        seconds: The time limit of a command.
        unavailable: Why Terraform could not be used; once is enough.
    """

    environ: Mapping[str, str]
    plugins: Path
    seconds: float = SECONDS
    unavailable: str = field(default="", init=False)

    def checks(self, change: Change) -> tuple[Check, ...]:
        """What was found about `change`."""
        match change.form:
            case "terraform":
                return (_schema(change), *self._terraform(change))
            case "runbook":
                return (self._shell(change),)
            case "patch":
                return (Check("plan", "not checked", "Plan it in your own code."),)
        return ()

    def _terraform(self, change: Change) -> tuple[Check, ...]:
        command = shutil.which("terraform", path=self.environ.get("PATH"))
        if not command:
            self.unavailable = "Terraform is not installed here."
        if self.unavailable or not command:
            return (Check("terraform", "not checked", self.unavailable),)
        with TemporaryDirectory() as folder:
            for name, text in change.files.items():
                (Path(folder) / name).write_text(text)
            return self._run_all(command, Path(folder))

    def _run_all(self, command: str, folder: Path) -> tuple[Check, ...]:
        layout = self._run(folder, command, "fmt", "-check", "-diff")
        formatted = Check("fmt", *_said(layout, "As Terraform writes it."))
        begun = self._run(folder, command, "init", "-backend=false", "-no-color")
        if not begun or begun.returncode:
            self.unavailable = _why_not(begun, self.seconds)
            return formatted, Check("validate", "not checked", self.unavailable)
        validated = self._run(folder, command, "validate", "-json")
        return formatted, Check("validate", *_verdict(validated))

    def _shell(self, change: Change) -> Check:
        command = shutil.which("bash", path=self.environ.get("PATH"))
        if not command:
            return Check("syntax", "not checked", "bash is not installed here.")
        with TemporaryDirectory() as folder:
            (Path(folder) / "runbook.sh").write_text(change.files["runbook.sh"])
            parsed = self._run(Path(folder), command, "-n", "runbook.sh")
        return Check("syntax", *_said(parsed, "bash reads it; nothing was run."))

    def _run(
        self, folder: Path, *command: str
    ) -> subprocess.CompletedProcess[str] | None:
        """What a command said; None if it took too long, or did not start."""
        environ = {**self._plugin_cache(), **self.environ, **QUIET}
        try:
            return subprocess.run(  # noqa: S603 - our own commands, no shell
                command,
                cwd=folder,
                env=environ,
                capture_output=True,
                text=True,
                timeout=self.seconds,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            return None

    def _plugin_cache(self) -> dict[str, str]:
        """Where Terraform keeps the provider; it takes no folder that is not there."""
        try:
            self.plugins.mkdir(parents=True, exist_ok=True)
        except OSError:
            return {}
        return {"TF_PLUGIN_CACHE_DIR": str(self.plugins)}


def _schema(change: Change) -> Check:
    version = f"the AWS provider {schema.PROVIDER_VERSION}"
    if change.problems:
        return Check("schema", "failed", " ".join(change.problems))
    return Check("schema", "passed", f"It fits the schema of {version}.")


def _said(ran: subprocess.CompletedProcess[str] | None, good: str) -> tuple[State, str]:
    if ran is None:
        return "not checked", "It gave no answer in time."
    if ran.returncode:
        return "failed", (ran.stderr or ran.stdout).strip()
    return "passed", good


def _why_not(ran: subprocess.CompletedProcess[str] | None, seconds: float) -> str:
    if ran is None:
        return f"terraform init gave no answer in {seconds:.0f} seconds."
    lines = [line.strip("│╷╵ ") for line in ran.stderr.splitlines()]
    errors = [line for line in lines if line.startswith("Error")]
    return f"terraform init failed. {(errors or [''])[0]}".strip()


def _verdict(ran: subprocess.CompletedProcess[str] | None) -> tuple[State, str]:
    if ran is None:
        return "not checked", "terraform validate gave no answer in time."
    try:
        found = json.loads(ran.stdout)
    except ValueError:
        return "not checked", "terraform validate gave no answer that can be read."
    if found["valid"]:
        return "passed", "Terraform finds it valid; a plan needs the account."
    return "failed", " ".join(one["summary"] for one in found["diagnostics"])
