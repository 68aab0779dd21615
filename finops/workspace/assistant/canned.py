"""The questions that rules can answer, and the sentences they answer with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from finops.commentary.facts import Facts
from finops.commentary.lookups import Found, Lookup
from finops.commentary.moves import anomaly_sentences
from finops.commentary.narrative import Template
from finops.commentary.rules import forecast_rules

LISTED: Final = 3


@dataclass(frozen=True, slots=True)
class Canned:
    """A question with the tool that answers it.

    Attributes:
        words: What a question has in it that means this one.
    """

    question: str
    tool: str
    arguments: dict[str, Any]
    words: str


MONTH: Final = {"days": 30, "only_account": None, "only_service": None}

CANNED: Final = (
    Canned(
        "What did we spend in the last 30 days, and on what?",
        "costs",
        {"group_by": "service"} | MONTH,
        r"spen[dt]|cost|service|total|bill|most|top|expensive",
    ),
    Canned(
        "Which account costs most?",
        "costs",
        {"group_by": "account"} | MONTH,
        r"accounts?\b",
    ),
    Canned(
        "What changed most, and by how much?",
        "changes",
        {"group_by": "service", "days": 30},
        r"chang|ris(e|ing)|rose|grew|grow|increas|jump|why|more|compar|up\b|down\b",
    ),
    Canned(
        "Was anything out of the ordinary?",
        "anomalies",
        {"days": 30},
        r"anomal|spike|unusual|ordinary|outlier|strange|odd\b",
    ),
    Canned(
        "What comes in 30 days, and does the budget hold?",
        "forecast",
        {"days": 30},
        r"forecast|predict|next|will|budget|expect|coming|future",
    ),
    Canned(
        "What could we save first?",
        "recommendations",
        {},
        r"sav(e|ing)s?\b|waste|idle|unused|recommend|reduc|cheaper|rightsiz|delete",
    ),
    Canned(
        "What have we really saved so far?",
        "savings",
        {},
        r"saved|implemented|really|tracker|roi\b",
    ),
)
"""Later ones are more special: of those whose words fit, the last one is meant."""


def meant_by(question: str) -> Canned | None:
    """The canned question that a free one means; None where none fits."""
    fitting = [
        each for each in CANNED if re.search(rf"(?i)\b(?:{each.words})", question)
    ]
    return fitting[-1] if fitting else None


def sentences_for(lookup: Lookup) -> Iterator[Template]:
    """What the rules say of a look-up; its facts have their look-up's name before."""
    said = {
        "costs": _costs,
        "changes": _changes,
        "anomalies": _anomalies,
        "forecast": _forecast,
        "recommendations": _recommendations,
        "savings": _savings,
    }[lookup.tool]
    for template in said(lookup.found):
        text = re.sub(r"\{\{", f"{{{{{lookup.name}.", template.text)
        yield Template(text, template.basis)


def _costs(found: Found) -> Iterator[Template]:
    yield Template(
        "{{total}} was spent in {{days}}, from {{first_day}} to {{last_day}}."
    )
    for place in range(1, LISTED + 1):
        if f"row.{place}.name" in found.facts:
            name = f"row.{place}"
            yield Template(
                f"{{{{{name}.name}}}} cost {{{{{name}.cost}}}}, which is "
                f"{{{{{name}.share}}}} of it."
            )


def _changes(found: Found) -> Iterator[Template]:
    facts = found.facts
    yield Template(
        f"The total {_moved(facts, 'total.change')} by {{{{total.change}}}} "
        "({{total.percent}}) to {{total.after}}, against the {{changes.days}} before."
    )
    for side in ("rise", "fall"):
        name = f"{side}.1"
        if f"{name}.name" not in facts:
            continue
        word = "risen" if side == "rise" else "fallen"
        yield Template(
            f"{{{{{name}.name}}}} has {word} most, by {{{{{name}.change}}}} to "
            f"{{{{{name}.after}}}}."
        )


def _anomalies(found: Found) -> Iterator[Template]:
    if not found.facts["count"].value:
        yield Template("Nothing was out of the ordinary in {{days}}.")
        return
    yield Template("There were {{count}} in {{days}}; the largest come first.")
    yield from anomaly_sentences(found.facts)


def _forecast(found: Found) -> Iterator[Template]:
    written = forecast_rules(found.facts)
    yield from list(written["predicted_spend"])[:2]
    yield from list(written["budget_alert"])[:1]


def _recommendations(found: Found) -> Iterator[Template]:
    yield from forecast_rules(found.facts)["recommendations"]


def _savings(found: Found) -> Iterator[Template]:
    if not found.facts["total"].value:
        yield Template("Nothing is in the savings tracker yet.")
        return
    yield Template(
        "Of {{total}} {{implemented}} are implemented, {{pending}} pending and "
        "{{rejected}} rejected."
    )
    yield Template("Those who implemented them say that they save {{actual.monthly}}.")
    yield Template("The estimate for the same was {{implemented_estimated.monthly}}.")


def _moved(facts: Facts, name: str) -> str:
    return "rose" if facts[name].number >= 0 else "fell"
