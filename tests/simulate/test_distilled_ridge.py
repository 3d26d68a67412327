"""Distilled ridge regression: whole matrices against directions, and draws against the exact risk.

False alarms: the seed is fixed; over fresh ones the comparison of draws fails with probability at most 1e-9, by
Hoeffding's inequality.
"""
from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate import RidgeTask, distilled_ridge

HALF = Fraction(1, 2)
TASK = RidgeTask((Fraction(1), Fraction(5, 2)), (1, -2), (1, 3), (Fraction(2), HALF), Fraction(3, 4))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(-4, 4), min_size=1, max_size=4))
def test_directions_are_orthonormal(vector):
    columns = distilled_ridge.directions(vector)
    for i, one in enumerate(columns):
        for j, other in enumerate(columns):
            assert sum(a * b for a, b in zip(one, other, strict=True)) == (i == j)


@settings(deadline=None, max_examples=30)
@given(distilled_ridge.kernels())
def test_gram_has_its_eigenvectors(kernel):
    matrix = distilled_ridge.gram(kernel["spectrum"], kernel["vector"])
    array = np.array([[float(Fraction(int(v.p), int(v.q))) for v in row] for row in matrix.tolist()])
    for d, unit in zip(kernel["spectrum"], distilled_ridge.directions(kernel["vector"]), strict=True):
        vector = np.array([float(v) for v in unit])
        assert np.allclose(array @ vector, float(d) * vector, atol=1e-9)


def test_one_round_is_ridge_of_numpy():
    spectrum, vector, labels = (Fraction(2), Fraction(1, 3), Fraction(5)), (1, 2, -1), (Fraction(1), Fraction(0), HALF)
    matrix = distilled_ridge.gram(spectrum, vector)
    array = np.array([[float(Fraction(int(v.p), int(v.q))) for v in row] for row in matrix.tolist()])
    expected = array @ np.linalg.solve(array + 0.5 * np.eye(3), [1.0, 0.0, 0.5])
    assert np.allclose([float(v) for v in distilled_ridge.rounds_of_ridge(matrix, labels, (HALF,))], expected)


def test_no_round_leaves_the_labels():
    matrix = distilled_ridge.gram((Fraction(2),), (0,))
    assert distilled_ridge.rounds_of_ridge(matrix, (Fraction(7),), ()) == (Fraction(7),)


def test_student_without_imitation_is_ridge_of_numpy():
    x = np.array([[float(Fraction(int(v.p), int(v.q))) for v in row] for row in TASK.design().tolist()])
    ridge = np.linalg.solve(x.T @ x + 0.5 * np.eye(2), x.T)
    student = TASK.student(HALF, Fraction(0))
    found = np.array([[float(Fraction(int(v.p), int(v.q))) for v in row] for row in student.tolist()])
    assert np.allclose(found, ridge)


@settings(deadline=None, max_examples=40)
@given(distilled_ridge.regressions(), distilled_ridge.rationals(), st.integers(-8, 16))
def test_risk_is_a_sum_over_directions(task, penalty, eighths):
    imitation = Fraction(eighths, 8)
    total = Fraction(0)
    for d, square in zip(*task.columns(), strict=True):
        kept = d / (d + penalty)
        student = kept * (1 - imitation + imitation * kept)
        total += (student - 1) ** 2 * square + student**2 * task.sigma**2 / d
    assert task.risk(penalty, imitation) == total


def test_risk_does_not_depend_on_how_the_labels_are_turned():
    turned = RidgeTask(TASK.singular, (3, 1), TASK.right, TASK.truth, TASK.sigma)
    assert turned.risk(HALF, HALF) == TASK.risk(HALF, HALF)


def test_drawn_errors_average_to_the_risk():
    size, shares = 200_000, (Fraction(0), Fraction(3, 2))
    drawn = TASK.errors(HALF, shares, np.random.default_rng(1), size)
    assert drawn.shape == (2, size)
    for row, share in zip(drawn, shares, strict=True):
        largest = TASK.largest_error(HALF, share)
        assert 0 <= row.min() <= row.max() <= largest
        assert abs(row.mean() - float(TASK.risk(HALF, share))) < largest * math.sqrt(math.log(2e9 * 2) / (2 * size))


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="penalty 0 must be positive"):
        TASK.student(Fraction(0), HALF)
    with pytest.raises(ValueError, match="penalty 0 must be positive"):
        distilled_ridge.rounds_of_ridge(distilled_ridge.gram((Fraction(1),), (1,)), (HALF,), (Fraction(0),))
    with pytest.raises(ValueError, match="one entry per eigenvalue"):
        distilled_ridge.gram((Fraction(1),), (1, 2))
    with pytest.raises(ValueError, match="of one length"):
        RidgeTask((Fraction(1),), (1,), (1, 2), (Fraction(1),), HALF)
    with pytest.raises(ValueError, match="must be positive"):
        RidgeTask((Fraction(0),), (1,), (1,), (Fraction(1),), HALF)
