"""Which objects a user's own Terraform manages, and under which address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from finops.errors import RemediationError

IDENTITIES: Final = (
    *("id", "arn", "identifier", "name", "bucket", "repository", "function_name"),
    "allocation_id",
)
"""Attributes by which an object may be known."""


@dataclass(frozen=True, slots=True)
class Managed:
    """One object of a state."""

    type: str
    name: str
    address: str


class State:
    """What `terraform show -json` prints of a state or a plan."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        # A plan holds the state that it starts from.
        state = told if "values" in told else told.get("prior_state", {})
        module = state.get("values", {}).get("root_module", {})
        self._by_identity: dict[tuple[str, str], Managed] = {}
        for resource in _resources(module):
            found = Managed(resource["type"], resource["name"], resource["address"])
            for name in IDENTITIES:
                value = resource.get("values", {}).get(name)
                if isinstance(value, str):
                    self._by_identity[found.type, value] = found

    @classmethod
    def read(cls, text: str) -> State:
        """The state that a file holds.

        Raises:
            RemediationError: If it is no state.
        """
        hint = "terraform show -json > state.json makes it."
        try:
            told = json.loads(text)
        except ValueError as error:
            msg = "The state is not JSON."
            raise RemediationError(msg, hint=hint) from error
        if not isinstance(told, dict) or "format_version" not in told:
            msg = "This is not a state as `terraform show -json` prints it."
            raise RemediationError(msg, hint=hint)
        return cls(told)

    def managed(self, resource_type: str, identity: str) -> Managed | None:
        """The object of that type and id; None if it is not in the state."""
        return self._by_identity.get((resource_type, identity))


def _resources(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for resource in module.get("resources", []):
        if resource.get("mode") == "managed":
            yield resource
    for child in module.get("child_modules", []):
        yield from _resources(child)
