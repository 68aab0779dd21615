"""The command about what will be spent: `forecast`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from finops import formats
from finops.budgets import Budget, whole_budget
from finops.cli import output
from finops.cli.budgets import alert_text, landing_json, month_text, outlook_json
from finops.cli.context import App
from finops.cli.narrative import narrative_json, narrative_of, narrative_text
from finops.cli.scope import counting_options, dimensions, scope_line
from finops.focus import NO_VALUE, dimension_label

if TYPE_CHECKING:
    from finops.analysis.forecasting import Forecast, Interval, Record
    from finops.workspace.ahead import Ahead

METHODS: Final = ("recipe", "linear")

METHOD_NAMES: Final = {"recipe": "the recipe", "linear": "the linear trend"}


@click.command()
@click.option(
    "--days",
    type=click.IntRange(7, 90),
    default=30,
    show_default=True,
    help="How many days to look ahead.",
)
@click.option(
    "--by", metavar="DIM", help="Forecast each value of a dimension, as in costs."
)
@click.option(
    "--budget",
    metavar="AMOUNT",
    help="What 30 days, and a month, may cost.  [default: MONTHLY_BUDGET, or the "
    "one of BUDGETS that is for what --where asks for]",
)
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="recipe",
    show_default=True,
    help="recipe: cleaned history and tested models; linear: the plain trend.",
)
@click.option(
    "--ai",
    is_flag=True,
    help="Say in sentences what it means: by Claude, or by rules where Claude "
    "cannot be asked. Claude costs money, at most AI_DAILY_LIMIT a day.",
)
@counting_options
@click.pass_obj
def forecast(
    app: App,
    /,
    days: int,
    by: str | None,
    budget: str | None,
    method: Any,
    *,
    ai: bool,
    **counting: Any,
) -> None:
    """Forecast the coming days, and warn before the budget is passed."""
    from finops.workspace import budgets, forecasts  # noqa: PLC0415 - load pandas

    scope = app.scope(days=1, **counting)  # a forecast finds its own days
    keys = dimensions(by) if by else [None]
    if len(keys) != 1:
        msg = "--by takes one dimension."
        raise click.UsageError(msg)
    ahead = forecasts.forecast(
        app.workspace,
        scope,
        days=days,
        by=keys[0],
        method=method,
        progress=app.progress,
    )
    limit = (
        whole_budget(budget, setting="--budget")
        if budget
        else budgets.budget_for(budgets.budgets_of(app.settings), scope)
    )
    if limit:
        budgets.require_currency(limit, ahead.currency)
    written = narrative_of(app, ahead, limit) if ai else None
    if app.as_json:
        counted = replace(scope, period=ahead.period)
        answer = _forecast_json(ahead, keys[0], limit)
        if written:
            answer["narrative"] = narrative_json(written)
        app.print_json(counted, ahead.currency, ahead.costs, **answer)
    else:
        name = app.workspace.source.name
        parts = _forecast_text(ahead, keys[0], limit, name)
        told = [narrative_text(written)] if written else []
        click.echo("\n\n".join([*parts, *told]))
    app.tell_problems(ahead.costs)


def _forecast_json(
    ahead: Ahead, by: str | None, limit: Budget | None
) -> dict[str, Any]:
    found = ahead.forecast
    answer = {
        "history": {
            "start": ahead.scope.period.start,
            "end": ahead.scope.period.end,
            "days": found.history_days,
        },
        "total": found.total,
        "daily_average": found.daily_average,
        "monthly_run_rate": found.monthly_run_rate,
        "trend": found.trend,
        "trend_percent": found.trend_percent,
        "volatility_percent": found.volatility_percent,
        "confidence": found.confidence.level,
        "confidence_reason": found.confidence.reason,
        "interval": _interval_json(found),
        "daily": _daily_json(found),
        "method": found.method,
        "backtest": _record_json(found.record),
        "linear": {"total": ahead.linear.total},
        "assumptions": found.assumptions,
        "notes": [*ahead.costs.notes, *found.notes],
        "budget": outlook_json(ahead.next_30_days, limit) if limit else None,
        "month_end": landing_json(ahead.month) | outlook_json(ahead.month, limit),
    }
    return answer | ({"rows": _rows(ahead, by)} if by else {})


def _interval_json(found: Forecast | Any) -> dict[str, list[float]]:
    return {
        "80": [found.interval80.low, found.interval80.high],
        "95": [found.interval95.low, found.interval95.high],
    }


def _daily_json(found: Forecast) -> list[dict[str, Any]]:
    named = found.daily.rename_axis("date").reset_index()
    return output.rows(named)


def _record_json(record: Record | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {
        "forecasts": [
            {
                "first_day": each.first_day,
                "days": each.days,
                "forecast": each.forecast,
                "actual": each.actual,
                "linear": each.linear,
                "error_percent": each.error_percent,
                "linear_error_percent": each.linear_error_percent,
                "interval": _interval_json(each),
            }
            for each in record.forecasts
        ],
        "mean_error_percent": record.mean_error_percent,
        "linear_mean_error_percent": record.linear_mean_error_percent,
        "held80": record.held80,
        "held95": record.held95,
    }


def _rows(ahead: Ahead, by: str) -> list[dict[str, Any]]:
    rows = output.rows(ahead.compared.rename_axis(by).reset_index())
    return [row | {by: None if row[by] == NO_VALUE else row[by]} for row in rows]


def _forecast_text(
    ahead: Ahead, by: str | None, limit: Budget | None, source: str
) -> list[str]:
    counted = replace(ahead.scope, period=ahead.period)
    return [
        "Forecast of " + scope_line(counted, ahead.currency, source, ahead.costs),
        _figures_text(ahead),
        *([_rows_text(ahead, by)] if by else []),
        _list("Assumptions", ahead.forecast.assumptions),
        *([_list("Notes", ahead.forecast.notes)] if ahead.forecast.notes else []),
        _record_text(ahead),
        *([alert_text(ahead, limit)] if limit else []),
        month_text(ahead, limit),
    ]


def _figures_text(ahead: Ahead) -> str:
    found, currency = ahead.forecast, ahead.currency
    rows = [
        [
            "Projected spend",
            f"{formats.money(found.total, currency)}{output.incomplete(ahead.costs)}",
        ],
        ["80 of 100 cases", _range(found.interval80, currency)],
        ["95 of 100 cases", _range(found.interval95, currency)],
        ["Daily average", formats.money(found.daily_average, currency)],
        ["Monthly run rate", formats.money(found.monthly_run_rate, currency)],
        ["Trend", f"{found.trend}, {_percent(found.trend_percent, signed=True)}"],
        ["Volatility", _percent(found.volatility_percent)],
        [
            "Confidence",
            f"{found.confidence.level.capitalize()}. {found.confidence.reason}",
        ],
    ]
    return output.table(rows, align="<<")


def _rows_text(ahead: Ahead, by: str) -> str:
    days = formats.plural(ahead.forecast.days, "day")
    head = [f"Next {days}", f"Last {days}", dimension_label(by)]
    lines = [
        [
            formats.money(row["total"], ahead.currency),
            formats.money(row["before"], ahead.currency),
            output.label(row[by]),
        ]
        for row in _rows(ahead, by)
    ]
    return output.table([head, *lines], align=">><")


def _record_text(ahead: Ahead) -> str:
    found, currency = ahead.forecast, ahead.currency
    method, other = METHOD_NAMES[found.method], METHOD_NAMES["linear"]
    linear = formats.money(ahead.linear.total, currency)
    compared = [] if found.method == "linear" else [f"  {other} says {linear}"]
    if found.record is None:
        lines = ["  There is too little history to try the method on past days."]
        return "\n".join([f"How {method} did here", *lines, *compared])
    record = found.record
    tries = formats.plural(len(record.forecasts), "forecast")
    lines = [
        f"  {tries} from past days were off by {_percent(record.mean_error_percent)} "
        f"on average; {other} by {_percent(record.linear_mean_error_percent)}",
        f"  80 % intervals held {record.held80} of them, 95 % intervals "
        f"{record.held95}",
        *compared,
    ]
    return "\n".join([f"How {method} did here", *lines])


def _list(title: str, sentences: Sequence[str]) -> str:
    return "\n".join([title, *(f"  {output.one_line(each)}" for each in sentences)])


def _range(interval: Interval, currency: str) -> str:
    low, high = (formats.money(end, currency) for end in (interval.low, interval.high))
    return f"{low} to {high}"


def _percent(percent: float | None, *, signed: bool = False) -> str:
    share = None if percent is None else percent / 100
    return formats.percent(share, signed=signed)
