"""What the stand-in provider reads from moto, as the AWS provider would tell it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import boto3
from botocore.exceptions import ClientError

from tests.terraform.values import Object

ACCOUNT: Final = "123456789012"
"""Moto's account."""

REGION: Final = "eu-west-1"


def client(service: str) -> Any:
    """A client of moto, whose address is in the environment."""
    return boto3.client(service, region_name=REGION)  # type: ignore[call-overload]  # any service


def read(kind: str, identity: str) -> Object | None:
    """The object, or None where there is none."""
    try:
        return READERS[kind](identity)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if "NotFound" in code or "NoSuch" in code:
            return None
        raise


def _tags(pairs: Any) -> dict[str, str]:
    return {pair["Key"]: pair["Value"] for pair in pairs or []}


def _instance(identity: str) -> Object:
    ec2 = client("ec2")
    [reserved] = ec2.describe_instances(InstanceIds=[identity])["Reservations"]
    [found] = reserved["Instances"]
    return {
        "id": identity,
        "ami": found["ImageId"],
        "arn": f"arn:aws:ec2:{REGION}:{ACCOUNT}:instance/{identity}",
        "availability_zone": found["Placement"]["AvailabilityZone"],
        "ebs_optimized": found.get("EbsOptimized", False),
        "instance_state": found["State"]["Name"],
        "instance_type": found["InstanceType"],
        "key_name": found.get("KeyName"),
        "monitoring": False,
        "private_ip": found.get("PrivateIpAddress"),
        "region": REGION,
        "source_dest_check": found.get("SourceDestCheck", True),
        "subnet_id": found.get("SubnetId"),
        "tags": _tags(found.get("Tags")),
        "tags_all": _tags(found.get("Tags")),
        "tenancy": "default",
        "vpc_security_group_ids": [
            group["GroupId"] for group in found.get("SecurityGroups", [])
        ],
    }


def _volume(identity: str) -> Object:
    [found] = client("ec2").describe_volumes(VolumeIds=[identity])["Volumes"]
    return {
        "id": identity,
        "arn": f"arn:aws:ec2:{REGION}:{ACCOUNT}:volume/{identity}",
        "availability_zone": found["AvailabilityZone"],
        "encrypted": found["Encrypted"],
        "iops": found.get("Iops", 0),
        "kms_key_id": "",
        "multi_attach_enabled": False,
        "outpost_arn": "",
        "region": REGION,
        "size": found["Size"],
        "snapshot_id": found.get("SnapshotId", ""),
        "tags": _tags(found.get("Tags")),
        "tags_all": _tags(found.get("Tags")),
        "throughput": found.get("Throughput", 0),
        "type": found["VolumeType"],
    }


def _log_group(identity: str) -> Object | None:
    logs = client("logs")
    groups = logs.describe_log_groups(logGroupNamePrefix=identity)["logGroups"]
    for found in groups:
        if found["logGroupName"] == identity:
            tags = logs.list_tags_log_group(logGroupName=identity)["tags"]
            return {
                "id": identity,
                "arn": found["arn"].removesuffix(":*"),
                "kms_key_id": "",
                "log_group_class": "STANDARD",
                "name": identity,
                "name_prefix": "",
                "region": REGION,
                "retention_in_days": found.get("retentionInDays", 0),
                "skip_destroy": False,
                "tags": tags,
                "tags_all": tags,
            }
    return None


def _lifecycle(identity: str) -> Object:
    s3 = client("s3")
    rules = s3.get_bucket_lifecycle_configuration(Bucket=identity)["Rules"]
    return {
        "id": identity,
        "bucket": identity,
        "region": REGION,
        "rule": [
            {
                "id": rule["ID"],
                "status": rule["Status"],
                "filter": [{"prefix": rule.get("Filter", {}).get("Prefix", "")}],
                "expiration": [
                    {"days": rule["Expiration"]["Days"]}
                    for _ in range("Expiration" in rule)
                ],
            }
            for rule in rules
        ],
        "transition_default_minimum_object_size": "all_storage_classes_128K",
    }


def _database(identity: str) -> Object:
    rds = client("rds")
    answer = rds.describe_db_instances(DBInstanceIdentifier=identity)
    [found] = answer["DBInstances"]
    return {
        "id": found.get("DbiResourceId", identity),
        "allocated_storage": found["AllocatedStorage"],
        "arn": found["DBInstanceArn"],
        "auto_minor_version_upgrade": found.get("AutoMinorVersionUpgrade"),
        "backup_retention_period": found.get("BackupRetentionPeriod"),
        "copy_tags_to_snapshot": found.get("CopyTagsToSnapshot"),
        "deletion_protection": found.get("DeletionProtection", False),
        "enabled_cloudwatch_logs_exports": found.get("EnabledCloudwatchLogsExports"),
        "engine": found["Engine"],
        "engine_version": found.get("EngineVersion"),
        "iam_database_authentication_enabled": found.get(
            "IAMDatabaseAuthenticationEnabled"
        ),
        "identifier": identity,
        "instance_class": found["DBInstanceClass"],
        "max_allocated_storage": found.get("MaxAllocatedStorage"),
        "monitoring_interval": found.get("MonitoringInterval"),
        "multi_az": found.get("MultiAZ", False),
        "publicly_accessible": found.get("PubliclyAccessible"),
        "region": REGION,
        "storage_type": found.get("StorageType"),
        "tags": _tags(found.get("TagList")),
        "tags_all": _tags(found.get("TagList")),
        "username": found.get("MasterUsername"),
    }


def _repository_policy(identity: str) -> Object:
    ecr = client("ecr")
    answer = ecr.get_lifecycle_policy(repositoryName=identity)
    return {
        "id": identity,
        "policy": answer["lifecyclePolicyText"],
        "region": REGION,
        "registry_id": ACCOUNT,
        "repository": identity,
    }


def _caller(_: str) -> Object:
    found = client("sts").get_caller_identity()
    return {
        "id": found["Account"],
        "account_id": found["Account"],
        "arn": found["Arn"],
        "user_id": found["UserId"],
    }


READERS: Final[Mapping[str, Callable[[str], Object | None]]] = {
    "aws_caller_identity": _caller,
    "aws_cloudwatch_log_group": _log_group,
    "aws_db_instance": _database,
    "aws_ebs_volume": _volume,
    "aws_ecr_lifecycle_policy": _repository_policy,
    "aws_instance": _instance,
    "aws_s3_bucket_lifecycle_configuration": _lifecycle,
}

IDENTITIES: Final[Mapping[str, str]] = {
    "aws_cloudwatch_log_group": "name",
    "aws_db_instance": "identifier",
    "aws_ecr_lifecycle_policy": "repository",
    "aws_s3_bucket_lifecycle_configuration": "bucket",
}
"""Attributes that hold what an object is imported by, where it is not the id."""

DATA_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "aws_db_instance": {"instance_class": "db_instance_class"},
    "aws_ebs_volume": {"type": "volume_type"},
}
"""What a data source calls otherwise than the resource does."""
