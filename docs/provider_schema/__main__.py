"""Write the schema of the types that finops writes: `make schema`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from package import sources
from typescript import Schema, Source

PROVIDER: Final = "registry.terraform.io/hashicorp/aws"

TYPES: Final = (Path(__file__).parent / "types.txt").read_text().split()
"""Resources by their name, data sources behind `data.`"""


def main(wheel: Path, folder: Path) -> None:
    """Read the package, and write one file, named by the provider's version."""
    resources: Schema = {}
    data_sources: Schema = {}
    provider: Schema = {}
    version = ""
    for text in sources(wheel).values():
        source = Source(text)
        if not source.section:
            continue
        section, name = source.section
        wanted = f"data.{name}" if section == "data_source_schemas" else name
        if section != "provider" and wanted not in TYPES:
            continue
        version = version or source.version
        schema = {"version": 0, "block": source.schema()}
        if section == "provider":
            provider = schema
        elif section == "resource_schemas":
            resources[name] = schema
        else:
            data_sources[name] = schema
    whole = {
        "format_version": "1.0",
        "provider_version": version,
        "provider_schemas": {
            PROVIDER: {
                "provider": provider,
                "resource_schemas": resources,
                "data_source_schemas": data_sources,
            }
        },
    }
    text = json.dumps(whole, separators=(",", ":"), sort_keys=True)
    (folder / f"aws-{version}.json").write_text(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
