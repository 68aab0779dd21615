"""The command that writes changes down, safe to review and to run: `remediate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from finops import formats
from finops.cli import output
from finops.cli.context import App
from finops.cli.handed_over import Told, as_json, as_text
from finops.cli.recommend import looked_up
from finops.cli.scope import scope_options

if TYPE_CHECKING:
    from finops.recommendations import Recommendation
    from finops.remediation.change import Change
    from finops.remediation.checks import Check
    from finops.remediation.folders import Written
    from finops.remediation.state import State
    from finops.workspace.recommendations import Recommendations

WHO: Final = "command line"

NOTHING: Final = (
    "No recommendation is a quick win at low risk. The others are written by their "
    "id, which recommend --json shows."
)


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--auto-remediate",
    is_flag=True,
    help="Take the quick wins at low risk, and nothing else.",
)
@click.option("--kind", help="Write one change of this kind from plain facts.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FACT=VALUE",
    help="A fact: with --kind all of them, with one ID those it lacks; @FILE reads "
    "the value from a file.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write one folder for each change into this one.  [default: write nothing]",
)
@click.option(
    "--state",
    "state_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What your own Terraform manages, from terraform show -json: such an object "
    "gets lines for its address.",
)
@click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="FILE",
    help="As in recommend.  [default: RECOMMENDATION_EXPORTS]",
)
@scope_options
@click.pass_obj
def remediate(
    app: App,
    /,
    ids: tuple[str, ...],
    *,
    auto_remediate: bool,
    kind: str | None,
    settings: tuple[str, ...],
    out: Path | None,
    state_file: Path | None,
    exports: tuple[str, ...],
    **scope_asked: Any,
) -> None:
    """Write recommendations down as Terraform or runbooks, and check them.

    Nothing is ever applied, and without --out nothing is written. The ids are
    those of recommend --json; the first digits will do.
    """
    facts = _facts(settings)
    _require_one_way(ids, kind, facts, auto_remediate=auto_remediate)
    state = _state(state_file)
    answer = None
    picked: list[Recommendation | None] = [None]
    if kind:
        changes = [_from_facts(app, kind, facts, state)]
    else:
        answer = looked_up(app, exports, scope_asked)
        chosen = _chosen(app, answer, ids)
        picked = [*chosen]
        changes = [_for(app, one, facts, state) for one in chosen]
    written = _write(app, changes, picked, out)
    folders: list[str | None] = [str(one.folder) for one in written]
    folders = folders or [None] * len(changes)
    told = [*map(Told, changes, picked, _checked(app, changes), folders)]
    if app.as_json:
        _print_json(app, answer, told)
    else:
        click.echo("\n\n".join([*map(as_text, told), _end(told, written)]))
    if answer:
        app.tell_problems(answer.costs)


def _require_one_way(
    ids: Sequence[str],
    kind: str | None,
    facts: Mapping[str, str],
    *,
    auto_remediate: bool,
) -> None:
    """What is to be written is said in one way, and in no other."""
    ways = [bool(ids), bool(kind), auto_remediate]
    if sum(ways) != 1:
        msg = "Name ids, or --auto-remediate, or --kind with its facts."
        raise click.UsageError(msg)
    if facts and not kind and len(ids) != 1:
        msg = "--set goes with --kind, or with one id."
        raise click.UsageError(msg)


def _facts(settings: Iterable[str]) -> dict[str, str]:
    facts = {}
    for text in settings:
        name, equals, value = text.partition("=")
        if not name or not equals:
            msg = f"--set {text!r} is not written as FACT=VALUE."
            raise click.UsageError(msg)
        facts[name] = _from_file(value[1:]) if value.startswith("@") else value
    return facts


def _from_file(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{name} cannot be read."
        raise click.UsageError(msg) from error


def _state(path: Path | None) -> State | None:
    from finops.remediation.state import State  # noqa: PLC0415 - loads pydantic

    return State.read(output.text_of(path)) if path else None


def _from_facts(
    app: App, kind: str, facts: Mapping[str, str], state: State | None
) -> Change:
    from finops.remediation import generate  # noqa: PLC0415 - loads pydantic

    return generate(facts, kind=kind, today=app.now().date(), state=state)


def _chosen(
    app: App, answer: Recommendations, ids: Sequence[str]
) -> list[Recommendation]:
    """What was named; else the easy ones that nobody has rejected or done."""
    from finops.remediation import selecting  # noqa: PLC0415 - loads pydantic
    from finops.workspace.recommendations import OPEN, statuses  # noqa: PLC0415 - pandas

    status = statuses(answer.found, app.tracker)
    if not ids:
        easy = selecting.easy(answer.found)
        return [one for one in easy if status[one.fingerprint] in OPEN]
    named = selecting.by_id(answer.found, ids)
    for one in named:
        if status[one.fingerprint] not in OPEN:
            app.tell(f"Note: {one.title} is {status[one.fingerprint]} already.")
    return named


def _for(
    app: App, one: Recommendation, facts: Mapping[str, str], state: State | None
) -> Change:
    from finops.remediation import change_for  # noqa: PLC0415 - loads pydantic

    return change_for(one, today=app.now().date(), extra=facts, state=state)


def _checked(app: App, changes: Iterable[Change]) -> list[tuple[Check, ...]]:
    from finops.remediation.checks import Checker  # noqa: PLC0415 - loads pydantic

    plugins = app.settings.cache_dir / "terraform-plugins"
    checker = Checker(environ=app.environ, plugins=plugins)
    return [checker.checks(change) for change in changes]


def _write(
    app: App,
    changes: Sequence[Change],
    picked: Sequence[Recommendation | None],
    out: Path | None,
) -> list[Written]:
    if out is None:
        return []
    from finops.remediation import folders  # noqa: PLC0415 - loads pydantic
    from finops.workspace.remediation import keep_in_log  # noqa: PLC0415 - as above
    from finops.workspace.savings import open_tracker  # noqa: PLC0415 - as above

    written = folders.write(changes, out)
    tracker = open_tracker(app.settings, now=app.now, who=WHO)
    # A folder that was there and said the same is in the log already.
    keep_in_log(
        tracker,
        (
            (recommendation, one.change, str(one.folder.resolve()))
            for recommendation, one in zip(picked, written, strict=True)
            if one.is_new
        ),
    )
    return written


def _print_json(app: App, answer: Recommendations | None, told: list[Told]) -> None:
    changes = [as_json(one) for one in told]
    if answer:
        app.print_json(answer.scope, answer.currency, answer.costs, changes=changes)
    else:
        click.echo(json.dumps({"changes": changes}, indent=2, allow_nan=False))


def _end(told: Sequence[Told], written: Sequence[Written]) -> str:
    if not told:
        return NOTHING
    count = formats.plural(len(told), "change")
    if not written:
        return f"{count}. Nothing was written: --out DIR writes one folder for each."
    new = sum(one.is_new for one in written)
    return f"{count}, {new} written anew. Nothing was applied: README.md says how."
