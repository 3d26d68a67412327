"""The variance of a mean of k responses, with and without given inputs; and that of a kernel made of M neurons."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Range, Symbol, oo

from theory import linearisation, neighbour_regression
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, definition, expectation
from theory.rules_conditional import independent_product
from theory.rules_samples import average_mean, average_product

UNIT, COUNT = Interval(0, 1), Range(1, oo)
k, width = variable("k", COUNT), variable("width", COUNT)
v, level, average = (variable(name, UNIT) for name in ("v", "level", "average"))
W = Law("W", (v,), Domain({v: UNIT}))
COPIES = Premise("independent copies", "given the inputs, the noise at the k neighbours is independent, of one law")
FREE = Premise("independent copies", "the noise at the k neighbours is independent, of one law, whatever the inputs")
NEURONS = Premise("independent copies", "the neurons' weight vectors are independent, of one law")
MEANS = "the mean of the noise at the k neighbours"
A = Law("A", (average,), Domain({average: UNIT}), meaning=((average, MEANS),))
LA = Law("LA", (level, average), Domain({level: UNIT, average: UNIT}), meaning=(
    (average, MEANS), (level, "the mean of f at the k neighbours")))
KM = Law("KM", (average,), Domain({average: UNIT}), meaning=((average, "the share of neurons that both inputs open"),))


def variance(law: Law, value: Expr) -> Expr:
    """E value^2 - (E value)^2."""
    return law.mean(value**2) - law.mean(value) ** 2


def _of_average(law: Law, count: Symbol, copies: Premise) -> tuple[Fact, Fact]:
    """E a == E v and E a^2 == E v^2/count + (1 - 1/count) (E v)^2, for the average a."""
    return (average_mean(average, v, count, law, W, copies),
            average_product((average, v), (average, v), count, law, W, copies))


def given_goal() -> Goal:
    """Var(level + average) == Var(v)/k for a fixed level."""
    right = neighbour_regression.VARIANCE.at(noise_variance=variance(W, v), k=k)
    return Goal(variance(A, level + average), "==", right, Domain({k: COUNT, level: UNIT}), (A, W),
                "the variance of the estimate, given the inputs")


def given() -> Fact:
    """Means and squares of averages."""
    goal, (mean, square) = given_goal(), _of_average(A, k, COPIES)
    start = expectation(definition((level + average) ** 2, Domain({level: UNIT, average: UNIT})), A)
    return combine(goal.left, "==", goal.right, (1, start), (1, square), (-A.mean(average) - W.mean(v), mean))


def total_goal() -> Goal:
    """Var(level + average) == Var(v)/k + Var(level)."""
    right = neighbour_regression.VARIANCE.at(noise_variance=variance(W, v), k=k) + variance(LA, level)
    return Goal(variance(LA, level + average), "==", right, Domain({k: COUNT}), (LA, W), "the variance of the estimate")


def total() -> Fact:
    """Level and noise are independent."""
    goal, (mean, square) = total_goal(), _of_average(LA, k, FREE)
    cross = independent_product(level, average, LA)
    return combine(goal.left, "==", goal.right, (2, cross), (1, square), (-LA.mean(average) - W.mean(v), mean))


def gates_goal() -> Goal:
    """E (K_M - K)^2 == (E v^2 - (E v)^2)/M, v = 1 where a neuron is open for both inputs, and K = E v."""
    right: Any = linearisation.KERNEL_ERROR.at(variance=variance(W, v), width=width)
    return Goal(KM.mean((average - W.mean(v)) ** 2), "==", right, Domain({width: COUNT}), (KM, W),
                "the mean squared error of the kernel of M neurons")


def gates() -> Fact:
    """K_M has the mean K."""
    goal, (mean, square) = gates_goal(), _of_average(KM, width, NEURONS)
    return combine(goal.left, "==", goal.right, (1, square), (-2 * W.mean(v), mean))
