"""AWS on this machine, as far as the tests need it.

One loopback address answers real HTTP requests as AWS does. What costs are,
Cost Explorer and Athena both compute from one table of line items; other
services answer with fixtures; the rest is moto's. Every answer is checked
against the shapes that botocore knows, so a test cannot pass on an answer
that AWS would never give.

    world = World(now=datetime(2026, 11, 23, tzinfo=UTC))
    world.items.add(LineItem(day=date(2026, 11, 1), account="222222222222", ...))
    with running(world) as url:
        ...
"""

from __future__ import annotations

from tests.double.failures import AwsError, Fault
from tests.double.line_items import LineItem, LineItems
from tests.double.server import running
from tests.double.world import Member, World

__all__ = [
    "AwsError",
    "Fault",
    "LineItem",
    "LineItems",
    "Member",
    "World",
    "running",
]
