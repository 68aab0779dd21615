"""What a forecast means, in sentences: the part of `forecast --ai`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from finops.budgets import Budget
from finops.cli import output
from finops.cli.context import App
from finops.cli.recommend import could_save

if TYPE_CHECKING:
    from finops.commentary.narrative import Narrative
    from finops.workspace.ahead import Ahead

WHO: Final = "command line"
"""Who looks at the tracker; nothing is changed in it here."""


def narrative_of(app: App, ahead: Ahead, limit: Budget | None) -> Narrative:
    """What a forecast means, with what could be saved."""
    # Imported here: pandas and pydantic take longer than `--help` may take.
    from finops.workspace import commentary, known  # noqa: PLC0415
    from finops.workspace.recommendations import statuses  # noqa: PLC0415
    from finops.workspace.savings import open_tracker  # noqa: PLC0415

    answer = could_save(app, app.scope(where=()))
    tracker = open_tracker(app.settings, now=app.now, who=WHO)
    facts = known.known_facts(
        app.workspace,
        ahead,
        budget=limit,
        to_save=known.Open(answer, statuses(answer.found, tracker)),
        progress=app.progress,
    )
    return commentary.forecast_narrative(facts, app.settings, now=app.now)


def narrative_json(written: Narrative) -> dict[str, Any]:
    """A narrative for programs: who wrote it, why, and what each sentence rests on."""
    return {
        "source": written.source,
        "model": written.model,
        "reason": written.reason,
        "cost": written.dollars,
        "sections": [
            {
                "name": part.name,
                "title": part.title,
                "source": part.source,
                "sentences": [
                    {
                        "text": each.text,
                        "basis": each.basis,
                        "facts": {
                            name: written.facts[name].shown for name in each.fact_ids
                        },
                    }
                    for each in part.sentences
                ],
            }
            for part in written.sections
        ],
    }


def narrative_text(written: Narrative) -> str:
    """A narrative for a terminal."""
    by = f"By {written.model}." if written.model else ""
    head = " ".join(["What it means.", by, output.one_line(written.reason)]).split()
    parts = [
        "\n".join(
            [
                part.title,
                *(f"  {output.one_line(each.text)}" for each in part.sentences),
            ]
        )
        for part in written.sections
        if part.sentences
    ]
    return "\n\n".join([" ".join(head), *parts])
