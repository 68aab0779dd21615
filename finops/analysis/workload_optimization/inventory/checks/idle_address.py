"""Is a public address paid for that points nowhere?"""

from __future__ import annotations

from datetime import timedelta

from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Address
from finops.analysis.workload_optimization.public_prices import HOURS


def find(address: Address, sight: Sight) -> Finding | None:
    """An address that is attached to nothing at this moment."""
    if address.attached:
        return None
    return Finding(
        title=f"Release {address.public_ip}, attached to nothing",
        saving=sight.cost((HOURS, "public IPv4 hour")),
        seen={
            "Address": f"{address.public_ip} ({address.id})",
            "Attached": "to nothing; AWS does not tell since when",
        },
        facts={"allocation_id": address.id, "public_ip": address.public_ip},
    )


IDLE_ADDRESS = Check(
    kind="eip_idle",
    name="Idle public addresses",
    action="Delete",
    risk="low",
    effort="quick_win",
    service="Amazon Virtual Private Cloud",
    rule="A public IPv4 address that is attached to nothing.",
    looks_at=Address,
    needs=("ec2:DescribeAddresses",),
    find=find,
    look_back=timedelta(0),
)
