"""Rules for equalities: SymPy reduces, balls check; sums and integrals are evaluated, not typed in.

SymPy finds that two expressions are equal for generic values. They are equal at every point because both are
continuous there: every function in them comes from a list of continuous ones, and `certify.defined` certifies that
no denominator vanishes and no root or logarithm leaves its domain. Ball arithmetic at points of the domain, its
ends among them, guards against an error of SymPy's.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from flint import arb
from sympy import (
    Abs,
    Add,
    Expr,
    Integral,
    Interval,
    Range,
    Sum,
    Symbol,
    binomial,
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
    sympify,
    trigsimp,
)

from theory import certify, numbers
from theory.domain import Domain, Point, variable
from theory.facts import Fact, Indicator, Mean, Rejected, Step, conclude, same
from theory.kernel import covers, must_be_defined, require

POINTS = 24
_CLOSE = 1e-40
_QUADRATURE = 1e-12

_REDUCTIONS: tuple[Callable[[Expr], Expr], ...] = (
    expand, cancel, lambda e: expand(e.rewrite(Abs)), lambda e: powsimp(expand(e), force=False), lambda e: simplify(e), lambda e: simplify(e.rewrite("gamma")),
    lambda e: gammasimp(combsimp(expand_func(e))), trigsimp,
    lambda e: simplify(expand(expand_log(logcombine(e)))), lambda e: simplify(expand(e, power_base=True)),
)


def identity(left: object, right: object, domain: Domain, note: str = "") -> Fact:
    """left == right throughout the domain."""
    left, right = sympify(left), sympify(right)
    if (left - right).has(Integral):
        raise Rejected("identity", "an integral is evaluated by the rule integral.")
    if left.has(Mean, Indicator) or right.has(Mean, Indicator):
        raise Rejected("identity", "means and indicators are opaque here; means are taken apart by linearity, in combine.")
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
                raise Rejected("identity", f"{left} is {first.str(8)} and {right} is {second.str(8)} at {_show(point)}.")
            # A wide ball around 0 says nothing.
            compared += bool(gap.rad() <= _CLOSE * (1 + abs(first)))
    if compared < min(4, POINTS):
        raise Rejected("identity", f"{left} and {right} could be compared at {compared} points only.")


def _show(point: Point) -> str:
    return ", ".join(f"{symbol} = {value}" for symbol, value in point.items()) or "the only point"


def integral(definite: Integral, value: object, domain: Domain, note: str = "") -> Fact:
    """integral == value: SymPy evaluates the integral, quadrature at points of the domain agrees.

    One variable of integration, whose limits may depend on the domain's variables; the integrand must be continuous
    between them.
    """
    value = sympify(value)
    if not isinstance(definite, Integral) or len(definite.limits) != 1 or len(definite.limits[0]) != 3:
        raise Rejected("integral", f"{definite} is not a single definite integral.")
    must_be_defined("integral", value, domain)
    inner, low, high = _over(definite)
    _continuous(definite.function, inner, low, high, domain)
    _quadrature_agrees(definite, value, domain)
    if not _reduces(definite.doit(conds="none") - value):
        raise Rejected("integral", f"SymPy doesn't find {value} for {definite}.")
    return conclude(Step("integral", f"SymPy evaluates it; quadrature agrees at {POINTS // 4} points", (),
                         ("SymPy's integration, guarded by quadrature",), note), definite, "==", value, domain)


def _over(definite: Integral) -> tuple[Symbol, Expr, Expr]:
    symbol, low, high = definite.limits[0]
    return symbol, low, high


def _continuous(integrand: Expr, inner: Symbol, low: Expr, high: Expr, domain: Domain) -> None:
    """The integrand is defined for low < inner < high."""
    where = Interval.open(low if low.is_number else -oo, high if high.is_number else oo)
    if inner != variable(inner.name, where):
        raise Rejected("integral", f"the variable {inner} assumes other things than its range {where} implies.")
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


def equal_derivatives(left: object, right: object, x: Symbol, start: object, domain: Domain, derivative: Fact,
                      at_start: Fact, note: str = "") -> Fact:
    """left == right from equal derivatives in x and equality at x = start, on an interval that contains start."""
    left, right, start = sympify(left), sympify(right), sympify(start)
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


def _range_of(total: Sum) -> tuple[Symbol, Expr, Expr]:
    if not isinstance(total, Sum) or len(total.limits) != 1 or len(total.limits[0]) != 3:
        raise Rejected("sum", f"{total} is not a single sum with two limits.")
    index, low, high = total.limits[0]
    if oo in (high, -low) or not index.is_integer:
        raise Rejected("sum", f"{total} must be a finite sum over an integer index.")
    return index, low, high


def termwise(weight: object, fact: Fact, index: Symbol, low: object, high: object, domain: Domain,
             note: str = "") -> Fact:
    """Sum of weight * left <= sum of weight * right over low <= index <= high, from the fact for every index.

    `domain` has the variables of the limits and of the weight.
    """
    weight, low, high = sympify(weight), sympify(low), sympify(high)
    outer = fact.domain.without((index,)).meet(domain)
    inner = _indexed(outer, index, low, high)
    covers(fact.domain, inner, "termwise")
    if fact.relation != "==":
        require("termwise", certify.nonnegative(weight, inner), f"the weight {weight} >= 0")
    must_be_defined("termwise", weight, inner)
    sums = [Sum(weight * side, (index, low, high)) for side in (fact.left, fact.right)]
    for total in sums:
        must_be_defined("termwise", total, outer)
    return conclude(Step("termwise", "a finite sum is monotone", (fact,), note=note),
                    sums[0], "==" if fact.relation == "==" else "<=", sums[1], outer)


def _indexed(domain: Domain, index: Symbol, low: Expr, high: Expr) -> Domain:
    """The domain with an index between the limits."""
    where = Range(low if low.is_number else 0, (high + 1) if high.is_number else oo)
    if index != variable(index.name, where):
        raise Rejected("termwise", f"the index {index} must be variable({index.name!r}, {where}).")
    limits = [index - low] * (not low.is_number) + [high - index] * (not high.is_number)
    return Domain({**domain.ranges, index: where}, *domain.conditions, *limits)


def reflect(total: Sum, about: object, domain: Domain) -> Fact:
    """Sum of f(index) over low..high == sum of f(about - index) over (about - high)..(about - low)."""
    index, low, high = _range_of(total)
    about = sympify(about)
    if not about.is_integer or about.has(index):
        raise Rejected("reflect", f"{about} need not be an integer.")
    mirrored = Sum(total.function.subs(index, about - index), (index, about - high, about - low))
    return conclude(Step("reflect", "the same terms in the other order"), total, "==", mirrored, domain)


def pull_out(total: Sum, factor: object, rest: object, domain: Domain) -> Fact:
    """Sum of factor * rest == factor * sum of rest, for a factor without the index."""
    index, low, high = _range_of(total)
    factor, rest = sympify(factor), sympify(rest)
    if factor.has(index) or not same(rest * factor, total.function):
        raise Rejected("pull out", f"{total.function} is not {factor} times {rest}, or {factor} has {index}.")
    must_be_defined("pull out", factor, domain)
    must_be_defined("pull out", rest, _indexed(domain, index, low, high))
    return conclude(Step("pull out", "linearity of a finite sum"), total, "==",
                    factor * Sum(rest, (index, low, high)), domain)


def split_sum(total: Sum, middle: object, domain: Domain) -> Fact:
    """Sum to high == sum to middle + sum from middle + 1, for low - 1 <= middle <= high."""
    index, low, high = _range_of(total)
    middle = sympify(middle)
    for gap in (middle - low + 1, high - middle):
        require("split", certify.nonnegative(gap, domain), f"{gap} >= 0")
    if not middle.is_integer:
        raise Rejected("split", f"{middle} need not be an integer.")
    parts = [Sum(total.function, (index, low, middle)), Sum(total.function, (index, middle + 1, high))]
    return conclude(Step("split", "a finite sum in two parts"), total, "==", Add(*parts), domain)


def binomial_theorem(first: object, second: object, power: object, index: Symbol, domain: Domain) -> Fact:
    """Sum of C(n, j) first^j second^(n - j) over j = 0..n == (first + second)^n."""
    first, second, power = sympify(first), sympify(second), sympify(power)
    if not (power.is_integer and power.is_nonnegative):
        raise Rejected("binomial theorem", f"the power {power} must be a non-negative integer.")
    inner = _indexed(domain, index, sympify(0), power)
    term = binomial(power, index) * first**index * second ** (power - index)
    must_be_defined("binomial theorem", term, inner)
    return conclude(Step("binomial theorem", "a known sum", (), ("the binomial theorem",)),
                    Sum(term, (index, 0, power)), "==", (first + second) ** power, domain)


def telescope(total: Sum, antidifference: object, domain: Domain, step: Fact) -> Fact:
    """Sum of F(index + 1) - F(index) == F(high + 1) - F(low); `step` says that this is the summand."""
    index, low, high = _range_of(total)
    antidifference = sympify(antidifference)
    change = antidifference.subs(index, index + 1) - antidifference
    if step.relation != "==" or not same(step.left, total.function) or not same(step.right, change):
        raise Rejected("telescope", f"{step} is not {total.function} == {change}.")
    covers(step.domain, _indexed(domain, index, low, high), "telescope")
    require("telescope", certify.nonnegative(high - low + 1, domain), f"{high - low + 1} >= 0")
    ends = antidifference.subs(index, high + 1) - antidifference.subs(index, low)
    must_be_defined("telescope", ends, domain)
    return conclude(Step("telescope", "all but the ends cancel", (step,)), total, "==", ends, domain)
