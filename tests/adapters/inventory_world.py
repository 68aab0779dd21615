"""An account with waste of every kind, and next to each what only looks like it.

moto makes everything at the present moment; the scan's clock is set to later,
so that it is all old. What must be younger or bigger than the API allows is
set in moto's own memory.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any, Final

from moto.ec2.models import ec2_backends
from moto.logs.models import logs_backends
from moto.secretsmanager.models import secretsmanager_backends

from tests.double.plugin import Aws

ACCOUNT: Final = "444444444444"

REGION: Final = "us-east-1"

LATER: Final = datetime.now(UTC) + timedelta(days=200)
"""When the account is looked at."""

GIB: Final = 1024**3
MIB: Final = 1024**2


Client = Callable[[str], Any]
"""The account's client of a service."""


@dataclass
class Seeded:
    """What was put into the account.

    Attributes:
        waste: What each check must find, by its kind.
        fine: What looks like it, and must be left alone.
    """

    waste: dict[str, set[str]] = field(default_factory=dict)
    fine: dict[str, set[str]] = field(default_factory=dict)

    def add(self, kind: str, *, waste: str = "", fine: str = "") -> None:
        """Remember a case of the check `kind`."""
        for cases, one in ((self.waste, waste), (self.fine, fine)):
            cases.setdefault(kind, set()).update({one} - {""})


def seed(aws: Aws) -> Seeded:
    """Fill the account; nothing in it is younger than the rest."""
    seeded = Seeded()
    client = cache(partial(aws.client, account=ACCOUNT))
    for fill in (_machines, _disks, _network, _balancers, _databases, _storage, _code):
        fill(client, seeded)
    return seeded


def measured(
    client: Client,
    namespace: str,
    name: str,
    dimension: tuple[str, str],
    *values: float,
) -> None:
    """Let CloudWatch have one value for each of the last days."""
    client("cloudwatch").put_metric_data(
        Namespace=namespace,
        MetricData=[
            {
                "MetricName": name,
                "Dimensions": [{"Name": dimension[0], "Value": dimension[1]}],
                "Timestamp": LATER - timedelta(days=day + 1),
                "Value": value,
            }
            for day, value in enumerate(values)
        ],
    )


def _machine(
    client: Client, kind: str, image: str, *, cpu: Sequence[float], mib: float = 0.1
) -> str:
    """A machine of the type `kind`, with its CPU and its traffic on each day."""
    ec2 = client("ec2")
    made = ec2.run_instances(ImageId=image, InstanceType=kind, MinCount=1, MaxCount=1)
    instance = str(made["Instances"][0]["InstanceId"])
    of = ("InstanceId", instance)
    if cpu:
        measured(client, "AWS/EC2", "CPUUtilization", of, *cpu)
        for metric in ("NetworkIn", "NetworkOut"):
            measured(client, "AWS/EC2", metric, of, mib / 2 * MIB)
    return instance


def _machines(client: Client, seeded: Seeded) -> None:
    ec2 = client("ec2")
    image = ec2.register_image(Name="web", RootDeviceName="/dev/xvda")["ImageId"]
    idle = _machine(client, "m5.large", image, cpu=[0.5, 1.0])
    talks = _machine(client, "m5.large", image, cpu=[0.5, 1.0], mib=50.0)
    unmeasured = _machine(client, "m5.large", image, cpu=[])
    large = _machine(client, "m5.2xlarge", image, cpu=[10.0, 30.0], mib=500.0)
    busy = _machine(client, "m5.2xlarge", image, cpu=[10.0, 75.0], mib=500.0)
    old = _machine(client, "m4.large", image, cpu=[60.0], mib=500.0)
    odd = _machine(client, "m4.10xlarge", image, cpu=[60.0], mib=500.0)
    seeded.add("ec2_idle", waste=idle, fine=talks)
    seeded.add("ec2_idle", fine=unmeasured)
    seeded.add("ec2_rightsize", waste=large, fine=busy)
    seeded.add("ec2_previous_generation", waste=old, fine=odd)
    seeded.add("ec2_previous_generation", fine=busy)
    _stopped(client, seeded, image, busy)


