"""k-NN regression: kernel against twin, exact means against draws and enumeration.

False alarms: seeds are fixed; over fresh ones each comparison of draws fails with probability at most 1e-9, by
Hoeffding's inequality for draws in [-1, 1].
"""
from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from simulate import Circle, nearest_average

SIZE = 200_000
CIRCLE = Circle((Fraction(1, 10), Fraction(9, 10), Fraction(1, 2)))
COIN = (Fraction(1, 2), Fraction(1, 2)), (Fraction(0), Fraction(1))
HALF = Fraction(1, 2)


def radius(samples: int) -> float:
    return 2 * math.sqrt(samples * math.log(2e9) / (2 * SIZE))


@pytest.mark.parametrize(("n", "k"), [(1, 1), (5, 2), (7, 7), (12, 5)])
def test_kernel_and_twin_have_the_exact_moments(n: int, k: int) -> None:
    x = Fraction(1, 7)
    start = float(CIRCLE.eta(x))
    change = float(nearest_average.mean_change(CIRCLE, x, n, k))
    error = nearest_average.mean_error(CIRCLE, x, n, k)
    for compiled in (True, False):
        drawn = nearest_average.averages(CIRCLE, x, n, k, np.random.default_rng(3), SIZE, compiled=compiled) - start
        assert drawn.shape == (SIZE,)
        assert abs(drawn.mean() - change) < radius(1)
        assert abs((drawn**2).mean() - error) < radius(1)


@pytest.mark.parametrize(("n", "k"), [(1, 1), (4, 1), (4, 3), (9, 9), (30, 10)])
def test_distance_from_x_has_the_stated_moments(n: int, k: int) -> None:
    circle = Circle((0, 1))
    assert nearest_average.mean_change(circle, Fraction(0), n, k) == Fraction(2 * (k + 1), 4 * (n + 1))
    expected = 4 * (k + 1) * (k + 2) * (3 * k + 1) / (48 * k * (n + 1) * (n + 2))
    assert math.isclose(nearest_average.mean_error(circle, Fraction(0), n, k), expected, rel_tol=1e-11)


def test_all_points_are_neighbours_where_k_is_n() -> None:
    assert nearest_average.mean_change(CIRCLE, Fraction(1, 9), 6, 6) == CIRCLE.mean_eta() - CIRCLE.eta(Fraction(1, 9))


def test_one_neighbour_is_the_nearest_neighbour() -> None:
    x = Fraction(2, 9)
    expected = CIRCLE.nearest_neighbour_law(x, 5) - CIRCLE.eta(x)
    assert nearest_average.mean_change(CIRCLE, x, 5, 1) == expected


def test_turning_the_circle_changes_nothing() -> None:
    turned = Circle((*CIRCLE.knots[1:], CIRCLE.knots[0]))
    x = Fraction(3, 5)
    assert nearest_average.mean_change(turned, x, 8, 3) == nearest_average.mean_change(
        CIRCLE, (x + Fraction(1, 3)) % 1, 8, 3)


def test_equal_knots_in_between_change_nothing() -> None:
    fine = Circle((0, HALF, 1, HALF))
    assert nearest_average.mean_change(fine, Fraction(1, 5), 8, 3) == nearest_average.mean_change(
        Circle((0, 1)), Fraction(1, 5), 8, 3)


@pytest.mark.parametrize("redrawn", [False, True])
@pytest.mark.parametrize("shared", [False, True])
def test_estimates_have_the_enumerated_law(redrawn: bool, shared: bool) -> None:
    inputs = (Fraction(0), Fraction(1, 4), Fraction(3, 4))
    arguments = (CIRCLE, inputs, Fraction(1, 8), 2, *COIN)
    weights, values = nearest_average.estimates_law(*arguments, redrawn=redrawn, shared=shared)
    assert sum(weights) == 1
    drawn = nearest_average.estimates(*arguments, np.random.default_rng(5), SIZE, redrawn=redrawn, shared=shared)
    assert abs(drawn.mean() - float(nearest_average.mean_of(weights, values))) < radius(1)
    assert abs(drawn.var() - float(nearest_average.variance_of(weights, values))) < 3 * radius(1)


def test_nearest_inputs_are_found_around_the_seam() -> None:
    assert nearest_average.neighbours_of((HALF, Fraction(9, 10), Fraction(1, 5)), Fraction(0), 2) == (1, 2)
    assert nearest_average.neighbours_of((Fraction(1, 4), Fraction(3, 4)), Fraction(0), 1) == (0,)


@pytest.mark.parametrize(("n", "k", "x"), [(3, 4, Fraction(0)), (3, 0, Fraction(0)), (3, 1, Fraction(1))])
def test_bad_input_is_named(n: int, k: int, x: Fraction) -> None:
    with pytest.raises(ValueError, match=r"nearest_average: (k|x) = "):
        nearest_average.averages(CIRCLE, x, n, k, np.random.default_rng(0), 8)
