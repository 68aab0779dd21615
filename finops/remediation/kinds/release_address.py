"""Gives back an Elastic IP address that nothing uses."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import AllocationId, Facts
from finops.remediation.kinds.kind import Kind


class ReleaseAddress(Facts):
    """Which address, by its allocation."""

    allocation_id: AllocationId


def write(facts: ReleaseAddress) -> Runbook:
    """Looks again whether it is free, and releases it.

    A runbook and not Terraform: the provider's destroy takes an address that is
    in use from its instance, and releases it all the same.
    """
    which = facts.allocation_id
    return Runbook(
        procedure=Procedure(
            title=f"Release Elastic IP address {which}",
            action_class="delete",
            effect=(
                "The address goes back to AWS. Nothing uses it; the script stops if "
                "something does again."
            ),
            before=(
                "No DNS record, firewall or partner's allow-list names the address.",
                "Nobody keeps it for a machine that comes back.",
            ),
            after=(
                f"`aws ec2 describe-addresses --allocation-ids {which}` finds nothing.",
            ),
            way_back=(
                "The script prints the command that asks for the same address. It "
                "works only while nobody else has it.",
            ),
        ),
        script="release_address",
        values={"allocation": which},
    )


KIND: Final = Kind(
    name="release_address",
    facts=ReleaseAddress,
    write=write,
    risk="low",
    identity="allocation_id",
    resource_type="aws_eip",
    answers=("eip_idle",),
)
