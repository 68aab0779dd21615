"""Real bills give the answers that are known of them, to the cent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from finops.focus import Charges, CostQuery
from finops.periods import ChargePeriod
from finops.sources import CostSource
from finops.sources.warehouse import open_warehouse
from tests.double.plugin import Aws

TODAY = date(2026, 11, 23)
LEGACY = "cur/walabs_2018-10_cur_hourly.snappy.parquet"
SLASHES = "cur/focus_converters_2023-11_cur1_anonymous.csv"
CUR2 = "cur/olaraji_2026-04_cur2_daily_scrubbed.csv"
FOCUS = "focus/focus_1.0_sample_1000.csv"
PROJECTS = "daily/binder_gcp_daily_by_project_2017-12_2018-12.csv"
EXAMPLES = "focus/spec_examples"


@pytest.fixture
def cache_dir(tmp_path: Path) -> Path:
    """Where a source may keep things."""
    return tmp_path / "cache"


def opened(location: Path, cache_dir: Path) -> CostSource:
    """The bill at `location`."""
    return open_warehouse(str(location), cache_dir=cache_dir, today=TODAY)


def costs(source: CostSource, *by: str, charges: Charges = "usage") -> pd.DataFrame:
    """Everything in `source`, rounded to cents, by the values of `by`."""
    query = CostQuery(
        period=ChargePeriod(date(2015, 1, 1), TODAY),
        granularity="total",
        group_by=by,
        charges=charges,
    )
    table = source.costs(query).table.round(2)
    return table.set_index(list(by)) if by else table


def test_the_legacy_cur_of_october_2018(real_data: Path, cache_dir: Path) -> None:
    bill = opened(real_data / LEGACY, cache_dir)

    [everything] = costs(bill, charges="all")["BilledCost"]
    [usage] = costs(bill)["BilledCost"]
    accounts = costs(bill, "SubAccountId")
    categories = costs(bill, "ChargeCategory", charges="all")["BilledCost"]

    assert everything == usage == 4064.48
    assert len(accounts) == 2
    assert all(len(account) == 12 for account in accounts.index)
    assert categories.to_dict() == {"Purchase": 149.78, "Usage": 3914.71}
    assert bill.extent == ChargePeriod(date(2018, 10, 1), date(2018, 11, 1))


def test_its_services_have_the_names_of_the_bill(
    real_data: Path, cache_dir: Path
) -> None:
    bill = opened(real_data / LEGACY, cache_dir)

    services = costs(bill, "ServiceName")["BilledCost"]

    assert services["AWS Glue"] == 2389.33
    assert services["Amazon Relational Database Service"] == 920.75
    assert services["Amazon Elastic Compute Cloud"] == pytest.approx(737.49, abs=0.01)


def test_its_reservation_fees_are_spread_over_the_month(
    real_data: Path, cache_dir: Path
) -> None:
    bill = opened(real_data / LEGACY, cache_dir)

    categories = costs(bill, "ChargeCategory")

    # 26.66 and 22.34 of the fees were not used; 232.25 is the reserved usage.
    assert categories.loc["Purchase", "EffectiveCost"] == 49.00
    assert categories.loc["Usage", "EffectiveCost"] == pytest.approx(3914.71 + 232.25)


def test_most_of_it_carries_no_cost_tag(real_data: Path, cache_dir: Path) -> None:
    bill = opened(real_data / LEGACY, cache_dir)

    by_tag = costs(bill, "Tags.cost_center").reset_index()
    untagged = by_tag[by_tag["Tags.cost_center"].isna()]["BilledCost"].sum()

    assert untagged / by_tag["BilledCost"].sum() == pytest.approx(0.9, abs=0.1)


def test_the_cur_2_0_that_credits_bring_to_nothing(
    real_data: Path, cache_dir: Path
) -> None:
    bill = opened(real_data / CUR2, cache_dir)

    [usage] = costs(bill).to_dict("records")
    [everything] = costs(bill, charges="all").to_dict("records")

    assert (usage["BilledCost"], usage["ListCost"]) == (47.68, 49.56)
    assert everything["BilledCost"] == pytest.approx(0.0, abs=1e-6)


def test_its_last_day_may_still_change(real_data: Path, cache_dir: Path) -> None:
    bill = opened(real_data / CUR2, cache_dir)

    assert bill.extent == ChargePeriod(date(2026, 4, 1), date(2026, 4, 17))
    assert bill.restated_days == 1


def test_its_tags_and_products_are_taken_out_of_json(
    real_data: Path, cache_dir: Path
) -> None:
    bill = opened(real_data / CUR2, cache_dir)

    by_workload = costs(bill, "Tags.workload")["BilledCost"]
    by_service = costs(bill, "ServiceName")["BilledCost"]

    assert by_workload["web-tier"] == 7.75
    assert by_service["Amazon Elastic Compute Cloud"] == 24.74


def test_the_anonymous_legacy_cur(real_data: Path, cache_dir: Path) -> None:
    bill = opened(real_data / SLASHES, cache_dir)

    [everything] = costs(bill, charges="all").to_dict("records")
    services = costs(bill, "ServiceName", charges="all")

    assert (everything["BilledCost"], everything["ListCost"]) == (1.68, 3.36)
    assert len(services) == 14


def test_the_focus_sample_of_three_providers(real_data: Path, cache_dir: Path) -> None:
    bill = opened(real_data / FOCUS, cache_dir)

    everything = costs(bill, "ProviderName", charges="all").loc["AWS"]
    usage = costs(bill, "ProviderName").loc["AWS"]
    metrics = ["BilledCost", "EffectiveCost", "ListCost"]

    assert list(everything[metrics]) == [18.01, 13.00, 18.15]
    assert list(usage[metrics]) == [20.62, 16.00, 20.76]


def test_its_services_and_accounts_are_all_there(
    real_data: Path, cache_dir: Path
) -> None:
    bill = opened(real_data / FOCUS, cache_dir)

    by_service = costs(bill, "ProviderName", "ServiceName", charges="all").loc["AWS"]
    by_account = costs(bill, "ProviderName", "SubAccountId", charges="all").loc["AWS"]

    assert (len(by_service), len(by_account)) == (24, 66)


@pytest.mark.parametrize("kind", ["scenarios", "flexibility"])
def test_the_examples_of_the_specification_cost_what_they_say(
    real_data: Path, cache_dir: Path, kind: str
) -> None:
    files = sorted((real_data / EXAMPLES).glob(f"commitment_discount_{kind}/*.csv"))
    assert files

    for file in files:
        stated = pd.read_csv(file)[["BilledCost", "EffectiveCost"]].sum()
        [found] = costs(opened(file, cache_dir), charges="all").to_dict("records")

        assert found["BilledCost"] == pytest.approx(stated["BilledCost"])
        assert found["EffectiveCost"] == pytest.approx(stated["EffectiveCost"])


def test_the_examples_add_up_when_they_are_read_together(
    real_data: Path, cache_dir: Path
) -> None:
    bill = opened(real_data / EXAMPLES / "commitment_discount_scenarios", cache_dir)

    [found] = costs(bill).to_dict("records")

    assert (found["BilledCost"], found["EffectiveCost"]) == (13145.00, 4.50)


def test_the_longest_daily_series(real_data: Path, cache_dir: Path) -> None:
    bill = opened(real_data / PROJECTS, cache_dir)

    by_project = costs(bill, "Tags.project")

    assert by_project["BilledCost"].to_dict() == {
        "binder-prod": 56817.18,
        "binder-staging": 4776.96,
    }
    assert by_project["BillingCurrency"].unique().tolist() == ["USD"]
    assert by_project["ListCost"].isna().all()
    assert bill.extent == ChargePeriod(date(2017, 12, 13), date(2019, 1, 1))


def test_reports_of_three_years_and_formats_are_read_together(
    real_data: Path, cache_dir: Path
) -> None:
    bill = opened(real_data / "cur", cache_dir)

    [everything] = costs(bill, charges="all")["BilledCost"]

    assert everything == 4066.17


@pytest.mark.filterwarnings("ignore:Your installed version of s3fs:UserWarning")
@pytest.mark.parametrize(
    ("file", "billed"), [(LEGACY, 4064.48), (CUR2, 0.00), (FOCUS, 20.52)]
)
def test_athena_says_the_same_as_the_file(
    aws: Aws, real_data: Path, cache_dir: Path, file: str, billed: float
) -> None:
    athena = aws.world.items.database
    path = str(real_data / file)
    if file.endswith(".parquet"):
        athena.read_parquet(path).create("bill")
    else:
        athena.read_csv(path, all_varchar=True, na_values="NULL").create("bill")
    address = "athena://?table=bill&poll_interval=0.01"
    table = open_warehouse(address, cache_dir=cache_dir, today=TODAY)
    bill = opened(real_data / file, cache_dir)

    by = ("SubAccountId", "ChargeCategory", "ServiceName")
    grouped = costs(table, *by, charges="all")
    [everything] = costs(table, charges="all")["BilledCost"]

    pd.testing.assert_frame_equal(grouped, costs(bill, *by, charges="all"))
    assert everything == pytest.approx(billed, abs=1e-6)
    assert table.extent == bill.extent
