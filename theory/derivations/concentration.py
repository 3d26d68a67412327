"""Hoeffding's lemma and inequality, from convexity and the two-point case."""

from __future__ import annotations

from sympy import Interval, Range, exp, log, oo

from theory.concentration import HOEFFDING
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, expectation, extend, inequality, instantiate
from theory.rules import chord, increasing, independent_mean, indicator_below

UNIT, REAL, POSITIVE = Interval(0, 1), Interval(-oo, oo), Interval.open(0, oo)
s = variable("s", REAL)
z, p = variable("z", UNIT), variable("p", UNIT)
u, w = variable("u", Interval(-1, 1)), variable("w", REAL)
m = variable("m", Range(1, oo))
t, slope = variable("t", Interval(0, oo)), variable("slope", Interval(0, oo))
Z = Law("Z", (z,), Domain({z: UNIT}))
U = Law("U", (u,), Domain({u: Interval(-1, 1)}), meaning=(
    (u, "the mean of m variables less its expectation, or the opposite of that"),))
INDEPENDENT = Premise("independent", "the m variables, with values in [0, 1], are independent")


def coin() -> Fact:
    """ln(1 - p + p e^s) <= p s + s^2/8: the lemma for a variable that is 0 or 1."""
    inside = Interval.open(0, 1)
    q = variable("p", inside)
    between = inequality(log(1 - q + q * exp(s)), "<=", q * s + s**2 / 8, Domain({q: inside, s: REAL}),
                         touching={s: 0}, note="both sides and their slopes agree at s = 0")
    return extend(between, Domain({p: UNIT, s: REAL}))


def hoeffding_lemma() -> Fact:
    """ln E exp(s (Z - E Z)) <= s^2/8 for Z in [0, 1] and every real s."""
    below = expectation(chord(exp(s * z), z, Domain({z: UNIT, s: REAL})), Z)
    x = variable("x", POSITIVE)
    logs = increasing(below, log(x), x, Domain({x: POSITIVE}))
    at_mean = instantiate(coin(), {p: Z.mean(z)}, Domain({s: REAL}), laws=(Z,))
    return combine(log(Z.mean(exp(s * (z - Z.mean(z))))), "<=", s**2 / 8, (1, logs), (1, at_mean))


def deviation(sign: int) -> Fact:
    """ln E exp(s U) <= s^2/(8m), U = sign (the mean of m independent variables in [0, 1] less its expectation)."""
    lemma = hoeffding_lemma()
    turned = instantiate(lemma, {s: -s}, Domain({s: REAL})) if sign < 0 else lemma
    return independent_mean(turned, s, m, U, INDEPENDENT, note="U is the deviation of the mean of m variables")


def hoeffding_goal() -> Goal:
    """P(mean - expectation >= t) <= exp(-2 m t^2)."""
    domain = Domain({m: Range(1, oo), t: Interval(0, oo)})
    return Goal(U.mean(Indicator(u - t)), "<=", HOEFFDING.at(m=m, t=t, c=2), domain, (U,),
                "the probability that a mean of m variables exceeds its expectation by t")


def hoeffding() -> Fact:
    """Chernoff's method at s = 4 m t."""
    ranges = {w: REAL, slope: Interval(0, oo)}
    event = indicator_below(w, exp(slope * w), Domain(ranges), note="Chernoff's method")
    shifted = instantiate(event, {w: u - t}, Domain({u: Interval(-1, 1), t: Interval(0, oo), slope: Interval(0, oo)}))
    probability = expectation(shifted, U)
    x = variable("x", REAL)
    moment = increasing(instantiate(deviation(1), {s: slope}, Domain({slope: Interval(0, oo), m: Range(1, oo)})),
                        exp(x), x, Domain({x: REAL}))
    bound = combine(U.mean(Indicator(u - t)), "<=", exp(slope**2 / (8 * m) - slope * t), (1, probability),
                    (exp(-slope * t), moment))
    best = instantiate(bound, {slope: 4 * m * t}, Domain({m: Range(1, oo), t: Interval(0, oo)}))
    return combine(U.mean(Indicator(u - t)), "<=", HOEFFDING.at(m=m, t=t, c=2), (1, best))
