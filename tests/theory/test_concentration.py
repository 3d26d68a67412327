"""Deviation bounds: their values, and that the derivations really minimise."""
from fractions import Fraction
from math import exp, log, sqrt
from typing import Any

import pytest
import sympy
from scipy.optimize import minimize_scalar

from theory.concentration import (
    FINITE_CLASS_ERM,
    FINITE_CLASS_ERM_SHARP,
    HOEFFDING,
    REALIZABLE_RADIUS,
    maximal,
)


def lowest(function, high):
    result: Any = minimize_scalar(function, bounds=(1e-6, high), method="bounded", options={"xatol": 1e-10})
    return float(result.fun)


@pytest.mark.parametrize(("proxy", "count"), [(0.25, 2), (0.25 / 30, 100), (3.0, 7)])
def test_maximal_is_the_minimum_over_the_exponent(proxy, count):
    least = lowest(lambda s: log(count) / s + s * proxy / 2, 1e4)
    value = float(maximal(sympy.Float(proxy), sympy.Integer(count)))
    assert value == pytest.approx(least, rel=1e-6)


def test_maximum_over_one_variable_is_its_mean():
    assert maximal(sympy.Rational(1, 4), sympy.Integer(1)) == 0


def test_hoeffding_exponent():
    assert float(HOEFFDING(m=7, t=Fraction(1, 3), c=2)) == pytest.approx(exp(-2 * 7 / 9), rel=1e-14)
    assert HOEFFDING(m=7, t=0, c=2) == 1


def test_hoeffding_minimises_the_exponential_moment():
    m, t = 12, 0.2
    least = lowest(lambda s: m * (s**2 / 8 - s * t), 100)
    assert float(HOEFFDING(m=m, t=Fraction(1, 5), c=2)) == pytest.approx(exp(least), rel=1e-6)


def test_excess_risk_bounds_of_finite_classes():
    assert float(FINITE_CLASS_ERM(hypotheses=5, m=8, c=1)) == pytest.approx(sqrt(2 * log(10) / 8), rel=1e-14)
    assert float(FINITE_CLASS_ERM_SHARP(hypotheses=5, m=8, c=1)) == pytest.approx(sqrt(log(5) / 16), rel=1e-14)


def test_sharper_bound_is_zero_for_a_single_hypothesis_and_always_smaller():
    assert FINITE_CLASS_ERM_SHARP(hypotheses=1, m=3, c=1) == 0
    for size in (1, 2, 50):
        sharp = float(FINITE_CLASS_ERM_SHARP(hypotheses=size, m=3, c=1))
        assert 2 * sharp < float(FINITE_CLASS_ERM(hypotheses=size, m=3, c=1))


def test_realizable_radius():
    value = REALIZABLE_RADIUS(hypotheses=8, delta=Fraction(1, 20), m=10, c=1)
    assert float(value) == pytest.approx(log(160) / 10, rel=1e-14)
