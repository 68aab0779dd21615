"""Is a secret paid for that nobody reads?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Secret

LONG: Final = timedelta(days=90)


def find(secret: Secret, sight: Sight) -> Finding | None:
    """A secret that nobody has read for 90 days, or ever."""
    if secret.replica or (secret.used and sight.age(secret.used) < LONG):
        return None
    last = f"on {formats.day(secret.used.date())}" if secret.used else "never"
    return Finding(
        title=f"Delete the secret {secret.name}, which nobody reads",
        saving=sight.cost((1, "secret month")),
        seen={
            "Read last": last,
            "Before deleting": "AWS keeps it for 7 to 30 days, in which it comes back",
        },
        facts={"secret": secret.name},
    )


UNUSED_SECRET = Check(
    kind="secret_unused",
    name="Unused secrets",
    action="Delete",
    risk="medium",
    effort="quick_win",
    service="AWS Secrets Manager",
    rule="A secret of 90 days that nobody has read for as long.",
    looks_at=Secret,
    needs=("secretsmanager:ListSecrets",),
    find=find,
    look_back=LONG,
)
