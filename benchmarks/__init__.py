"""Figures that are measured, as ratios against a peer or a limit in one run."""

from __future__ import annotations
