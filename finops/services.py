"""What are AWS's services called, by AWS and by everybody else?"""

from __future__ import annotations

from typing import Final

SHORT_NAMES: Final = {
    "Amazon Elastic Compute Cloud": "EC2",
    "Amazon Elastic Compute Cloud - Compute": "EC2 - Compute",
    "Amazon Relational Database Service": "RDS",
    "Amazon Elastic Container Service for Kubernetes": "EKS",
    "Amazon Elastic Kubernetes Service": "EKS",
    "Amazon Elastic Container Service": "ECS",
    "Amazon EC2 Container Registry (ECR)": "ECR",
    "Amazon Elastic Container Registry": "ECR",
    "Amazon Simple Storage Service": "S3",
    "Amazon Virtual Private Cloud": "VPC",
    "Amazon Simple Queue Service": "SQS",
    "Amazon Simple Notification Service": "SNS",
    "Amazon Elastic File System": "EFS",
    "Amazon Elastic Block Store": "EBS",
    "AWS Key Management Service": "KMS",
    "AmazonCloudWatch": "CloudWatch",
    "Elastic Load Balancing": "Load balancing",
}
"""What the services with the longest names are called by everybody."""


def short_service(name: str) -> str:
    """What a service is called where room is scarce.

    >>> short_service("Amazon Relational Database Service"), short_service("AWS Lambda")
    ('RDS', 'Lambda')
    """
    without = name.removeprefix("Amazon ").removeprefix("AWS ")
    return SHORT_NAMES.get(name, without or name)


def same_service(one: str, other: str) -> bool:
    """Whether two names mean the same service: `Amazon RDS` is known by its long one.

    >>> same_service("Amazon RDS", "Amazon Relational Database Service")
    True
    """
    return short_service(one).casefold() == short_service(other).casefold()
