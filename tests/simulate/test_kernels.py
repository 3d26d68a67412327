"""Kernel machines: exact values against floats, against closed forms, and under symmetries.

Shares are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction

import numpy as np
import pytest

from simulate import Machine, kernels

POINTS, LABELS = ((0, 0), (2, 1), (-1, 3)), (1, -1, 1)
PLANE = Machine(POINTS, LABELS, Fraction(3, 2), 2)
LINE, SIGNS = (Fraction(1, 10), Fraction(3, 10), Fraction(6, 10), Fraction(9, 10)), (1, 1, -1, 1)


def test_the_machine_interpolates():
    assert [PLANE.value(point) for point in POINTS] == list(LABELS)


@pytest.mark.parametrize("power", [1, 2])
@pytest.mark.parametrize("query", [(1, 1), (5, -4)])
def test_values_agree_with_linear_algebra_in_floats(power, query):
    machine = Machine(POINTS, LABELS, Fraction(7, 4), power)
    places, x = np.array(POINTS, float), np.array(query, float)
    matrix = 1.75 ** -(np.abs(places[:, None] - places) ** power).sum(axis=2)
    weights = 1.75 ** -(np.abs(places - x) ** power).sum(axis=1)
    assert float(machine.value(query)) == pytest.approx(weights @ np.linalg.solve(matrix, LABELS), rel=1e-12)


def test_two_points_in_closed_form():
    machine = Machine(((0,), (3,)), (1, -1), Fraction(2), 2)
    near, far, q = Fraction(1, 2), Fraction(1, 16), Fraction(1, 512)
    assert machine.crowding() == q
    assert machine.value((1,)) == (near - far) / (1 - q)
    assert machine.rest((1,)) == far
    assert machine.nearest((1,)) == 0


def test_shifting_and_reordering_change_nothing():
    moved = Machine(tuple((x + 4, y - 7) for x, y in reversed(POINTS)), LABELS[::-1], PLANE.base, 2)
    assert moved.value((5, -6)) == PLANE.value((1, 1))
    assert moved.crowding() == PLANE.crowding()


def test_flipping_the_labels_flips_the_sign():
    flipped = Machine(POINTS, tuple(-label for label in LABELS), PLANE.base, 2)
    assert flipped.value((1, 2)) == -PLANE.value((1, 2))


def test_a_laplace_machine_on_a_line_is_a_sinh_between_its_points():
    machine = Machine(((0,), (5,), (7,)), (1, -1, -1), Fraction(2), 1)

    def sinh(t):
        return (Fraction(2) ** t - Fraction(2) ** -t) / 2

    for x in range(1, 5):
        assert machine.value((x,)) == (sinh(5 - x) - sinh(x)) / sinh(5)
    assert machine.value((-3,)) == Fraction(1, 8)


def test_mismatch_by_zeros_is_that_of_a_fine_grid():
    x = (np.arange(200_000) + 0.5) / 200_000
    places = np.array(LINE, float)
    gaps = np.abs(x[:, None] - places)
    signs = np.exp(-(gaps**2) / 0.02) @ kernels.line_weights(LINE, SIGNS, 0.02) > 0
    share = np.mean(signs != (np.array(SIGNS)[np.argmin(gaps, axis=1)] > 0))
    assert kernels.line_mismatch(LINE, SIGNS, 0.02) == pytest.approx(share, abs=2e-5)


def test_mismatches_drawn_have_their_exact_mean():
    draws = kernels.line_mismatches(LINE, SIGNS, 0.02, np.random.default_rng(1), 400_000)
    exact = kernels.line_mismatch(LINE, SIGNS, 0.02)
    assert abs(draws.mean() - exact) < 6.5 * np.sqrt(exact / draws.size)


def test_one_label_has_no_mismatch():
    assert kernels.line_mismatch(LINE, (1, 1, 1, 1), 0.02) == 0
    assert not kernels.line_mismatches(LINE, (1, 1, 1, 1), 0.02, np.random.default_rng(2), 1000).any()


def test_alternating_equally_spaced_labels_change_sign_at_the_midpoint():
    assert kernels.line_mismatch((0.25, 0.75), (1, -1), 0.1) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("points", "labels", "base", "power", "words"), [
    (((0,), (0,)), (1, 1), 2, 1, "distinct"), (((0,), (0, 1)), (1, 1), 2, 1, "dimension"),
    ((), (), 2, 1, "at least one"),
    (((0,),), (0,), 2, 1, "labels"), (((0,),), (1, 1), 2, 1, "labels"), (((0,),), (1,), 1, 1, "base"),
    (((0,),), (1,), 2, 3, "power"),
])
def test_bad_machines_are_named(points, labels, base, power, words):
    with pytest.raises(ValueError, match=words):
        Machine(points, labels, base, power)
