"""An account in moto with one object of each kind that a change is about."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any, Final

from tests.terraform.readers import client

OLD_RULE: Final = {
    "ID": "keep-me",
    "Status": "Enabled",
    "Filter": {"Prefix": "tmp/"},
    "Expiration": {"Days": 7},
}

OLD_ECR_RULE: Final = {
    "rulePriority": 1,
    "description": "ours",
    "selection": {
        "tagStatus": "tagged",
        "tagPrefixList": ["ci"],
        "countType": "imageCountMoreThan",
        "countNumber": 50,
    },
    "action": {"type": "expire"},
}

NASTY_TAG: Final = 'api ${evil} "q" \\ %{if}'


@dataclass(frozen=True, slots=True)
class Objects:
    """Ids and names of them."""

    instance: str
    volume: str
    log_group: str
    bucket: str
    database: str
    repository: str


def seeded() -> Objects:
    """One object of each kind, made anew."""
    name = f"orders-{uuid.uuid4().hex[:8]}"
    return Objects(
        instance=instance(),
        volume=volume(),
        log_group=_log_group(f"/aws/lambda/{name}"),
        bucket=_bucket(name),
        database=_database(name),
        repository=_repository(name),
    )


def instance(kind: str = "m5.2xlarge") -> str:
    """A tagged instance."""
    ec2 = client("ec2")
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    answer = ec2.run_instances(
        ImageId=image,
        InstanceType=kind,
        MinCount=1,
        MaxCount=1,
        TagSpecifications=[
            {
                "ResourceType": "instance",
                "Tags": [{"Key": "Name", "Value": NASTY_TAG}],
            }
        ],
    )
    found: str = answer["Instances"][0]["InstanceId"]
    return found


def volume(size: int = 500) -> str:
    """A volume of type gp2 that is attached to nothing."""
    ec2 = client("ec2")
    [zone, *_] = ec2.describe_availability_zones()["AvailabilityZones"]
    answer = ec2.create_volume(
        AvailabilityZone=zone["ZoneName"],
        Size=size,
        VolumeType="gp2",
        TagSpecifications=[
            {"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": "data"}]}
        ],
    )
    found: str = answer["VolumeId"]
    return found


def _log_group(name: str) -> str:
    client("logs").create_log_group(logGroupName=name, tags={"team": "web"})
    return name


def _bucket(name: str) -> str:
    s3 = client("s3")
    s3.create_bucket(
        Bucket=name,
        CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name},
    )
    s3.put_bucket_lifecycle_configuration(
        Bucket=name, LifecycleConfiguration={"Rules": [OLD_RULE]}
    )
    return name


def _database(name: str) -> str:
    settings: dict[str, Any] = {
        "DBInstanceIdentifier": name,
        "DBInstanceClass": "db.r5.2xlarge",
        "Engine": "postgres",
        "AllocatedStorage": 100,
        "MaxAllocatedStorage": 1000,
        "MasterUsername": "app",
        "MasterUserPassword": "p" * 12,
        "StorageType": "gp2",
        "DeletionProtection": True,
        "EnableIAMDatabaseAuthentication": True,
        "EnableCloudwatchLogsExports": ["postgresql"],
        "PubliclyAccessible": True,
        "CopyTagsToSnapshot": True,
        "Tags": [{"Key": "team", "Value": "web"}],
    }
    client("rds").create_db_instance(**settings)
    return name


def _repository(name: str) -> str:
    ecr = client("ecr")
    ecr.create_repository(repositoryName=name)
    ecr.put_lifecycle_policy(
        repositoryName=name, lifecyclePolicyText=json.dumps({"rules": [OLD_ECR_RULE]})
    )
    return name
