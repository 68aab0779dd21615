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
