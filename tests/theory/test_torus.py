"""Formulas for 1-NN on a torus and a cube against sums and special cases."""
from fractions import Fraction
from math import comb, gamma

import pytest

from theory.torus import NEIGHBOUR_RISK_CUBE, TORUS_DISTANCE, TORUS_GAP


@pytest.mark.parametrize("dim", [1, 2, 5])
@pytest.mark.parametrize("n", [1, 4, 20])
def test_distance_is_the_integral_of_its_tail(dim, n):
    exact = sum(Fraction((-1) ** j * comb(n, j), 2 * (dim * j + 1)) for j in range(n + 1))
    assert float(TORUS_DISTANCE(n=n, dim=dim)) == pytest.approx(float(exact), rel=1e-12)


def test_distance_on_a_circle_is_rational():
    assert TORUS_DISTANCE(n=7, dim=1) == Fraction(1, 16)


@pytest.mark.parametrize("dim", [1, 2, 3])
def test_distance_is_of_order_n_to_minus_one_over_dim(dim):
    value = float(TORUS_DISTANCE(n=10**6, dim=dim)) * 10 ** (6 / dim)
    assert value == pytest.approx(gamma(1 + 1 / dim) / 2, rel=1e-4)


def test_gap_is_lipschitz_times_distance():
    assert TORUS_GAP(lipschitz=3, n=9, dim=1, c=1) == Fraction(3, 20)


def test_cube_bound_at_a_glance():
    value = NEIGHBOUR_RISK_CUBE(bayes_risk=Fraction(1, 10), lipschitz=Fraction(1, 2), n=27, dim=2, b=2, c=4)
    assert float(value) == pytest.approx(0.2 + 2 * 2**0.5 / 3)
