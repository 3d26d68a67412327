"""Markov's, Chebyshev's and Cantelli's inequalities: an indicator lies below a polynomial, on average too."""

from __future__ import annotations

from sympy import Interval, oo

from theory.concentration_more import CANTELLI, CHEBYSHEV, MARKOV
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, expectation, instantiate
from theory.rules import indicator_below

REAL, POSITIVE, FROM_ZERO = Interval(-oo, oo), Interval.open(0, oo), Interval(0, oo)
a, t = variable("a", POSITIVE), variable("t", POSITIVE)
size = variable("size", FROM_ZERO)
z, center, shift = variable("z", REAL), variable("center", REAL), variable("shift", FROM_ZERO)
spread = variable("spread", FROM_ZERO)
SIZE = Law("Z", (size,), Domain({size: FROM_ZERO}), Premise("integrable", "Z has a mean"))
Z = Law("Z", (z,), Domain({z: REAL}), Premise("integrable", "the square of Z has a mean"))
VARIANCE = Z.mean((z - Z.mean(z)) ** 2)


def markov_goal() -> Goal:
    """P(Z >= a) <= E Z/a."""
    return Goal(SIZE.mean(Indicator(size - a)), "<=", MARKOV.at(mean=SIZE.mean(size), a=a, c=1),
                Domain({a: POSITIVE}), (SIZE,), "the probability that Z is at least a")


def markov() -> Fact:
    """1{z >= a} <= z/a."""
    return expectation(indicator_below(size - a, size / a, Domain({size: FROM_ZERO, a: POSITIVE})), SIZE)


def chebyshev_goal() -> Goal:
    """P(|Z - E Z| >= t) <= Var Z/t^2."""
    return Goal(Z.mean(Indicator((z - Z.mean(z)) ** 2 - t**2)), "<=", CHEBYSHEV.at(variance=VARIANCE, t=t, c=1),
                Domain({t: POSITIVE}), (Z,), "the probability that Z is at least t away from its mean")


def chebyshev() -> Fact:
    """Markov's inequality for the square of z - E Z."""
    large = indicator_below(size - a, size / a, Domain({size: FROM_ZERO, a: POSITIVE}))
    ranges = Domain({z: REAL, center: REAL, t: POSITIVE})
    around = expectation(instantiate(large, {size: (z - center) ** 2, a: t**2}, ranges), Z)
    return instantiate(around, {center: Z.mean(z)}, Domain({t: POSITIVE}))


def cantelli_goal() -> Goal:
    """P(Z - E Z >= t) <= Var Z/(Var Z + t^2)."""
    return Goal(Z.mean(Indicator(z - Z.mean(z) - t)), "<=", CANTELLI.at(variance=VARIANCE, t=t, c=1),
                Domain({t: POSITIVE}), (Z,), "the probability that Z exceeds its mean by t")


def cantelli() -> Fact:
    """1{u >= t} <= ((u + s)/(t + s))^2 at s = Var Z/t, for u = z - E Z."""
    u = variable("u", REAL)
    above = indicator_below(u - t, (u + shift) ** 2 / (t + shift) ** 2, Domain({u: REAL, t: POSITIVE,
                                                                                shift: FROM_ZERO}))
    ranges = Domain({z: REAL, center: REAL, t: POSITIVE, shift: FROM_ZERO})
    raised = expectation(instantiate(above, {u: z - center}, ranges), Z)
    best = instantiate(raised, {shift: spread / t}, Domain({center: REAL, t: POSITIVE, spread: FROM_ZERO}))
    # What is 0 once spread is the variance and center the mean is set apart.
    square = Z.mean((z - center) ** 2)
    apart = square - spread + 2 * spread / t * (Z.mean(z) - center)
    split = combine(best.left, "<=", CANTELLI.at(variance=spread, t=t, c=1) + apart / (t + spread / t) ** 2, (1, best))
    around = instantiate(split, {spread: square}, Domain({center: REAL, t: POSITIVE}))
    return instantiate(around, {center: Z.mean(z)}, Domain({t: POSITIVE}))
