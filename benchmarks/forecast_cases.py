"""Histories to forecast from, and what then came: simulated ones and real bills."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pandas as pd

from benchmarks.simulated_costs import simulated_services
from finops.analysis.allocation import NO_SERVICE
from finops.focus import DATE_COLUMN, CostQuery
from finops.sources.warehouse import open_warehouse

REAL_DATA: Final = Path(__file__).parents[2] / "shared" / "data"

HISTORIES: Final = (30, 60, 90, 200, 400)
SERVICES: Final = 52
SEED: Final = 20261129

LEAST_HISTORY: Final = 60
DAYS_APART: Final = 20
LEAST_CHARGES: Final = 5
LEAST_SUM: Final = 0.05

TODAY: Final = date(2026, 11, 29)

BILLS: Final = (
    "cur/walabs_2018-10_cur_hourly.snappy.parquet",
    "cur/olaraji_2026-04_cur2_daily_scrubbed.csv",
    "cur/focus_converters_2023-11_cur1_anonymous.csv",
)
EXPLORED: Final = "cost_explorer/sinanartun_daily_by_service_2024-02_04.json"


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A series cut in two.

    Attributes:
        group: Which row of the results it belongs to.
        restated_days: How many of the last days seen are not final.
    """

    group: str
    seen: pd.Series[float]
    coming: pd.Series[float]
    restated_days: int

    @property
    def trusted(self) -> pd.Series[float]:
        """What every method is given: the days that are final."""
        return self.seen.iloc[: len(self.seen) - self.restated_days]


def all_cases() -> list[Case]:
    """Simulated services, and real bills where there are any."""
    cases = [
        Case(f"simulated, {history} days", service.seen, service.coming, 2)
        for history in HISTORIES
        for service in simulated_services(SERVICES, history=history, seed=SEED)
    ]
    if REAL_DATA.is_dir():
        cases += [*_binder("project"), *_binder("category"), *_explored(), *_bills()]
    else:
        print(f"Left out: real bills, since there is no folder {REAL_DATA}.")
    return [case for case in cases if abs(case.coming.sum()) > LEAST_SUM]


def _binder(by: str) -> Iterator[Case]:
    """A year of mybinder.org's bill, forecast again and again; one day is missing."""
    [file] = (REAL_DATA / "daily").glob(f"binder_*_by_{by}_*.csv")
    rows = pd.read_csv(file)
    rows["date"] = pd.to_datetime(rows["date"], utc=True)
    costs = rows.pivot_table(index="date", columns=by, values="cost_usd", aggfunc="sum")
    daily = costs.fillna(0.0).asfreq("D").ffill()
    for name in daily:
        yield from _rolling(f"mybinder, by {by}", daily[name])


def _rolling(group: str, costs: pd.Series[float]) -> Iterator[Case]:
    for known in range(LEAST_HISTORY, len(costs) - 30, DAYS_APART):
        seen = costs.iloc[:known]
        if (seen != 0).sum() >= LEAST_CHARGES:
            yield Case(group, seen, costs.iloc[known : known + 30], 0)


def _explored() -> Iterator[Case]:
    """Three months of a small account, by service; most days cost next to nothing."""
    answers = json.loads((REAL_DATA / EXPLORED).read_text())
    rows = [
        (answer["TimePeriod"]["Start"], group["Keys"][0], _amount(group))
        for answer in answers
        for group in answer["Groups"]
    ]
    table = pd.DataFrame(rows, columns=["date", "service", "cost"])
    table["date"] = pd.to_datetime(table["date"], utc=True)
    daily = table.pivot_table(
        index="date", columns="service", values="cost", aggfunc="sum"
    )
    for name in daily:
        costs = daily[name].asfreq("D").fillna(0.0)
        if (costs.iloc[:-30] != 0).sum() >= LEAST_CHARGES:
            yield Case("small account", costs.iloc[:-30], costs.iloc[-30:], 0)


def _amount(group: dict[str, dict[str, dict[str, str]]]) -> float:
    [metric] = group["Metrics"].values()
    return float(metric["Amount"])


def _bills() -> Iterator[Case]:
    """The last week of short bills, by service, from the weeks before it."""
    query_by = ("ServiceName",)
    with TemporaryDirectory() as folder:
        for bill in BILLS:
            source = open_warehouse(
                str(REAL_DATA / bill), cache_dir=Path(folder), today=TODAY
            )
            query = CostQuery(period=source.extent, group_by=query_by)
            table = source.costs(query).table.fillna({"ServiceName": NO_SERVICE})
            daily = table.pivot_table(
                index=DATE_COLUMN,
                columns="ServiceName",
                values="BilledCost",
                aggfunc="sum",
            )
            for name in daily:
                costs = daily[name].asfreq("D").fillna(0.0)
                yield Case("CUR, next 7 days", costs.iloc[:-7], costs.iloc[-7:], 0)
