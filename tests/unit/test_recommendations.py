from __future__ import annotations

from dataclasses import replace

from finops.recommendations import Recommendation

GP3 = Recommendation(
    kind="ebs_gp3",
    action="Upgrade",
    title="Move vol-1 to gp3",
    account="prod",
    account_id="111111111111",
    region="us-east-1",
    service="Amazon Elastic Compute Cloud",
    resource_id="vol-1",
    estimated_monthly_savings=5.0,
    risk="low",
    effort="quick_win",
    source="inventory",
)


def test_the_same_change_has_the_same_fingerprint_whoever_found_it() -> None:
    by_aws = replace(
        GP3,
        kind="hub",
        title="Upgrade the volume",
        source="cost_optimization_hub",
        estimated_monthly_savings=None,
        account="renamed",
    )

    assert by_aws.fingerprint == GP3.fingerprint


def test_another_action_on_the_same_resource_is_another_recommendation() -> None:
    assert replace(GP3, action="Delete").fingerprint != GP3.fingerprint


def test_the_same_name_in_another_account_or_region_is_another_resource() -> None:
    elsewhere = {
        replace(GP3, account_id="222222222222").fingerprint,
        replace(GP3, region="eu-west-1").fingerprint,
        GP3.fingerprint,
    }

    assert len(elsewhere) == 3


def test_findings_about_a_whole_account_are_told_apart_by_their_kind() -> None:
    logs = replace(GP3, kind="log_storage", resource_id=None, action="Configure")

    assert replace(logs, kind="s3_tiering").fingerprint != logs.fingerprint


def test_an_address_is_the_same_by_its_id_and_by_its_arn() -> None:
    arn = "arn:aws:ec2:us-east-1:111111111111:elastic-ip/eipalloc-1"
    by_id = replace(GP3, resource_id="eipalloc-1")

    assert replace(GP3, resource_id=arn).fingerprint == by_id.fingerprint


def test_a_table_and_a_cluster_of_one_name_are_two_resources() -> None:
    table = "arn:aws:dynamodb:us-east-1:111111111111:table/sessions"
    cluster = "arn:aws:elasticache:us-east-1:111111111111:cluster:sessions"

    first, second = (replace(GP3, resource_id=arn) for arn in (table, cluster))

    assert first.fingerprint != second.fingerprint


def test_two_parts_of_one_resource_are_changed_apart() -> None:
    storage = replace(GP3, part="storage")

    assert replace(GP3, part="instance").fingerprint != storage.fingerprint
