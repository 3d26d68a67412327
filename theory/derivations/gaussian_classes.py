"""The Bayes risk of two Gaussian classes of any weights: the smaller weighted density, integrated on either side."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integral, Interval, Min, erf, erfc, exp, log, oo, pi, sqrt

from theory import gaussian_classes
from theory.derivations.bayes_risk import MEANS, REAL, normal
from theory.domain import Domain, variable
from theory.facts import Fact
from theory.goal import Goal
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, condition, definition
from theory.rules import increasing
from theory.rules_integrals import in_pieces, least, mean_by_density, with_density

POSITIVE, OPEN = Interval.open(0, oo), Interval.open(0, 1)
distance, weight, x = variable("distance", POSITIVE), variable("weight", OPEN), variable("x", REAL)
APART = Domain({distance: POSITIVE, weight: OPEN})
LINE = Domain({**APART.ranges, x: REAL})
BOUNDARY = distance / 2 + (log(weight) - log(1 - weight)) / distance
LOWER, UPPER = Domain(LINE.ranges, BOUNDARY - x), Domain(LINE.ranges, x - BOUNDARY)
ZERO, ONE = weight * normal(x), (1 - weight) * normal(x - distance)
DENSITY = ZERO + ONE
LEAST = Min(ZERO / DENSITY, ONE / DENSITY)
LAW = with_density("X", x, DENSITY, LINE)
VALUE = gaussian_classes.BAYES_RISK_WEIGHTED.at(distance=distance, weight=weight, tilt=1)


def weighted_goal() -> Goal:
    """E min(P(Y = 1 | x), P(Y = 0 | x)) == w Phi(-t) + (1 - w) Phi(t - d)."""
    return Goal(LAW.mean(LEAST), "==", VALUE, APART, (LAW,), MEANS)


def _order(part: Domain, smaller: Expr, larger: Expr) -> Fact:
    """The order of the weighted densities, from that of their logarithms, which differ by d (t - x)."""
    u = variable("u", REAL)
    logs: dict[Expr, Any] = {ZERO: log(weight) - x**2 / 2, ONE: log(1 - weight) - (x - distance) ** 2 / 2}
    exponents = combine(logs[smaller], "<=", logs[larger], (distance, condition(part)))
    order = increasing(exponents, exp(u) / sqrt(2 * pi), u, Domain({u: REAL}))
    plain = [identity(side, density, part) for side, density in ((order.left, smaller), (order.right, larger))]
    return combine(smaller, "<=", larger, (-1, plain[0]), (1, order), (1, plain[1]))


def _piece(part: Domain, smaller: Expr, larger: Expr) -> Fact:
    """The minimum times the density == the smaller weighted density."""
    order = _order(part, smaller, larger)
    first = least(combine(smaller / DENSITY, "<=", larger / DENSITY, (1 / DENSITY, order)))
    product = combine(LEAST * DENSITY, "==", first.right * DENSITY, (DENSITY, first))
    return chain(product, identity(first.right * DENSITY, smaller, part))


def _total() -> Fact:
    """The integral of the density is 1."""
    inside = variable("x", Interval.open(0, oo))
    left = weight / 2 + (1 - weight) * erfc(distance / sqrt(2)) / 2
    right = weight * erfc(distance / sqrt(2)) / 2 + (1 - weight) / 2
    parts = (((-x,), x, -oo, 0, left), ((x, distance - x), inside, 0, distance, erf(distance / sqrt(2)) / 2),
             ((x - distance,), x, distance, oo, right))
    pieces = [(definition(DENSITY, Domain(LINE.ranges, *conditions)),
               integral(Integral(DENSITY.subs(x, y), (y, low, high)), value, APART))
              for conditions, y, low, high, value in parts]
    whole = in_pieces(Integral(DENSITY, (x, -oo, oo)), pieces, APART)
    return chain(whole, identity(whole.right, 1, APART))


def weighted() -> Fact:
    """The smaller weighted density is that of class 1 below the boundary, and that of class 0 above it."""
    below = (1 - weight) * erfc((distance - BOUNDARY) / sqrt(2)) / 2
    above = weight * erfc(BOUNDARY / sqrt(2)) / 2
    pieces = [(_piece(LOWER, ONE, ZERO), integral(Integral(ONE, (x, -oo, BOUNDARY)), below, APART)),
              (_piece(UPPER, ZERO, ONE), integral(Integral(ZERO, (x, BOUNDARY, oo)), above, APART))]
    whole = in_pieces(Integral(LEAST * DENSITY, (x, -oo, oo)), pieces, APART)
    mean = mean_by_density(LEAST, LAW, DENSITY, _total(), whole)
    return chain(mean, identity(whole.right, VALUE, APART))
