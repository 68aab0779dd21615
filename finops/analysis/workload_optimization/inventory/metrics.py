"""What CloudWatch measures, and what it means that it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

HOUR: Final = 3600

DAY: Final = 24 * HOUR

FIVE_MINUTES: Final = 300

Statistic = Literal["Average", "Maximum", "Sum"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric of AWS, taken one way.

    Attributes:
        period: Seconds that one value stands for.
        days: How far back it is looked at.
        silence_is_zero: Whether AWS writes nothing where nothing happened;
            elsewhere, no value at all means that nobody measured.
    """

    namespace: str
    name: str
    statistic: Statistic
    period: int = DAY
    days: int = 14
    silence_is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of a metric over its days; a stretch without one has none."""

    values: tuple[float, ...]

    @property
    def total(self) -> float:
        """What was counted in all."""
        return sum(self.values)

    @property
    def highest(self) -> float:
        """The highest value; 0 where nothing happened."""
        return max(self.values, default=0.0)

    @property
    def average(self) -> float:
        """The mean of the values; 0 where nothing happened."""
        return self.total / len(self.values) if self.values else 0.0


EC2_CPU: Final = Metric(namespace="AWS/EC2", name="CPUUtilization", statistic="Average")

EC2_CPU_PEAK: Final = Metric(
    namespace="AWS/EC2", name="CPUUtilization", statistic="Maximum"
)

EC2_NETWORK_IN: Final = Metric(namespace="AWS/EC2", name="NetworkIn", statistic="Sum")

EC2_NETWORK_OUT: Final = Metric(namespace="AWS/EC2", name="NetworkOut", statistic="Sum")

EBS_READS: Final = Metric(
    namespace="AWS/EBS",
    name="VolumeReadOps",
    statistic="Sum",
    period=FIVE_MINUTES,
    silence_is_zero=True,
)

EBS_WRITES: Final = Metric(
    namespace="AWS/EBS",
    name="VolumeWriteOps",
    statistic="Sum",
    period=FIVE_MINUTES,
    silence_is_zero=True,
)

EBS_BYTES_READ: Final = Metric(
    namespace="AWS/EBS",
    name="VolumeReadBytes",
    statistic="Sum",
    period=FIVE_MINUTES,
    silence_is_zero=True,
)

EBS_BYTES_WRITTEN: Final = Metric(
    namespace="AWS/EBS",
    name="VolumeWriteBytes",
    statistic="Sum",
    period=FIVE_MINUTES,
    silence_is_zero=True,
)

EBS_IDLE_TIME: Final = Metric(
    namespace="AWS/EBS", name="VolumeIdleTime", statistic="Sum", silence_is_zero=True
)
"""Written for as long as a volume is attached, and no longer."""

NAT_OUT: Final = Metric(
    namespace="AWS/NATGateway", name="BytesOutToDestination", statistic="Sum"
)

NAT_IN: Final = Metric(
    namespace="AWS/NATGateway", name="BytesInFromDestination", statistic="Sum"
)

ALB_REQUESTS: Final = Metric(
    namespace="AWS/ApplicationELB",
    name="RequestCount",
    statistic="Sum",
    silence_is_zero=True,
)

NLB_FLOWS: Final = Metric(
    namespace="AWS/NetworkELB",
    name="NewFlowCount",
    statistic="Sum",
    silence_is_zero=True,
)

RDS_CONNECTIONS: Final = Metric(
    namespace="AWS/RDS", name="DatabaseConnections", statistic="Maximum"
)

RDS_CPU_PEAK: Final = Metric(
    namespace="AWS/RDS", name="CPUUtilization", statistic="Maximum"
)

DYNAMODB_READS: Final = Metric(
    namespace="AWS/DynamoDB",
    name="ConsumedReadCapacityUnits",
    statistic="Sum",
    silence_is_zero=True,
)

DYNAMODB_WRITES: Final = Metric(
    namespace="AWS/DynamoDB",
    name="ConsumedWriteCapacityUnits",
    statistic="Sum",
    silence_is_zero=True,
)

LAMBDA_DURATION: Final = Metric(
    namespace="AWS/Lambda",
    name="Duration",
    statistic="Sum",
    days=30,
    silence_is_zero=True,
)

CACHE_HITS: Final = Metric(
    namespace="AWS/ElastiCache", name="CacheHits", statistic="Sum"
)

CACHE_MISSES: Final = Metric(
    namespace="AWS/ElastiCache", name="CacheMisses", statistic="Sum"
)

CACHE_CONNECTIONS: Final = Metric(
    namespace="AWS/ElastiCache", name="CurrConnections", statistic="Maximum"
)
