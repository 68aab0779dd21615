"""AWS's own watch over unusual cost, and who hears of it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from finops import formats
from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import LISTED, Email, Facts
from finops.remediation.hcl import Block, Reference
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.parts import guarded, imported

NAME: Final = "finops-services"

MONITOR: Final = "aws_ce_anomaly_monitor.services"

MonitorArn = Annotated[
    str, Field(pattern="^arn:aws[a-z-]*:ce::[0-9]{12}:anomalymonitor/[0-9a-f-]{36}$")
]


class AnomalyMonitor(Facts):
    """Who is told, and from what impact on.

    Attributes:
        monitor_arn: The account's monitor of all services, where there is one:
            AWS allows one, so it is taken in.
        monitor_name: What it is called.
    """

    emails: Annotated[tuple[Email, ...], LISTED, Field(min_length=1, max_length=10)]
    impact: Annotated[int, Field(ge=1, le=1_000_000)] = 100
    monitor_arn: MonitorArn | None = None
    monitor_name: Annotated[str, Field(pattern="^[A-Za-z0-9 _.-]{1,100}$")] = NAME


def write(facts: AnomalyMonitor) -> Project:
    """The monitor of all services, and a daily mail."""
    return Project(
        procedure=_procedure(facts),
        step="unusual cost is seen on the invoice to a mail the day after",
        blocks=(
            *([imported(MONITOR, facts.monitor_arn)] if facts.monitor_arn else []),
            _monitor(facts),
            _subscription(facts),
        ),
        expected={
            MONITOR: Expected(
                action="update" if facts.monitor_arn else "create",
                imports=facts.monitor_arn,
            ),
            "aws_ce_anomaly_subscription.daily": Expected(action="create"),
        },
    )


def _monitor(facts: AnomalyMonitor) -> Block:
    settings = {
        "name": facts.monitor_name,
        "monitor_type": "DIMENSIONAL",
        "monitor_dimension": "SERVICE",
    }
    inner = guarded("aws_ce_anomaly_monitor", kept=settings)
    return Block(
        "resource",
        ("aws_ce_anomaly_monitor", "services"),
        settings,
        (inner,) if facts.monitor_arn else (),
    )


def _subscription(facts: AnomalyMonitor) -> Block:
    condition = Block(
        "dimension",
        (),
        {
            "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            "match_options": ["GREATER_THAN_OR_EQUAL"],
            "values": [f"{facts.impact}"],
        },
    )
    subscribers = [
        Block("subscriber", (), {"type": "EMAIL", "address": email})
        for email in facts.emails
    ]
    return Block(
        "resource",
        ("aws_ce_anomaly_subscription", "daily"),
        {
            "name": "finops-daily",
            "frequency": "DAILY",
            "monitor_arn_list": [Reference(f"{MONITOR}.arn")],
        },
        (*subscribers, Block("threshold_expression", (), {}, (condition,))),
    )


def _procedure(facts: AnomalyMonitor) -> Procedure:
    impact = formats.money(facts.impact, cents=False)
    return Procedure(
        title="Let AWS watch for unusual cost",
        action_class="create",
        effect=(
            f"AWS compares each service with its own past, and mails once a day what "
            f"costs {impact} or more above it. It is free, and changes nothing."
        ),
        before=(
            "`aws ce get-anomaly-monitors` lists no monitor of the dimension "
            "`SERVICE`: an account may have one. If it lists one, give its ARN as the "
            "fact `monitor_arn`.",
        ),
        after=("The addresses confirm the mail that AWS sends them.",),
        way_back=("`terraform destroy` in this folder.",),
    )


KIND: Final = Kind(
    name="anomaly_monitor",
    facts=AnomalyMonitor,
    write=write,
    risk="low",
)
