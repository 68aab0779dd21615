"""Changes that are told in words, since code for them would be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from finops.recommendations import PURCHASES, Action, Recommendation
from finops.remediation.change import Change, Procedure
from finops.remediation.facts import Facts
from finops.remediation.markdown import words
from finops.remediation.ownership import Owner
from finops.remediation.readme import readme

STEPS: Final[Mapping[Action, tuple[str, str]]] = {
    "Rightsize": (
        "Take a copy, choose a window, and change the size.",
        "Change the size back.",
    ),
    "Stop": (
        "Ask who uses it, then stop it; delete it after a month in which nobody "
        "missed it.",
        "Start it again.",
    ),
    "Upgrade": (
        "Try the newer version on a copy, then choose a window for the upgrade.",
        "Restore the copy: an upgrade cannot be undone in place.",
    ),
    "Delete": (
        "Ask who made it, keep a copy or its settings, and delete it.",
        "Make it anew of the copy or the settings.",
    ),
    "ScaleIn": ("Lower the number of instances.", "Raise the number again."),
    "MigrateToGraviton": (
        "Build and try the software for ARM processors, then replace one instance "
        "after the other.",
        "Go back to the type that it had.",
    ),
    "Configure": (
        "Write down the setting as it is, then change it.",
        "Set what was written down.",
    ),
    "PurchaseSavingsPlans": (
        "Wait until what is going to be stopped or made smaller is done, since a "
        "commitment is paid for whether it is used or not. Begin with a part of the "
        "recommended amount, for one year without payment up front.",
        "There is none: a purchase can be returned only within 7 days, and only a "
        "small one.",
    ),
    "PurchaseReservedInstances": (
        "Wait until what is going to be stopped or made smaller is done, since a "
        "reservation is paid for whether it is used or not. Buy for what has run all "
        "the time, for one year without payment up front.",
        "There is none: a reservation of a database cannot be sold.",
    ),
}
"""For each action, how it is done by hand and how it is undone."""


def by_hand(recommendation: Recommendation, facts: Facts, today: date) -> Change:
    """How to do what we do not write code for."""
    how, back = STEPS[recommendation.action]
    bought = recommendation.action in PURCHASES
    procedure = Procedure(
        title=words(recommendation.title),
        action_class="by_hand",
        effect="What is paid changes, and nothing that runs." if bought else how,
        before=(how if bought else "Read the evidence of the recommendation.",),
        after=("The bill of the next days shows it.",),
        way_back=(back,),
    )
    return advice(recommendation.kind, procedure, facts, today)


def owned(title: str, kind: str, owner: Owner, facts: Facts, today: date) -> Change:
    """Where to change what somebody else manages."""
    procedure = Procedure(
        title=title,
        action_class="by_hand",
        effect=f"{owner.name} manages this object, so no code is written for it here.",
        before=(owner.advice,),
        after=("The object shows the change after that, and the bill a day later.",),
        way_back=("Undo it in the same place.",),
    )
    return advice(kind, procedure, facts, today, owner=owner.name)


def incomplete(
    recommendation: Recommendation,
    facts: Facts,
    today: date,
    *,
    kind: str,
    missing: str,
    asks: tuple[str, ...],
) -> Change:
    """What has to be found out before the code can be written."""
    procedure = Procedure(
        title=words(recommendation.title),
        action_class="by_hand",
        effect=f"The code cannot be written yet. {words(missing)}",
        before=(
            *asks,
            f"`python -m finops remediate {recommendation.fingerprint} --set "
            "FACT=VALUE --out DIR` writes it then; `FACT=@FILE` reads a file.",
        ),
        after=("The folder holds the code, and says how to check it.",),
        way_back=("Nothing has been changed.",),
    )
    return advice(kind, procedure, facts, today)


def advice(
    kind: str, procedure: Procedure, facts: Facts, today: date, *, owner: str = ""
) -> Change:
    """A change that is a README alone."""
    text = readme(procedure, facts, "advice", today, release=False)
    return Change(
        kind=kind,
        form="advice",
        facts=facts,
        procedure=procedure,
        files={"README.md": text},
        owner=owner,
    )
