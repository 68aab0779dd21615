"""Which resources do less than what is paid for them?"""

from __future__ import annotations
