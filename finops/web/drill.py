"""From a whole to its parts: account, service, usage type, resource.

Where one stands is a list of conditions in the URL, written as on the command
line: `account=prod`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from finops.charts import picked_name
from finops.charts.groups import NONE
from finops.focus import (
    SHORT_NAMES,
    TAG_PREFIX,
    Condition,
    dimension_label,
    dimension_named,
)
from finops.web import states
from finops.web.session import workspace
from finops.web.texts import md
from finops.workspace import Scope

EXPLORE: Final = "pages/understand/explore.py"

WHERE: Final = "where"
"""The conditions, in the URL and in the session."""

BY: Final = "by"
"""What the costs are grouped by, in the URL and in the session."""

STEPS: Final = "steps"
"""How often a visitor has gone a step down."""

LADDER: Final = ("SubAccountName", "ServiceName", "x_UsageType", "ResourceId")
"""What one looks at next, from the whole to its parts."""


def written(dimension: str, value: str | None) -> str:
    """A condition as a person writes it; nothing after `=` means none."""
    names = {long: short for short, long in SHORT_NAMES.items()}
    if dimension.startswith(TAG_PREFIX):
        name = f"tag/{dimension.removeprefix(TAG_PREFIX)}"
    else:
        name = names.get(dimension, dimension)
    return f"{name}={value or ''}"


def conditions(texts: Sequence[str]) -> tuple[Condition, ...]:
    """What is written, read again; what is no condition is left out."""
    pairs = [text.partition("=") for text in texts]
    return tuple(
        Condition(dimension_named(name.strip()), (value or None,))
        for name, equals, value in pairs
        if equals
    )


def next_dimension(
    dimension: str, known: Sequence[str], fixed: Sequence[str] = ()
) -> str | None:
    """What `dimension` is made of; None where the source tells no more.

    Args:
        dimension: What one looks at.
        known: What the source can group by.
        fixed: What is narrowed down already.
    """
    below = LADDER[LADDER.index(dimension) + 1 :] if dimension in LADDER else LADDER
    steps = [step for step in below if step in known and step not in fixed]
    return steps[0] if steps else None


def show_trail(how: str = "Type one, such as service=AWS Lambda") -> list[str]:
    """The conditions that hold, each of which can be taken away again.

    Args:
        how: What stands there while there is none: how to set one.
    """
    return st.multiselect(
        "Filters",
        st.session_state.get(WHERE) or [],
        key=WHERE,
        bind="query-params",
        accept_new_options=True,
        wrap=True,
        placeholder=how,
        help="Conditions that all hold, written like on the command line: "
        "`account=prod`, `service=AWS Lambda`, `tag/team=web`. Nothing after = "
        "means charges that carry no value.",
    )


def narrowed(scope: Scope, texts: Sequence[str]) -> Scope:
    """`scope`, cut down to what is written; what cannot be is explained."""
    known = workspace().source.dimensions
    found = conditions(texts)
    for condition in found:
        if condition.dimension not in known:
            states.sentence(
                f"{md(workspace().source.name)} does not know "
                f"{md(dimension_label(condition.dimension).lower())}, so it is not "
                "filtered by it."
            )
    usable = [condition for condition in found if condition.dimension in known]
    return replace(scope, where=(*scope.where, *usable))


def fresh_key(name: str) -> str:
    """A key that changes with each step, so that no old pick is left in a chart."""
    return f"{name}_{st.session_state.get(STEPS, 0)}"


def picked_in(chart: str) -> str | None:
    """The name that was picked in a chart; None for none."""
    return picked_name(st.session_state[chart]["selection"])


def row_in(table: str, rows: pd.DataFrame) -> str | None:
    """The group that was picked in a table; None for none."""
    picked = st.session_state[table]["selection"]["rows"]
    return str(rows["group"].iloc[picked[0]]) if picked else None


def into(dimension: str, name: str | None) -> None:
    """Keep only one group of `dimension`, and see what it is made of."""
    if name is None:
        return
    condition = written(dimension, None if name == NONE else name)
    trail = [*dict.fromkeys([*st.session_state.get(WHERE, []), condition])]
    parts = step_below(dimension, trail)
    st.session_state[WHERE] = trail
    if parts is not None:
        st.session_state[BY] = dimension_label(parts)
    st.session_state[STEPS] = st.session_state.get(STEPS, 0) + 1


def step_below(dimension: str, trail: Sequence[str]) -> str | None:
    """What the groups of `dimension` are made of, after what is filtered by."""
    fixed = [condition.dimension for condition in conditions(trail)]
    return next_dimension(dimension, workspace().source.dimensions, fixed)


def by_tag(key: str | None) -> None:
    """Group by a tag."""
    if key is not None:
        st.session_state[BY] = dimension_label(TAG_PREFIX + key)
        st.session_state[STEPS] = st.session_state.get(STEPS, 0) + 1


def open_picked(chart: str, dimension: str) -> None:
    """Go to what was picked in `chart`, and see what it is made of."""
    name = picked_in(chart)
    if name is None:
        return
    trail = [written(dimension, None if name == NONE else name)]
    parts = step_below(dimension, trail) or dimension
    st.switch_page(EXPLORE, query_params={WHERE: trail, BY: dimension_label(parts)})
