"""AWS itself: who we are there, what we may read, and what it says."""

from __future__ import annotations
