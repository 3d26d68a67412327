"""Bernstein's inequality: the variance bounds the moments of a variable that is not far above its mean (Bennett)."""

from __future__ import annotations

from sympy import Interval, Range, exp, log, oo

from theory.derivations.chernoff import tail
from theory.derivations.concentration import INDEPENDENT, U, Z, m, u, z
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator
from theory.goal import Goal
from theory.kernel import combine, expectation, extend, inequality, instantiate, parts
from theory.rules import increasing, independent_mean

UNIT, REAL, FROM_ZERO, POSITIVE = Interval(0, 1), Interval(-oo, oo), Interval(0, oo), Interval.open(0, oo)
NATURAL, BELOW_THREE = Range(1, oo), Interval.open(0, 3)
x, high = variable("x", REAL), variable("high", FROM_ZERO)
s, slope, p = variable("s", POSITIVE), variable("slope", POSITIVE), variable("p", UNIT)
share = variable("share", BELOW_THREE)
MEAN = Z.mean(z)
VARIANCE = Z.mean((z - MEAN) ** 2)
DEVIATION = share * VARIANCE / (1 - share / 3)


def excess(y: object) -> object:
    """e^y - 1 - y."""
    return exp(y) - 1 - y  # type: ignore[operator]


def _right_of_zero() -> Fact:
    """(e^x - 1 - x) b^2 <= x^2 (e^b - 1 - b) for 0 <= x <= b: (e^y - 1 - y)/y^2 increases."""
    start, step, y = variable("x", POSITIVE), variable("step", FROM_ZERO), variable("y", POSITIVE)
    inside = Domain({start: POSITIVE, step: FROM_ZERO})
    ratios = increasing(inequality(start, "<=", start + step, inside), excess(y) / y**2, y, Domain({y: POSITIVE}))
    end = start + step
    cleared = combine(excess(start) * end**2, "<=", start**2 * excess(end), (start**2 * end**2, ratios))
    closed = variable("x", FROM_ZERO)
    whole = extend(cleared, Domain({closed: FROM_ZERO, step: FROM_ZERO}))
    return instantiate(whole, {step: high - closed}, Domain({closed: FROM_ZERO, high: FROM_ZERO}, high - closed))


def _left_of_zero() -> Fact:
    """The same for x <= 0 <= b: (e^x - 1 - x)/x^2 <= 1/2 <= (e^b - 1 - b)/b^2."""
    where = Interval(-oo, 0)
    below = variable("x", where)
    low = inequality(excess(below), "<=", below**2 / 2, Domain({below: where}))
    top = inequality(high**2 / 2, "<=", excess(high), Domain({high: FROM_ZERO}))
    return combine(excess(below) * high**2, "<=", below**2 * excess(high), (high**2, low), (below**2, top))


def moments() -> Fact:
    """E exp(s (Z - p)) <= 1 + s (E Z - p) + E(Z - p)^2 (e^s - 1 - s)."""
    reals = {x: REAL, high: FROM_ZERO}
    halves = []
    for fact, sign in ((_right_of_zero(), 1), (_left_of_zero(), -1)):
        (own,) = [symbol for symbol in fact.domain.symbols if symbol.name == "x"]
        halves.append(instantiate(fact, {own: x}, Domain(reals, sign * x, high - x)))
    ordered = parts(halves[0], halves[1], x, Domain(reals, high - x))
    w = z - p
    at = instantiate(ordered, {x: s * w, high: s}, Domain({z: UNIT, p: UNIT, s: POSITIVE}))
    each = combine(exp(s * w), "<=", 1 + s * w + w**2 * excess(s), (1 / s**2, at))
    return expectation(each, Z)


def bennett() -> Fact:
    """ln E exp(s (Z - E Z)) <= Var Z (e^s - 1 - s), for s > 0."""
    averaged = moments()
    y = variable("y", POSITIVE)
    below = inequality(log(y), "<=", y - 1, Domain({y: POSITIVE}))
    where = Domain({p: UNIT, s: POSITIVE})
    logs = instantiate(below, {y: Z.mean(exp(s * (z - p)))}, where, laws=(Z,))
    right = s * (MEAN - p) + Z.mean((z - p) ** 2) * excess(s)
    around = combine(logs.left, "<=", right, (1, logs), (1, averaged))
    return instantiate(around, {p: MEAN}, Domain({s: POSITIVE}), laws=(Z,))


def _exponent() -> Fact:
    """m Var Z (e^x - 1 - x) - m x^2 Var Z/(1 - x/3) is at most minus half of what is subtracted."""
    inside = Domain({z: UNIT, p: UNIT, m: NATURAL, share: BELOW_THREE})
    series = inequality(excess(share), "<=", share**2 / (2 * (1 - share / 3)), Domain({share: BELOW_THREE}))
    scale = m * (z - p) ** 2
    rest = scale * share**2 / (1 - share / 3)
    each = combine(scale * excess(share) - rest, "<=", -rest / 2, (scale, series), domain=inside)
    where = Domain({p: UNIT, m: NATURAL, share: BELOW_THREE})
    return instantiate(expectation(each, Z), {p: MEAN}, where.without((p,)), laws=(Z,))


def bernstein_goal() -> Goal:
    """P(mean - E Z >= t) <= exp(-m t^2/(2 (Var Z + t/3))), where x = t/(Var Z + t/3) is given in place of t."""
    right = exp(-m * share**2 * VARIANCE / (2 * (1 - share / 3)))
    return Goal(U.mean(Indicator(u - DEVIATION)), "<=", right, Domain({m: NATURAL, share: BELOW_THREE}), (U, Z),
                "the probability that a mean of m variables exceeds its expectation by t")


def bernstein() -> Fact:
    """Chernoff's method at s = m x."""
    goal = bernstein_goal()
    any_slope = tail(independent_mean(bennett(), s, m, U, INDEPENDENT), slope)
    at = instantiate(any_slope, {slope: m * share, variable("t", REAL): DEVIATION}, goal.domain, laws=(Z,))
    y = variable("y", REAL)
    exponents = increasing(_exponent(), exp(y), y, Domain({y: REAL}))
    return combine(goal.left, "<=", goal.right, (1, at), (1, exponents))
