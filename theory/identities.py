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
    lambdify,
    logcombine,
    oo,
    powsimp,
    simplify,
    trigsimp,
)

from theory import certify, numbers
from theory.domain import Domain, Point, variable
from theory.expressions import expr
from theory.facts import Fact, Indicator, Mean, Rejected, Step, conclude, same
from theory.kernel import covers, must_be_defined, require

POINTS = 24
_CLOSE = 1e-40
_QUADRATURE = 1e-12

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
    if not _reduces(left - right):
        raise Rejected("identity", f"SymPy doesn't reduce {left} - ({right}) to 0.")
    return conclude(Step("identity", f"SymPy reduces the difference to 0; balls agree at {POINTS} points", (),
                         ("SymPy's simplification, guarded by balls",), note), left, "==", right, domain)


def _reduces(difference: Expr) -> bool:
    if difference.has(Sum):
        difference = difference.doit()
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
                                           f"{_show(point)}.")
            # A wide ball around 0 says nothing.
            compared += bool(gap.rad() <= _CLOSE * (1 + abs(first)))
    if compared < min(4, POINTS):
        raise Rejected("identity", f"{left} and {right} could be compared at {compared} points only.")


def _show(point: Point) -> str:
    return ", ".join(f"{symbol} = {value}" for symbol, value in point.items()) or "the only point"


def integral(definite: Any, value: Any, domain: Domain, note: str = "") -> Fact:
    """integral == value: SymPy evaluates the integral, quadrature at points of the domain agrees.

    One variable of integration, whose limits may depend on the domain's variables; the integrand must be continuous
    between them.
    """
    value = expr(value)
    limits: Any = getattr(definite, "limits", ())
    if not isinstance(definite, Integral) or len(limits) != 1 or len(limits[0]) != 3:
        raise Rejected("integral", f"{definite} is not a single definite integral.")
    must_be_defined("integral", value, domain)
    inner, low, high = _over(definite)
    if low != -oo and high != oo and not (low.is_number and high.is_number):
        require("integral", certify.nonnegative(high - low, domain), f"that the limits of {definite} are in order")
    integrand: Any = definite.function
    _continuous(integrand, inner, low, high, domain)
    _quadrature_agrees(definite, value, domain)
    if not _reduces(definite.doit(conds="none") - value):
        raise Rejected("integral", f"SymPy doesn't find {value} for {definite}.")
    return conclude(Step("integral", f"SymPy evaluates it; quadrature agrees at {POINTS // 4} points", (),
                         ("SymPy's integration, guarded by quadrature",), note), definite, "==", value, domain)


def _over(definite: Any) -> tuple[Symbol, Expr, Expr]:
    symbol, low, high = definite.limits[0]
    return symbol, low, high


def _continuous(integrand: Expr, inner: Symbol, low: Expr, high: Expr, domain: Domain) -> None:
    """The integrand is defined for low < inner < high."""
    where = Interval.open(low if low.is_number else -oo, high if high.is_number else oo)
    if inner != variable(inner.name, where):
        raise Rejected("integral", f"the variable {inner} assumes other things than its range {where} implies.")
    if inner.name in {symbol.name for symbol in domain.symbols}:
        raise Rejected("integral", f"{inner} is bound, and a variable of the domain as well; rename one.")
    conditions = [inner - low] * (not low.is_number) + [high - inner] * (not high.is_number)
    must_be_defined("integral", integrand, Domain({**domain.ranges, inner: where}, *domain.conditions, *conditions))


def _quadrature_agrees(definite: Integral, value: Expr, domain: Domain) -> None:
    from mpmath import inf, mp, quad

    inner, low, high = _over(definite)
    symbols = list(domain.symbols)
    integrand, ends, expected = (lambdify(arguments, body, "mpmath") for arguments, body in (
        ([inner, *symbols], definite.function), (symbols, [low, high]), (symbols, value)))
    with mp.workdps(30):
        for point in domain.points(POINTS // 4):
            at = [mp.mpf(point[s].numerator) / point[s].denominator for s in symbols]
            bottom, top = ends(*at)
            # Halfway points keep the quadrature's nodes dense where an infinite range has its mass.
            inside = [-8, -1, 0, 1, 8]
            cuts = [bottom, *(x for x in inside if bottom < x < top), top] if inf in (-bottom, top) else [bottom, top]
            found, wanted = quad(lambda x, at=at: integrand(x, *at), cuts), expected(*at)
            if abs(found - wanted) > _QUADRATURE * (1 + abs(wanted)):
                raise Rejected("integral", f"quadrature gives {mp.nstr(found, 10)}, not {mp.nstr(wanted, 10)}, at "
                                           f"{_show(point)}.")


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
    for fact, sides in ((derivative, [diff(side, x).subs(x, inside) for side in (left, right)]),
                        (at_start, [side.subs(x, start) for side in (left, right)])):
        if fact.relation != "==" or not all(map(same, (fact.left, fact.right), sides)):
            raise Rejected(rule, f"{fact} is not {sides[0]} == {sides[1]}.")
    covers(at_start.domain, domain.without((x,)), rule)
    return conclude(Step(rule, "SymPy's derivatives of both sides", (derivative, at_start),
                         ("a function is known by its derivative and one value",), note), left, "==", right, domain)


def _inside(known: Domain, domain: Domain, x: Symbol) -> Symbol:
    """The variable of `known` that stands for x inside its interval; both sides are continuous up to the ends."""
    where = domain.ranges[x]
    (found,) = [symbol for symbol in known.symbols if symbol.name == x.name] or [x]
    if found not in known.ranges or not Interval.open(where.inf, where.sup).is_subset(known.ranges[found]):
        raise Rejected("equal derivatives", f"the derivatives are equal on {known}, not inside {where}.")
    covers(known.without((found,)), domain.without((x,)), "equal derivatives")
    return found
