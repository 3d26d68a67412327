"""Bregman divergences of random predictors as bias and variance, about the mean whose gradient is the mean gradient.

With D(y, h) = F(y) - F(h) - F'(h) (y - h), the decomposition is linear in the values and slopes of F. So it is shown
for variables that stand for them, for every F at once, and with the means written out for three functions F.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sympy import Expr, diff, exp, log

from theory import bias_variance
from theory.derivations.bias_variance import POSITIVE, REAL, h, y
from theory.domain import Domain, Set, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, definition, expectation, instantiate

value, slope, value_y, bar, value_bar = (variable(name, REAL) for name in ("value", "slope", "value_y", "hbar",
                                                                            "value_hbar"))
F = Law("H", (h, value, slope), Domain({h: REAL, value: REAL, slope: REAL}),
        Premise("integrable", "value, slope and slope*h have means"),
        ((value, "F(h)"), (slope, "F'(h), whose mean is F'(hbar)")))
FIXED = Domain({y: REAL, value_y: REAL, bar: REAL, value_bar: REAL})


def bregman_goal() -> Goal:
    """E D(y, h) == D(y, hbar) + E D(hbar, h), where F'(hbar) = E F'(h); value_y is F(y), value_hbar is F(hbar)."""
    divergence = bias_variance.BREGMAN
    left, spread = (F.mean(divergence.at(value_at=number, value=value, slope=slope, at=at, point=h))
                    for number, at in ((value_y, y), (value_bar, bar)))
    bias = divergence.at(value_at=value_y, value=value_bar, slope=F.mean(slope), at=y, point=bar)
    return Goal(left, "==", bias + spread, FIXED, (F,), "the mean Bregman divergence")


def bregman() -> Fact:
    """By linearity."""
    goal = bregman_goal()
    expression = bias_variance.BREGMAN.at(value_at=value_y, value=value, slope=slope, at=y, point=h)
    start = expectation(definition(expression, F.domain.meet(FIXED)), F)
    return combine(goal.left, "==", goal.right, (1, start))


along_y, along_h, along_bar = (variable(name, REAL) for name in ("along_y", "along_h", "along_hbar"))
DIMENSIONS = Law("H", (value, along_y, along_h, along_bar),
                 Domain(dict.fromkeys((value, along_y, along_h, along_bar), REAL)),
                 Premise("integrable", "value and the inner products have means"),
                 ((value, "F(h)"), (along_y, "the inner product of grad F(h) and y"),
                  (along_h, "the inner product of grad F(h) and h"),
                  (along_bar, "the inner product of grad F(h) and hbar; grad F(hbar) is the mean of grad F(h)")))


def bregman_dimensions_goal() -> Goal:
    """E D(y, h) == D(y, hbar) + E D(hbar, h) in any dimension, where grad F(hbar) = E grad F(h)."""
    law, divergence = DIMENSIONS, bias_variance.BREGMAN
    left, spread = (law.mean(divergence.at(value_at=number, value=value, slope=1, at=along, point=along_h))
                    for number, along in ((value_y, along_y), (value_bar, along_bar)))
    bias = divergence.at(value_at=value_y, value=value_bar, slope=1, at=law.mean(along_y), point=law.mean(along_bar))
    return Goal(left, "==", bias + spread, Domain({value_y: REAL, value_bar: REAL}), (law,),
                "the mean Bregman divergence")


def bregman_dimensions() -> Fact:
    """By linearity of inner products and means."""
    goal, law = bregman_dimensions_goal(), DIMENSIONS
    expression = bias_variance.BREGMAN.at(value_at=value_y, value=value, slope=1, at=along_y, point=along_h)
    start = expectation(definition(expression, law.domain.meet(goal.domain)), law)
    return combine(goal.left, "==", goal.right, (1, start))


class Example(NamedTuple):
    """F on a range. F' is a linear function of a coordinate of the argument, so hbar has the mean coordinate."""

    function: Callable[[Expr], Expr]
    where: Set
    coordinate: Callable[[Expr], Expr]
    back: Callable[[Expr], Expr]
    coordinates: Set


SQUARE = Example(lambda x: x**2, REAL, lambda x: x, lambda s: s, REAL)
ENTROPY = Example(lambda x: x * log(x), POSITIVE, log, exp, REAL)
EXPONENTIAL = Example(exp, REAL, exp, log, POSITIVE)


def _example(example: Example) -> tuple[Goal, Callable[[], Fact]]:
    """The decomposition with F in the open, and its derivation."""
    h, y, s = (variable(name, where) for name, where in (("h", example.where), ("y", example.where),
                                                         ("s", example.coordinates)))
    law = Law("H", (h,), Domain({h: example.where}), Premise("integrable", "F(h), F'(h) and h F'(h) have means"))
    slope, mean = diff(example.function(h), h), law.mean(example.coordinate(h))
    bar = example.back(mean)

    def divergence(at: Expr, point: Expr) -> Expr:
        return bias_variance.BREGMAN.at(value_at=example.function(at), value=example.function(point),
                                        slope=slope.subs(h, point), at=at, point=point)

    goal = Goal(law.mean(divergence(y, h)), "==", divergence(y, bar) + law.mean(divergence(bar, h)),
                Domain({y: example.where}), (law,), "the mean Bregman divergence")

    def derive() -> Fact:
        starts = Domain({h: example.where, y: example.where}), Domain({h: example.where, s: example.coordinates})
        left = expectation(definition(divergence(y, h), starts[0]), law)
        spread = expectation(definition(divergence(example.back(s), h), starts[1]), law)
        at = instantiate(spread, {s: mean}, Domain({}))
        return combine(goal.left, "==", goal.right, (1, left), (1, at))

    return goal, derive


def bregman_square_goal() -> Goal:
    """F(x) = x^2."""
    return _example(SQUARE)[0]


def bregman_square() -> Fact:
    """hbar is E h."""
    return _example(SQUARE)[1]()


def bregman_entropy_goal() -> Goal:
    """F(x) = x ln x."""
    return _example(ENTROPY)[0]


def bregman_entropy() -> Fact:
    """hbar is exp(E ln h)."""
    return _example(ENTROPY)[1]()


def bregman_exponential_goal() -> Goal:
    """F(x) = exp(x)."""
    return _example(EXPONENTIAL)[0]


def bregman_exponential() -> Fact:
    """hbar is ln(E exp h)."""
    return _example(EXPONENTIAL)[1]()
