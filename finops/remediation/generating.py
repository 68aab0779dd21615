"""From facts to a change with all its files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from finops.errors import FactsError
from finops.remediation import advice, expected_plan, project, shell, static_check
from finops.remediation.change import Change, Project, Runbook
from finops.remediation.facts import Facts, checked
from finops.remediation.kinds import KINDS, Kind
from finops.remediation.markdown import code
from finops.remediation.ownership import Owner, owner_of
from finops.remediation.patch import patched
from finops.remediation.readme import readme
from finops.remediation.state import Managed, State

FROM_CODE: Final = "Change it in that code, and apply that."


def generate(
    facts: Mapping[str, Any],
    *,
    kind: str | None = None,
    today: date | None = None,
    state: State | None = None,
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
    day = today or datetime.now(UTC).date()
    return with_owner(chosen, known, day, state=state, tags=known.tags)


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


def with_owner(
    kind: Kind,
    facts: Facts,
    today: date,
    *,
    state: State | None,
    tags: Mapping[str, str],
) -> Change:
    """The change, made where the object is managed: `state` knows, or its tags."""
    known = facts.model_copy(update={"risk": facts.risk or kind.risk})
    draft = kind.write(known)
    there = _managed(kind, known, state)
    if there and isinstance(draft, Project) and _updates(draft):
        return patched(kind, draft, there, known, today)
    owner = _owner(kind, draft, there, tags)
    if owner:
        return advice.owned(draft.procedure.title, kind.name, owner, known, today)
    return written(kind, draft, known, today)


def _managed(kind: Kind, facts: Facts, state: State | None) -> Managed | None:
    """The object in the user's own state, if it is there."""
    if not (state and kind.resource_type and kind.identity):
        return None
    identity = getattr(facts, kind.identity)
    names = [identity] if isinstance(identity, str) else list(identity)
    found = [state.managed(kind.resource_type, name) for name in names]
    return next((one for one in found if one), None)


def _updates(draft: Project) -> bool:
    return [one.action for one in draft.expected.values()] == ["update"]


def _owner(
    kind: Kind,
    draft: Project | Runbook,
    there: Managed | None,
    tags: Mapping[str, str],
) -> Owner | None:
    """Who else manages the object that `draft` is about, if that matters.

    What only makes other objects is in nobody's way, unless the object's maker
    would undo the effect: a group replaces an instance that is stopped at night.
    """
    touches = isinstance(draft, Runbook) or _updates(draft)
    if there:
        name = f"Your Terraform, at {code(there.address)},"
        return Owner(name, FROM_CODE) if touches else None
    found = owner_of(tags) if kind.resource_type else None
    return found if found and (found.puts_back or touches) else None


def written(kind: Kind, draft: Project | Runbook, facts: Facts, today: date) -> Change:
    """The change that `draft` is, with its files."""
    if isinstance(draft, Project):
        return _terraform(kind, draft, facts, today)
    return _runbook(kind, draft, facts, today)


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
