"""The filters that all pages share; they live in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, cast, get_args

import streamlit as st

from finops import formats
from finops.analysis.allocation import ACCOUNT_KEYS, with_account_labels
from finops.analysis.cost_table import with_null_columns
from finops.focus import METRIC_NAMES, Charges, Condition, CostQuery, Metric
from finops.periods import ChargePeriod, Preset, preset_period
from finops.web import session
from finops.web.texts import md
from finops.workspace import DEFAULT_PRESET, Scope, Workspace

MOST_PILLS: Final = 6
"""More accounts than this are picked from a list."""

CHARGES_LABELS: Final[dict[Charges, str]] = {"usage": "Usage", "all": "All charges"}

LONGEST: Final = 365
"""The accounts that can be picked are those of this many days."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account that can be picked: what it is called, and what it is."""

    label: str
    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the visitor has chosen to look at.

    Attributes:
        accounts: All that can be picked.
        picked: The labels of those that were picked; empty for all.
    """

    scope: Scope
    preset: Preset
    accounts: tuple[Account, ...]
    picked: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many accounts are looked at."""
        return len(self.picked or self.accounts)

    @property
    def period_label(self) -> str:
        """What the period is called; its days, where it is not known in full."""
        return shown_label(self.preset, self.scope.period)

    def over(self, scope: Scope) -> Chosen:
        """The same choice, of other days or of a part."""
        return replace(self, scope=scope)

    def everything(self, scope: Scope) -> Chosen:
        """The same choice for all accounts, of other days."""
        return replace(self, scope=scope, picked=())


def period_label(preset: Preset) -> str:
    """What a preset is called where it stands alone."""
    return f"Last {preset}" if preset.endswith("days") else preset


def shown_label(preset: Preset, shown: ChargePeriod) -> str:
    """What a preset is called of which `shown` is known."""
    asked = preset_period(preset, as_of=session.workspace().as_of)
    return period_label(preset) if shown == asked else formats.days(shown)


def sidebar() -> None:
    """Draw the filters; `chosen` then tells what was chosen."""
    with st.sidebar:
        _pick_accounts([account.label for account in _directory().accounts])
        presets = get_args(Preset)
        st.selectbox(
            "Period",
            presets,
            index=presets.index(DEFAULT_PRESET),
            format_func=period_label,
            key="period",
            bind="query-params",
        )
        _pick_metric()
        st.segmented_control(
            "Charges",
            list(CHARGES_LABELS.values()),
            default=CHARGES_LABELS["usage"],
            required=True,
            key="charges",
            bind="query-params",
            width="stretch",
            help="Usage counts usage and purchases. All charges adds taxes, credits "
            "and adjustments.",
        )


def chosen() -> Chosen:
    """What the filters say."""
    preset = cast("Preset", st.session_state.get("period") or DEFAULT_PRESET)
    labels = {label: metric for metric, label in METRIC_NAMES.items()}
    charges = {label: which for which, label in CHARGES_LABELS.items()}
    accounts = _directory().accounts
    picked = tuple(st.session_state.get("accounts") or ())
    scope = Scope(
        period=session.workspace().period(preset),
        metric=labels.get(
            st.session_state.get("metric", ""), session.settings().metric
        ),
        charges=charges.get(st.session_state.get("charges", ""), "usage"),
        where=_conditions([a for a in accounts if a.label in picked]),
    )
    return Chosen(scope, preset, accounts, picked)


def _pick_accounts(labels: Sequence[str]) -> None:
    if not labels:
        return
    plain = all(label == md(label) for label in labels)
    note = "None picked means all of them."
    if len(labels) <= MOST_PILLS and plain:
        st.pills(
            "Accounts",
            labels,
            selection_mode="multi",
            key="accounts",
            bind="query-params",
            help=note,
        )
    else:
        st.multiselect(
            "Accounts",
            labels,
            key="accounts",
            bind="query-params",
            placeholder=f"All {len(labels)} accounts",
            help=note,
        )


def _pick_metric() -> None:
    default = session.settings().metric
    known = [m for m in METRIC_NAMES if m == default or m in _directory().metrics]
    st.selectbox(
        "Metric",
        [METRIC_NAMES[metric] for metric in known],
        index=known.index(default),
        key="metric",
        bind="query-params",
        help="Effective cost spreads prepaid commitments over the time they cover. "
        "Billed cost is what the invoice says. List cost is at public prices.",
    )


def _conditions(accounts: Sequence[Account]) -> tuple[Condition, ...]:
    if not accounts:
        return ()
    if "SubAccountId" in session.workspace().source.dimensions:
        return (Condition("SubAccountId", tuple(a.id for a in accounts)),)
    return (Condition("SubAccountName", tuple(a.name for a in accounts)),)


@dataclass(frozen=True, slots=True)
class _Directory:
    """What the source can be asked for: its accounts and its metrics."""

    accounts: tuple[Account, ...]
    metrics: tuple[Metric, ...]


def _directory() -> _Directory:
    return session.keep("directory", _read_directory)


def _read_directory() -> _Directory:
    """The accounts of the last year, the one that costs most first."""
    space = session.workspace()
    days = min(LONGEST, (space.as_of - space.extent.start).days + 1)
    query = CostQuery(
        period=ChargePeriod.last_days(days, as_of=space.as_of),
        granularity="month",
        group_by=tuple(key for key in ACCOUNT_KEYS if key in space.source.dimensions),
    )
    table = session.ask(Workspace.costs, query).table
    known = tuple(m for m in METRIC_NAMES if table.empty or table[m].notna().any())
    if not query.group_by:
        return _Directory((), known)
    labelled = with_account_labels(with_null_columns(table, ACCOUNT_KEYS))
    costs = labelled.groupby("account")[known[0]].sum()
    keys = labelled.groupby("account")[ACCOUNT_KEYS].first()
    return _Directory(
        tuple(
            Account(
                str(label),
                *(k if isinstance(k, str) else None for k in keys.loc[label]),
            )
            for label in costs.sort_values(ascending=False).index
        ),
        known,
    )
