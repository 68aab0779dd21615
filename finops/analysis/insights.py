"""What stands out between accounts? Each insight has figures and an advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from finops import formats
from finops.analysis.allocation import (
    NO_ACCOUNT,
    NO_SERVICE,
    AccountCost,
    with_accounts,
)
from finops.analysis.environments import environment
from finops.analysis.variance import Variance
from finops.focus import Metric

InsightKind = Literal[
    "cost_ratio", "near_production", "shared_service", "service_mix", "growth"
]

NOTABLE_RATIO: Final = 3.0
"""Accounts that cost more than this many times another are worth a look."""

FEW_ACCOUNTS: Final = 10
"""With more accounts, the largest is compared with the median, not the smallest."""

NEAR_PRODUCTION: Final = 0.7
"""A non-production account above this part of production's cost is too near."""

SHARED_SHARE: Final = 0.01
"""A service matters to an account from this part of the account's cost."""

COMPARABLE: Final = 2
"""It takes this many accounts to compare them."""

MOST_SHARED: Final = 3
"""How many services in common are named."""

MIX_DISTANCE: Final = 0.25
"""By how much of its cost an account must lean to a service more than others do."""

GROWTH_AHEAD: Final = 0.2
"""By how much an account must outgrow the median account."""

NEGLIGIBLE: Final = 0.001
"""An account below this part of the total cost is not in use."""

SMALL: Final = 0.02
"""Accounts and changes below this part of the total cost are left alone."""


@dataclass(frozen=True, slots=True)
class Insight:
    """Something that stands out, why it matters, and what to do.

    Attributes:
        text: What is so, in one sentence.
        advice: What to ask or do about it.
        figures: The numbers in the text, by name.
    """

    kind: InsightKind
    text: str
    advice: str
    accounts: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)


def insights(
    accounts: Sequence[AccountCost],
    table: pd.DataFrame,
    metric: Metric,
    growth: Variance | None = None,
) -> list[Insight]:
    """All that stands out between the accounts; empty for fewer than two.

    Args:
        accounts: Each account's cost.
        table: Cost by SubAccountId, SubAccountName and ServiceName.
        metric: Which cost is meant.
        growth: The change of each account against the period before, by
            SubAccountId and SubAccountName; None where there is no such period.
    """
    named = [account for account in accounts if account.name != NO_ACCOUNT]
    costs = {a.name: a.cost for a in named if a.cost and a.cost > 0}
    if len(costs) < COMPARABLE:
        return []
    names = {account.id or account.name: account.name for account in named}
    services = _cost_by_service(table, metric, names)
    services = services[services.index.isin(costs)]
    whole = f"all {len(costs)} accounts with costs" if len(costs) < len(named) else ""
    return [
        *_cost_ratio(costs),
        *_near_production(costs),
        *_shared_services(services, among=whole or "all accounts"),
        *_service_mix(services),
        *(_growth(growth, names) if growth else ()),
    ]


def _cost_by_service(
    table: pd.DataFrame, metric: Metric, names: Mapping[str, str]
) -> pd.DataFrame:
    """What each account (rows, by name) spent on each service (columns)."""
    charges = with_accounts(table)
    charges["account"] = charges["account"].map(names)
    charges["ServiceName"] = charges["ServiceName"].fillna(NO_SERVICE)
    costs = charges.pivot_table(
        index="account", columns="ServiceName", values=metric, aggfunc="sum"
    )
    return costs.fillna(0.0).clip(lower=0.0)


def _cost_ratio(costs: Mapping[str, float]) -> list[Insight]:
    cheapest_first = sorted(costs, key=lambda name: costs[name])
    high = cheapest_first[-1]
    if len(costs) <= FEW_ACCOUNTS:
        in_use = NEGLIGIBLE * sum(costs.values())
        low = next(name for name in cheapest_first if costs[name] >= in_use)
        other = low
    else:
        low = cheapest_first[len(costs) // 2]
        other = f"the median account {low}"
    ratio = costs[high] / costs[low]
    if ratio < NOTABLE_RATIO:
        return []
    return [
        Insight(
            "cost_ratio",
            f"{high} costs {ratio:,.1f}x more than {other}.",
            "Check that the work is spread over the accounts as you mean it to be.",
            accounts=(high, low),
            figures={"ratio": ratio},
        )
    ]


def _near_production(costs: Mapping[str, float]) -> list[Insight]:
    production = sum(
        cost for name, cost in costs.items() if environment(name) == "production"
    )
    if not production:
        return []
    shares = {
        name: cost / production
        for name, cost in costs.items()
        if environment(name) == "other"
    }
    return [
        Insight(
            "near_production",
            f"{name} costs {formats.percent(share)} of what production costs.",
            "Check its instance sizes and whether it must run at night.",
            accounts=(name,),
            figures={"share_of_production": share},
        )
        for name, share in shares.items()
        if share >= NEAR_PRODUCTION
    ]


def _shared_services(services: pd.DataFrame, *, among: str) -> list[Insight]:
    shares = _shares(services)
    everywhere = shares.columns[(shares >= SHARED_SHARE).all(axis=0)]
    costs = services[everywhere].sum()
    return [
        Insight(
            "shared_service",
            f"{service} is used in {among}.",
            "Could one shared installation, or one shared commitment, serve them all?",
            accounts=tuple(services.index),
            services=(str(service),),
            figures={"cost": float(cost)},
        )
        for service, cost in costs.nlargest(MOST_SHARED).items()
    ]


def _service_mix(services: pd.DataFrame) -> list[Insight]:
    shares = _shares(services)
    if shares.empty:
        return []
    weights = services.sum(axis=1) / services.to_numpy().sum()
    found = []
    for name in services.index[weights >= SMALL]:
        usual = shares.drop(index=name).median()
        service = (shares.loc[name] - usual).idxmax()
        own, theirs = float(shares.loc[name, service]), float(usual[service])
        if own - theirs >= MIX_DISTANCE:
            found.append(_leaning(name, str(service), own, theirs))
    return found


def _shares(services: pd.DataFrame) -> pd.DataFrame:
    """The part of each account's cost that each named service makes up."""
    shares = services.div(services.sum(axis=1), axis=0)
    return shares.drop(columns=NO_SERVICE, errors="ignore")


def _leaning(account: str, service: str, own: float, usual: float) -> Insight:
    return Insight(
        "service_mix",
        f"{account} spends {formats.percent(own)} of its cost on {service}; "
        f"the other accounts spend {formats.percent(usual)} at the median.",
        "Check that this is what the account is for.",
        accounts=(account,),
        services=(service,),
        figures={"share": own, "median_share": usual},
    )


def _growth(growth: Variance, names: Mapping[str, str]) -> list[Insight]:
    moved = with_accounts(growth.rows)
    sides = moved.groupby("account")[["before", "change"]].sum()
    sides = sides[sides["before"] > SMALL * growth.before]
    if len(sides) < COMPARABLE or growth.before <= 0:
        return []
    rates = sides["change"] / sides["before"]
    usual = float(rates.median())
    ahead = (rates - usual >= GROWTH_AHEAD) & (sides["change"] >= SMALL * growth.before)
    return [
        Insight(
            "growth",
            f"{name} rose by {formats.percent(rate)} against "
            f"{formats.days(growth.before_period)}; the median account changed by "
            f"{formats.percent(usual, signed=True)}.",
            "See which services drove it, and whether it was planned.",
            accounts=(str(name),),
            figures={"growth": float(rate), "median_growth": usual},
        )
        for name, rate in rates[ahead].rename(names).items()
    ]
