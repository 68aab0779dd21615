"""Whether a plan does what was reviewed, and nothing else.

Terraform's own plan is the only proof of what an apply would do: code that is
valid in every way can still make a second machine, or reset a database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from finops.errors import RemediationError
from finops.remediation import schema
from finops.remediation.agreement import agrees, changed_rules, written_beyond
from finops.remediation.expected_plan import ExpectedChange, ExpectedPlan

Plan = Mapping[str, Any]
"""What `terraform show -json` prints of a plan."""

IDENTITIES: Final = ("id", "identifier", "name", "bucket", "repository", "arn")
"""Attributes that may hold what an object is imported by."""

PROVIDERS: Final = (schema.PROVIDER, "registry.opentofu.org/hashicorp/aws")

DONE: Final = ["no-op"]

ARN_ACCOUNT: Final = 4
"""The part of an ARN, between colons, that is the account."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard says of a plan.

    Attributes:
        refusals: What the plan does that was not reviewed.
        notes: What is as it should be already.
    """

    refusals: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether the plan may be applied."""
        return not self.refusals


def read(text: str) -> Plan:
    """A plan as Terraform prints it.

    Raises:
        RemediationError: If this is no plan.
    """
    hint = "terraform show -json plan.bin > plan.json makes it."
    try:
        plan = json.loads(text)
    except ValueError as error:
        msg = "The first file is not JSON."
        raise RemediationError(msg, hint=hint) from error
    if not isinstance(plan, dict) or "planned_values" not in plan:
        msg = "The first file is not a plan of Terraform's as JSON."
        raise RemediationError(msg, hint=hint)
    return plan


def judged(plan: Plan, expected: ExpectedPlan) -> Verdict:
    """Whether `plan` does what is expected of it."""
    changes = {change["address"]: change for change in plan.get("resource_changes", [])}
    refusals = [
        *_unfinished(plan),
        *_elsewhere(plan, expected),
        *_unreviewed(changes, expected),
    ]
    notes = []
    for address, wanted in expected.changes.items():
        if address not in changes:
            refusals.append(f"{address}: missing from the plan.")
            continue
        refusals += _against(changes[address], wanted, plan)
        if changes[address]["change"]["actions"] == DONE:
            notes.append(f"{address}: is already as reviewed.")
    return Verdict(tuple(refusals), tuple(notes))


def _unfinished(plan: Plan) -> Iterator[str]:
    if plan.get("errored"):
        yield "The plan ended with an error."
    if plan.get("complete") is False or plan.get("deferred_changes"):
        yield "The plan leaves a part for later."
    if plan.get("action_invocations"):
        yield "The plan runs actions besides its changes."


def _elsewhere(plan: Plan, expected: ExpectedPlan) -> Iterator[str]:
    """Another account or region than the reviewed one, or none to be seen."""
    if expected.account_id:
        seen = set(_accounts(plan, expected))
        if not seen:
            yield "The plan does not say in which account it was made."
        for account in sorted(seen - {expected.account_id}):
            yield (
                f"The plan was made in account {account}; the review was of "
                f"{expected.account_id}."
            )
    for change in plan.get("resource_changes", []):
        region = (change["change"].get("after") or {}).get("region")
        is_other = expected.region and region and region != expected.region
        if is_other and change["address"] in expected.changes:
            yield f"{change['address']}: is in {region}, not in {expected.region}."


def _accounts(plan: Plan, expected: ExpectedPlan) -> Iterator[str]:
    """The accounts that the plan shows: of the caller, and of what it changes."""
    state = plan.get("prior_state", {}).get("values", {}).get("root_module", {})
    for found in state.get("resources", []):
        if found["type"] == "aws_caller_identity":
            yield found["values"]["account_id"]
    for change in plan.get("resource_changes", []):
        if change["address"] not in expected.changes:
            continue
        before = change["change"].get("before") or {}
        parts = str(before.get("arn") or "").split(":")
        if len(parts) > ARN_ACCOUNT and parts[ARN_ACCOUNT]:
            yield parts[ARN_ACCOUNT]


def _unreviewed(
    changes: Mapping[str, Mapping[str, Any]], expected: ExpectedPlan
) -> Iterator[str]:
    for address, found in changes.items():
        change = found["change"]
        harmless = change["actions"] in (DONE, ["read"]) and "importing" not in change
        if address not in expected.changes and not harmless:
            yield f"{address}: not in the reviewed change ({_doing(change)})."


def _doing(change: Mapping[str, Any]) -> str:
    actions = change["actions"]
    if actions == DONE:
        return "import"
    return "replace" if set(actions) == {"create", "delete"} else "/".join(actions)


