"""The user's own Terraform, as `remediate` runs it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from finops.remediation import generate
from finops.remediation.checks import Checker
from tests.terraform.conftest import Terraform

FACTS = {
    "instance_id": "i-0123456789abcdef0",
    "current_type": "t2.large",
    "target_type": "t3.medium",
}


@pytest.fixture
def checker(terraform: Terraform, tmp_path: Path) -> Checker:
    """With that Terraform first on the path."""
    path = f"{terraform.command.parent}{os.pathsep}{terraform.environ['PATH']}"
    return Checker(terraform.environ | {"PATH": path}, tmp_path / "plugins")  # type: ignore[operator]  # a dict


def states(checker: Checker, **files: str) -> dict[str, str]:
    """What each check says of the change with `files` in place of its own."""
    change = generate(FACTS, kind="ec2_rightsize")
    edited = replace(change, files=change.files | files)  # type: ignore[operator]  # a dict
    return {check.name: check.state for check in checker.checks(edited)}


def test_terraform_formats_and_validates_every_change(checker: Checker) -> None:
    assert states(checker) == {
        "schema": "passed",
        "fmt": "passed",
        "validate": "passed",
    }


def test_what_terraform_finds_wrong_is_said(checker: Checker) -> None:
    wrong = 'resource "aws_instance" "x" {\ninstance_typ = "a"\n}\n'

    assert states(checker, **{"main.tf": wrong}) == {
        "schema": "passed",
        "fmt": "failed",
        "validate": "failed",
    }


def test_a_provider_that_cannot_be_fetched_is_said_once(checker: Checker) -> None:
    nowhere = {"TF_REATTACH_PROVIDERS": "{}", "HTTPS_PROXY": "http://127.0.0.1:9"}
    alone = Checker(checker.environ | nowhere, checker.plugins)  # type: ignore[operator]  # a dict

    assert states(alone)["validate"] == "not checked"
    assert alone.unavailable.startswith("terraform init failed. Error")
    assert states(alone) == {"schema": "passed", "terraform": "not checked"}


def test_an_answer_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    slow = tmp_path / "terraform"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    checker = Checker(
        {"PATH": f"{tmp_path}:/bin:/usr/bin"}, tmp_path / "p", seconds=0.2
    )

    assert states(checker) == {
        "schema": "passed",
        "fmt": "not checked",
        "validate": "not checked",
    }


def test_a_folder_that_cannot_be_made_does_not_keep_terraform_from_checking(
    checker: Checker, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()

    alone = Checker(checker.environ, file / "plugins")

    assert states(alone)["validate"] == "passed"
