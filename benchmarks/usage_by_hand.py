"""The usage of a CUR by day and service, from SQL that a person wrote for it.

The rules are those of `finops/sources/warehouse`; the file's format is known.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Final

import duckdb
import pandas as pd

from benchmarks.timed_answer import print_timed

TODAY: Final = date(2026, 5, 20)

EXTENT: Final = """
SELECT
  count(*),
  min(line_item_usage_start_date) AS first,
  max(line_item_usage_start_date),
  max(line_item_usage_end_date) FILTER (WHERE
    line_item_usage_end_date <= line_item_usage_start_date + INTERVAL 1 DAY
  ) AS covered_until,
  min(bill_billing_period_start_date),
  max(bill_billing_period_start_date),
  count(*) FILTER (WHERE line_item_usage_start_date IS NULL),
  count(line_item_net_unblended_cost)
FROM read_parquet($bill)
"""

USAGE_BY_DAY_AND_SERVICE: Final = """
SELECT
  date_trunc('day', line_item_usage_start_date) AS ChargePeriodStart,
  coalesce(nullif(product_product_name, ''), nullif(line_item_product_code, ''))
    AS ServiceName,
  nullif(line_item_currency_code, '') AS BillingCurrency,
  sum(line_item_unblended_cost) AS BilledCost,
  sum(CASE line_item_line_item_type
    WHEN 'DiscountedUsage' THEN
      coalesce(reservation_effective_cost, line_item_unblended_cost)
    WHEN 'RIFee' THEN
      coalesce(reservation_unused_amortized_upfront_fee_for_billing_period, 0)
      + coalesce(reservation_unused_recurring_fee, 0)
    WHEN 'Fee' THEN
      if(nullif(reservation_reservation_a_r_n, '') IS NULL,
        line_item_unblended_cost, 0)
    WHEN 'SavingsPlanCoveredUsage' THEN
      coalesce(savings_plan_savings_plan_effective_cost, line_item_unblended_cost)
    WHEN 'SavingsPlanRecurringFee' THEN
      coalesce(savings_plan_total_commitment_to_date - savings_plan_used_commitment,
        line_item_unblended_cost)
    WHEN 'SavingsPlanNegation' THEN 0
    WHEN 'SavingsPlanUpfrontFee' THEN 0
    ELSE line_item_unblended_cost
  END) AS EffectiveCost,
  sum(pricing_public_on_demand_cost) AS ListCost
FROM read_parquet($bill)
WHERE line_item_usage_start_date >= $first
  AND line_item_usage_start_date < $end
  AND line_item_line_item_type IN (
    'Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'SavingsPlanNegation',
    'BundledDiscount', 'Discount', 'EdpDiscount', 'PrivateRateDiscount',
    'RiVolumeDiscount', 'SppDiscount',
    'Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee'
  )
GROUP BY ALL
"""


def usage_by_service(location: str) -> pd.DataFrame:
    """The usage in the file, by day and service, of its complete days."""
    database = duckdb.connect(config={"memory_limit": "2GB"})
    database.execute("SET TimeZone = 'UTC'")
    bill = {"bill": location}
    [facts] = database.execute(EXTENT, bill).fetchall()
    period = {"first": facts[1].date(), "end": min(facts[3].date(), TODAY)}
    table = database.execute(USAGE_BY_DAY_AND_SERVICE, bill | period).df()
    table["ChargePeriodStart"] = pd.to_datetime(table["ChargePeriodStart"], utc=True)
    keys = ["ChargePeriodStart", "ServiceName", "BillingCurrency"]
    return table.sort_values(keys, ignore_index=True)


if __name__ == "__main__":
    print_timed(usage_by_service, sys.argv[1])
