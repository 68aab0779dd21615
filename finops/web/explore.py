"""The parts of the explore page: how to look, what there is, where it goes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.charts.groups import NONE
from finops.focus import (
    TAG_PREFIX,
    USAGE_CATEGORIES,
    Granularity,
    dimension_label,
)
from finops.sources import Priced
from finops.web import drill, states
from finops.web.cards import chart
from finops.web.compared import compared
from finops.web.days import ACCOUNT
from finops.web.filters import Chosen
from finops.web.ranking import ranking
from finops.web.session import ask, workspace
from finops.web.tables import (
    change_column,
    money_column,
    percent_changes,
    share_column,
    show_table,
)
from finops.workspace import Scope, Workspace

GRAINS: Final[dict[str, Granularity]] = {"Daily": "day", "Monthly": "month"}

MOST_ROWS: Final = 500
"""A longer table is not read; the file has all rows."""

FIRST: Final = ("SubAccountName", "ServiceName", "RegionId", "x_UsageType")
"""What people group by most comes first."""

MOST_TAGS: Final = 10


@dataclass(frozen=True, slots=True)
class View:
    """What one looks at: a part of the bill, by a dimension, over time.

    Attributes:
        by: None where the source knows no dimension.
        below: What its groups are made of; None where the source tells no more.
    """

    scope: Scope
    by: str | None
    granularity: Granularity
    below: str | None

    @property
    def keys(self) -> tuple[str, ...]:
        """What the costs are asked by."""
        return (self.by,) if self.by else ()

    @property
    def advice(self) -> str:
        """What a click does."""
        if self.below is None:
            return ""
        return f"Pick one to see it by {dimension_label(self.below).lower()}"

    @property
    def label(self) -> str:
        """What the groups are, such as `Service`."""
        return dimension_label(self.by) if self.by else "Cost"


def choose(chosen: Chosen) -> View:
    """The controls, and what they say."""
    known = dimensions()
    labels = {dimension_label(name): name for name in known}
    left, middle, right = st.columns([5, 2, 2])
    with left:
        texts = drill.show_trail("Pick a row below, or type service=AWS Lambda")
    with middle:
        by = st.selectbox("Group by", list(labels), key=drill.BY, bind="query-params")
    with right:
        grain = st.segmented_control(
            "Over time",
            list(GRAINS),
            default="Daily",
            required=True,
            key="grain",
            bind="query-params",
            width="stretch",
        )
    scope = drill.narrowed(chosen.scope, texts)
    dimension = labels.get(by or "")
    below = drill.step_below(dimension, texts) if dimension else None
    return View(scope, dimension, GRAINS[grain or "Daily"], below)


def dimensions() -> list[str]:
    """What the source can group by, what people ask for most first."""
    known = workspace().source.dimensions
    first = [name for name in FIRST if name in known]
    tags = [name for name in known if name.startswith(TAG_PREFIX)]
    taken = {*first, *tags, "BillingCurrency"}
    return [*first, *tags, *(name for name in known if name not in taken)]


def group_rows(view: View) -> pd.DataFrame:
    """One row per group: before, after, what changed, and its share."""
    scope, keys = view.scope, view.keys
    changes = compared(scope, *keys) if keys else None
    if changes:
        rows = changes.variance.rows
    else:
        table = ask(Workspace.cost_by, scope, *keys).table
        rows = table.rename(columns={scope.metric: "after"})
        rows = rows.assign(before=math.nan, change=math.nan)
    rows = rows.assign(
        group=rows[view.by].fillna(NONE) if view.by else "All charges",
        percent=percent_changes(rows["before"], rows["after"]),
        share=100 * rows["after"] / rows["after"].sum(),
    )
    shown = ["group", "before", "after", "change", "percent", "share"]
    return rows.sort_values("after", ascending=False, ignore_index=True)[shown]


def compared_text(view: View) -> str:
    """What the table compares."""
    period = view.scope.period
    return f"{formats.days(period)}, against {formats.days(period.before())}"


def file_name(view: View) -> str:
    """What a file with the view's rows is called."""
    return f"costs by {view.label.lower()} {view.scope.period}.csv"


