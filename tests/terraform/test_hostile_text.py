"""Text from outside, through the writer and the real Terraform, and back."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from finops.remediation import generate
from finops.remediation.hcl import Block, render
from tests.terraform.conftest import Terraform
from tests.terraform.nasty import NASTY, RUNS_A_COMMAND, fuzzed

Write = Callable[[Mapping[str, str]], Path]

TEXTS: Final = [*NASTY, RUNS_A_COMMAND, *fuzzed(1500)]


@pytest.fixture
def applied(terraform: Terraform, write: Write) -> Callable[[str], dict[str, object]]:
    """Applies a file without resources, and gives its outputs."""

    def apply(code: str) -> dict[str, object]:
        folder = write({"main.tf": code})
        formatted = terraform.run(folder, "fmt", "-check")
        run = terraform.run(folder, "apply", "-auto-approve", "-no-color")
        shown = terraform.run(folder, "output", "-json")
        assert formatted.returncode == 0, "the layout is not Terraform's"
        assert run.returncode == 0, run.stderr
        assert sorted(path.name for path in folder.iterdir()) == [
            "main.tf",
            "terraform.tfstate",
        ]
        found = json.loads(shown.stdout)
        return {name: output["value"] for name, output in found.items()}

    return apply


def test_terraform_reads_every_string_as_it_was_and_runs_none(
    applied: Callable[[str], dict[str, object]],
) -> None:
    blocks = [
        Block("output", (f"o{number}",), {"value": text}, comment=text)
        for number, text in enumerate(TEXTS)
    ]

    outputs = applied(render(blocks, head=RUNS_A_COMMAND))

    assert len(outputs) == len(TEXTS) > 1576
    changed = [
        text
        for number, text in enumerate(TEXTS)
        if outputs[f"o{number}"] != unicodedata.normalize("NFC", text)
    ]
    assert changed == []


def test_so_it_does_as_keys_of_a_map(
    applied: Callable[[str], dict[str, object]],
) -> None:
    keys = list({unicodedata.normalize("NFC", text) for text in TEXTS})

    outputs = applied(
        render([Block("output", ("o",), {"value": dict.fromkeys(keys, 1)})])
    )

    assert outputs["o"] == dict.fromkeys(keys, 1)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (
            "office_hours_asg",
            {"group_name": "NAME", "min_size": 1, "desired_capacity": 1},
        ),
        (
            "snapshot_policy",
            {
                "tag_key": "NAME",
                "tag_value": "NAME",
                "role_arn": "arn:aws:iam::123456789012:role/snapshots",
            },
        ),
        (
            "log_retention",
            {"log_group": "/orders", "retention_days": 30, "reason": "NAME"},
        ),
    ],
)
def test_a_name_that_looks_like_code_stays_text(
    kind: str,
    facts: dict[str, object],
    terraform: Terraform,
    write: Write,
    where: dict[str, str],
) -> None:
    name = RUNS_A_COMMAND.replace("\n", " ")
    hostile = {key: name if value == "NAME" else value for key, value in facts.items()}

    change = generate(hostile | where, kind=kind)
    folder = write(change.files)

    assert terraform.run(folder, "fmt", "-check").returncode == 0
    assert terraform.validate(folder) == []
    assert "local-exec" in change.files["main.tf"] + change.files["README.md"]
