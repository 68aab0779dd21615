"""The stand-in provider: Terraform's questions, and where the answers come from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import grpc

from finops.remediation import schema as packaged
from tests.terraform.messages import (
    error,
    messages,
    schema_file,
    schema_message,
    services,
)
from tests.terraform.planning import planned
from tests.terraform.readers import DATA_NAMES, IDENTITIES, READERS, client, read
from tests.terraform.rules import complaints
from tests.terraform.values import Object, dump, load, shaped

PROVIDER: Final = schema_file(packaged.FILE)
RESOURCES: Final = PROVIDER["resource_schemas"]
DATA_SOURCES: Final = PROVIDER["data_source_schemas"]


class StandIn(services.ProviderServicer):  # type: ignore[misc]  # made at run time
    """Answers as the AWS provider would, from its schema and from moto."""

    def GetProviderSchema(self, _request: Any, _context: Any) -> Any:  # noqa: N802
        return messages.GetProviderSchema.Response(
            provider=schema_message(PROVIDER["provider"]),
            provider_meta=messages.Schema(block=messages.Schema.Block()),
            resource_schemas=_schemas(RESOURCES),
            data_source_schemas=_schemas(DATA_SOURCES),
            server_capabilities=messages.ServerCapabilities(
                get_provider_schema_optional=True
            ),
        )

    def ValidateProviderConfig(self, _request: Any, _context: Any) -> Any:  # noqa: N802
        return messages.ValidateProviderConfig.Response()

    def ValidateResourceConfig(self, request: Any, _context: Any) -> Any:  # noqa: N802
        kind = request.type_name
        found = complaints(kind, RESOURCES[kind], load(request.config))
        return messages.ValidateConfig.Response(diagnostics=found)

    def ValidateDataResourceConfig(self, request: Any, _context: Any) -> Any:  # noqa: N802
        kind = request.type_name
        found = complaints(f"data.{kind}", DATA_SOURCES[kind], load(request.config))
        return messages.ValidateConfig.Response(diagnostics=found)

    def ConfigureProvider(self, request: Any, _context: Any) -> Any:  # noqa: N802
        allowed = load(request.config).get("allowed_account_ids")
        account = client("sts").get_caller_identity()["Account"]
        if not allowed or account in allowed:
            return messages.ConfigureProvider.Response()
        refused = error(f"AWS account ID not allowed: {account}")
        return messages.ConfigureProvider.Response(diagnostics=[refused])

    def UpgradeResourceState(self, request: Any, _context: Any) -> Any:  # noqa: N802
        state = json.loads(request.raw_state.json)
        whole = shaped(RESOURCES[request.type_name]["block"], state)
        return messages.UpgradeResourceState.Response(upgraded_state=dump(whole))

    def ImportResourceState(self, request: Any, _context: Any) -> Any:  # noqa: N802
        kind = request.type_name
        state = {"id": request.id, IDENTITIES.get(kind, "id"): request.id}
        imported = messages.ImportResourceState.ImportedResource(
            type_name=kind, state=dump(shaped(RESOURCES[kind]["block"], state))
        )
        return messages.ImportResourceState.Response(imported_resources=[imported])

    def ReadResource(self, request: Any, _context: Any) -> Any:  # noqa: N802
        kind = request.type_name
        if kind not in READERS:
            return messages.ReadResource.Response(new_state=request.current_state)
        current = load(request.current_state)
        found = read(kind, current.get(IDENTITIES.get(kind, "id")))
        whole = shaped(RESOURCES[kind]["block"], found)
        return messages.ReadResource.Response(new_state=dump(whole))

    def ReadDataSource(self, request: Any, _context: Any) -> Any:  # noqa: N802
        kind, config = request.type_name, load(request.config)
        block = DATA_SOURCES[kind]["block"]
        found = read(kind, _asked_for(kind, config)) or {}
        names = DATA_NAMES.get(kind, {})
        told = {names.get(key, key): value for key, value in found.items()}
        known = {key: told[key] for key in told.keys() & block["attributes"].keys()}
        whole = shaped(block, config | known)
        return messages.ReadDataSource.Response(state=dump(whole))

    def PlanResourceChange(self, request: Any, _context: Any) -> Any:  # noqa: N802
        kind = request.type_name
        wanted, replacing = planned(
            kind,
            RESOURCES[kind]["block"],
            load(request.prior_state),
            load(request.proposed_new_state),
        )
        return messages.PlanResourceChange.Response(
            planned_state=dump(wanted),
            requires_replace=replacing,
            planned_private=request.prior_private,
            legacy_type_system=True,
        )

    def ApplyResourceChange(self, request: Any, _context: Any) -> Any:  # noqa: N802
        refused = error("The stand-in provider applies nothing.")
        return messages.ApplyResourceChange.Response(
            new_state=request.prior_state, diagnostics=[refused]
        )

    def StopProvider(self, _request: Any, _context: Any) -> Any:  # noqa: N802
        return messages.StopProvider.Response()


def _schemas(schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {name: schema_message(schema) for name, schema in schemas.items()}


def _asked_for(kind: str, config: Object) -> str:
    """The id that a data source asks for, by an argument or by a filter."""
    by_argument = config.get(f"{kind.removeprefix('aws_')}_id") or config.get(
        f"{kind.removeprefix('aws_')}_identifier"
    )
    filters = config.get("filter") or []
    by_filter = [one["values"][0] for one in filters if one["name"].endswith("-id")]
    return str(by_argument or (by_filter or [""])[0])


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve it; gives what Terraform wants in TF_REATTACH_PROVIDERS."""
    address = str(folder / "provider")
    server = grpc.server(ThreadPoolExecutor(8))
    services.add_ProviderServicer_to_server(StandIn(), server)
    server.add_insecure_port(f"unix://{address}")
    server.start()
    here = {
        "Protocol": "grpc",
        "ProtocolVersion": 6,
        "Pid": os.getpid(),
        "Test": True,
        "Addr": {"Network": "unix", "String": address},
    }
    try:
        yield json.dumps({"hashicorp/aws": here})
    finally:
        server.stop(0).wait()
