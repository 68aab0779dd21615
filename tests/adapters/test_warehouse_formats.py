"""A bill is read as FOCUS whatever format it is in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from finops.errors import DimensionUnavailableError, MalformedTableError
from finops.focus import Condition
from tests.adapters.made_up_bills import (
    Columns,
    costs_by,
    cur_line,
    focus_line,
    opened,
    rows,
    total,
    write_csv,
    write_parquet,
)


def slashed(line: Columns) -> Columns:
    """A line item as the CSV files of the legacy CUR name its columns."""
    groups = {"identity": "identity", "bill": "bill", "line_item": "lineItem"}
    named = {}
    for name, value in line.items():
        group = next(group for group in groups if name.startswith(group))
        words = name.removeprefix(group + "_").split("_")
        named[f"{groups[group]}/{''.join(word.title() for word in words)}"] = value
    return named


def test_the_legacy_cur_is_read_by_either_spelling_of_its_columns(
    tmp_path: Path,
) -> None:
    line = cur_line(2.5)
    athena = write_parquet(tmp_path / "athena.parquet", [line])
    slashes = write_csv(tmp_path / "slashes.csv", [slashed(line)])

    by_athena, by_slashes = (
        rows(opened(file), "SubAccountId", "ServiceName") for file in (athena, slashes)
    )

    assert by_athena == by_slashes
    assert by_athena[0]["BilledCost"] == 2.5


def test_cur_2_knows_the_names_of_accounts(tmp_path: Path) -> None:
    line = cur_line(line_item_usage_account_name="prod")
    bill = opened(write_csv(tmp_path / "bill.csv.gz", [line]))

    assert costs_by(bill, "SubAccountName") == {"prod": 1.0}


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_cur_2_keeps_the_product_name_among_product_facts(
    tmp_path: Path, kind: str
) -> None:
    name = "Amazon Elastic Compute Cloud"
    if kind == "csv":
        facts = f'{{"product_name": "{name}"}}'
        file = write_csv(tmp_path / "bill.csv", [cur_line(product=facts)])
    else:
        line = cur_line(product={"product_name": name})
        file = write_parquet(tmp_path / "bill.parquet", [line])

    assert costs_by(opened(file), "ServiceName") == {name: 1.0}


def test_a_service_without_a_name_goes_by_its_code(tmp_path: Path) -> None:
    lines = [
        cur_line(product_product_name=""),
        cur_line(product_product_name="AWS Glue"),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    assert costs_by(bill, "ServiceName") == {"AWS Glue": 1.0, "AmazonEC2": 1.0}


@pytest.mark.parametrize(
    ("line_type", "category"),
    [
        ("Usage", "Usage"),
        ("DiscountedUsage", "Usage"),
        ("SavingsPlanCoveredUsage", "Usage"),
        ("SavingsPlanNegation", "Usage"),
        ("EdpDiscount", "Usage"),
        ("BundledDiscount", "Usage"),
        ("PrivateRateDiscount", "Usage"),
        ("SppDiscount", "Usage"),
        ("Discount", "Usage"),
        ("Fee", "Purchase"),
        ("RIFee", "Purchase"),
        ("SavingsPlanUpfrontFee", "Purchase"),
        ("SavingsPlanRecurringFee", "Purchase"),
        ("Tax", "Tax"),
        ("Credit", "Credit"),
        ("Refund", "Adjustment"),
        ("SomethingNew", "Adjustment"),
    ],
)
def test_each_type_of_line_item_has_its_charge_category(
    tmp_path: Path, line_type: str, category: str
) -> None:
    line = cur_line(line_item_line_item_type=line_type)
    bill = opened(write_parquet(tmp_path / "bill.parquet", [line]))

    assert costs_by(bill, "ChargeCategory") == {category: 1.0}


def test_usage_leaves_taxes_credits_and_adjustments_out(tmp_path: Path) -> None:
    kinds = {"Usage": 8.0, "RIFee": 4.0, "Tax": 2.0, "Credit": -8.0, "Refund": -1.0}
    lines = [cur_line(v, line_item_line_item_type=kind) for kind, v in kinds.items()]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    [usage] = rows(bill, charges="usage")
    [everything] = rows(bill, charges="all")

    assert usage["BilledCost"] == 12.0
    assert everything["BilledCost"] == 5.0


def test_a_line_is_committed_dynamic_or_standard(tmp_path: Path) -> None:
    lines = [
        cur_line(1.0, line_item_usage_type="BoxUsage:m5.large"),
        cur_line(2.0, line_item_usage_type="SpotUsage:m5.large"),
        cur_line(4.0, line_item_line_item_type="SavingsPlanCoveredUsage"),
        cur_line(8.0, line_item_line_item_type="Tax"),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    assert costs_by(bill, "PricingCategory") == {
        "Standard": 1.0,
        "Dynamic": 2.0,
        "Committed": 4.0,
        None: 8.0,
    }


def test_a_commitment_is_known_by_its_arn(tmp_path: Path) -> None:
    lines = [
        cur_line(1.0, reservation_reservation_a_r_n="arn:ri"),
        cur_line(2.0, savings_plan_savings_plan_a_r_n="arn:sp"),
        cur_line(4.0),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    found = rows(bill, "CommitmentDiscountId", "CommitmentDiscountType")

    assert {
        (row["CommitmentDiscountId"], row["CommitmentDiscountType"]): row["BilledCost"]
        for row in found
    } == {
        ("arn:ri", "Reserved Instance"): 1.0,
        ("arn:sp", "Savings Plan"): 2.0,
        (None, None): 4.0,
    }


def test_focus_is_read_as_it_is(tmp_path: Path) -> None:
    line = focus_line(3.0, EffectiveCost=2.0, ListCost=4.0, x_Operation="RunInstances")
    bill = opened(write_parquet(tmp_path / "focus.parquet", [line]))

    [row] = rows(bill, "SubAccountId", "x_Operation")

    assert row == {
        "SubAccountId": "012345678901",
        "x_Operation": "RunInstances",
        "BillingCurrency": "USD",
        "BilledCost": 3.0,
        "EffectiveCost": 2.0,
        "ListCost": 4.0,
    }


def test_focus_in_athena_has_names_in_lower_case(tmp_path: Path) -> None:
    line = {name.lower(): value for name, value in focus_line(3.0).items()}
    bill = opened(write_parquet(tmp_path / "focus.parquet", [line]))

    assert costs_by(bill, "SubAccountId") == {"012345678901": 3.0}


def test_focus_1_3_calls_the_provider_by_another_name(tmp_path: Path) -> None:
    line = focus_line(ServiceProviderName="AWS")
    bill = opened(write_csv(tmp_path / "focus.csv", [line]))

    assert costs_by(bill, "ProviderName") == {"AWS": 1.0}


def test_null_in_words_is_null(tmp_path: Path) -> None:
    lines = [
        focus_line(1.0, RegionId="NULL", ListCost="NULL"),
        focus_line(2.0, RegionId=""),
    ]
    bill = opened(write_csv(tmp_path / "focus.csv", lines))

    [row] = rows(bill, "RegionId")

    assert row["RegionId"] is None
    assert row["BilledCost"] == 3.0
    assert row["ListCost"] == 2.0


def test_a_cost_that_is_unknown_everywhere_stays_unknown(tmp_path: Path) -> None:
    bill = opened(write_parquet(tmp_path / "bill.parquet", [cur_line()]))

    [row] = rows(bill)

    assert row["ListCost"] is None


def test_times_without_a_zone_and_with_one_are_utc(tmp_path: Path) -> None:
    lines = [
        focus_line(1.0, ChargePeriodStart="2026-04-10 23:00:00"),
        focus_line(2.0, ChargePeriodStart="2026-04-10T23:00:00Z"),
        focus_line(4.0, ChargePeriodStart="2026-04-11T01:00:00+02:00"),
    ]
    bill = opened(write_csv(tmp_path / "focus.csv", lines))

    [row] = rows(bill, granularity="day")

    assert row["BilledCost"] == 7.0
    assert f"{row['ChargePeriodStart']:%F %Z}" == "2026-04-10 UTC"


def test_an_account_id_keeps_its_leading_zero(tmp_path: Path) -> None:
    as_text = write_csv(tmp_path / "text.csv", [cur_line(1.0)])
    number: Columns = {"line_item_usage_account_id": 12345678901}
    as_number = write_parquet(tmp_path / "number.parquet", [cur_line(1.0, **number)])

    for file in (as_text, as_number):
        assert costs_by(opened(file), "SubAccountId") == {"012345678901": 1.0}


def test_amounts_of_any_numeric_type_are_read(tmp_path: Path) -> None:
    lines = [cur_line(None, line_item_unblended_cost=2)]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    assert total(bill) == 2.0


def test_any_table_with_a_date_and_a_cost_will_do(tmp_path: Path) -> None:
    lines = [
        {"Date": "2026-04-01", "Service": "RDS", "team": "web", "cost_eur": 5},
        {"Date": "2026-04-02", "Service": "RDS", "team": "data", "cost_eur": 7},
    ]
    bill = opened(write_csv(tmp_path / "costs.csv", lines))

    [first, second] = rows(bill, "ServiceName", "Tags.team")

    assert (first["Tags.team"], second["Tags.team"]) == ("data", "web")
    assert (first["BilledCost"], second["EffectiveCost"]) == (7.0, 5.0)
    assert first["BillingCurrency"] == "EUR"
    assert first["ListCost"] is None
    assert (bill.extent.start.day, bill.extent.last_day.day) == (1, 2)


def test_a_bill_without_accounts_says_so(tmp_path: Path) -> None:
    lines = [{"date": "2026-04-01", "cost": 5}]
    bill = opened(write_csv(tmp_path / "costs.csv", lines))

    with pytest.raises(DimensionUnavailableError, match=r"costs\.csv cannot group by"):
        rows(bill, "SubAccountId")


def test_a_semicolon_may_divide_the_columns(tmp_path: Path) -> None:
    file = tmp_path / "costs.csv"
    file.write_text("date;cost\n2026-04-01;5\n")

    assert total(opened(file)) == 5.0


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            {"ChargePeriodStart": "2026-04-01", "ChargeCategory": "Usage"},
            "bill.csv looks like FOCUS, but lacks BilledCost and EffectiveCost.",
        ),
        (
            {"line_item_usage_start_date": "", "line_item_line_item_type": "Usage"},
            "bill.csv looks like legacy CUR, but lacks line_item_unblended_cost.",
        ),
        (
            {"date": "2026-04-01", "kilometres": 5},
            "bill.csv looks like costs per day, but lacks cost.",
        ),
        ({"name": "Ada", "age": 36}, "bill.csv is not a bill."),
    ],
)
def test_another_table_is_told_from_a_bill(
    tmp_path: Path, line: dict[str, object], complaint: str
) -> None:
    file = write_csv(tmp_path / "bill.csv", [line])

    with pytest.raises(MalformedTableError) as raised:
        opened(file)

    assert str(raised.value) == complaint
    assert raised.value.hint


def test_columns_that_come_and_go_are_united_by_name(tmp_path: Path) -> None:
    march = datetime(2026, 3, 10, tzinfo=UTC)
    team = {"resource_tags_user_team": "web"}
    for name, writes in {"csv": write_csv, "parquet": write_parquet}.items():
        folder = tmp_path / name
        writes(folder / f"1.{name}", [cur_line(1.0, start=march)])
        writes(folder / f"2.{name}", [team | cur_line(2.0)])

        assert costs_by(opened(folder), "Tags.team") == {"web": 2.0, None: 1.0}


def test_formats_of_different_bills_are_added(tmp_path: Path) -> None:
    write_parquet(tmp_path / "cur.parquet", [cur_line(1.0)])
    other: Columns = {
        "BillingAccountId": "azure",
        "SubAccountId": "azure",
        "ProviderName": "Azure",
    }
    write_csv(tmp_path / "focus.csv", [focus_line(2.0, **other)])

    bill = opened(tmp_path)

    assert costs_by(bill, "ProviderName") == {"AWS": 1.0, "Azure": 2.0}
    azure = Condition("SubAccountId", ("azure",))
    [row] = rows(bill, where=[azure])
    assert row["BilledCost"] == 2.0


def test_hours_become_days_and_months_across_the_end_of_a_month(tmp_path: Path) -> None:
    last_hour = datetime(2026, 3, 31, 23, tzinfo=UTC)
    lines = [
        cur_line(1.0, start=last_hour - timedelta(hours=5)),
        cur_line(2.0, start=last_hour),
        cur_line(4.0, start=last_hour + timedelta(hours=1)),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    by_day = rows(bill, granularity="day")
    by_month = rows(bill, granularity="month")

    assert [(f"{r['ChargePeriodStart']:%F}", r["BilledCost"]) for r in by_day] == [
        ("2026-03-31", 3.0),
        ("2026-04-01", 4.0),
    ]
    assert [(f"{r['ChargePeriodStart']:%F}", r["BilledCost"]) for r in by_month] == [
        ("2026-03-01", 3.0),
        ("2026-04-01", 4.0),
    ]
