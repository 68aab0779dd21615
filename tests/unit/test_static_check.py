"""Mistakes that are found without Terraform, from the provider's schema alone."""

from __future__ import annotations

import pytest

from finops.remediation import schema
from finops.remediation.hcl import Block, Reference, Value
from finops.remediation.static_check import problems


def resource(kind: str, *blocks: Block, **attributes: Value) -> Block:
    return Block("resource", (kind, "x"), attributes, blocks)


def test_what_fits_the_schema_has_no_problems() -> None:
    volume = resource("aws_ebs_volume", availability_zone="eu-west-1a", size=10)

    assert problems([volume]) == ()


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (
            resource("aws_instance", instance_typ="t3.micro"),
            "aws_instance.x: there is no instance_typ.",
        ),
        (
            resource("aws_instance", arn="arn:x"),
            "aws_instance.x: arn cannot be set.",
        ),
        (
            resource(
                "aws_instance", Block("root_block_device", (), {"volume_size": "big"})
            ),
            "aws_instance.x.root_block_device: volume_size has to be of type number.",
        ),
        (
            resource(
                "aws_instance",
                Block("root_block_device"),
                Block("root_block_device"),
            ),
            "aws_instance.x: the block root_block_device is there 2 times.",
        ),
        (
            resource("aws_instance", Block("nothere")),
            "aws_instance.x: there is no block nothere.",
        ),
        (
            resource("aws_instance", Block("provisioner", ("x",))),
            "aws_instance.x: there is no block provisioner.",
        ),
        (
            resource("aws_ebs_volume", size=10),
            "aws_ebs_volume.x: availability_zone is missing.",
        ),
        (
            resource(
                "aws_scheduler_schedule",
                Block("flexible_time_window", (), {"mode": "OFF"}),
                schedule_expression="rate(1 day)",
            ),
            "aws_scheduler_schedule.x: the block target is missing.",
        ),
        (
            resource("aws_cloudwatch_log_group", tags=["x"]),
            "aws_cloudwatch_log_group.x: tags has to be of type map of string.",
        ),
        (
            resource("aws_eip", vpc=True),
            "aws_eip.x: there is no vpc.",
        ),
        (
            Block("data", ("aws_instanc", "x")),
            "data.aws_instanc.x: the type is not known.",
        ),
        (
            resource("aws_instance", ami=Reference("data.aws_instance.nope.ami")),
            "data.aws_instance.nope.ami: there is no data.aws_instance.nope.",
        ),
        (
            resource("aws_instance", ami=Reference("aws_instance.x.publc_ip")),
            "aws_instance.x.publc_ip: aws_instance.x has no publc_ip.",
        ),
        (
            resource(
                "aws_instance",
                Block("lifecycle", (), {"ignore_changes": [Reference("amy")]}),
            ),
            "aws_instance.x: there is no amy to ignore.",
        ),
        (Block("locals", (), {"a": 1}), "A file cannot have a block locals."),
        (
            Block("provider", ("external",)),
            "provider external is not known.",
        ),
    ],
)
def test_each_mistake_is_said(block: Block, said: str) -> None:
    assert problems([block]) == (said,)


def test_an_imported_database_keeps_what_code_leaves_out() -> None:
    kept = schema.ignored("aws_db_instance", kept=["identifier", "instance_class"])

    assert {"deletion_protection", "max_allocated_storage", "tags"} <= set(kept)
    assert "instance_class" not in kept
    assert "engine" not in kept, "AWS computes it, so Terraform leaves it alone"
