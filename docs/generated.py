"""The parts of the README that are made from the program itself (by cog)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]

KEPT = ("PATH", "HOME", "SYSTEMROOT", "VIRTUAL_ENV")
"""What of the environment reaches the program, so that no setting changes it."""


def transcript(arguments: str) -> str:
    """A command with what it prints, as a Markdown block."""
    return f"```console\n$ python -m finops {arguments}\n{_output(arguments)}\n```"


def help_of(command: str = "") -> str:
    """The help of the program, or of one command, as a Markdown block."""
    return f"```text\n{_output(f'{command} --help'.strip())}\n```"


def every_command() -> str:
    """The help of every command under a heading of its own."""
    sys.path.insert(0, str(ROOT))
    from finops.cli import cli

    return "\n\n".join(
        f"## {' '.join(path)}\n\n{help_of(' '.join(path))}" for path in _paths(cli)
    )


def _paths(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from _paths(command, (*path, name))


def policy() -> str:
    """The IAM policy that one account needs, as a Markdown block."""
    sys.path.insert(0, str(ROOT))
    from finops.aws.permissions import policy as reader_policy

    return _json(reader_policy())


def export_policy() -> str:
    """The IAM policy for a bucket of billing exports, as a Markdown block."""
    sys.path.insert(0, str(ROOT))
    from finops.aws.permissions import export_policy as bucket_policy

    return _json(bucket_policy("my-bucket"))


def _json(value: object) -> str:
    return "```json\n" + json.dumps(value, indent=2) + "\n```"


def _output(arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k in KEPT}
    done = subprocess.run(
        [sys.executable, "-m", "finops", *arguments.split()],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )
    return done.stdout.strip("\n")
