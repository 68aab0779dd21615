from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from finops import __version__
from finops.cli import cli
from finops.cli.context import App
from finops.cli.output import bar, one_line, printable, table
from finops.errors import CredentialsError, FinOpsError
from finops.periods import ChargePeriod
from finops.settings import Settings
from finops.sources import CostSource
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, every_day

LAST_30 = ChargePeriod(date(2026, 10, 24), date(2026, 11, 23))


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """The words that lead to each command."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.fixture
def flat() -> BillInMemory:
    return BillInMemory(bill(*every_day(LAST_30, 1.0)))


@pytest.mark.parametrize("path", list(commands(cli)), ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(cli, [*path, "--help"])

    usage, _, said = shown.stdout.partition("\n\n")
    assert shown.exit_code == 0
    assert usage.startswith("Usage: ")
    assert said.strip().split("\n")[0].endswith(".")


@pytest.mark.parametrize("path", list(commands(cli)), ids=" ".join)
def test_every_option_is_explained(path: tuple[str, ...]) -> None:
    command: click.Command = cli
    for word in path:
        assert isinstance(command, click.Group)
        command = command.commands[word]

    unexplained = [
        option.opts
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert unexplained == []


def test_it_tells_its_version() -> None:
    shown = CliRunner().invoke(cli, ["--version"])

    assert shown.stdout == f"finops, version {__version__}\n"


@pytest.mark.parametrize("arguments", [["spend"], ["--colour"], ["costs", "--nope"]])
def test_what_it_does_not_understand_exits_with_2(arguments: list[str]) -> None:
    shown = CliRunner().invoke(cli, arguments)

    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert "Usage:" in shown.stderr


@pytest.mark.parametrize("command", ["accounts", "costs", "changes"])
@pytest.mark.parametrize("head", [[], ["--json"]])
def test_an_error_is_one_line_on_stderr(
    run: Run, flat: BillInMemory, head: list[str], command: str
) -> None:
    message = "AWS said:\n\x1b[31mno\x1b[0m."
    flat.refusal = CredentialsError(message, hint="Run\naws sso login.")

    shown = run(flat, *head, command)

    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert shown.stderr == "Error: AWS said: ?[31mno?[0m. Run aws sso login.\n"


def test_a_setting_that_cannot_be_used_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COST_METRIC", "BlendedCost")

    shown = CliRunner().invoke(cli, ["accounts"])

    assert shown.exit_code == 1
    assert shown.stderr == (
        "Error: COST_METRIC is 'BlendedCost'. "
        "Use one of BilledCost, EffectiveCost, ListCost.\n"
    )


def test_a_bug_is_not_hidden(run: Run, flat: BillInMemory) -> None:
    flat.charges = flat.charges.rename(columns={"ChargeCategory": "Lost"})

    with pytest.raises(KeyError):
        run(flat, "accounts")


def test_options_choose_source_day_and_freshness(
    monkeypatch: pytest.MonkeyPatch, flat: BillInMemory
) -> None:
    asked: list[object] = []

    def open_source(settings: Settings, **options: object) -> CostSource:
        asked.extend([settings.source, options["as_of"], options["refresh"]])
        return flat

    monkeypatch.setattr("finops.workspace.opening.open_source", open_source)
    monkeypatch.setenv("COST_SOURCE", "from-the-environment")
    options = ["--source", "bills/*.csv", "--as-of", "2026-11-10", "--refresh"]

    shown = CliRunner().invoke(cli, [*options, "costs", "--days", "2"])

    assert asked == ["bills/*.csv", date(2026, 11, 10), True]
    assert shown.stdout.startswith("9 to 10 Nov 2026 (2 days)")


def test_the_environment_chooses_what_options_do_not(
    monkeypatch: pytest.MonkeyPatch, run: Run, flat: BillInMemory
) -> None:
    monkeypatch.setenv("COST_METRIC", "BilledCost")

    by_setting = run(flat, "costs")
    by_option = run(flat, "costs", "--metric", "ListCost")

    assert "billed cost" in by_setting.stdout
    assert "list cost" in by_option.stdout


def test_a_day_to_speak_of_that_is_ahead_is_the_last_complete_one(
    run: Run, flat: BillInMemory
) -> None:
    shown = run(flat, "--as-of", "2099-01-01", "costs")

    assert shown.stdout.startswith("24 Oct to 22 Nov 2026 (30 days)")


def test_a_terminal_that_knows_few_letters_is_no_reason_to_fail(
    monkeypatch: pytest.MonkeyPatch, flat: BillInMemory
) -> None:
    monkeypatch.setattr("finops.workspace.opening.open_source", lambda *_, **__: flat)

    shown = CliRunner(charset="cp1252").invoke(
        cli, ["accounts"], catch_exceptions=False
    )

    assert shown.exit_code == 0
    assert "100.0 %  ????" in shown.stdout


class Screen(io.StringIO):
    """Where a person reads along, or a file."""

    def __init__(self, *, person: bool) -> None:
        super().__init__()
        self.person = person

    def isatty(self) -> bool:
        """Whether a person reads along."""
        return self.person


@pytest.mark.parametrize(("person", "told"), [(True, "p?rod: read\n"), (False, "")])
def test_progress_is_told_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, *, person: bool, told: str
) -> None:
    screen = Screen(person=person)
    monkeypatch.setattr(sys, "stderr", screen)
    app = App({}, None, as_json=False, refresh=False, now=lambda: datetime.now(UTC))

    app.progress("p\x1brod", "read")

    assert screen.getvalue() == told


def test_it_runs_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "finops", "--source", "demo", "accounts"],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PYTHON_DOTENV_DISABLED": "1"},
        timeout=60,
    )

    assert "prod costs" in ran.stdout
    assert ran.stderr == ""


def test_every_error_has_a_code_of_its_own() -> None:
    family = list(_descendants(FinOpsError))

    codes = [error.code for error in family]
    assert len(family) >= 12
    assert len(set(codes)) == len(codes)
    assert FinOpsError.code not in codes


def _descendants(kind: type[FinOpsError]) -> Iterator[type[FinOpsError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


@pytest.mark.parametrize(
    ("share", "length"),
    [(0.0, 0), (0.5, 12), (1.0, 24), (1.7, 24), (-0.2, 0), (None, 0)],
)
def test_a_bar_is_as_long_as_its_share(share: float | None, length: int) -> None:
    assert bar(share) == "█" * length


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    rows = [["$1.00", "a", "x"], ["$10,000.00", "bb", ""]]

    assert table(rows, align="><<") == "       $1.00  a   x\n  $10,000.00  bb"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zürich 東京 prod", "Zürich 東京 prod"),
        ("a\tb\x00c\x9bd", "a?b?c?d"),
        ("\u202egnp.exe\u200b", "?gnp.exe?"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
    ],
)
def test_characters_that_steer_a_terminal_are_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_lines_are_put_together() -> None:
    assert one_line("  one\n two\u2028three\r\n") == "one two three"
