"""What the app asks of AWS, and the IAM policy that allows exactly that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from finops.errors import FinOpsError, PermissionDeniedError

PERMISSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "costs": ("ce:GetCostAndUsage",),
    "tags": ("ce:GetTags",),
    "organization": ("organizations:ListAccounts",),
    "inventory": (
        "ec2:DescribeInstances",
        "ec2:DescribeVolumes",
        "ec2:DescribeSnapshots",
        "ec2:DescribeImages",
        "ec2:DescribeAddresses",
        "ec2:DescribeNatGateways",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTags",
        "rds:DescribeDBInstances",
        "dynamodb:ListTables",
        "dynamodb:DescribeTable",
        "elasticache:DescribeCacheClusters",
        "s3:ListAllMyBuckets",
        "s3:GetBucketLocation",
        "s3:GetLifecycleConfiguration",
        "s3:ListBucketMultipartUploads",
        "s3:ListMultipartUploadParts",
        "logs:DescribeLogGroups",
        "ecr:DescribeRepositories",
        "ecr:DescribeImages",
        "ecr:GetLifecyclePolicy",
        "lambda:ListFunctions",
        "secretsmanager:ListSecrets",
        "cloudwatch:GetMetricData",
    ),
    "hub": (
        "cost-optimization-hub:ListEnrollmentStatuses",
        "cost-optimization-hub:ListRecommendations",
    ),
    "optimizer": (
        "compute-optimizer:GetEnrollmentStatus",
        "compute-optimizer:GetEC2InstanceRecommendations",
        "compute-optimizer:GetEBSVolumeRecommendations",
        "compute-optimizer:GetRDSDatabaseRecommendations",
        "compute-optimizer:GetLambdaFunctionRecommendations",
        "ec2:DescribeInstances",
        "ec2:DescribeVolumes",
        "lambda:ListFunctions",
        "lambda:ListProvisionedConcurrencyConfigs",
        "rds:DescribeDBInstances",
        "rds:DescribeDBClusters",
    ),
}
"""The IAM actions that each feature needs in the account that is read."""

ASSUME_ROLE: Final = "sts:AssumeRole"
"""What the app's own identity needs, for the roles of AWS_ACCOUNTS."""

EXPORT: Final = ("s3:ListBucket", "s3:GetObject")
"""What reading billing exports from a bucket needs, on that bucket alone."""

ATHENA: Final = (
    "athena:StartQueryExecution",
    "athena:GetQueryExecution",
    "athena:GetQueryResults",
    "athena:GetTableMetadata",
    "glue:GetTable",
)
"""What asking a bill in Athena needs, besides the buckets of bill and results."""

ALWAYS_ALLOWED: Final = ("sts:GetCallerIdentity",)
"""What AWS answers to everyone with valid keys."""

Statement = dict[str, Any]


def policy(*, features: Sequence[str] = tuple(PERMISSIONS)) -> dict[str, Any]:
    """The policy of the role, user or permission set that an account is read with."""
    return _document(
        {
            "Sid": feature.title().replace(" ", ""),
            "Effect": "Allow",
            "Action": list(PERMISSIONS[feature]),
            "Resource": "*",
        }
        for feature in features
    )


def caller_policy(role_arns: Sequence[str]) -> dict[str, Any]:
    """The policy of the identity that assumes the roles of AWS_ACCOUNTS."""
    return _document(
        [
            {
                "Sid": "AssumeReaders",
                "Effect": "Allow",
                "Action": [ASSUME_ROLE],
                "Resource": list(role_arns),
            }
        ]
    )


def export_policy(bucket: str) -> dict[str, Any]:
    """The policy of the identity that reads billing exports from `bucket`."""
    list_bucket, get_object = EXPORT
    arn = f"arn:aws:s3:::{bucket}"
    return _document(
        [
            {
                "Sid": "ListExports",
                "Effect": "Allow",
                "Action": [list_bucket],
                "Resource": arn,
            },
            {
                "Sid": "ReadExports",
                "Effect": "Allow",
                "Action": [get_object],
                "Resource": f"{arn}/*",
            },
        ]
    )


def policy_line(*actions: str, resource: str = "*") -> str:
    """The one statement that allows `actions`, ready to be pasted into a policy."""
    named = actions[0] if len(actions) == 1 else actions
    return json.dumps({"Effect": "Allow", "Action": named, "Resource": resource})


def with_line(error: FinOpsError, *, role: str = "") -> str:
    """The remedy for `error`; for a missing right, with the line of policy.

    Args:
        error: What AWS said.
        role: The role that could not be assumed, if that is what was refused.
    """
    if not isinstance(error, PermissionDeniedError):
        return error.hint
    resource = role if role and error.action == ASSUME_ROLE else "*"
    line = policy_line(error.action, resource=resource)
    return f"{error.hint} The line of IAM policy: {line}"


def _document(statements: Iterable[Statement]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}