def show_groups(view: View, costs: pd.DataFrame, currency: str) -> None:
    """What costs most; a click goes a step down."""
    if view.by is None:
        states.sentence(f"{workspace().source.name} has dates and costs alone.")
        return
    by = view.by
    key = drill.fresh_key("groups")
    chart(
        key,
        view,
        lambda: charts.top_costs(
            costs,
            by,
            view.scope.metric,
            currency,
            ranking=ranking(_named(by)),
            pickable=view.below is not None,
        ),
        on_pick=(lambda: drill.into(by, drill.picked_in(key))) if view.below else None,
    )


def show_over_time(view: View, currency: str) -> None:
    """How it ran, day by day or month by month."""
    scope, by = view.scope, view.by
    costs = ask(Workspace.cost_by, scope, *view.keys, granularity=view.granularity)
    chart(
        "explore_over_time",
        view,
        lambda: charts.cost_over_time(
            costs.table,
            by,
            scope.metric,
            currency,
            granularity=view.granularity,
            ranking=ranking(_named(by)),
        ),
        height="stretch",
    )


def show_rows(view: View, rows: pd.DataFrame, currency: str) -> None:
    """Each group's cost before and after; a click on a row goes a step down."""
    earlier = formats.days(view.scope.period.before())
    shown = rows.head(MOST_ROWS)
    by, key = view.by, drill.fresh_key("rows")
    show_table(
        shown,
        {
            "group": st.column_config.TextColumn(view.label, pinned=True),
            "before": money_column("Before", currency, note=earlier),
            "after": money_column("Cost", currency),
            "change": money_column("Change", currency),
            "percent": change_column("Change in %"),
            "share": share_column("Share"),
        },
        alt=f"Cost by {view.label.lower()}, before and after",
        key=key,
        on_pick=(lambda: drill.into(by, drill.row_in(key, shown)))
        if by and view.below
        else None,
    )
    if len(rows) > MOST_ROWS:
        states.sentence(
            f"These are the {MOST_ROWS} largest of {len(rows):,}; the file has all."
        )


def show_tags(view: View, currency: str) -> None:
    """How much of the cost carries each tag."""
    tags = [name for name in dimensions() if name.startswith(TAG_PREFIX)]
    source = workspace().source
    if not tags:
        states.sentence(f"{source.name} has no tags, so no cost is allocated by one.")
        return
    if isinstance(source, Priced) and not st.session_state.get("tags_wanted"):
        count = sum(source.estimated_requests(view.scope.query(tag)) for tag in tags)
        states.sentence(
            f"This takes about {formats.plural(count, 'request')} to AWS, each of "
            "which is paid for."
        )
        if st.button(f"Read {formats.plural(len(tags), 'tag')}", key="read_tags"):
            st.session_state["tags_wanted"] = True
            st.rerun(scope="fragment")
        return
    coverage = ask(Workspace.tag_coverage, view.scope)
    key = drill.fresh_key("tags")
    chart(
        key,
        view.scope,
        lambda: charts.tag_shares(coverage[:MOST_TAGS], currency),
        on_pick=lambda: drill.by_tag(drill.picked_in(key)),
    )


def show_categories(view: View, currency: str) -> None:
    """Every kind of charge, also those that these figures leave out."""
    if "ChargeCategory" not in workspace().source.dimensions:
        states.sentence(
            f"{workspace().source.name} does not tell usage from taxes and credits."
        )
        return
    everything = replace(view.scope, charges="all")
    costs = ask(Workspace.cost_by, everything, "ChargeCategory").table
    counted = view.scope.charges == "all"
    rows = costs.assign(
        category=costs["ChargeCategory"].fillna(NONE),
        counted=[
            "Yes" if counted or category in USAGE_CATEGORIES else "No"
            for category in costs["ChargeCategory"]
        ],
    ).sort_values(view.scope.metric, ascending=False)
    show_table(
        rows,
        {
            "category": st.column_config.TextColumn("Charge category"),
            "EffectiveCost": money_column("Effective cost", currency),
            "BilledCost": money_column("Billed cost", currency),
            "counted": st.column_config.TextColumn("In these figures"),
        },
        alt="Cost by charge category",
    )


def _named(by: str | None) -> str | None:
    """The column whose ranking gives the groups of `by` their colours."""
    return ACCOUNT if by == "SubAccountName" else by
