"""The Bayes risk from its definition L* = E min over the labels of P(Y = label | x), evaluated for some laws.

With densities, E is an integral: of the smaller of two densities, each weighted by its class, on either side of the
point where they are equal. Which is the smaller one on a side is an inequality.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Abs, Expr, Integral, Interval, Min, Range, Rational, erf, erfc, exp, oo, pi, sqrt

from theory import bayes_risk
from theory.cases import exhaust
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, condition, definition, expectation, inequality
from theory.rules import increasing
from theory.rules_integrals import antisymmetric, in_pieces, least, mean_by_density, with_density

UNIT, REAL, HALF = Interval(0, 1), Interval(-oo, oo), Rational(1, 2)
MEANS = "the Bayes risk: the mean of the smaller of P(Y = 1 | x) and P(Y = 0 | x)"

eta, h = variable("eta", UNIT), variable("h", Range(0, 2))
POINT = Domain({eta: UNIT})
X, CLASSIFIED = Law("X", (eta,), POINT), Law("X", (eta, h), Domain({eta: UNIT, h: Range(0, 2)}))
LEAST, MARGIN = Min(eta, 1 - eta), Abs(2 * eta - 1)
GIVEN_X = Premise("independent", "given X, the classifier's label and Y are independent")

top, chosen = variable("top", UNIT), variable("chosen", UNIT)
CLASSES = Law("X", (top, chosen), Domain({top: UNIT, chosen: UNIT}, top - chosen))


def two_classes_goal() -> Goal:
    """E min(eta, 1 - eta) == E[(1 - g)/2], g = |2 eta - 1|."""
    return Goal(X.mean(LEAST), "==", X.mean(bayes_risk.BAYES_RISK.at(margin=MARGIN)), Domain({}), (X,), MEANS)


def two_classes() -> Fact:
    """At every point, and averaged."""
    return expectation(identity(LEAST, bayes_risk.BAYES_RISK.at(margin=MARGIN), POINT), X)


def best_goal() -> Goal:
    """P(h(X) != Y) >= E[(1 - g)/2] for every classifier h."""
    return Goal(CLASSIFIED.mean(h * (1 - eta) + (1 - h) * eta), ">=",
                CLASSIFIED.mean(bayes_risk.BAYES_RISK.at(margin=MARGIN)), Domain({}), (CLASSIFIED,),
                "the probability that the classifier's label differs from Y")


def best() -> Fact:
    """Neither label is wrong with a smaller probability than the likelier one."""
    risk, error = bayes_risk.BAYES_RISK.at(margin=MARGIN), h * (1 - eta) + (1 - h) * eta
    smaller = identity(risk, LEAST, POINT)
    at = {label: chain(smaller, inequality(LEAST, "<=", error.subs(h, label), POINT)) for label in (0, 1)}
    pointwise = exhaust(risk, "<=", error, h, at, CLASSIFIED.domain)
    return expectation(chain(pointwise, definition(error, CLASSIFIED.domain, GIVEN_X)), CLASSIFIED)


def classes_goal() -> Goal:
    """P(h(X) != Y) >= 1 - E top: `chosen` is P(Y = h(x) | x), `top` the largest P(Y = class | x)."""
    return Goal(CLASSES.mean(1 - chosen), ">=", bayes_risk.BAYES_RISK_CLASSES.at(top=CLASSES.mean(top)), Domain({}),
                (CLASSES,), "the probability that the classifier's class differs from Y")


def classes() -> Fact:
    """No class is likelier than the likeliest."""
    pointwise = combine(1 - top, "<=", 1 - chosen, (1, condition(CLASSES.domain)))
    right = definition(1 - chosen, CLASSES.domain, GIVEN_X)
    averaged = expectation(chain(pointwise, right), CLASSES)
    return combine(bayes_risk.BAYES_RISK_CLASSES.at(top=CLASSES.mean(top)), "<=", CLASSES.mean(1 - chosen),
                   (1, averaged))


def classes_attained_goal() -> Goal:
    """P(f*(X) != Y) == 1 - E top, for f*(x) a likeliest class."""
    law = Law("X", (top,), Domain({top: UNIT}))
    return Goal(law.mean(1 - top), "==", bayes_risk.BAYES_RISK_CLASSES.at(top=law.mean(top)), Domain({}), (law,),
                "the probability that a likeliest class differs from Y")


def classes_attained() -> Fact:
    """By linearity."""
    goal = classes_attained_goal()
    (law,) = goal.laws
    start = expectation(definition(1 - top, law.domain, GIVEN_X), law)
    return combine(goal.left, "==", goal.right, (1, start))


distance = variable("distance", Interval(0, oo))
x = variable("x", REAL)
APART = Domain({distance: Interval(0, oo)})
LINE = Domain({distance: Interval(0, oo), x: REAL})
LOWER, UPPER = Domain(LINE.ranges, distance / 2 - x), Domain(LINE.ranges, x - distance / 2)

PEAKS = ((-x,), (x, distance - x), (x - distance,))


def normal(u: Expr) -> Expr:
    """The standard normal density."""
    return exp(-(u**2) / 2) / sqrt(2 * pi)


def laplace(u: Expr) -> Expr:
    """The Laplace density."""
    return exp(-Abs(u)) / 2


class Pair:
    """Two classes of equal weight on the line, with densities shifted by the distance: p(x) and p(x - distance)."""

    def __init__(self, density: Callable[[Expr], Expr]) -> None:
        self.zero, self.one = density(x), density(x - distance)
        self.both = self.zero + self.one
        self.density = self.both / 2
        self.least = Min(self.zero / self.both, self.one / self.both)
        self.law = with_density("X", x, self.density, LINE)

    def goal(self, value: Expr) -> Goal:
        """E min(P(Y = 1 | x), P(Y = 0 | x)) == value."""
        return Goal(self.law.mean(self.least), "==", value, APART, (self.law,), MEANS)

    def smaller(self, order: Fact, plain: Fact) -> Fact:
        """min(..) times the density == what `plain` says the smaller weighted density is, from an order of the two."""
        weighed = combine(order.left / self.both, "<=", order.right / self.both, (1 / self.both, order))
        first = least(weighed)
        product = combine(self.least * self.density, "==", first.right * self.density, (self.density, first))
        return chain(product, identity(first.right * self.density, order.left / 2, order.domain), plain)

    def risk(self, value: Expr, pieces: list[tuple[Fact, Fact]], total: Fact) -> Fact:
        """The mean from its integral in pieces."""
        whole = in_pieces(Integral(self.least * self.density, (x, -oo, oo)), pieces, APART)
        mean = mean_by_density(self.least, self.law, self.density, total, whole)
        return chain(mean, identity(whole.right, value, APART))


def _midpoint(part: Domain, nearer: Expr, farther: Expr) -> Fact:
    """-(farther)^2/2 <= -(nearer)^2/2 on a side of the midpoint, and so for their exponentials over sqrt(2 pi)."""
    u = variable("u", REAL)
    exponents = inequality(-(farther**2) / 2, "<=", -(nearer**2) / 2, part)
    return increasing(exponents, exp(u) / sqrt(2 * pi), u, Domain({u: REAL}))


def _total(pair: Pair, densities: list[Fact], tail: Expr, middle: Expr) -> Fact:
    """The integral of the density is 1: `tail` below 0 and above the distance, `middle` between the peaks."""
    inside = variable("x", Interval.open(0, oo))
    ends = ((x, -oo, 0, tail), (inside, 0, distance, middle), (x, distance, oo, tail))
    pieces = [(equal, integral(Integral(equal.right.subs(x, y), (y, low, high)), value, APART))
              for equal, (y, low, high, value) in zip(densities, ends, strict=True)]
    whole = in_pieces(Integral(pair.density, (x, -oo, oo)), pieces, APART)
    return chain(whole, identity(whole.right, 1, APART))


def gaussians_goal() -> Goal:
    """L* == Phi(-d/2) for the standard normal law and its translate by d, of equal weight."""
    return Pair(normal).goal(bayes_risk.BAYES_RISK_GAUSSIANS.at(distance=distance))


def gaussians() -> Fact:
    """The smaller density is that of the farther mean, on either side of the midpoint."""
    pair, value = Pair(normal), bayes_risk.BAYES_RISK_GAUSSIANS.at(distance=distance)
    pieces = []
    for part, low, high, near, far, smaller in ((LOWER, -oo, distance / 2, x, x - distance, pair.one),
                                                (UPPER, distance / 2, oo, x - distance, x, pair.zero)):
        order = _midpoint(part, near, far)
        equal = pair.smaller(order, identity(order.left / 2, smaller / 2, part))
        pieces.append((equal, integral(Integral(smaller / 2, (x, low, high)), value / 2, APART)))
    tail, middle = (1 + erfc(distance / sqrt(2))) / 4, erf(distance / sqrt(2)) / 2
    same_density = [definition(pair.density, Domain(LINE.ranges, *part)) for part in PEAKS]
    return pair.risk(value, pieces, _total(pair, same_density, tail, middle))


def laplace_pair_goal() -> Goal:
    """L* == exp(-d/2)/2 for the Laplace law and its translate by d, of equal weight."""
    return Pair(laplace).goal(bayes_risk.BAYES_RISK_LAPLACE.at(distance=distance))


def _sign(argument: Expr, sign: int, part: Domain) -> Fact:
    """|argument| == sign argument."""
    return antisymmetric(inequality(Abs(argument), "<=", sign * argument, part),
                         inequality(sign * argument, "<=", Abs(argument), part))


def _falling(part: Domain, argument: Expr, sign: int, weight: Any) -> Fact:
    """weight exp(-|argument|) == weight exp(-sign argument)."""
    u = variable("u", REAL)
    return increasing(combine(-Abs(argument), "==", -sign * argument, (-1, _sign(argument, sign, part))),
                      weight * exp(u), u, Domain({u: REAL}))


def laplace_pair() -> Fact:
    """The smaller density is that of the farther peak, on either side of the midpoint."""
    pair, value = Pair(laplace), bayes_risk.BAYES_RISK_LAPLACE.at(distance=distance)
    u = variable("u", REAL)
    pieces = []
    for part, low, high, near, far, sign in ((LOWER, -oo, distance / 2, x, x - distance, -1),
                                             (UPPER, distance / 2, oo, x - distance, x, 1)):
        exponents = inequality(-Abs(far), "<=", -Abs(near), part)
        order = increasing(exponents, exp(u) / 2, u, Domain({u: REAL}))
        equal = pair.smaller(order, _falling(part, far, sign, Rational(1, 4)))
        pieces.append((equal, integral(Integral(equal.right, (x, low, high)), value / 2, APART)))
    plain = []
    for part, signs in zip(PEAKS, ((-1, -1), (1, -1), (1, 1)), strict=True):
        where, quarter = Domain(LINE.ranges, *part), Rational(1, 4)
        one, two = (_falling(where, y, sign, quarter) for y, sign in zip((x, x - distance), signs, strict=True))
        plain.append(combine(pair.density, "==", one.right + two.right, (1, one), (1, two)))
    return pair.risk(value, pieces, _total(pair, plain, (1 + exp(-distance)) / 4, (1 - exp(-distance)) / 2))
