"""Who is told when something needs attention, and what were they told before?"""

from __future__ import annotations

from finops.notify.channels import Channels, NotDeliveredError, deliver
from finops.notify.message import Message, Notice, Severity
from finops.notify.told import Told

__all__ = [
    "Channels",
    "Message",
    "NotDeliveredError",
    "Notice",
    "Severity",
    "Told",
    "deliver",
]
