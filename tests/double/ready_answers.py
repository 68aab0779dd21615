"""Ready answers for services that the double does not compute."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from tests.double.failures import AwsError
from tests.double.paging import offset_of, token
from tests.double.shapes import SESSION, service_model
from tests.double.world import World


def fixture(
    world: World, service: str, operation: str, account: str
) -> Mapping[str, Any] | AwsError | None:
    """The answer laid out for `account`, else for everyone."""
    mine = world.fixtures.get((service, operation, account))
    return mine or world.fixtures.get((service, operation, None))


def page_of(
    answer: Mapping[str, Any], service: str, operation: str, request: Mapping[str, Any]
) -> dict[str, Any]:
    """The page of `answer` that is asked for, by botocore's own page rules."""
    page = copy.deepcopy(dict(answer))
    rules = _page_rules(service).get(operation) or _usual_rules(service, operation)
    key = rules.get("result_key")
    if not isinstance(key, str) or not isinstance(page.get(key), list):
        return page
    size = request.get(rules["limit_key"], 100)
    at = offset_of(request.get(rules["input_token"]), operation)
    everything = page[key]
    page[key] = everything[at : at + size]
    if at + size < len(everything):
        page[rules["output_token"]] = token(operation, at + size)
    return page


def _page_rules(service: str) -> dict[str, Any]:
    data = SESSION.get_component("data_loader")
    rules = data.load_service_model(service, "paginators-1")
    return dict(rules["pagination"])


def _usual_rules(service: str, operation: str) -> dict[str, Any]:
    """The rules of an operation that has pages, though botocore lists it not."""
    model = service_model(service).operation_model(operation)
    if "nextToken" not in getattr(model.input_shape, "members", ()):
        return {}
    members = getattr(model.output_shape, "members", {})
    lists = [name for name, shape in members.items() if shape.type_name == "list"]
    return {
        "result_key": lists[0],
        "limit_key": "maxResults",
        "input_token": "nextToken",
        "output_token": "nextToken",
    }
