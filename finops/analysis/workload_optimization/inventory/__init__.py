"""Which resources of an account do less than what is paid for them?

The rules alone: what they look at is read elsewhere, and handed in.
"""

from __future__ import annotations
