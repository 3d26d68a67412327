"""The circle's closed forms against quadrature, simulation and each other.

False alarms: the one statistical test has a fixed seed; over a fresh one each of its cases fails with
probability at most 1e-9, by Hoeffding's inequality.
"""
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulate
from simulate import strategies
from simulate.circle import Circle
from simulate.nearest_average import circle_eta
from simulate.tasks import Number

QUICK = settings(max_examples=15, database=None, derandomize=True, deadline=None)
TRIANGLE = Circle((0, 1))
UNEVEN = Circle((Fraction(1, 8), Fraction(3, 4), 1, 0, Fraction(1, 2)))


def integral(function: Callable[[float], Number], knots: int, cells: int = 64) -> float:
    """Gauss-Legendre between all multiples of 1/(cells * knots), where kinks at knots and antipodes lie."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    cells *= knots
    points = (np.arange(cells)[:, None] + (nodes + 1) / 2) / cells
    values = np.array([[float(function(x)) for x in row] for row in points.tolist()])
    return float((values @ weights).sum() / (2 * cells))


def test_the_triangle_wave_has_known_risks() -> None:
    assert TRIANGLE.lipschitz() == 2
    assert TRIANGLE.mean_eta() == Fraction(1, 2)
    assert TRIANGLE.bayes_risk() == Fraction(1, 4)
    assert TRIANGLE.sampler_risk() == Fraction(1, 3)
    assert TRIANGLE.slope_jumps() == (4, -4)
    assert [TRIANGLE.eta(Fraction(i, 4)) for i in range(5)] == [0, Fraction(1, 2), 1, Fraction(1, 2), 0]


@pytest.mark.parametrize("n", [1, 2, 7, 100, 10_000])
def test_the_triangle_waves_distance_from_a_sampler_has_a_closed_form(n: int) -> None:
    # q - eta = 4 (G(x) - G(1/2 - x)) on [0, 1/2] changes sign at 1/4.
    exact = 2 * (1 - 2.0 ** -(n + 1)) / ((n + 1) * (n + 2))
    assert TRIANGLE.nearest_neighbour_distance(n) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("circle", [TRIANGLE, UNEVEN, Circle((Fraction(1, 3),)), Circle((0, 0, 1))])
def test_risks_agree_with_quadrature(circle: Circle) -> None:
    size = len(circle.knots)
    assert integral(circle.eta, size) == pytest.approx(float(circle.mean_eta()), abs=1e-12)
    assert integral(lambda x: 2 * circle.eta(x) * (1 - circle.eta(x)), size) == pytest.approx(
        float(circle.sampler_risk()), abs=1e-12)
    # Crossings of 1/2 inside a cell cost at most their number times slope * cell^2.
    assert integral(lambda x: min(circle.eta(x), 1 - circle.eta(x)), size) == pytest.approx(
        float(circle.bayes_risk()), abs=1e-4)


@pytest.mark.parametrize("n", [1, 2, 5, 20])
@pytest.mark.parametrize("x", [Fraction(0), Fraction(1, 7), Fraction(3, 5), Fraction(24, 25)])
def test_the_neighbours_law_is_eta_averaged_over_the_displacement(n: int, x: Fraction) -> None:
    # Cells of 1/350 have the kinks on their edges: multiples of 1/5 less x, and 0.
    def averaged(t: float) -> float:
        t -= 0.5
        return n * (1 - 2 * abs(t)) ** (n - 1) * float(UNEVEN.eta(float(x) + t))

    average = integral(averaged, 175, cells=2)
    assert float(UNEVEN.nearest_neighbour_law(x, n)) == pytest.approx(average, abs=1e-10)


@pytest.mark.parametrize("n", [1, 3, 12])
def test_the_neighbours_risk_and_distance_agree_with_quadrature(n: int) -> None:
    def error(x: float) -> Number:
        q, eta = UNEVEN.nearest_neighbour_law(x, n), UNEVEN.eta(x)
        return q * (1 - eta) + (1 - q) * eta

    def gap(x: float) -> Number:
        return abs(UNEVEN.nearest_neighbour_law(x, n) - UNEVEN.eta(x))

    assert integral(error, 5) == pytest.approx(float(UNEVEN.nearest_neighbour_risk(n)), abs=1e-12)
    assert integral(gap, 5) == pytest.approx(UNEVEN.nearest_neighbour_distance(n), abs=1e-4)


@QUICK
@given(strategies.circles(), st.fractions(0, 1, max_denominator=50))
def test_one_training_point_teaches_only_the_mean(circle: Circle, x: Fraction) -> None:
    mean = circle.mean_eta()
    assert circle.nearest_neighbour_law(x, 1) == mean
    assert circle.nearest_neighbour_risk(1) == 2 * mean * (1 - mean)


@QUICK
@given(strategies.circles(), st.integers(1, 40))
def test_the_neighbours_risk_lies_just_above_the_samplers(circle: Circle, n: int) -> None:
    slack = circle.lipschitz() / (2 * (n + 1))
    assert circle.sampler_risk() <= circle.nearest_neighbour_risk(n) <= circle.sampler_risk() + slack
    assert circle.nearest_neighbour_distance(n) <= slack + 1e-15


@QUICK
@given(strategies.circles(), st.integers(1, 40), st.integers(0, 7))
def test_turning_refining_and_swapping_labels_change_no_risk(circle: Circle, n: int, turn: int) -> None:
    knots = circle.knots
    turn %= len(knots)
    middles = [(low + high) / 2 for low, high in zip(knots, knots[1:] + knots[:1], strict=True)]
    for other in (Circle(knots[turn:] + knots[:turn]), Circle(tuple(1 - v for v in knots)),
                  Circle(tuple(v for pair in zip(knots, middles, strict=True) for v in pair))):
        assert other.bayes_risk() == circle.bayes_risk()
        assert other.sampler_risk() == circle.sampler_risk()
        assert other.lipschitz() == circle.lipschitz()
        assert other.nearest_neighbour_risk(n) == circle.nearest_neighbour_risk(n)
        assert other.nearest_neighbour_distance(n) == pytest.approx(
            circle.nearest_neighbour_distance(n), rel=1e-10, abs=1e-15)


@QUICK
@given(strategies.circles(), st.fractions(0, 1, max_denominator=50))
def test_threshold_risks_join_the_two_constant_classifiers(circle: Circle, a: Fraction) -> None:
    assert circle.threshold_risk(0) == 1 - circle.mean_eta()
    assert circle.threshold_risk(1) == circle.mean_eta()
    assert circle.threshold_risk(a) >= circle.bayes_risk()
    array = circle.threshold_risk(np.array([0.0, float(a), 1.0]))
    assert array == pytest.approx([float(circle.threshold_risk(v)) for v in (0, a, 1)], abs=1e-14)


@QUICK
@given(strategies.circles(), st.floats(-2, 2))
def test_eta_is_the_same_for_numbers_arrays_and_kernels(circle: Circle, x: float) -> None:
    array = circle.eta(np.array([x]))
    assert array == pytest.approx([float(circle.eta(x))], abs=1e-12)
    assert circle_eta(circle.knot_array(), x) == pytest.approx(float(circle.eta(x)), abs=1e-12)
    assert float(circle.eta(Fraction(x))) == pytest.approx(float(circle.eta(x)), abs=1e-12)


@pytest.mark.parametrize("n", [1, 2, 6])
def test_simulated_neighbours_err_as_often_as_the_closed_form_says(n: int) -> None:
    rng, size = np.random.default_rng(n), 300_000
    x, points = rng.random(size), rng.random((size, n))
    apart = np.abs(points - x[:, None])
    nearest = points[np.arange(size), np.argmin(np.minimum(apart, 1 - apart), axis=1)]
    label, drawn = rng.random(size) < UNEVEN.eta(x), rng.random(size) < UNEVEN.eta(nearest)
    radius = math.sqrt(math.log(2 / 1e-9) / (2 * size))
    assert abs(np.mean(label != drawn) - float(UNEVEN.nearest_neighbour_risk(n))) < radius


def test_wrong_circles_and_arguments_say_what_is_wrong() -> None:
    wrong: Any = ()
    with pytest.raises(ValueError, match="knots is empty"):
        Circle(wrong)
    with pytest.raises(ValueError, match="not in \\[0, 1\\]"):
        Circle((0, 2))
    with pytest.raises(ValueError, match="n = 0 training points"):
        TRIANGLE.nearest_neighbour_risk(0)
    with pytest.raises(ValueError, match="a = 2 is not in"):
        TRIANGLE.threshold_risk(2)
    with pytest.raises(ValueError, match="outside"):
        TRIANGLE.threshold_risk(np.array([1.5]))


def test_the_package_gives_the_circle_by_name() -> None:
    assert simulate.Circle is Circle
