"""Figures beside the limits that they have to keep."""

from __future__ import annotations


def judge(what: str, figure: float, low: float, high: float) -> bool:
    """Print a figure beside its limits."""
    within = low <= figure <= high
    limits = f"{low:g} to {high:g}" if low else f"at most {high:g}"
    print(f"{what:<52} {figure:6.3f}  {limits:<14} {'' if within else 'beyond'}")
    return within
