"""What a command is asked to count: its options, and the line that says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, get_args

import click

from finops import formats
from finops.cli import output
from finops.focus import (
    METRIC_NAMES,
    Charges,
    Condition,
    Costs,
    Metric,
    dimension_named,
)

if TYPE_CHECKING:
    from finops.workspace import Scope

P = ParamSpec("P")
R = TypeVar("R")

CHARGES_TEXT: Final = {
    "usage": "usage and purchases",
    "all": "all charges with taxes and credits",
}

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2100, 1, 1)


class Day(click.ParamType[date]):
    """A day that can be on a bill, written as 2026-11-22."""

    name = "date"

    def convert(
        self,
        value: str | date,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """The day that was typed."""
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-11-22.", param, ctx)
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail(f"{day} is not between {FIRST_DAY} and {LAST_DAY}.", param, ctx)
        return day


PERIOD_OPTIONS: Final = (
    click.option("--days", type=click.IntRange(1, 3660), help="The last N days."),
    click.option("--start", type=Day(), help="The first day."),
    click.option("--end", type=Day(), help="The first day no longer counted."),
)

METRIC_OPTIONS: Final = (
    click.option(
        "--metric",
        type=click.Choice(get_args(Metric)),
        help="Amortized, as invoiced, or at public prices.  [default: COST_METRIC]",
    ),
    click.option(
        "--charges",
        type=click.Choice(get_args(Charges)),
        default="usage",
        show_default=True,
        help="usage: usage and purchases; all: taxes, credits, adjustments too.",
    ),
)

WHERE_OPTION: Final = click.option(
    "--where",
    multiple=True,
    metavar="DIM=VALUE",
    help="Only charges with this value, or with one of several where it is "
    "repeated; nothing after = means none.",
)


def scope_options(command: Callable[P, R]) -> Callable[P, R]:
    """The options that say which days are counted, and how."""
    return _with_options(counting_options(command), PERIOD_OPTIONS)


def metric_options(command: Callable[P, R]) -> Callable[P, R]:
    """The options that say how costs are counted, for all of the bill."""
    return _with_options(command, METRIC_OPTIONS)


def counting_options(command: Callable[P, R]) -> Callable[P, R]:
    """The options that say what is counted, on whichever days."""
    return _with_options(command, (*METRIC_OPTIONS, WHERE_OPTION))


def _with_options(
    command: Callable[P, R], options: Sequence[Callable[[Any], Any]]
) -> Callable[P, R]:
    for option in reversed(options):
        command = option(command)
    return command


def conditions(texts: tuple[str, ...]) -> tuple[Condition, ...]:
    """What `--where` asks for; the values of one dimension are alternatives."""
    values: dict[str, list[str | None]] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not name or not equals:
            msg = f"--where {text!r} is not written as DIMENSION=VALUE."
            raise click.UsageError(msg)
        values.setdefault(dimension_named(name), []).append(value or None)
    return tuple(Condition(name, tuple(found)) for name, found in values.items())


def dimensions(by: str) -> list[str]:
    """The dimensions that `--by` names, each once."""
    named = [dimension_named(part.strip()) for part in by.split(",") if part.strip()]
    return list(dict.fromkeys(named))


def scope_line(scope: Scope, currency: str, source: str, costs: Costs) -> str:
    """What the figures below count, in one line."""
    parts = [
        f"{formats.days(scope.period)} ({formats.plural(scope.period.days, 'day')})",
        METRIC_NAMES[scope.metric].lower(),
        CHARGES_TEXT[scope.charges],
        *(condition.text for condition in scope.where),
        currency,
        source,
    ]
    if costs.read_at:
        parts.append(f"read {costs.read_at:%Y-%m-%d %H:%M} UTC")
    return output.one_line(", ".join(parts))
