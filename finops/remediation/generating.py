"""From facts to a change with all its files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from finops.errors import FactsError
from finops.remediation import expected_plan, project, shell, static_check
from finops.remediation.change import Change, Project, Runbook
from finops.remediation.facts import Facts, checked
from finops.remediation.kinds import KINDS, Kind
from finops.remediation.readme import readme


def generate(
    facts: Mapping[str, Any], *, kind: str | None = None, today: date | None = None
) -> Change:
    """The change that `facts` describe: `change.files["main.tf"]`, and the others.

    Without a `kind` it is the one that needs just these facts. Nothing is
    written, and nothing is run.

    >>> change = generate(
    ...     {
    ...         "instance_id": "i-0123456789abcdef0",
    ...         "current_type": "t2.large",
    ...         "target_type": "t3.medium",
    ...         "reason": "CPU <10% for 30 days",
    ...     }
    ... )
    >>> change.kind, sorted(change.files)
    ('ec2_rightsize', ['README.md', 'expected-plan.json', 'main.tf', 'step2-release.tf.example'])

    Raises:
        FactsError: If no kind fits, or a fact is missing or malformed.
        UnwritableNameError: If a name could not be kept as it is.
    """
    chosen = kind_named(kind) if kind else _fitting(facts)
    known = checked(chosen.facts, facts, kind=chosen.name)
    return written(chosen, known, today or datetime.now(UTC).date())


def kind_named(name: str) -> Kind:
    """The kind of that name.

    Raises:
        FactsError: If there is none.
    """
    if name not in KINDS:
        msg = f"There is no kind of change {name!r}."
        raise FactsError(msg, hint=f"The kinds are {', '.join(KINDS)}.")
    return KINDS[name]


def _fitting(facts: Mapping[str, Any]) -> Kind:
    """The one kind that needs these facts and no others."""
    fitting = [kind for kind in KINDS.values() if _fits(kind, facts)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(kind.name for kind in fitting or KINDS.values())
    given = ", ".join(sorted(facts)) or "none"
    msg = f"These facts do not say which kind of change is meant: {given}."
    raise FactsError(msg, hint=f"Name one of {names}.")


def _fits(kind: Kind, facts: Mapping[str, Any]) -> bool:
    fields = kind.facts.model_fields
    needed = {name for name, field in fields.items() if field.is_required()}
    return needed <= facts.keys() <= fields.keys()


def written(kind: Kind, facts: Facts, today: date) -> Change:
    """The change of `kind` that checked `facts` describe, with its files."""
    known = facts.model_copy(update={"risk": facts.risk or kind.risk})
    draft = kind.write(known)
    if isinstance(draft, Project):
        return _terraform(kind, draft, known, today)
    return _runbook(kind, draft, known, today)


def _terraform(kind: Kind, draft: Project, facts: Facts, today: date) -> Change:
    reviewed = expected_plan.expected_plan(draft, facts)
    files = project.documents(draft, facts, today)
    release = len(files) > 1
    blocks = project.main_blocks(draft, facts)
    return Change(
        kind=kind.name,
        form="terraform",
        facts=facts,
        procedure=draft.procedure,
        files={
            **files,
            "expected-plan.json": expected_plan.as_text(reviewed),
            "README.md": readme(
                draft.procedure, facts, "terraform", today, release=release
            ),
        },
        problems=static_check.problems(blocks),
    )


def _runbook(kind: Kind, draft: Runbook, facts: Facts, today: date) -> Change:
    return Change(
        kind=kind.name,
        form="runbook",
        facts=facts,
        procedure=draft.procedure,
        files={
            "runbook.sh": shell.script(draft, facts, today),
            "README.md": readme(
                draft.procedure, facts, "runbook", today, release=False
            ),
        },
    )
