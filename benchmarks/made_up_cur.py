"""A legacy CUR of many line items, the same each time, made by DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

SERVICES: Final = (
    ("AmazonEC2", "Amazon Elastic Compute Cloud", "BoxUsage:m5.large"),
    ("AmazonEC2", "Amazon Elastic Compute Cloud", "EBS:VolumeUsage.gp3"),
    ("AmazonS3", "Amazon Simple Storage Service", "TimedStorage-ByteHrs"),
    ("AmazonRDS", "Amazon Relational Database Service", "InstanceUsage:db.r5.large"),
    ("AWSLambda", "AWS Lambda", "Lambda-GB-Second"),
    ("AmazonCloudWatch", "AmazonCloudWatch", "CW:MetricMonitorUsage"),
    ("AWSGlue", "AWS Glue", "USE1-ETL-DPU-Hour"),
    ("AmazonDynamoDB", "Amazon DynamoDB", "ReadRequestUnits"),
    ("AWSELB", "Elastic Load Balancing", "LoadBalancerUsage"),
    ("awskms", "AWS Key Management Service", "KMS-Requests"),
)

LINE_ITEMS: Final = """
SELECT
  left(md5(n::VARCHAR) || md5((n + 7)::VARCHAR), 52) AS identity_line_item_id,
  strftime(hour, '%Y-%m-%dT%H:%M:%SZ/')
    || strftime(hour + INTERVAL 1 HOUR, '%Y-%m-%dT%H:%M:%SZ')
    AS identity_time_interval,
  '012345678901' AS bill_payer_account_id,
  'AWS' AS bill_billing_entity,
  'Anniversary' AS bill_bill_type,
  TIMESTAMP '2026-04-01' AS bill_billing_period_start_date,
  TIMESTAMP '2026-05-01' AS bill_billing_period_end_date,
  lpad((hash(n, 1) % 40 + 100)::VARCHAR, 12, '0') AS line_item_usage_account_id,
  CASE
    WHEN share < 0.80 THEN 'Usage'
    WHEN share < 0.88 THEN 'SavingsPlanCoveredUsage'
    WHEN share < 0.96 THEN 'SavingsPlanNegation'
    WHEN share < 0.985 THEN 'DiscountedUsage'
    WHEN share < 0.99 THEN 'Credit'
    WHEN share < 0.995 THEN 'Tax'
    WHEN share < 0.998 THEN 'RIFee'
    ELSE 'SavingsPlanRecurringFee'
  END AS line_item_line_item_type,
  hour AS line_item_usage_start_date,
  hour + INTERVAL 1 HOUR AS line_item_usage_end_date,
  code AS line_item_product_code,
  usage_type AS line_item_usage_type,
  'RunInstances' AS line_item_operation,
  'us-east-1' || chr((97 + hash(n, 5) % 4)::INTEGER) AS line_item_availability_zone,
  'arn:aws:x:us-east-1:' || resource || ':res/' || md5(resource::VARCHAR)
    AS line_item_resource_id,
  (hash(n, 6) % 1000) / 100.0::DOUBLE AS line_item_usage_amount,
  'USD' AS line_item_currency_code,
  '0.0' || (hash(n, 7) % 100) AS line_item_unblended_rate,
  cost AS line_item_unblended_cost,
  NULL::DOUBLE AS line_item_net_unblended_cost,
  '$0.0' || (hash(n, 7) % 100) || ' per hour of ' || name
    AS line_item_line_item_description,
  name AS product_product_name,
  ['us-east-1', 'eu-west-1', 'ap-south-1'][1 + resource % 3] AS product_region,
  code AS product_servicecode,
  cost * 1.2 AS pricing_public_on_demand_cost,
  'OnDemand' AS pricing_term,
  'Hrs' AS pricing_unit,
  CASE WHEN share BETWEEN 0.96 AND 0.985 THEN cost * 0.6 ELSE 0 END
    AS reservation_effective_cost,
  CASE WHEN share BETWEEN 0.96 AND 0.985 THEN 'arn:ri/' || resource % 50 ELSE '' END
    AS reservation_reservation_a_r_n,
  0.01::DOUBLE AS reservation_unused_amortized_upfront_fee_for_billing_period,
  0.02::DOUBLE AS reservation_unused_recurring_fee,
  CASE WHEN share BETWEEN 0.80 AND 0.88 THEN cost * 0.7 ELSE 0 END
    AS savings_plan_savings_plan_effective_cost,
  CASE WHEN share BETWEEN 0.80 AND 0.88 THEN 'arn:sp/' || resource % 20 ELSE '' END
    AS savings_plan_savings_plan_a_r_n,
  1.0::DOUBLE AS savings_plan_total_commitment_to_date,
  0.9::DOUBLE AS savings_plan_used_commitment,
  ['web', 'data', 'platform', '', ''][1 + resource % 5] AS resource_tags_user_team,
  ['prod', 'staging', 'dev'][1 + resource % 3] AS resource_tags_user_environment
FROM (
  SELECT
    n,
    TIMESTAMP '2026-04-01' + to_hours((n * 720 // $of)::INTEGER) AS hour,
    (hash(n, 2) % 1000000) / 1e6 AS share,
    (hash(n, 3) % 50000)::BIGINT AS resource,
    ((hash(n, 4) % 100000) / 1e6)::DOUBLE AS cost,
    (hash(n, 9) % 10)::INTEGER AS service
  FROM range($first, $last) AS numbers (n)
) JOIN services USING (service)
"""


def write_cur(file: Path, *, first: int, last: int, of: int) -> None:
    """The line items from `first` to before `last` of a bill that has `of`."""
    with duckdb.connect(config={"memory_limit": "2GB"}) as database:
        database.execute(
            "CREATE TABLE services "
            "(service INTEGER, code VARCHAR, name VARCHAR, usage_type VARCHAR)"
        )
        rows = [(place, *names) for place, names in enumerate(SERVICES)]
        database.executemany("INSERT INTO services VALUES (?, ?, ?, ?)", rows)
        database.execute("SET preserve_insertion_order = false")
        bounds = {"first": first, "last": last, "of": of}
        lines = database.sql(LINE_ITEMS, params=bounds)
        lines.write_parquet(str(file), compression="snappy")
