"""Formulas of distilled ridge regression and of k-NN regression against direct computations in fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import neighbour_regression, ridge

positive = st.fractions(Fraction(1, 8), 8, max_denominator=8)
shares = st.fractions(-2, 3, max_denominator=8)


def risk(d: Fraction, c: Fraction, square: Fraction, noise: Fraction, imitation: Fraction) -> Fraction:
    kept = d / (c + d)
    student = kept * (1 - imitation + imitation * kept)
    return (student - 1) ** 2 * square + student**2 * noise / d


@settings(deadline=None, max_examples=40)
@given(positive, positive, positive, positive, shares)
def test_risk_is_a_parabola_in_the_share(d, c, square, noise, imitation):
    at = {"spectrum": d, "penalty": c, "truth_squared": square, "noise_variance": noise}
    expected = (risk(d, c, square, noise, Fraction(0)) - 2 * imitation * ridge.IMITATION_PULL(**at)
                + imitation**2 * ridge.IMITATION_CURVATURE(**at))
    assert ridge.IMITATION_RISK(**at, imitation=imitation) == risk(d, c, square, noise, imitation) == expected
    assert ridge.IMITATION_SURPLUS(**at) == ridge.IMITATION_PULL(**at) - ridge.IMITATION_CURVATURE(**at)


@settings(deadline=None, max_examples=40)
@given(positive, positive, positive, positive)
def test_slope_of_the_risk_is_the_limit_of_its_differences(d, c, square, noise):
    step = Fraction(1, 10**9)
    difference = (risk(d, c + step, square, noise, Fraction(0)) - risk(d, c, square, noise, Fraction(0))) / step
    slope = ridge.RIDGE_SLOPE(spectrum=d, penalty=c, truth_squared=square, noise_variance=noise)
    assert abs(difference - slope) < Fraction(1, 10**4)


def test_rounds_multiply():
    once = ridge.KEPT(spectrum=3, penalty=2)
    assert once == Fraction(3, 5)
    assert ridge.SHRINKAGE(spectrum=3, penalty=2, rounds=4) == once**4
    ratio = ridge.NEXT_RATIO(larger=3, smaller=1, penalty=2, kept_larger=1, kept_smaller=Fraction(1, 2))
    assert ratio == 2 * once / Fraction(1, 3)


@pytest.mark.parametrize(("n", "k"), [(1, 1), (6, 1), (6, 4), (20, 20)])
def test_bias_and_error_come_from_the_distances_one_by_one(n, k):
    mean = sum(Fraction(j, 2 * (n + 1)) for j in range(1, k + 1)) / k
    assert neighbour_regression.BIAS(lipschitz=3, n=n, k=k, c=1) == 3 * mean
    products = sum(Fraction(min(i, j) * (max(i, j) + 1), 4 * (n + 1) * (n + 2))
                   for i in range(1, k + 1) for j in range(1, k + 1))
    assert neighbour_regression.ERROR(noise_variance=2, lipschitz=3, n=n, k=k, c=1) == Fraction(2, k) + (
        9 * products / k**2)
