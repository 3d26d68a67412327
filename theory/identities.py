"""Rules for equalities: SymPy reduces, balls check; sums and integrals are evaluated, not typed in.

SymPy finds that two expressions are equal for generic values. They are equal at every point because both are
continuous there: every function in them comes from a list of continuous ones, and `certify.defined` certifies that
no denominator vanishes and no root or logarithm leaves its domain. Ball arithmetic at points of the domain, its
ends among them, guards against an error of SymPy's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import (
    Abs,
    Expr,
    Integral,
    Interval,
    Sum,
    Symbol,
    cancel,
    combsimp,
    diff,
    expand,
    expand_func,
    expand_log,
    gammasimp,
    logcombine,
    powsimp,
    simplify,
    trigsimp,
)

from theory import numbers
from theory.domain import Domain, Point
from theory.expressions import expr
from theory.facts import Fact, Indicator, Mean, Rejected, Step, conclude, put, same
from theory.kernel import covers, must_be_defined
from theory.prepare import prepared

POINTS = 24
_CLOSE = 1e-40

_REDUCTIONS: tuple[Callable[[Any], Any], ...] = (
    expand, cancel, lambda e: expand(e.rewrite(Abs)), lambda e: powsimp(expand(e), force=False), simplify,
    lambda e: simplify(e.rewrite("gamma")),
    lambda e: gammasimp(combsimp(expand_func(e))), trigsimp,
    lambda e: simplify(expand(expand_log(logcombine(e)))), lambda e: simplify(expand(e, power_base=True)),
)


def identity(left: Any, right: Any, domain: Domain, note: str = "") -> Fact:
    """left == right throughout the domain."""
    left, right = expr(left), expr(right)
    if (left - right).has(Integral):
        raise Rejected("identity", "an integral is evaluated by the rule integral.")
    if left.has(Mean, Indicator) or right.has(Mean, Indicator):
        raise Rejected("identity", "means and indicators are opaque here; linearity takes means apart, in combine.")
    must_be_defined("identity", left, domain)
    must_be_defined("identity", right, domain)
    _balls_agree(left, right, domain)
    if not reduces(left - right):
        raise Rejected("identity", f"SymPy doesn't reduce {left} - ({right}) to 0 (sums with symbolic limits stay).")
    return conclude(Step("identity", f"SymPy reduces the difference to 0; balls agree at {POINTS} points", (),
                         ("SymPy's simplification, guarded by balls",), note), left, "==", right, domain)


def reduces(difference: Expr) -> bool:
    """Whether one of SymPy's ways to simplify finds 0."""
    # SymPy's value of a sum with symbolic limits may be wrong for some integers.
    difference = prepared(difference)
    if difference.has(Sum):
        return False
    for reduction in _REDUCTIONS:
        try:
            if reduction(difference) == 0:
                return True
        except (NotImplementedError, ValueError, TypeError, AttributeError):
            continue
    return False


def _balls_agree(left: Expr, right: Expr, domain: Domain) -> None:
    names = [symbol.name for symbol in domain.symbols]
    try:
        functions = [numbers.compiled(side, names) for side in (left, right)]
    except ValueError as error:
        raise Rejected("identity", str(error)) from error
    compared = 0
    for point in domain.points(POINTS):
        with numbers.precise():
            values = [numbers.read(point[symbol]) for symbol in domain.symbols]
            try:
                first, second = (numbers.ball(function(*values)) for function in functions)
            except (ValueError, ArithmeticError):
                continue
            gap = first - second
            if gap > 0 or gap < 0:
                raise Rejected("identity", f"{left} is {first.str(8)} and {right} is {second.str(8)} at "
                                           f"{show(point)}.")
            # A wide ball around 0 says nothing.
            compared += bool(gap.rad() <= _CLOSE * (1 + abs(first)))
    if compared < min(4, POINTS):
        raise Rejected("identity", f"{left} and {right} could be compared at {compared} points only.")


def show(point: Point) -> str:
    """A point in words."""
    return ", ".join(f"{symbol} = {value}" for symbol, value in point.items()) or "the only point"


def equal_derivatives(left: Any, right: Any, x: Symbol, start: Any, domain: Domain, derivative: Fact,
                      at_start: Fact, note: str = "") -> Fact:
    """left == right from equal derivatives in x and equality at x = start, on an interval that contains start."""
    left, right, start = expr(left), expr(right), expr(start)
    rule = "equal derivatives"
    if not isinstance(domain.ranges.get(x), Interval) or any(c.has(x) for c in domain.conditions):
        raise Rejected(rule, f"{x} must range over an interval.")
    if start not in domain.ranges[x]:
        raise Rejected(rule, f"{start} is not in the range of {x}.")
    for side in (left, right):
        must_be_defined(rule, side, domain)
    inside = _inside(derivative.domain, domain, x)
    for fact, sides in ((derivative, [put(rule, diff(side, x), x, inside) for side in (left, right)]),
                        (at_start, [put(rule, side, x, start) for side in (left, right)])):
        if fact.relation != "==" or not all(map(same, (fact.left, fact.right), sides)):
            raise Rejected(rule, f"{fact} is not {sides[0]} == {sides[1]}.")
    covers(at_start.domain, domain.without((x,)), rule)
    return conclude(Step(rule, "SymPy's derivatives of both sides", (derivative, at_start),
                         ("a function is known by its derivative and one value",), note), left, "==", right, domain,
                    replaced={x: x})


def _inside(known: Domain, domain: Domain, x: Symbol) -> Symbol:
    """The variable of `known` that stands for x inside its interval; both sides are continuous up to the ends."""
    where = domain.ranges[x]
    (found,) = [symbol for symbol in known.symbols if symbol.name == x.name] or [x]
    if found not in known.ranges or not Interval.open(where.inf, where.sup).is_subset(known.ranges[found]):
        raise Rejected("equal derivatives", f"the derivatives are equal on {known}, not inside {where}.")
    if any(condition.has(found) for condition in known.conditions):
        raise Rejected("equal derivatives", f"the derivatives are equal where {known.conditions} >= 0 only.")
    covers(known.without((found,)), domain.without((x,)), "equal derivatives")
    return found