def _stopped(client: Client, seeded: Seeded, image: str, busy: str) -> None:
    ec2 = client("ec2")
    memory = ec2_backends[ACCOUNT][REGION]
    for days, found in ((100, True), (10, False)):
        machine = _machine(client, "m5.large", image, cpu=[])
        disk = _disk(client, machine=machine, VolumeType="gp3", Size=100)
        ec2.stop_instances(InstanceIds=[machine])
        when = LATER - timedelta(days=days)
        reason = f"User initiated ({when:%Y-%m-%d %H:%M:%S} GMT)"
        memory.get_instance(machine)._reason = reason
        name = "waste" if found else "fine"
        seeded.add("ebs_stopped_instance", **{name: disk})
    running = _disk(client, machine=busy, VolumeType="gp3", Size=100)
    seeded.add("ebs_stopped_instance", fine=running)
    seeded.add("ebs_unattached", fine=running)


def _disk(client: Client, *, machine: str = "", **how: Any) -> str:
    ec2 = client("ec2")
    volume = str(ec2.create_volume(AvailabilityZone=f"{REGION}a", **how)["VolumeId"])
    if machine:
        device = f"/dev/sd{volume[-6:]}"
        ec2.attach_volume(Device=device, InstanceId=machine, VolumeId=volume)
    return volume


def _disks(client: Client, seeded: Seeded) -> None:
    ec2 = client("ec2")
    image = ec2.register_image(Name="disks", RootDeviceName="/dev/xvda")["ImageId"]
    user = _machine(client, "m5.large", image, cpu=[60.0], mib=500.0)

    alone = _disk(client, VolumeType="gp3", Size=80)
    lately = _disk(client, VolumeType="gp3", Size=80)
    measured(client, "AWS/EBS", "VolumeIdleTime", ("VolumeId", lately), 60.0)
    seeded.add("ebs_unattached", waste=alone, fine=lately)

    gp2 = _disk(client, machine=user, VolumeType="gp2", Size=500)
    too_fast = _disk(client, machine=user, VolumeType="gp2", Size=200)
    seeded.add("ebs_gp3", waste=gp2, fine=too_fast)

    io1 = _disk(client, machine=user, VolumeType="io1", Size=100, Iops=3000)
    beyond = _disk(client, machine=user, VolumeType="io2", Size=100, Iops=20_000)
    seeded.add("ebs_io1", waste=io1, fine=beyond)

    settings = {"VolumeType": "gp3", "Size": 100, "Iops": 6000, "Throughput": 500}
    slow = _disk(client, machine=user, **settings)
    fast = _disk(client, machine=user, **settings)
    seeded.add("ebs_gp3_oversized", waste=slow, fine=fast)
    for volume, per_second in ((slow, 50), (fast, 2900)):
        for way in ("Read", "Write"):
            of, ops = ("VolumeId", volume), per_second * 300.0
            measured(client, "AWS/EBS", f"Volume{way}Ops", of, ops)
            measured(client, "AWS/EBS", f"Volume{way}Bytes", of, ops * MIB / 12)

    copy = ec2.create_snapshot(VolumeId=gp2)["SnapshotId"]
    seeded.add("ebs_old_snapshot", waste=str(copy))
    ec2.create_image(InstanceId=user, Name="made of a snapshot")
    for made in ec2.describe_images(Owners=["self"])["Images"]:
        for mapping in made["BlockDeviceMappings"]:
            if snapshot := mapping.get("Ebs", {}).get("SnapshotId"):
                seeded.add("ebs_old_snapshot", fine=snapshot)


def _network(client: Client, seeded: Seeded) -> None:
    ec2 = client("ec2")
    image = ec2.register_image(Name="network", RootDeviceName="/dev/xvda")["ImageId"]
    user = _machine(client, "m5.large", image, cpu=[60.0], mib=500.0)
    idle, used = (
        str(ec2.allocate_address(Domain="vpc")["AllocationId"]) for _ in range(2)
    )
    ec2.associate_address(AllocationId=used, InstanceId=user)
    seeded.add("eip_idle", waste=idle, fine=used)

    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    for gb, found in ((0.001, True), (30.0, False)):
        made = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")
        gateway = made["NatGateway"]["NatGatewayId"]
        of = ("NatGatewayId", gateway)
        measured(client, "AWS/NATGateway", "BytesOutToDestination", of, gb * GIB)
        measured(client, "AWS/NATGateway", "BytesInFromDestination", of, 0.0)
        seeded.add("nat_idle", **{"waste" if found else "fine": gateway})


