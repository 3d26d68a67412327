"""The nearest-neighbour formulas against numerical integrals of their definitions."""
from fractions import Fraction
from math import cos, pi

import pytest
from flint import arb
from scipy.integrate import quad

from theory.neighbours import (
    COSINE_RISK,
    ETA_GAP,
    FIRST_MULTIPLIER,
    NEAREST_DISTANCE,
    NEIGHBOUR_RISK_QUADRATIC,
    NEIGHBOUR_RISK_UPPER,
    VORONOI_SQUARES,
)


@pytest.mark.parametrize("n", [1, 2, 7, 60])
def test_nearest_distance_is_the_integral_of_the_survival_function(n):
    integral, _ = quad(lambda t: (1 - 2 * t) ** n, 0, 0.5)
    assert float(NEAREST_DISTANCE(n=n)) == pytest.approx(integral, rel=1e-9)
    assert NEAREST_DISTANCE(n=n) == Fraction(1, 2 * (n + 1))


@pytest.mark.parametrize("n", [3, 4, 10, 60])
def test_voronoi_squares_follow_from_the_law_of_two_neighbouring_gaps(n):
    # The sum of two neighbouring gaps is Beta(2, n - 2); a cell is half of it.
    square, _ = quad(lambda u: u**2 * (n - 1) * (n - 2) * u * (1 - u) ** (n - 3), 0, 1)
    assert float(VORONOI_SQUARES(n=n)) == pytest.approx(n * square / 4, rel=1e-9)


def test_two_points_share_the_circle_equally():
    assert VORONOI_SQUARES(n=2) == Fraction(1, 2)


def test_voronoi_formula_is_wrong_for_a_single_point():
    assert VORONOI_SQUARES(n=1) != 1


@pytest.mark.parametrize("n", [1, 2, 5, 33, 400])
def test_first_multiplier_is_its_integral(n):
    integral, _ = quad(lambda u: n * u ** (n - 1) * cos(pi * (1 - u)), 0, 1, limit=400, epsabs=1e-13)
    assert float(FIRST_MULTIPLIER(n=n)) == pytest.approx(integral, abs=1e-9)


def test_first_multiplier_obeys_the_recurrence_of_integration_by_parts():
    for n in (1, 2, 9, 150):
        after = FIRST_MULTIPLIER(n=n + 2)
        difference = FIRST_MULTIPLIER(n=n) - (1 - arb.pi() ** 2 * after / ((n + 1) * (n + 2)))
        assert abs(float(difference)) < 1e-12


def test_first_multiplier_of_two_points_is_four_over_pi_squared():
    assert float(FIRST_MULTIPLIER(n=2)) == pytest.approx(4 / pi**2, rel=1e-14)


def test_first_multiplier_grows_to_one():
    values = [float(FIRST_MULTIPLIER(n=n)) for n in range(1, 60)]
    assert values == sorted(values)
    assert 0.997 < values[-1] < 1


def test_cosine_risk_of_one_training_point_is_a_coin():
    assert float(COSINE_RISK(a=Fraction(1, 2), n=1)) == pytest.approx(0.5, abs=1e-30)


def test_cosine_risk_falls_to_the_sampler_risk():
    a = Fraction(1, 3)
    sampler_risk, _ = quad(lambda x: 2 * (0.5 + cos(2 * pi * x) / 3) * (0.5 - cos(2 * pi * x) / 3), 0, 1)
    assert float(COSINE_RISK(a=a, n=10**5)) == pytest.approx(sampler_risk, abs=1e-8)
    assert float(COSINE_RISK(a=0, n=9)) == 0.5


def test_eta_gap_is_the_slope_times_the_expected_distance():
    assert ETA_GAP(lipschitz=3, n=5, c=Fraction(1, 2)) == 3 * NEAREST_DISTANCE(n=5)


def test_upper_bound_adds_the_eta_gap_to_the_sampler_risk():
    value = NEIGHBOUR_RISK_UPPER(sampler_risk=Fraction(1, 3), lipschitz=2, n=7, c=Fraction(1, 2))
    assert value == Fraction(1, 3) + Fraction(1, 8)


def test_second_order_bound_adds_the_mean_squared_distance():
    square, _ = quad(lambda t: t**2 * 2 * 7 * (1 - 2 * t) ** 6, 0, 0.5)
    value = NEIGHBOUR_RISK_QUADRATIC(sampler_risk=0, lipschitz=3, n=7, c=1)
    assert float(value) == pytest.approx(9 * square, rel=1e-9)


def test_formulas_evaluate_in_floating_point_too():
    assert FIRST_MULTIPLIER(n=5.0) == pytest.approx(float(FIRST_MULTIPLIER(n=5)), rel=1e-14)
    assert isinstance(NEAREST_DISTANCE(n=4.0), float)
