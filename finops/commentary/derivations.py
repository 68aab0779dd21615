"""What follows from facts: `forecast.high - forecast.low`, with its unit."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from finops.commentary.facts import Fact, Facts, Per

CONSTANTS: Final = (2, 3, 4, 7, 12, 24, 30, 52, 100, 365, 730)
"""Numbers of the calendar, and 100; any other would be a figure of its own."""

LONGEST: Final = 200

LONGER: Final[dict[tuple[str | None, float], Per]] = {
    ("month", 12): "year",
    ("day", 365): "year",
    ("day", 30): "month",
    ("hour", 24): "day",
    ("hour", 730): "month",
    ("day", 7): "week",
    ("week", 52): "year",
}
"""What an amount per time is for, multiplied by a number of the calendar."""

SHORTER: Final[dict[tuple[str | None, float], str | None]] = {
    (longer, n): shorter for (shorter, n), longer in LONGER.items()
}


class UnclearDerivationError(ValueError):
    """An expression that is no arithmetic of facts."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; a plain number has the unit 1."""

    value: float
    unit: str
    per: str | None = None


def derived(expression: str, facts: Facts) -> Fact:
    """The fact that `expression` works out from other facts.

    It may use ids of facts, + - * /, numbers of the calendar, and the functions
    sum, min, max, mean, abs, pct_change and share.

    Raises:
        UnclearDerivationError: If it is anything else, or mixes units.
    """
    if len(expression) > LONGEST:
        msg = "The expression is too long."
        raise UnclearDerivationError(msg)
    source, known = _with_short_names(expression, facts)
    try:
        tree = ast.parse(source, mode="eval")
        quantity = _value(tree.body, known)
    except (SyntaxError, TypeError, ZeroDivisionError, RecursionError) as error:
        raise UnclearDerivationError(str(error)) from None
    if not any(isinstance(node, ast.Name) for node in ast.walk(tree)):
        msg = "There is no fact in the expression."
        raise UnclearDerivationError(msg)
    return Fact(
        value=quantity.value,
        unit="ratio" if quantity.unit == "1" else quantity.unit,
        per=cast("Per | None", quantity.per),
        signed="pct_change" in expression,
    )


def _with_short_names(expression: str, facts: Facts) -> tuple[str, dict[str, Fact]]:
    """`expression` with a name of Python in place of each fact's id."""
    known: dict[str, Fact] = {}
    for place, name in enumerate(sorted(facts, key=len, reverse=True)):
        short = f"_f{place}_"
        put_in = re.sub(rf"(?<![\w.]){re.escape(name)}(?![\w.])", short, expression)
        if put_in != expression:
            expression, known[short] = put_in, facts[name]
    return expression, known


def _value(node: ast.expr, known: dict[str, Fact]) -> Quantity:
    match node:
        case ast.Name(id=name) if name in known:
            fact = known[name]
            unit = "1" if fact.unit == "ratio" else fact.unit
            return Quantity(fact.number, unit, fact.per)
        case ast.Constant(value=int() | float() as number) if number in CONSTANTS:
            return Quantity(float(number), "1")
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            quantity = _value(inner, known)
            return Quantity(-quantity.value, quantity.unit, quantity.per)
        case ast.BinOp(left=left, op=operator, right=right):
            return _combined(_value(left, known), operator, _value(right, known))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return _called(name, [_value(each, known) for each in arguments])
    msg = "Only facts, numbers of the calendar, + - * / and known functions."
    raise UnclearDerivationError(msg)


def _combined(a: Quantity, operator: ast.operator, b: Quantity) -> Quantity:
    match operator:
        case ast.Add():
            return Quantity(a.value + b.value, a.unit, _shared_per(a, b))
        case ast.Sub():
            return Quantity(a.value - b.value, a.unit, _shared_per(a, b))
        case ast.Mult():
            return _product(a, b) if b.unit != "1" else _product(b, a)
        case ast.Div():
            return _quotient(a, b)
    msg = "Only + - * / are known."
    raise UnclearDerivationError(msg)


def _shared_per(a: Quantity, b: Quantity) -> str | None:
    """The time of two quantities that go together; a total goes with any."""
    if a.unit != b.unit or (a.per and b.per and a.per != b.per):
        msg = f"{a.unit} and {b.unit} do not go together."
        raise UnclearDerivationError(msg)
    return a.per or b.per


def _product(factor: Quantity, of: Quantity) -> Quantity:
    """`factor` times `of`, where the factor is a number, or days of a daily rate."""
    value = factor.value * of.value
    if factor.unit == "1":
        longer = LONGER.get((of.per, factor.value))
        return Quantity(value, of.unit, longer or of.per)
    for days, rate in ((factor, of), (of, factor)):
        if days.unit == "days" and rate.per == "day":
            return Quantity(value, rate.unit)
    msg = f"{factor.unit} times {of.unit} means nothing."
    raise UnclearDerivationError(msg)


def _quotient(a: Quantity, b: Quantity) -> Quantity:
    if b.unit == "1":
        shorter = SHORTER.get((a.per, b.value))
        return Quantity(a.value / b.value, a.unit, shorter or a.per)
    if b.unit == "days" and a.unit != "days" and not a.per:
        return Quantity(a.value / b.value, a.unit, "day")
    _shared_per(a, b)
    return Quantity(a.value / b.value, "1")


def _called(name: str, given: list[Quantity]) -> Quantity:
    if not given:
        raise UnclearDerivationError(name)
    first, *others = given
    for other in others:
        _shared_per(first, other)
    values = [quantity.value for quantity in given]
    if name in RATIOS and len(given) == len("ab"):
        return Quantity(RATIOS[name](*values), "%")
    if name in FUNCTIONS:
        return Quantity(FUNCTIONS[name](values), first.unit, first.per)
    msg = f"{name} is not known."
    raise UnclearDerivationError(msg)


def _change(before: float, after: float) -> float:
    return (after - before) / abs(before) * 100


def _share(part: float, whole: float) -> float:
    return part / whole * 100


RATIOS: Final[dict[str, Callable[[float, float], float]]] = {
    "pct_change": _change,
    "share": _share,
}
FUNCTIONS: Final[dict[str, Callable[[list[float]], float]]] = {
    "sum": sum,
    "min": min,
    "max": max,
    "mean": lambda values: sum(values) / len(values),
    "abs": lambda values: abs(values[0]),
}
