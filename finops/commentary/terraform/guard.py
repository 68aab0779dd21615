"""What a draft may not do: an allow-list, and refusal at the first doubt."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from finops.commentary.redact import INVISIBLE, SECRETS
from finops.commentary.terraform.structure import (
    Entry,
    Inner,
    Nested,
    Setting,
    TerraformDraft,
    blocks_of,
)
from finops.remediation import static_check

TYPES: Final = frozenset(
    {
        "aws_appautoscaling_policy",
        "aws_appautoscaling_target",
        "aws_autoscaling_schedule",
        "aws_budgets_budget",
        "aws_ce_anomaly_monitor",
        "aws_ce_anomaly_subscription",
        "aws_cloudwatch_log_group",
        "aws_db_instance",
        "aws_dlm_lifecycle_policy",
        "aws_dynamodb_table",
        "aws_ebs_snapshot",
        "aws_ebs_volume",
        "aws_ecr_lifecycle_policy",
        "aws_instance",
        "aws_s3_bucket_intelligent_tiering_configuration",
        "aws_s3_bucket_lifecycle_configuration",
        "aws_vpc_endpoint",
    }
)
"""What a draft may declare: nothing that grants access or runs code."""

NEVER: Final = frozenset(
    [
        "count",
        "for_each",
        "provider",
        "depends_on",
        "connection",
        "provisioner",
        "dynamic",
        "user_data",
        "user_data_base64",
        "iam_instance_profile",
        "assume_role_policy",
        "policy_arns",
        "password",
        "master_password",
        "secret_string",
        "access_key",
        "secret_key",
        "token",
        "kms_key_id",
        "filename",
        "image_uri",
        "ami",
        "source_code",
        "manage_master_user_password",
        "execution_role_arn",
        "role_arn",
    ]
)
"""Attributes and blocks that run code, grant access or hold secrets."""

DANGEROUS: Final = frozenset(
    {
        ("force_destroy", "true"),
        ("publicly_accessible", "true"),
        ("skip_final_snapshot", "true"),
        ("prevent_destroy", "false"),
        ("deletion_protection", "false"),
        ("apply_immediately", "true"),
        ("delete_on_termination", "true"),
        ("encrypted", "false"),
        ("storage_encrypted", "false"),
    }
)
"""Values that lose data, or open it to others."""

MOST_RESOURCES: Final = 10
LONGEST: Final = 2000

CODE: Final = re.compile(r"[$%]\{")
ADDRESS: Final = re.compile(r"(?i)\b[a-z][a-z0-9+.-]*://|git::|s3::|\bwww\.")
EVERYWHERE: Final = re.compile(r"0\.0\.0\.0/0|::/0")
ACCOUNT: Final = re.compile(r"(?<!\d)\d{12}(?!\d)")
OPEN: Final = ("action", "principal", "resource", "notaction", "notprincipal")


def refusals(draft: TerraformDraft, *, accounts: Collection[str] = ()) -> list[str]:
    """Why a draft is not shown; nothing where it may be.

    Args:
        draft: What Claude filled in.
        accounts: The ids that may stand in it: our own.
    """
    found = [*_too_much(draft)]
    for resource in draft.resources:
        if resource.type not in TYPES:
            found.append(f"{resource.type} is not among the types of a draft.")
            continue
        found += _settings(resource.settings, accounts)
        for block in resource.blocks:
            found += _block(block, accounts)
    if not found:
        found += _misfits(draft)
    return sorted(set(found))


def _too_much(draft: TerraformDraft) -> Iterator[str]:
    if not draft.resources:
        yield "The draft declares nothing."
    if len(draft.resources) > MOST_RESOURCES:
        yield "The draft declares too much."


def _misfits(draft: TerraformDraft) -> Iterator[str]:
    """What the writer or the provider's schema does not take."""
    try:
        yield from static_check.problems(blocks_of(draft))
    except ValueError:
        yield "A name cannot be one in Terraform."


def _block(block: Nested | Inner, accounts: Collection[str]) -> Iterator[str]:
    if block.type in NEVER:
        yield f"{block.type} is not allowed."
    yield from _settings(block.settings, accounts)
    for inner in block.blocks if isinstance(block, Nested) else ():
        yield from _block(inner, accounts)


def _settings(settings: Sequence[Setting], accounts: Collection[str]) -> Iterator[str]:
    for setting in settings:
        if setting.name in NEVER:
            yield f"{setting.name} is not allowed."
        if (setting.name, str(setting.value).lower()) in DANGEROUS:
            yield f"{setting.name} = {str(setting.value).lower()} is not allowed."
        for text in _texts(setting):
            yield from _text(text, accounts)


def _texts(setting: Setting) -> Iterator[str]:
    yield setting.name
    given = setting.value if isinstance(setting.value, list) else [setting.value]
    for each in given:
        if isinstance(each, Entry):
            yield from (each.key, each.value)
        elif isinstance(each, str):
            yield each


def _text(text: str, accounts: Collection[str]) -> Iterator[str]:
    """What a value may not say, even where it can only be text."""
    if len(text) > LONGEST:
        yield "A value is too long."
    if INVISIBLE.search(text):
        yield "A value has characters that nobody sees."
    if CODE.search(text):
        yield "A value looks like code."
    if ADDRESS.search(text) or EVERYWHERE.search(text):
        yield "A value is an address."
    if any(pattern.search(text) for pattern in SECRETS):
        yield "A value looks like a secret."
    if set(ACCOUNT.findall(text)) - set(accounts):
        yield "A value names an account that is none of yours."
    if text.lstrip().startswith("{") and _allows_everything(text):
        yield "A policy allows everything, or cannot be read."


def _allows_everything(text: str) -> bool:
    try:
        policy = json.loads(text)
    except ValueError:
        return True
    return any(
        name.lower() in OPEN and "*" in json.dumps(value)
        for name, value in _entries(policy)
    )


def _entries(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        yield from node.items()
        for value in node.values():
            yield from _entries(value)
    if isinstance(node, list):
        for value in node:
            yield from _entries(value)
