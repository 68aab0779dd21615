"""What do the accounts hold, and what of it is waste?

Nothing is ever changed: every question is a Describe, a Get or a List.
"""

from __future__ import annotations

from finops.aws.inventory.looking import TOPICS, judge, look
from finops.aws.inventory.rights import try_all
from finops.aws.inventory.seen import Seen, Topic

__all__ = ["TOPICS", "Seen", "Topic", "judge", "look", "try_all"]
