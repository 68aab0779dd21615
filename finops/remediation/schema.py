"""What the AWS provider of Terraform takes: its schema, for the types we write.

The file is cut from the published provider by `make schema`; it is the part of
`terraform providers schema -json` that says which attributes and blocks each
type has. See the licence beside it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

PROVIDER_VERSION: Final = "6.69.1"

FILE: Final = Path(__file__).parent / "provider" / f"aws-{PROVIDER_VERSION}.json"

PROVIDER: Final = "registry.terraform.io/hashicorp/aws"

BlockSchema = Mapping[str, Any]
"""`attributes` and `block_types`, as Terraform prints them."""

NEVER_RESET: Final = frozenset({"id", "region", "timeouts"})
"""Not settings of the object itself."""


def resource(name: str) -> BlockSchema | None:
    """The schema of a resource type; None where we have none."""
    return _schema("resource_schemas", name)


def data_source(name: str) -> BlockSchema | None:
    """The schema of a data source; None where we have none."""
    return _schema("data_source_schemas", name)


def provider() -> BlockSchema:
    """The schema of the provider's own block."""
    block: BlockSchema = _provider()["provider"]["block"]
    return block


def ignored(name: str, *, kept: Collection[str]) -> list[str]:
    """What an imported object of this type would lose if we did not ignore it.

    Terraform takes an attribute that the code leaves out for a wish to have
    none, unless AWS computes it: importing a database by its class alone would
    take away its protection, its log exports and its tags. `kept` are the
    attributes that the code does set.
    """
    schema = resource(name) or {}
    skipped = NEVER_RESET.union(kept)
    resettable = [
        attribute
        for attribute, about in schema["attributes"].items()
        if about.get("optional") and not about.get("computed")
    ]
    names = [*resettable, *schema.get("block_types", {})]
    return sorted(set(names) - skipped)


def is_result(name: str, attribute: str) -> bool:
    """Whether AWS alone decides this attribute, so that no code can set it."""
    about = (resource(name) or {}).get("attributes", {}).get(attribute, {})
    return bool(about.get("computed")) and not about.get("optional")


def _schema(section: str, name: str) -> BlockSchema | None:
    found = _provider()[section].get(name)
    return found["block"] if found else None


@lru_cache(maxsize=1)
def _provider() -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = json.loads(FILE.read_text())["provider_schemas"]
    found: Mapping[str, Any] = schemas[PROVIDER]
    return found
