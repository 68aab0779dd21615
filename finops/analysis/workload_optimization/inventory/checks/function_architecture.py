"""Would a function run for less on AWS's own processors?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Function
from finops.analysis.workload_optimization.public_prices import HOURS

RUNS_ON_ARM: Final = re.compile(
    r"python3\.(8|9|1\d)|nodejs(1[24-9]|2\d)\.x|java(11|17|21|25)|java8\.al2"
    r"|dotnet([6-9]|10)|ruby(2\.7|3\.\d)|provided\.al2(023)?"
)

WORTH_A_TEST: Final = 300_000
"""GB-seconds a month, which at public prices save a dollar."""

MEASURED_HOURS: Final = 24 * metrics.LAMBDA_DURATION.days


def find(function: Function, sight: Sight) -> Finding | None:
    """A busy function on x86 whose runtime exists for arm64."""
    if function.architecture != "x86_64":
        return None
    if not RUNS_ON_ARM.fullmatch(function.runtime):
        return None
    seconds = sight.measured(function, metrics.LAMBDA_DURATION).total / 1000
    gb_seconds = seconds * function.memory_mb / 1024 * HOURS / MEASURED_HOURS
    if gb_seconds < WORTH_A_TEST:
        return None
    return Finding(
        title=f"Move the function {function.id} to arm64",
        saving=sight.cost(
            (gb_seconds, "Lambda x86_64 GB-second"),
            (-gb_seconds, "Lambda arm64 GB-second"),
        ),
        seen={
            "Function": f"{function.runtime}, {function.memory_mb:,} MB, x86_64",
            "Used": f"{gb_seconds:,.0f} GB-seconds a month",
            "Mind": "its libraries must exist for arm64; test it there first",
        },
        facts={
            "function": function.id,
            "current_architecture": "x86_64",
            "target_architecture": "arm64",
        },
    )


FUNCTION_ARCHITECTURE = Check(
    kind="lambda_arm64",
    name="Functions on x86",
    action="MigrateToGraviton",
    risk="medium",
    effort="moderate",
    service="AWS Lambda",
    rule="A function on x86 with over 300,000 GB-seconds a month that arm64 can run.",
    looks_at=Function,
    needs=("lambda:ListFunctions", "cloudwatch:GetMetricData"),
    find=find,
    look_back=timedelta(days=30),
)
