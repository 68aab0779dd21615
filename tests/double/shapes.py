"""Whether a request or an answer has the shape that botocore's model gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ServiceModel
from botocore.validate import ParamValidator

SESSION = botocore.session.get_session()


@cache
def service_model(service: str) -> ServiceModel:
    """What botocore knows of `service`."""
    return SESSION.get_service_model(service)


def request_problems(
    service: str, operation: str, request: Mapping[str, Any]
) -> list[str]:
    """What is wrong with a request, as AWS's own first check would say."""
    shape = service_model(service).operation_model(operation).input_shape
    return [] if shape is None else _misfits(request, shape)


def answer_problems(
    service: str, operation: str, answer: Mapping[str, Any]
) -> list[str]:
    """What is wrong with an answer: types, required and unknown keys, enums."""
    shape = service_model(service).operation_model(operation).output_shape
    if shape is None:
        return []
    return [*_misfits(answer, shape), *_wrong_words(answer, shape, "$")]


def _misfits(value: Mapping[str, Any], shape: Any) -> list[str]:
    report = ParamValidator().validate(value, shape)
    return report.generate_report().splitlines() if report.has_errors() else []


def _wrong_words(value: Any, shape: Any, path: str) -> Iterator[str]:
    """Enum, pattern and length, which botocore's own validator passes over."""
    match shape.type_name, value:
        case "structure", dict():
            for key in value.keys() & shape.members.keys():
                yield from _wrong_words(value[key], shape.members[key], f"{path}.{key}")
        case "list", list():
            for index, member in enumerate(value):
                yield from _wrong_words(member, shape.member, f"{path}[{index}]")
        case "map", dict():
            for key, member in value.items():
                yield from _wrong_words(member, shape.value, f"{path}[{key!r}]")
        case "string", str():
            yield from _wrong_word(value, shape.metadata, path)


def _wrong_word(value: str, rules: dict[str, Any], path: str) -> Iterator[str]:
    if rules.get("enum") and value not in rules["enum"]:
        yield f"{path}: {value!r} is not one of {rules['enum'][:6]}"
    if rules.get("pattern") and not _matches(rules["pattern"], value):
        yield f"{path}: {value!r} does not match {rules['pattern']}"
    if len(value) > rules.get("max", len(value)):
        yield f"{path}: longer than {rules['max']}"


def _matches(pattern: str, value: str) -> bool:
    """Whether `value` is as `pattern` says; Java's own syntax is passed over."""
    try:
        return bool(re.search(rf"\A(?:{pattern})\Z", value))
    except re.error:
        return True
