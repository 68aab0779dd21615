"""Runbooks: shell scripts whose commands are ours and whose values are data.

The body of a runbook is a fixed text. What is found in an account enters it as
the value of a variable alone, quoted for the shell and checked before that.
"""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Final

from finops import formats
from finops.errors import UnwritableNameError
from finops.remediation.change import Runbook
from finops.remediation.facts import Facts
from finops.remediation.hcl import comment_lines
from finops.remediation.hcl.text import visible
from finops.remediation.markdown import plain

BODIES: Final = Path(__file__).parent / "runbooks"


def argument(text: str) -> str:
    """`text` as one argument of a command, whatever is in it.

    Raises:
        UnwritableNameError: If a terminal would not show it as it is.
    """
    if visible(text) != text:
        msg = f"The name {text!r} cannot be typed as it is."
        raise UnwritableNameError(msg, hint="Change this one in the AWS console.")
    return shlex.quote(text)


def script(runbook: Runbook, facts: Facts, today: date) -> str:
    """The text of runbook.sh: what it is, its values, and the fixed body."""
    values = {
        "account": facts.account_id or "",
        "region": facts.region or "",
        **runbook.values,
    }
    settings = [f"{name}={argument(value)}" for name, value in values.items()]
    parts = [
        "\n".join(["#!/usr/bin/env bash", *_head(runbook, facts, today)]),
        "\n".join(settings),
        _body("preamble"),
        _body(runbook.script),
    ]
    return "\n\n".join(parts) + "\n"


def _head(runbook: Runbook, facts: Facts, today: date) -> list[str]:
    procedure = runbook.procedure
    lines = [
        plain(procedure.title),
        *([f"Why: {facts.reason}"] if facts.reason else []),
        f"Estimated saving: {facts.saving}",
        f"Risk: {facts.risk}. {plain(procedure.effect)}",
        f"Written on {formats.day(today)} by finops. Nothing has been run.",
        "Without --run it looks, and changes nothing.",
    ]
    return [comment for line in lines for comment in comment_lines(line)]


def _body(name: str) -> str:
    return (BODIES / f"{name}.sh").read_text().strip()
