"""The protocol's messages, made from its description when a test starts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import grpc

PROTOCOL: Final = "tests/terraform/tfplugin6.proto"

messages, services = grpc.protos_and_services(PROTOCOL)

NESTING: Final = {"single": 1, "list": 2, "set": 3, "map": 4, "group": 5}

AWS: Final = "registry.terraform.io/hashicorp/aws"

Schema = Mapping[str, Any]


def schema_file(path: Path) -> Schema:
    """The AWS provider's part of what `terraform providers schema -json` prints."""
    schemas: Schema = json.loads(path.read_text())["provider_schemas"][AWS]
    return schemas


def schema_message(schema: Schema) -> Any:
    """One schema as a message of the protocol."""
    return messages.Schema(version=0, block=_block(schema["block"]))


def _block(block: Schema) -> Any:
    return messages.Schema.Block(
        attributes=[
            messages.Schema.Attribute(
                name=name,
                type=json.dumps(attribute["type"]).encode(),
                required=attribute.get("required", False),
                optional=attribute.get("optional", False),
                computed=attribute.get("computed", False),
            )
            for name, attribute in block["attributes"].items()
        ],
        block_types=[
            messages.Schema.NestedBlock(
                type_name=name,
                block=_block(nested["block"]),
                nesting=NESTING[nested["nesting_mode"]],
                min_items=nested.get("min_items", 0),
                max_items=nested.get("max_items", 0),
            )
            for name, nested in block.get("block_types", {}).items()
        ],
    )


def error(summary: str, *path: str | int) -> Any:
    """A complaint about a value, which Terraform shows to the user."""
    steps = [
        messages.AttributePath.Step(element_key_int=step)
        if isinstance(step, int)
        else messages.AttributePath.Step(attribute_name=step)
        for step in path
    ]
    return messages.Diagnostic(
        severity=messages.Diagnostic.ERROR,
        summary=summary,
        attribute=messages.AttributePath(steps=steps) if steps else None,
    )
