"""Chernoff's method for a mean of independent variables in [0, 1]: both tails, by the moments of a coin."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Range, Symbol, exp, log, oo

from theory.concentration_more import CHERNOFF_MULTIPLICATIVE
from theory.derivations.concentration import INDEPENDENT, U, Z, m, s, u, z
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator
from theory.goal import Goal
from theory.kernel import combine, expectation, inequality, instantiate
from theory.rules import chord, increasing, independent_mean, indicator_below

UNIT, REAL, FROM_ZERO, NATURAL = Interval(0, 1), Interval(-oo, oo), Interval(0, oo), Range(1, oo)
t, slope, w = variable("t", REAL), variable("slope", FROM_ZERO), variable("w", REAL)
odds = variable("odds", Interval(1, oo))
ratio = variable("ratio", Interval(1, oo))
less = variable("ratio", Interval.Lopen(0, 1))
MEAN = Z.mean(z)
LEVEL = odds * MEAN / (1 - MEAN + odds * MEAN)


def tail(cumulant: Fact, slope: Symbol = slope) -> Fact:
    """P(U >= t) <= exp(f(slope) - slope t) from ln E exp(s U) <= f(s), for every t and the slopes among the s."""
    where = FROM_ZERO if slope.is_positive is None else Interval.open(0, oo)
    event = indicator_below(w, exp(slope * w), Domain({w: REAL, slope: where}), note="Chernoff's method")
    shifted = instantiate(event, {w: u - t}, Domain({u: Interval(-1, 1), t: REAL, slope: where}))
    probability = expectation(shifted, U)
    x = variable("x", REAL)
    (free,) = [symbol for symbol in cumulant.domain.symbols if symbol.name == "s"]
    at = instantiate(cumulant, {free: slope}, Domain({**cumulant.domain.without((free,)).ranges, slope: where}))
    moment = increasing(at, exp(x), x, Domain({x: REAL}))
    right = moment.right * exp(-slope * t)
    return combine(U.mean(Indicator(u - t)), "<=", right, (1, probability), (exp(-slope * t), moment))


def coin_moments() -> Fact:
    """ln E exp(s Z) <= ln(1 - E Z + E Z e^s)."""
    below = expectation(chord(exp(s * z), z, Domain({z: UNIT, s: REAL})), Z)
    x = variable("x", Interval.open(0, oo))
    return increasing(below, log(x), x, Domain({x: Interval.open(0, oo)}))


def centered(bound: Expr, *facts: tuple[Any, Fact]) -> Fact:
    """ln E exp(s (Z - E Z)) <= bound, from facts that add to it."""
    return combine(log(Z.mean(exp(s * (z - MEAN)))), "<=", bound, *facts)


def chernoff_goal() -> Goal:
    """P(mean >= level) <= (1 - mu + mu r)^m r^(-m level), where level is the mean of a coin with r times the odds."""
    right = exp(m * (log(1 - MEAN + odds * MEAN) - LEVEL * log(odds)))
    return Goal(U.mean(Indicator(u + MEAN - LEVEL)), "<=", right, Domain({m: NATURAL, odds: Interval(1, oo)}), (U, Z),
                "the probability that a mean of m variables is at least the level")


def chernoff() -> Fact:
    """Chernoff's method at s = m ln(r)."""
    lemma = centered(log(1 - MEAN + MEAN * exp(s)) - s * MEAN, (1, coin_moments()))
    any_slope = tail(independent_mean(lemma, s, m, U, INDEPENDENT))
    where = Domain({m: NATURAL, odds: Interval(1, oo)})
    best = instantiate(any_slope, {slope: m * log(odds), t: LEVEL - MEAN}, where, laws=(Z,))
    return combine(best.left, "<=", chernoff_goal().right, (1, best))


def _poisson() -> Fact:
    """ln E exp(s (Z - E Z)) <= E Z (e^s - 1 - s), the cumulants of a Poisson variable."""
    p = variable("p", UNIT)
    below = inequality(log(1 - p + p * exp(s)), "<=", p * (exp(s) - 1), Domain({p: UNIT, s: REAL}))
    at_mean = instantiate(below, {p: MEAN}, Domain({s: REAL}), laws=(Z,))
    return centered(MEAN * (exp(s) - 1 - s), (1, coin_moments()), (1, at_mean))


def _beyond(times: Symbol, sign: int) -> Goal:
    """P(sign (mean - times its expectation) >= 0)."""
    right = CHERNOFF_MULTIPLICATIVE.at(m=m, mean=MEAN, ratio=times, c=1)
    where = Domain({m: NATURAL, times: Interval(1, oo) if sign > 0 else Interval.Lopen(0, 1)})
    words = f"the probability that a mean of m variables is at {'least' if sign > 0 else 'most'} ratio times its mean"
    return Goal(U.mean(Indicator(u - sign * (times - 1) * MEAN)), "<=", right, where, (U, Z), words)


def _at_best(goal: Goal, times: Symbol, sign: int) -> Fact:
    """Chernoff's method at s = m |ln(ratio)|."""
    turned = _poisson() if sign > 0 else instantiate(_poisson(), {s: -s}, Domain({s: REAL}))
    any_slope = tail(independent_mean(turned, s, m, U, INDEPENDENT))
    values = {slope: sign * m * log(times), t: sign * (times - 1) * MEAN}
    return combine(goal.left, "<=", goal.right, (1, instantiate(any_slope, values, goal.domain, laws=(Z,))))


def upper_goal() -> Goal:
    """P(mean >= r mu) <= exp(-m mu (r ln r - r + 1)), r >= 1."""
    return _beyond(ratio, 1)


def upper() -> Fact:
    """The upper tail."""
    return _at_best(upper_goal(), ratio, 1)


def lower_goal() -> Goal:
    """P(mean <= r mu) <= exp(-m mu (r ln r - r + 1)), 0 < r <= 1; here U is the opposite deviation."""
    return _beyond(less, -1)


def lower() -> Fact:
    """The lower tail."""
    return _at_best(lower_goal(), less, -1)