def _balancers(client: Client, seeded: Seeded) -> None:
    ec2, elb = (client(s) for s in ("ec2", "elbv2"))
    subnets = ec2.describe_subnets()["Subnets"][:2]
    image = ec2.register_image(Name="balanced", RootDeviceName="/dev/xvda")["ImageId"]
    target = _machine(client, "m5.large", image, cpu=[60.0], mib=500.0)

    def balancer(name: str, *, targets: bool, requests: float) -> str:
        made = elb.create_load_balancer(
            Name=name, Subnets=[subnet["SubnetId"] for subnet in subnets]
        )
        arn = str(made["LoadBalancers"][0]["LoadBalancerArn"])
        if targets:
            group = elb.create_target_group(
                Name=name, Protocol="HTTP", Port=80, VpcId=subnets[0]["VpcId"]
            )["TargetGroups"][0]["TargetGroupArn"]
            elb.register_targets(TargetGroupArn=group, Targets=[{"Id": target}])
            forward = [{"Type": "forward", "TargetGroupArn": group}]
            elb.create_listener(
                LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=forward
            )
        if requests:
            of = ("LoadBalancer", arn.split(":loadbalancer/")[1])
            measured(client, "AWS/ApplicationELB", "RequestCount", of, requests)
        return arn

    redirects = balancer("redirects", targets=False, requests=5000.0)
    quiet = balancer("quiet", targets=True, requests=50.0)
    busy = balancer("busy", targets=True, requests=5000.0)
    empty = balancer("empty", targets=False, requests=0.0)
    seeded.add("load_balancer_empty", waste=empty, fine=redirects)
    seeded.add("load_balancer_empty", fine=quiet)
    seeded.add("load_balancer_idle", waste=quiet, fine=busy)
    seeded.add("load_balancer_idle", fine=empty)


def _databases(client: Client, seeded: Seeded) -> None:
    rds = client("rds")

    def database(
        name: str, kind: str, version: str, *, connections: float, cpu: float
    ) -> str:
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass=kind,
            Engine="mysql",
            EngineVersion=version,
            AllocatedStorage=100,
            StorageType="gp2",
            MasterUsername="admin",
            MasterUserPassword="not-a-secret",
        )
        of = ("DBInstanceIdentifier", name)
        measured(client, "AWS/RDS", "DatabaseConnections", of, connections, 0.0)
        measured(client, "AWS/RDS", "CPUUtilization", of, cpu)
        return name

    idle = database("idle", "db.m5.large", "8.4.3", connections=0.0, cpu=3.0)
    busy = database("busy", "db.m5.xlarge", "8.4.3", connections=1.0, cpu=80.0)
    large = database("large", "db.m5.xlarge", "8.4.3", connections=9.0, cpu=20.0)
    old = database("old", "db.m5.large", "5.7.44", connections=9.0, cpu=60.0)
    seeded.add("rds_idle", waste=idle, fine=busy)
    seeded.add("rds_rightsize", waste=large, fine=busy)
    seeded.add("extended_support", waste=old, fine=busy)
    _tables(client, seeded)
    _caches(client, seeded)


def _tables(client: Client, seeded: Seeded) -> None:
    dynamodb = client("dynamodb")
    units = {"ReadCapacityUnits": 100, "WriteCapacityUnits": 50}
    for name, used, found in (("unused", 0.0, True), ("used", 70.0, False)):
        made = dynamodb.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            ProvisionedThroughput=units,
        )
        if used:
            of = ("TableName", name)
            measured(client, "AWS/DynamoDB", "ConsumedReadCapacityUnits", of, used)
        arn = made["TableDescription"]["TableArn"]
        seeded.add("dynamodb_idle", **{"waste" if found else "fine": arn})


def _caches(client: Client, seeded: Seeded) -> None:
    elasticache = client("elasticache")
    for name, hits, found in (("unread", 0.0, True), ("read", 12.0, False)):
        made = elasticache.create_cache_cluster(
            CacheClusterId=name,
            CacheNodeType="cache.m5.large",
            Engine="redis",
            NumCacheNodes=1,
        )
        of = ("CacheClusterId", name)
        measured(client, "AWS/ElastiCache", "CacheHits", of, hits)
        measured(client, "AWS/ElastiCache", "CacheMisses", of, 0.0)
        measured(client, "AWS/ElastiCache", "CurrConnections", of, 4.0)
        arn = made["CacheCluster"]["ARN"]
        seeded.add("elasticache_idle", **{"waste" if found else "fine": arn})


