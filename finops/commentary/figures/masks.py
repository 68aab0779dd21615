"""Where do digits stand that are no figures: in names, ids, versions, lists?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

HIDDEN: Final = "\x00"
"""Stands in place of what is no figure."""

ACCOUNT: Final = re.compile(r"(?<![\d.,$])(?:\d{12}|\d{4}-\d{4}-\d{4})(?![\d-]|[.,]\d)")
"""An AWS account's id, in one piece or in three."""

TYPES: Final = (
    r"\b(?:db\.|cache\.|dax\.|ml\.)?[a-z]{1,4}\d+[a-z]*(?:-[a-z0-9]+)?\."
    r"(?:\d*x?large|nano|micro|small|medium|metal(?:-\d+xl)?)\b"
)
REGIONS: Final = (
    r"\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn)-(?:gov-)?(?:north|south|east|west|central|"
    r"northeast|southeast|northwest|southwest)-\d[a-f]?\b"
)
RESOURCES: Final = (
    r"\b(?:i|vol|snap|sg|subnet|vpc|eni|ami|nat|igw|rtb|eipalloc|lt|rds|db|fs|tgw|"
    r"acl|pl|vgw|cgw|eks|vpce)-[0-9a-f]{6,}\b"
)
PRODUCTS: Final = (
    r"\b(?:EC2|S3|IPv[46]|x86_64|x86|arm64|aarch64|Route ?53|Log4j2|HTTP/\d(?:\.\d)?|"
    r"TLS ?v?1\.\d|MD5|SHA-?\d+|AES-?\d+|UTF-?8|[HBP][1235]00|A10G?|A100|T4|L40?S?|"
    r"[PpTt]\d{2}(?:\.\d)?|gp[23]|io[12]|st1|sc1|k8s|Graviton ?\d|OAuth ?2(?:\.0)?|"
    r"CO2e?|(?:Microsoft|Office) 365|SOC ?[1-3]|ISO ?\d{4,5}|RFC ?\d{3,4}|[45]xx|"
    r"(?:[Pp]orts?|HTTP) \d{2,5})\b"
)
VERSIONS: Final = (
    r"\b(?:v|version |release |Python |PostgreSQL |Postgres |MySQL |MariaDB |Aurora |"
    r"Redis |Valkey |Kafka |Kubernetes |EKS |Terraform |Java |PHP |Ruby |Linux |"
    r"Windows Server |OpenSearch |Node(?:\.js)? ?|CUR |FOCUS )\d+(?:\.\d+)*\b"
)
LISTS: Final = (
    r"(?m)^[ \t]*(?:\d{1,2}[.)]|[-*] \d{1,2}[.)])(?=\s)|(?<=\s)\(\d{1,2}\)(?=\s)"
)
COUNTERS: Final = (
    r"\b(?:step|section|table|figure|option|phase|priority|item|tier|level|wave|no\.|#)"
    r" ?\d{1,2}\b(?![.,]?\d)(?! ?(?:%|percent))|#\d+\b"
)
TERMS: Final = (
    r"\b[13][- ]?(?:years?|yr)\b(?=(?: |-)(?:\w+ )?(?:term|savings|reserved|ri\b|"
    r"commit|plan|convertible|all|no|partial|standard|over|or\b))|\b[13]-(?:year|yr)\b"
)
IDIOMS: Final = (
    r"\b24/7\b|\b24x7\b|\b(?:80/20|50/50)\b|\btop[ -]\d{1,3}\b|"
    r"\b[2-5]-(?:way|step|tier|tiered|factor|pronged|phase|stage|party|sided|AZ|dimensional)\b|"
    r"\b(?:double|single|triple|[567])-(?:digit|figure|check)s?\b|"
    r"\b(?:ending|ends) (?:in|with) \d{4}\b|\*{2,}\d{4}\b|"
    r"\b[2-9] (?:biggest|largest|costliest|highest|main|key|most expensive)\b|"
    r"\b[2-9] (?:[a-z]+ )?(?:things|factors|drivers|reasons|risks|steps|levers|options|"
    r"areas|ways|questions|causes|signals|places|sides|observations|patterns)\b"
)
ORDINALS: Final = re.compile(r"\b\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
"""A rank, once the days of dates have been read."""

ADDRESSES: Final = (
    r"\b(?:[a-z][a-z0-9+.-]*)://\S+|\barn:[\w:/.\-*]+|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}"
    r"(?:/\d{1,2})?(?![\d.]*\d)|[\w.+-]+@[\w-]+\.[\w.-]+"
)

MASKS: Final = (
    *(re.compile(p) for p in (ADDRESSES, TYPES, RESOURCES, REGIONS, PRODUCTS, LISTS)),
    *(re.compile(p, re.IGNORECASE) for p in (VERSIONS, COUNTERS, TERMS, IDIOMS)),
)

GLUED: Final = re.compile(
    r"(?<![\w$€£.,])(?:[A-Za-z_]\w*(?:[-_./]\w+)*[-_./]?\d[\w-]*"
    r"|\d\w*(?:[_-][A-Za-z]\w*)+|[0-9a-f]*\d[0-9a-f]*[a-f][0-9a-f]{5,})"
)
"""Letters and digits in one word: a name, and not a figure."""

FIGURE_LIKE: Final = re.compile(
    r"(?:USD|EUR|GBP|US|CHF)?\d[\d,]*(?:\.\d+)?(?:k|K|M|MM|mn|m|B|bn|x|pp|d|h|s|ms|"
    r"[KMGTP]i?B|st|nd|rd|th)?"
    r"(?:-(?:and-)?(?:day|week|month|quarter|year|hour|minute|second|percent|fold|dollar"
    r"|point|instance|account|node|GB|TB|times|to|a|per)\w*(?:-\w+)*)?"
)
"""What is written in one word and is a figure all the same: `30-day`, `1.2k`."""


def without_names(text: str, names: Iterable[str] = ()) -> str:
    """`text`, of the same length, without names, ids, versions and list numbers."""
    for name in sorted(names, key=len, reverse=True):
        if any(character.isdigit() for character in name):
            text = hidden(re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), text)
    for mask in (*MASKS, ACCOUNT):
        text = hidden(mask, text)
    return text


def without_words(text: str) -> str:
    """`text`, of the same length, without words that have digits in them.

    Dates have to be read before: `Q4` and `2nd` look like such.
    """
    return GLUED.sub(
        lambda m: m[0] if FIGURE_LIKE.fullmatch(m[0]) else HIDDEN * len(m[0]),
        hidden(ORDINALS, text),
    )


def hidden(pattern: re.Pattern[str], text: str) -> str:
    """`text`, of the same length, without what `pattern` finds."""
    return pattern.sub(lambda found: HIDDEN * len(found[0]), text)
