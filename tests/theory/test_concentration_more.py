"""Tail bounds: their values, and that the derivations minimise what they say they do."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log, sqrt
from typing import Any

import pytest
from scipy.optimize import minimize_scalar

from theory.concentration import HOEFFDING
from theory.concentration_more import (
    BERNSTEIN,
    CANTELLI,
    CHEBYSHEV,
    CHERNOFF,
    CHERNOFF_MULTIPLICATIVE,
    EMPIRICAL_BERNSTEIN_RADIUS,
    MARKOV,
)


def lowest(function: Any, high: float) -> float:
    result: Any = minimize_scalar(function, bounds=(0, high), method="bounded", options={"xatol": 1e-10})
    return float(result.fun)


def test_moment_inequalities_are_rational() -> None:
    assert MARKOV(mean=Fraction(1, 8), a=Fraction(1, 2), c=1) == Fraction(1, 4)
    assert CHEBYSHEV(variance=Fraction(1, 16), t=Fraction(1, 2), c=1) == Fraction(1, 4)
    assert CANTELLI(variance=Fraction(4, 25), t=Fraction(4, 5), c=1) == Fraction(1, 5)


def test_cantelli_is_the_minimum_over_the_shift() -> None:
    variance, t = 0.3, 0.7
    least = lowest(lambda s: (variance + s**2) / (t + s) ** 2, 10)
    assert float(CANTELLI(variance=variance, t=t, c=1)) == pytest.approx(least, rel=1e-9)


def test_cantelli_is_below_chebyshev_and_above_half_of_it_for_small_tails() -> None:
    for t in (0.6, 1.0, 5.0):
        one, both = (float(each(variance=0.25, t=t, c=1)) for each in (CANTELLI, CHEBYSHEV))
        assert both / 2 < one < both


def test_chernoff_is_the_divergence_of_coins() -> None:
    a, mu, m = 0.7, 0.4, 5
    divergence = a * log(a / mu) + (1 - a) * log((1 - a) / (1 - mu))
    assert float(CHERNOFF(m=m, mean=mu, level=a, c=1)) == pytest.approx(exp(-m * divergence), rel=1e-12)
    least = lowest(lambda s: m * (log(1 - mu + mu * exp(s)) - s * a), 20)
    assert float(CHERNOFF(m=m, mean=mu, level=a, c=1)) == pytest.approx(exp(least), rel=1e-9)


def test_multiplicative_chernoff_is_the_minimum_over_the_exponent() -> None:
    m, mu = 7, 0.2
    for ratio, sign in ((3.0, 1), (0.25, -1)):
        least = lowest(lambda s, r=ratio, by=sign: m * mu * (exp(by * s) - 1 - by * s * r), 20)
        assert float(CHERNOFF_MULTIPLICATIVE(m=m, mean=mu, ratio=ratio, c=1)) == pytest.approx(exp(least), rel=1e-9)


@pytest.mark.parametrize("level", [0.3, 0.5, 0.9])
def test_chernoff_is_below_hoeffding_and_the_multiplicative_form(level: float) -> None:
    mu, m = 0.2, 10
    sharp = float(CHERNOFF(m=m, mean=mu, level=level, c=1))
    assert sharp <= float(HOEFFDING(m=m, t=level - mu, c=2))
    assert sharp <= float(CHERNOFF_MULTIPLICATIVE(m=m, mean=mu, ratio=level / mu, c=1))


def test_bernstein_is_its_usual_form_and_close_to_the_best_exponent() -> None:
    m, t, v, b = 20, 0.1, 0.05, 1.0
    value = float(BERNSTEIN(m=m, t=t, variance=v, b=b, c=1))
    assert value == pytest.approx(exp(-m * t**2 / (2 * (v + b * t / 3))), rel=1e-12)
    assert value >= exp(lowest(lambda s: m * (s**2 * v / (2 * (1 - s * b / 3)) - s * t), 2.99))


def test_bernstein_beats_hoeffding_for_small_variances() -> None:
    small, large = (float(BERNSTEIN(m=50, t=0.1, variance=v, b=1, c=1)) for v in (0.01, 0.25))
    assert small < float(HOEFFDING(m=50, t=0.1, c=2)) < large


def test_empirical_bernstein_radius() -> None:
    m, delta, v = 20, 0.05, 0.1
    wanted = sqrt(2 * v * log(2 / delta) / m) + 7 * log(2 / delta) / (3 * (m - 1))
    assert float(EMPIRICAL_BERNSTEIN_RADIUS(variance=v, m=m, delta=delta, c=7)) == pytest.approx(wanted, rel=1e-12)