def _against(
    found: Mapping[str, Any], wanted: ExpectedChange, plan: Plan
) -> Iterator[str]:
    """What one object's change does besides what was reviewed."""
    address, change = found["address"], found["change"]
    provider = found.get("provider_name", PROVIDERS[0])
    if provider not in PROVIDERS:
        yield f"{address}: is made by the provider {provider}."
    yield from _code_beyond(address, wanted, plan)
    if change["actions"] not in ([wanted.action], DONE):
        because = ", ".join(str(path[0]) for path in change.get("replace_paths", []))
        cause = f", because of {because}" if because else ""
        yield f"{address}: {_doing(change)} instead of {wanted.action}{cause}."
        return
    if not _is_the_one(change, wanted):
        yield f"{address}: is another object than {wanted.imports}."
    if wanted.action == "update":
        yield from _update_beyond(found, wanted)
    else:
        yield from _creation_beyond(found, wanted)


def _code_beyond(address: str, wanted: ExpectedChange, plan: Plan) -> Iterator[str]:
    """What the code of an object says besides what was reviewed."""
    module = plan.get("configuration", {}).get("root_module", {})
    for code in module.get("resources", []):
        if code["address"] != address:
            continue
        if code.get("provisioners"):
            yield f"{address}: runs a command when it is made."
        if wanted.action == "create" and wanted.settings is not None:
            for name in written_beyond(code.get("expressions", {}), wanted.settings):
                yield f"{address}: sets {name}, which was not reviewed."


def _is_the_one(change: Mapping[str, Any], wanted: ExpectedChange) -> bool:
    """Whether it is the object that was reviewed, imported now or before."""
    if wanted.imports is None:
        return "importing" not in change
    if "importing" in change:
        return bool(change["importing"].get("id") == wanted.imports)
    before = change.get("before") or {}
    return wanted.imports in [before.get(name) for name in IDENTITIES]


def _update_beyond(found: Mapping[str, Any], wanted: ExpectedChange) -> Iterator[str]:
    address, change = found["address"], found["change"]
    before, after = change.get("before") or {}, change.get("after") or {}
    moved = _moved(found["type"], change)
    beyond = sorted(moved - wanted.attributes.keys())
    if beyond:
        yield f"{address}: also changes {', '.join(beyond)}."
    for name, value in wanted.attributes.items():
        now, then = before.get(name), after.get(name)
        if name == "rule":
            yield from _rules_beyond(address, now, then, value.after)
        elif not agrees(value.after, then):
            yield f"{address}: {name} would be {_shown(then)}, not {_shown(value.after)}."
        elif not _was_reviewed(now, value.before, value.after):
            yield (
                f"{address}: {name} was {_shown(value.before)} when it was reviewed, "
                f"and is {_shown(now)}."
            )


def _moved(kind: str, change: Mapping[str, Any]) -> set[str]:
    """The attributes that differ, but for those that AWS alone decides."""
    before, after = change.get("before") or {}, change.get("after") or {}
    unknown = change.get("after_unknown") or {}
    names = before.keys() | after.keys() | unknown.keys()
    return {
        name
        for name in names
        if (unknown.get(name) is True and not schema.is_result(kind, name))
        or (unknown.get(name) is not True and before.get(name) != after.get(name))
    }


def _was_reviewed(now: object, before: object, after: object) -> bool:
    return before is None or agrees(before, now) or agrees(after, now)


def _rules_beyond(address: str, now: Any, then: Any, reviewed: Any) -> Iterator[str]:
    """Rules of a bucket: the old ones stay as they are, ours comes to them.

    A reviewed rule of which there is the id alone is an old one.
    """
    ids = sorted(rule["id"] for rule in reviewed)
    named = sorted(str(rule.get("id")) for rule in then or [])
    if named != ids:
        yield f"{address}: its rules would be {_shown(named)}, not {_shown(ids)}."
    for name in changed_rules(now or [], then or []):
        yield f"{address}: would change or delete the rule {name}."
    for name in changed_rules([r for r in reviewed if len(r) > 1], then or []):
        yield f"{address}: the rule {name} is not the reviewed one."


def _creation_beyond(found: Mapping[str, Any], wanted: ExpectedChange) -> Iterator[str]:
    after = found["change"].get("after") or {}
    for name, value in (wanted.settings or {}).items():
        if value is not None and not agrees(value, after.get(name)):
            yield (
                f"{found['address']}: {name} would be {_shown(after.get(name))}, not "
                f"{_shown(value)}."
            )


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