def _storage(client: Client, seeded: Seeded) -> None:
    s3 = client("s3")
    for name in ("plain-bucket", "ruled-bucket"):
        s3.create_bucket(Bucket=name)
        upload = s3.create_multipart_upload(Bucket=name, Key="half")["UploadId"]
        s3.upload_part(
            Bucket=name, Key="half", UploadId=upload, PartNumber=1, Body=b"0" * 4096
        )
    rule = {
        "ID": "old",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Expiration": {"Days": 365},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }
    s3.put_bucket_lifecycle_configuration(
        Bucket="ruled-bucket", LifecycleConfiguration={"Rules": [rule]}
    )
    for kind in ("s3_lifecycle", "s3_unfinished_uploads"):
        seeded.add(kind, waste="plain-bucket", fine="ruled-bucket")
    _logs(client, seeded)
    _images(client, seeded)


def _logs(client: Client, seeded: Seeded) -> None:
    logs = client("logs")
    memory = logs_backends[ACCOUNT][REGION]
    for name, days, gb in (("/kept", 0, 20), ("/deleted", 30, 20), ("/tiny", 0, 0)):
        logs.create_log_group(logGroupName=name)
        logs.create_log_stream(logGroupName=name, logStreamName="one")
        memory.groups[name].streams["one"].stored_bytes = gb * GIB
        if days:
            logs.put_retention_policy(logGroupName=name, retentionInDays=days)
        arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{name}"
        seeded.add("log_retention", **{"waste" if name == "/kept" else "fine": arn})


def _images(client: Client, seeded: Seeded) -> None:
    ecr = client("ecr")
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "config": {"size": 7023, "digest": "sha256:" + "b" * 64, "mediaType": "x"},
        "layers": [],
    }
    keep_ten = {"rules": [{"rulePriority": 1, "selection": {}, "action": {}}]}
    for name, found in (("stale", True), ("ruled", False), ("empty", False)):
        made = ecr.create_repository(repositoryName=name)
        if name != "empty":
            text = json.dumps(manifest)
            ecr.put_image(repositoryName=name, imageManifest=text, imageTag="v1")
        if name == "ruled":
            keep_ten["rules"][0] |= {
                "selection": {
                    "tagStatus": "any",
                    "countType": "imageCountMoreThan",
                    "countNumber": 10,
                },
                "action": {"type": "expire"},
            }
            ecr.put_lifecycle_policy(
                repositoryName=name, lifecyclePolicyText=json.dumps(keep_ten)
            )
        arn = made["repository"]["repositoryArn"]
        seeded.add("ecr_lifecycle", **{"waste" if found else "fine": arn})


def _code(client: Client, seeded: Seeded) -> None:
    iam = client("iam")
    role = iam.create_role(RoleName="run", AssumeRolePolicyDocument="{}")["Role"]
    functions: Iterable[tuple[str, str, str, float, bool]] = (
        ("busy", "python3.12", "x86_64", 4e9, True),
        ("on-arm", "python3.12", "arm64", 4e9, False),
        ("too-old", "python3.7", "x86_64", 4e9, False),
        ("rare", "python3.12", "x86_64", 4e3, False),
    )
    for name, runtime, architecture, milliseconds, found in functions:
        client("lambda").create_function(
            FunctionName=name,
            Runtime=runtime,
            Architectures=[architecture],
            MemorySize=1024,
            Role=role["Arn"],
            Handler="main.main",
            Code={"ZipFile": _zip()},
        )
        of = ("FunctionName", name)
        measured(client, "AWS/Lambda", "Duration", of, milliseconds)
        seeded.add("lambda_arm64", **{"waste" if found else "fine": name})

    secrets = client("secretsmanager")
    memory = secretsmanager_backends[ACCOUNT][REGION]
    for name, found in (("unread", True), ("read", False)):
        made = secrets.create_secret(Name=name, SecretString="x")
        if not found:
            when = int((LATER - timedelta(days=2)).timestamp())
            secret = memory.secrets[name]
            told = secret.to_dict() | {"LastAccessedDate": when}
            vars(secret)["to_dict"] = partial(dict, told)
        seeded.add("secret_unused", **{"waste" if found else "fine": made["ARN"]})


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("main.py", "")
    return file.getvalue()
