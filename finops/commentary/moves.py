"""What the rules say of what moved, and of what was out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.commentary.facts import Facts
from finops.commentary.narrative import Template

MOST_LISTED: Final = 3


def change_sentences(facts: Facts, *, most: int = 2) -> Iterator[Template]:
    """What rose and fell most, and what most of a rise is."""
    for side in ("rise", "fall"):
        for place in places(facts, side, most=most):
            yield _move_sentence(facts, f"{side}.{place}")
            yield Template(
                f"Of that, {{{{{side}.{place}.why_share}}}} is "
                f"{{{{{side}.{place}.why}}}}."
            )


def account_sentences(facts: Facts) -> Iterator[Template]:
    """What an account cost, and what moved in it."""
    moved = word_for(facts, "account.change", up="more", down="less")
    yield Template(
        "{{account.name}} cost {{account.cost}} in {{account.days}}, which is "
        "{{account.share}} of all."
    )
    yield Template(
        f"That is {{{{account.change}}}} {moved} ({{{{account.percent}}}}) than in the "
        "{{account.days}} before."
    )
    yield from change_sentences(facts, most=1)


def anomaly_sentences(facts: Facts) -> Iterator[Template]:
    """What was out of the ordinary, one sentence each."""
    for place in places(facts, "anomaly", most=2):
        yield _anomaly_sentence(facts, f"anomaly.{place}")


def _anomaly_sentence(facts: Facts, name: str) -> Template:
    more = word_for(facts, f"{name}.impact", up="more", down="less")
    one_day = number(facts, f"{name}.days") == 1
    when = (
        f"on {{{{{name}.start}}}}"
        if one_day
        else f"over {{{{{name}.days}}}} from {{{{{name}.start}}}}"
    )
    cause = f", mostly {{{{{name}.cause}}}}" if f"{name}.cause" in facts else ""
    return Template(
        f"{{{{{name}.name}}}} cost {{{{{name}.impact}}}} {more} than expected "
        f"{when}{cause}."
    )


def anomaly_explanation(facts: Facts) -> Iterator[Template]:
    """One anomaly, with what it comes to in a day."""
    yield _anomaly_sentence(facts, "anomaly.1")
    more = word_for(facts, "anomaly.1.impact", up="more", down="less")
    yield Template(f"That is {{{{anomaly.1.per_day}}}} {more} than usual.")
    if "anomaly.1.cause" in facts:
        yield Template(
            "Ask whoever is responsible for {{anomaly.1.cause}} whether it was planned."
        )


def _move_sentence(facts: Facts, name: str) -> Template:
    if f"{name}.percent" not in facts:
        return Template(
            f"{{{{{name}.name}}}} is new: it cost {{{{{name}.after}}}} in the last "
            "{{changes.days}}."
        )
    moved = word_for(facts, f"{name}.change", up="rose", down="fell")
    return Template(
        f"{{{{{name}.name}}}} {moved} by {{{{{name}.change}}}} ({{{{{name}.percent}}}}) "
        f"to {{{{{name}.after}}}}, against the {{{{changes.days}}}} before."
    )


def places(facts: Facts, group: str, *, most: int = MOST_LISTED) -> list[int]:
    """The numbers of the things of one kind, the largest first."""
    return [n for n in range(1, most + 1) if f"{group}.{n}.name" in facts]


def number(facts: Facts, name: str) -> float | None:
    """The value of a fact; None where it is not known."""
    return facts[name].number if name in facts else None


def word_for(facts: Facts, name: str, *, up: str, down: str) -> str:
    """The word for the direction of a change."""
    return up if (number(facts, name) or 0.0) >= 0 else down
