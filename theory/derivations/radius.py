"""The length of the part of a Gaussian vector in a plane: its mean and its mean square, by integration."""

from __future__ import annotations

from typing import Any

from sympy import Integral, Interval, Rational, exp, oo, pi, sqrt

from theory.domain import Domain, variable
from theory.facts import Fact
from theory.integrals import integral
from theory.rules_integrals import mean_by_density, with_density

LONG: Any = Interval.open(0, oo)
r = variable("r", LONG)
DENSITY = r * exp(-(r**2) / 2)
R = with_density("R", r, DENSITY, Domain({r: LONG}))


def _moment(power: int, value: Any) -> Fact:
    nowhere = Domain({})
    total, found = (integral(Integral(r**k * DENSITY, (r, 0, oo)), result, nowhere)
                    for k, result in ((0, 1), (power, value)))
    return mean_by_density(r**power, R, DENSITY, total, found)


def mean_length() -> Fact:
    """E r == sqrt(pi/2)."""
    return _moment(1, sqrt(pi * Rational(1, 2)))


def mean_square() -> Fact:
    """E r^2 == 2."""
    return _moment(2, 2)
