"""What is out of the ordinary, and what caused it? (FinOps: Anomaly Management)."""

from __future__ import annotations

from finops.analysis.anomalies.anomaly import Anomaly, part, sentence, what, whose, why
from finops.analysis.anomalies.causes import Cause, find_cause
from finops.analysis.anomalies.courses import course
from finops.analysis.anomalies.merging import Explained, anomaly, merged
from finops.analysis.anomalies.moves import moves
from finops.analysis.anomalies.watching import (
    AFTER,
    BEFORE,
    SERIES_KEYS,
    SURE,
    Sighting,
    Watched,
    sightings,
    smallest,
    watched,
)

__all__ = [
    "AFTER",
    "BEFORE",
    "SERIES_KEYS",
    "SURE",
    "Anomaly",
    "Cause",
    "Explained",
    "Sighting",
    "Watched",
    "anomaly",
    "course",
    "find_cause",
    "merged",
    "moves",
    "part",
    "sentence",
    "sightings",
    "smallest",
    "watched",
    "what",
    "whose",
    "why",
]
