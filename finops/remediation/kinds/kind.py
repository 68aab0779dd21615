"""What a kind of change is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from finops.recommendations import Risk
from finops.remediation.change import Project, Runbook
from finops.remediation.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of change: the facts it needs, and who writes it.

    Attributes:
        name: As in `--kind`.
        identity: The fact that says which object it is about; None for a kind
            that concerns the account.
        resource_type: What Terraform calls the object, where it manages one.
        write: Gets checked facts of the model `facts`.
        answers: Kinds of recommendations that are carried out this way, besides
            those of its own name.
        ask: For a fact that a bill does not tell, the command that does.
    """

    name: str
    facts: type[Facts]
    write: Callable[[Any], Project | Runbook]
    risk: Risk
    identity: str | None = None
    resource_type: str | None = None
    answers: tuple[str, ...] = ()
    ask: Mapping[str, str] = field(default_factory=dict)
