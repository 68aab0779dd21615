"""The command that answers a question in plain words: `ask`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from finops import formats
from finops.cli import output
from finops.cli.context import App
from finops.cli.scope import counting_options

if TYPE_CHECKING:
    from finops.commentary.lookups import Lookup, Reply


@click.command()
@click.argument("question", nargs=-1, required=True)
@counting_options
@click.pass_obj
def ask(app: App, /, question: tuple[str, ...], **counting: Any) -> None:
    """Ask about the bill in plain words: ask "what changed most?".

    Claude answers where it may be asked, at most for AI_DAILY_LIMIT a day; fixed
    rules answer the usual questions where not. Every figure comes from a look-up
    that is printed with the answer.
    """
    from finops.workspace import assistant  # noqa: PLC0415 - loads pandas

    reply = assistant.ask(
        app.workspace,
        app.scope(**counting),
        " ".join(question),
        app.settings,
        now=app.now,
        tell=lambda looked_up: app.progress("", looked_up),
    )
    click.echo(_as_json(app, reply) if app.as_json else _text(reply))


def _as_json(app: App, reply: Reply) -> str:
    facts = reply.facts
    answer = {
        "as_of": str(app.workspace.as_of),
        "question": reply.question,
        "source": reply.source,
        "model": reply.model,
        "reason": reply.reason,
        "cost": reply.dollars,
        "sentences": [
            {
                "text": each.text,
                "basis": each.basis,
                "facts": {name: facts[name].shown for name in each.fact_ids},
            }
            for each in reply.sentences
        ],
        "lookups": [_lookup_json(each) for each in reply.lookups],
    }
    return json.dumps(answer, indent=2, default=str, allow_nan=False)


def _lookup_json(lookup: Lookup) -> dict[str, Any]:
    found = lookup.found
    return {
        "name": lookup.name,
        "tool": lookup.tool,
        "arguments": dict(lookup.arguments),
        "label": found.label,
        "currency": found.currency,
        "columns": list(found.columns),
        "rows": [[_known(value) for value in row] for row in found.rows],
    }


def _known(value: Any) -> Any:
    return output.number(value) if isinstance(value, float) else value


def _text(reply: Reply) -> str:
    sentences = [output.one_line(each.text) for each in reply.sentences]
    looked_up = [
        f"  {lookup.name}  {output.one_line(lookup.found.label)}"
        for lookup in reply.lookups
    ]
    notes = [output.one_line(reply.reason)] if reply.reason else []
    if reply.model:
        price = formats.money(reply.dollars) if reply.dollars is not None else "unknown"
        notes.append(f"By {reply.model}, {price}.")
    parts = [
        "\n".join(sentences),
        "\n".join(["Looked up", *looked_up]) if looked_up else "",
        "\n".join(notes),
    ]
    return "\n\n".join(part for part in parts if part)
