"""Is this account for production? Its name tells, where people named it so."""

from __future__ import annotations

import re
from typing import Literal

PRODUCTION = {"prod", "production", "prd", "live"}
NON_PRODUCTION = {
    *("dev", "develop", "development", "test", "testing", "qa", "uat", "sandbox"),
    *("stage", "staging", "stg"),
    *("preprod", "preproduction", "nonprod", "nonproduction"),
}

NEGATED = re.compile(r"(?<![a-z])(pre|non)[^a-z]+(prod)")
"""What makes another word of production: non-prod, pre_production."""


def environment(account_name: str) -> Literal["production", "other"] | None:
    """What an account's name says it is for; None where it does not say."""
    words = set(re.split(r"[^a-z]+", NEGATED.sub(r"\1\2", account_name.lower())))
    if words & NON_PRODUCTION:
        return "other"
    return "production" if words & PRODUCTION else None
