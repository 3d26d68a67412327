"""Formulas for projected weights: against enumeration, SciPy and series."""

from __future__ import annotations

from fractions import Fraction as Q
from math import exp, log, pi

import numpy as np
import pytest
import sympy as sp
from scipy.special import gammaln
from scipy.stats import beta

from theory import inefficiency, projections


def test_the_expected_risk_and_its_sharper_form() -> None:
    values = {"near": Q(1, 4), "far": Q(1, 3), "n": 2, "c": 1}
    assert projections.EXPECTED_TRANSFER_RISK(**values) == Q(1, 4) + Q(1, 9)
    assert projections.EXPECTED_TRANSFER_RISK_SHARP(**values) == Q(1, 4) + Q(3, 4) * Q(1, 9)


@pytest.mark.parametrize("n", range(1, 7))
@pytest.mark.parametrize("m", range(1, 7))
def test_laws_and_means_agree_with_scipy(n: int, m: int) -> None:
    law = beta(n / 2, m / 2)
    found = projections.SQUARED_COSINE_LAW(n=n, dim=n + m, cosine_squared=Q(1, 3))
    assert float(found) == pytest.approx(law.cdf(1 / 3), rel=1e-12)
    # The moment of order 1/2 of a beta variable.
    moment = exp(gammaln(n / 2 + 0.5) + gammaln((n + m) / 2) - gammaln(n / 2) - gammaln((n + m + 1) / 2))
    assert float(projections.NORM(length=2, n=n, dim=n + m)) == pytest.approx(2 * moment, rel=1e-12)
    both = projections.mean_isotropic_risk(n, n + m), projections.mean_isotropic_risk(m, n + m)
    assert float(both[0]) + float(both[1]) == pytest.approx(0.5, abs=1e-14)


@pytest.mark.parametrize(("n", "m"), [(1, 2), (2, 2), (3, 4), (4, 3), (5, 1)])
def test_the_mean_risk_is_the_mean_angle(n: int, m: int) -> None:
    nodes, weights = np.polynomial.legendre.leggauss(60)
    t = (nodes + 1) * pi / 4
    density = weights * np.cos(t) ** (n - 1) * np.sin(t) ** (m - 1)
    mean = np.sum(density * t) / np.sum(density)
    assert float(projections.mean_isotropic_risk(n, n + m)) == pytest.approx(mean / pi, rel=1e-12)


def test_the_mean_risk_falls_with_more_points() -> None:
    risks = [float(projections.mean_isotropic_risk(n, 12)) for n in range(1, 12)]
    assert risks == sorted(risks, reverse=True)


def test_a_span_of_everything_leaves_no_risk() -> None:
    with pytest.raises(ValueError, match="1 <= n < dim"):
        projections.mean_isotropic_risk(3, 3)


@pytest.mark.parametrize("n", [1, 2, 3, 10, 100])
def test_the_data_inefficiency_and_its_bounds(n: int) -> None:
    value = float(inefficiency.DATA_INEFFICIENCY(n=n, c=1))
    assert value == pytest.approx(n * (gammaln(n / 2 + 1) + gammaln(n / 2) - 2 * gammaln((n + 1) / 2)), abs=1e-8)
    assert float(inefficiency.LOWER(n=n, c=1)) < value < float(inefficiency.UPPER(n=n, c=1)) < 0.5


def test_the_series_of_the_data_inefficiency() -> None:
    n, c = sp.symbols("n c", positive=True)
    for formula, shift in ((inefficiency.LOWER, 0), (inefficiency.UPPER, sp.Rational(72, 5))):
        assert sp.simplify(formula.expression - c * (sp.Rational(1, 2) - 1 / (12 * n**2 + shift))) == 0
    assert inefficiency.LIMIT(c=1) == Q(1, 2)


def test_neighbouring_growths_sum_to_a_logarithm() -> None:
    for n in (1, 4, 9):
        first, second = (float(inefficiency.DATA_INEFFICIENCY(n=k, c=1)) / k for k in (n, n + 1))
        assert first + second == pytest.approx(log(1 + 1 / n), rel=1e-13)
