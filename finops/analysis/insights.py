"""What stands out between accounts? Each insight has figures and an advice."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from finops.analysis.allocation import AccountCost, with_account_labels
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

SMALL: Final = 0.02
"""Accounts and changes below this part of the total cost are left alone."""

PRODUCTION = {"prod", "production", "prd", "live"}
NON_PRODUCTION = {
    *("dev", "develop", "development", "test", "testing", "qa", "uat", "sandbox"),
    *("stage", "staging", "stg", "preprod", "nonprod", "preproduction"),
}


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
    paying = [account for account in accounts if account.cost and account.cost > 0]
    if len(paying) < COMPARABLE:
        return []
    shares = _service_shares(table, metric)
    return [
        *_cost_ratio(paying),
        *_near_production(paying),
        *_shared_services(shares, table, metric),
        *_service_mix(shares, paying),
        *(_growth(growth) if growth else ()),
    ]


def environment(account_name: str) -> Literal["production", "other"] | None:
    """What an account's name says it is for; None where it does not say."""
    joined = re.sub(r"\b(pre|non)[^a-z0-9]+(prod)", r"\1\2", account_name.lower())
    words = set(re.split(r"[^a-z0-9]+", joined))
    if words & NON_PRODUCTION:
        return "other"
    return "production" if words & PRODUCTION else None


def _cost_ratio(paying: Sequence[AccountCost]) -> list[Insight]:
    costs = sorted(paying, key=lambda account: account.cost or 0.0)
    low = costs[0] if len(costs) <= FEW_ACCOUNTS else costs[len(costs) // 2]
    high = costs[-1]
    ratio = (high.cost or 0.0) / (low.cost or 1.0)
    if ratio < NOTABLE_RATIO:
        return []
    other = low.name if len(costs) <= FEW_ACCOUNTS else f"the median account {low.name}"
    return [
        Insight(
            "cost_ratio",
            f"{high.name} costs {ratio:,.1f}x more than {other}.",
            "Check that the work is spread over the accounts as you mean it to be.",
            accounts=(high.name, low.name),
            figures={"ratio": ratio},
        )
    ]


def _near_production(paying: Sequence[AccountCost]) -> list[Insight]:
    production = sum(
        a.cost or 0.0 for a in paying if environment(a.name) == "production"
    )
    if production <= 0:
        return []
    near = [
        (account, (account.cost or 0.0) / production)
        for account in paying
        if environment(account.name) == "other"
    ]
    return [
        Insight(
            "near_production",
            f"{account.name} costs {share:.0%} of what production costs.",
            "Check its instance sizes and whether it must run at night.",
            accounts=(account.name,),
            figures={"share_of_production": share},
        )
        for account, share in near
        if share >= NEAR_PRODUCTION
    ]


def _service_shares(table: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """The part of each account's cost (rows) per service (columns)."""
    costs = with_account_labels(table).pivot_table(
        index="account", columns="ServiceName", values=metric, aggfunc="sum"
    )
    costs = costs.fillna(0.0).clip(lower=0.0)
    totals = costs.sum(axis=1)
    return costs[totals > 0].div(totals[totals > 0], axis=0)


def _shared_services(
    shares: pd.DataFrame, table: pd.DataFrame, metric: Metric
) -> list[Insight]:
    everywhere = shares.columns[(shares >= SHARED_SHARE).all(axis=0)]
    if len(shares) < COMPARABLE or everywhere.empty:
        return []
    costs = table.groupby("ServiceName")[metric].sum()[list(everywhere)]
    names = tuple(str(name) for name in shares.index)
    return [
        Insight(
            "shared_service",
            f"{service} is used in all accounts.",
            "Could one shared installation, or one shared commitment, serve them all?",
            accounts=names,
            services=(str(service),),
            figures={"cost": float(cost)},
        )
        for service, cost in costs.nlargest(MOST_SHARED).items()
    ]


def _service_mix(shares: pd.DataFrame, paying: Sequence[AccountCost]) -> list[Insight]:
    weight = {account.name: account.share or 0.0 for account in paying}
    found = []
    for name, own in shares.T.items():
        others = shares.drop(index=name)
        if weight.get(str(name), 0.0) < SMALL or others.empty:
            continue
        lean = own - others.median()
        if lean.max() >= MIX_DISTANCE:
            service = str(lean.idxmax())
            found.append(
                _leaning(str(name), service, own[service], others[service].median())
            )
    return found


def _leaning(account: str, service: str, own: float, usual: float) -> Insight:
    return Insight(
        "service_mix",
        f"{account} spends {own:.0%} of its cost on {service}; "
        f"the other accounts spend {usual:.0%} at the median.",
        "Check that this is what the account is for.",
        accounts=(account,),
        services=(service,),
        figures={"share": float(own), "median_share": float(usual)},
    )


def _growth(growth: Variance) -> list[Insight]:
    rows = with_account_labels(growth.rows)
    rows = rows[rows["before"] > SMALL * growth.before]
    if len(rows) < COMPARABLE or growth.before <= 0:
        return []
    rates = rows["change"] / rows["before"]
    usual = statistics.median(rates)
    ahead = (rates - usual >= GROWTH_AHEAD) & (rows["change"] >= SMALL * growth.before)
    return [
        Insight(
            "growth",
            f"{name} costs {rate:.0%} more than in the {growth.before_period.days} "
            f"days before; the median account changed by {usual:+.0%}.",
            "See which services drove it, and whether it was planned.",
            accounts=(str(name),),
            figures={"growth": float(rate), "median_growth": float(usual)},
        )
        for name, rate in zip(rows["account"][ahead], rates[ahead], strict=True)
    ]
