"""The functions and secrets of an account."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from finops.analysis.workload_optimization.inventory.resources import Function, Secret
from finops.aws.inventory.seen import Seen, Topic, tags_of
from finops.aws.questions import Place, Question

FUNCTIONS: Final = Question("lambda:ListFunctions", "Functions")

SECRETS: Final = Question("secretsmanager:ListSecrets", "SecretList")


def functions(place: Place, now: datetime) -> Seen:
    """The functions of Lambda."""
    del now
    return Seen(
        [
            Function(
                id=one["FunctionName"],
                created=datetime.fromisoformat(one["LastModified"]),
                runtime=one.get("Runtime", ""),
                memory_mb=one["MemorySize"],
                architecture=one.get("Architectures", ["x86_64"])[0],
            )
            for one in place.ask(FUNCTIONS)
        ]
    )


def secrets(place: Place, now: datetime) -> Seen:
    """The secrets, except those that another service looks after."""
    del now
    return Seen(
        [
            Secret(
                id=one["ARN"],
                created=one.get("CreatedDate"),
                tags=tags_of(one),
                name=one["Name"],
                used=one.get("LastAccessedDate"),
                replica=one.get("PrimaryRegion", place.region) != place.region,
            )
            for one in place.ask(SECRETS)
            if not one.get("OwningService")
        ]
    )


TOPICS: Final = (
    Topic("functions", FUNCTIONS, functions),
    Topic("secrets", SECRETS, secrets),
)
