"""What the documentation tells people to type works as it stands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from finops.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted(ROOT.glob("docs/*.md"))
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
PROGRAM = "python -m finops "


def commands() -> Iterator[str]:
    """Every command of the program that stands in a block of shell."""
    for page in PAGES:
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.replace("\\\n", " ").splitlines():
                if line.startswith(PROGRAM):
                    yield line.removeprefix(PROGRAM).partition("  #")[0]


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_a_command_in_the_documentation_works(
    command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHON_DOTENV_DISABLED", "1")
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "savings.db"))
    monkeypatch.chdir(tmp_path)

    ran = CliRunner().invoke(cli, shlex.split(command))

    assert ran.exit_code in (0, 3), ran.output
    assert ran.output.strip()


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda p: p.name)
def test_links_within_the_documentation_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))

    dead = [
        link
        for link in links
        if "://" not in link and not (page.parent / link).exists()
    ]

    assert dead == []


def test_the_messages_that_are_explained_are_ours() -> None:
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    code = "\n".join(
        module.read_text(encoding="utf-8") for module in ROOT.glob("finops/**/*.py")
    )
    explained = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)

    assert len(explained) > 5
    assert [message for message in explained if message not in code] == []
