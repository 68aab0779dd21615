"""Runbooks with the real AWS command line, against an account in moto."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from finops.errors import FactsError
from finops.remediation import generate
from finops.remediation.kinds import KINDS
from tests.terraform import account
from tests.terraform.readers import client

Ran = subprocess.CompletedProcess[str]

RunBook = Callable[..., Ran]

REFUSED = 3

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "delete_volume": {"volume_id": "vol-0123456789abcdef0", "size_gb": 500},
    "delete_snapshot": {"snapshot_id": "snap-0123456789abcdef0"},
    "release_address": {"allocation_id": "eipalloc-0123456789abcdef0"},
    "delete_nat_gateway": {"nat_gateway_id": "nat-0123456789abcdef0"},
    "delete_load_balancer": {
        "load_balancer_arn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:"
        "loadbalancer/app/shop/50dc6c495c0c9188"
    },
    "delete_database": {"db_identifier": "nowhere"},
    "stop_instance": {"instance_id": "i-0123456789abcdef0"},
    "lambda_memory": {
        "function_name": "nowhere",
        "current_memory": 1024,
        "target_memory": 512,
    },
    "dynamodb_on_demand": {"table_name": "nowhere"},
    "end_fast_restore": {"snapshot_id": "snap-0123456789abcdef0"},
}


@pytest.fixture
def run_book(tmp_path: Path, where: dict[str, str]) -> RunBook:
    """Runs the runbook of a kind, with `--run` if asked to."""

    def run(kind: str, *arguments: str, **facts: Any) -> Ran:
        script = generate({**where, **facts}, kind=kind).files["runbook.sh"]
        (tmp_path / "runbook.sh").write_text(script)
        here = str(Path(sys.executable).parent)
        path = f"{here}{os.pathsep}{os.environ['PATH']}"  # noqa: TID251 - a child's
        return subprocess.run(
            ["bash", "runbook.sh", *arguments],  # noqa: S607 - as a person would
            cwd=tmp_path,
            env=os.environ | {"PATH": path},  # noqa: TID251 - a child's
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_there_is_an_example_of_each_runbook() -> None:
    bodies = {path.stem for path in Path("finops/remediation/runbooks").glob("*.sh")}

    assert bodies - {"preamble"} == EXAMPLES.keys() <= KINDS.keys()


@pytest.mark.parametrize("kind", EXAMPLES)
def test_bash_reads_each(kind: str, tmp_path: Path) -> None:
    script = generate(EXAMPLES[kind], kind=kind).files["runbook.sh"]
    (tmp_path / "runbook.sh").write_text(script)

    ran = subprocess.run(
        ["bash", "-n", str(tmp_path / "runbook.sh")],  # noqa: S607 - any bash
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    "kind", ["delete_nat_gateway", "delete_load_balancer", "lambda_memory"]
)
def test_what_is_not_there_is_refused(kind: str, run_book: RunBook) -> None:
    ran = run_book(kind, "--run", **EXAMPLES[kind])

    assert ran.returncode == REFUSED, ran.stdout + ran.stderr
    assert ran.stderr.splitlines()[-1].endswith("not there")


def test_a_dry_run_deletes_nothing(run_book: RunBook) -> None:
    volume = account.volume()

    ran = run_book("delete_volume", volume_id=volume, size_gb=500)

    assert ran.returncode == 0, ran.stderr
    assert f"dry run: would take a snapshot of {volume}" in ran.stdout
    assert is_there(volume)


def test_a_volume_is_kept_as_a_snapshot_and_deleted(run_book: RunBook) -> None:
    volume = account.volume()

    ran = run_book("delete_volume", "--run", volume_id=volume, size_gb=500)

    assert ran.returncode == 0, ran.stderr
    assert f"deleted {volume}" in ran.stdout
    assert not is_there(volume)
    [snapshot] = [word for word in ran.stdout.split() if word.startswith("snap-")]
    [kept] = client("ec2").describe_snapshots(SnapshotIds=[snapshot])["Snapshots"]
    assert kept["VolumeId"] == volume


def test_a_volume_comes_back_with_the_speed_that_it_was_given(
    run_book: RunBook,
) -> None:
    ec2 = client("ec2")
    volume = ec2.create_volume(
        AvailabilityZone="eu-west-1a", Size=100, VolumeType="io1", Iops=4000
    )["VolumeId"]

    ran = run_book("delete_volume", "--run", volume_id=volume, size_gb=100)

    assert ran.returncode == 0, ran.stderr
    assert "--volume-type io1 --iops 4000\n" in ran.stdout


def test_a_volume_that_is_in_use_again_is_refused(run_book: RunBook) -> None:
    volume, ec2 = account.volume(), client("ec2")
    ec2.attach_volume(VolumeId=volume, InstanceId=account.instance(), Device="/dev/sdf")

    ran = run_book("delete_volume", "--run", volume_id=volume, size_gb=500)

    assert ran.returncode == REFUSED
    assert f"refused: {volume} is in-use, with 1 attachments" in ran.stderr
    assert is_there(volume)


def test_a_volume_of_another_size_is_refused(run_book: RunBook) -> None:
    volume = account.volume(size=800)

    ran = run_book("delete_volume", "--run", volume_id=volume, size_gb=500)

    assert ran.returncode == REFUSED
    assert "has 800 GB, the review was of 500 GB" in ran.stderr
    assert is_there(volume)


def test_another_account_is_refused(run_book: RunBook) -> None:
    volume = account.volume()

    ran = run_book(
        "delete_volume", "--run", volume_id=volume, size_gb=500, account_id="9" * 12
    )

    assert ran.returncode == REFUSED
    assert "these credentials are of account 123456789012" in ran.stderr
    assert is_there(volume)


def test_another_argument_runs_nothing(run_book: RunBook) -> None:
    ran = run_book("delete_volume", "--force", **EXAMPLES["delete_volume"])

    assert ran.returncode == 2
    assert "usage: bash runbook.sh [--run]" in ran.stderr


@pytest.mark.parametrize("size", [500, "500; touch x"])
@pytest.mark.parametrize("volume", ["vol-1; id", "vol-0123456789abcdef0$(id)", ""])
def test_a_malformed_id_never_becomes_a_script(volume: str, size: object) -> None:
    with pytest.raises(FactsError):
        generate({"volume_id": volume, "size_gb": size}, kind="delete_volume")


def test_a_reason_stays_a_comment() -> None:
    hostile = "idle\ntouch a\r\ntouch b\u2028touch c"

    script = generate(
        {**EXAMPLES["delete_volume"], "reason": hostile}, kind="delete_volume"
    ).files["runbook.sh"]

    [line] = [line for line in script.splitlines() if "touch" in line]
    assert line == "# Why: idle touch a touch b touch c"


def test_an_address_is_released_only_while_nothing_uses_it(run_book: RunBook) -> None:
    ec2 = client("ec2")
    free, used = (ec2.allocate_address(Domain="vpc")["AllocationId"] for _ in "ab")
    ec2.associate_address(AllocationId=used, InstanceId=account.instance())

    dry = run_book("release_address", allocation_id=free)
    released = run_book("release_address", "--run", allocation_id=free)
    refused = run_book("release_address", "--run", allocation_id=used)

    left = {one["AllocationId"] for one in ec2.describe_addresses()["Addresses"]}
    assert (released.returncode, refused.returncode) == (0, REFUSED), released.stderr
    assert f"would run: aws ec2 release-address --allocation-id {free}" in dry.stdout
    assert "is in use again" in refused.stderr
    assert free not in left
    assert used in left


def test_a_snapshot_that_an_image_is_made_of_is_refused(run_book: RunBook) -> None:
    ec2 = client("ec2")
    image = ec2.create_image(InstanceId=account.instance(), Name="web")["ImageId"]
    [found] = ec2.describe_images(ImageIds=[image])["Images"]
    needed = found["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]

    ran = run_book("delete_snapshot", "--run", snapshot_id=needed)

    assert ran.returncode == REFUSED
    assert f"the image {image} is made of {needed}" in ran.stderr


def test_a_table_is_paid_for_by_the_request(run_book: RunBook) -> None:
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName="carts",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 7},
        GlobalSecondaryIndexes=[
            {
                "IndexName": "again",
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
                "ProvisionedThroughput": {
                    "ReadCapacityUnits": 1,
                    "WriteCapacityUnits": 1,
                },
            }
        ],
    )

    changed = run_book("dynamodb_on_demand", "--run", table_name="carts")

    table = dynamodb.describe_table(TableName="carts")["Table"]
    assert changed.returncode == 0, changed.stderr
    assert "ReadCapacityUnits=5,WriteCapacityUnits=7" in changed.stdout
    assert "with the capacity of its 1 indexes" in changed.stdout
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"


def test_a_database_goes_only_unprotected_and_leaves_a_snapshot(
    run_book: RunBook, objects: account.Objects
) -> None:
    rds = client("rds")
    rds.create_db_instance(
        DBInstanceIdentifier="idle",
        DBInstanceClass="db.t3.medium",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="app",
        MasterUserPassword="p" * 12,
        VpcSecurityGroupIds=["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
    )

    refused = run_book("delete_database", "--run", db_identifier=objects.database)
    deleted = run_book("delete_database", "--run", db_identifier="idle")

    snapshots = rds.describe_db_snapshots(DBInstanceIdentifier="idle")["DBSnapshots"]
    assert "is protected against deletion" in refused.stderr
    assert deleted.returncode == 0, deleted.stderr
    groups = "--vpc-security-group-ids sg-0123456789abcdef0 sg-0123456789abcdef1"
    assert groups in deleted.stdout
    names = [one["DBSnapshotIdentifier"] for one in snapshots]
    assert any(name.startswith("idle-final-") for name in names)


def test_an_instance_stops_and_can_be_started_again(run_book: RunBook) -> None:
    instance = account.instance()

    ran = run_book("stop_instance", "--run", instance_id=instance)
    state = client("ec2").describe_instances(InstanceIds=[instance])["Reservations"]

    assert ran.returncode == 0, ran.stderr
    assert f"way back: aws ec2 start-instances --instance-ids {instance}" in ran.stdout
    assert state[0]["Instances"][0]["State"]["Name"] == "stopped"


def is_there(volume: str) -> bool:
    """Whether the account still has the volume."""
    volumes = client("ec2").describe_volumes()["Volumes"]
    return volume in [one["VolumeId"] for one in volumes]
