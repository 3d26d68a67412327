"""Students on isotropic features: kernel against least squares, closed forms against SciPy on the same draws."""

from __future__ import annotations

from fractions import Fraction as Q
from math import acos, log, pi

import numpy as np
import pytest
from scipy.stats import beta, kstest

from simulate import isotropic, projections
from simulate.tasks import as_floats

TEACHER = (3, -1, 0, 2, 1, 1, -2)
SIZES = [(1, 2), (2, 3), (3, 7), (4, 6), (6, 7)]


@pytest.mark.parametrize(("n", "dim"), SIZES)
@pytest.mark.parametrize("draw", [projections.students, projections.students_numpy])
def test_squared_cosines_have_the_beta_law(n: int, dim: int, draw: object) -> None:
    w = as_floats(TEACHER[:dim])
    found = draw(TEACHER[:dim], n, np.random.default_rng(11), 2000)  # type: ignore[operator]
    squared = np.square(found).sum(axis=1) / (w @ w)
    # A sound test fails with probability 1e-9 each.
    assert kstest(squared, beta(n / 2, (dim - n) / 2).cdf).pvalue > 1e-9
    # The student's part along the teacher is its squared length.
    assert np.allclose(found @ w, np.square(found).sum(axis=1))


def test_kernel_and_twin_have_the_same_means() -> None:
    size, n = 4000, 3
    draws = [draw(TEACHER, n, np.random.default_rng(5), size)
             for draw in (projections.students, projections.students_numpy)]
    first, second = (each.mean(axis=0) for each in draws)
    spread = np.sqrt(sum(each.var(axis=0) for each in draws) / size)
    # Seven normal comparisons at 6.5 deviations: below 1e-9 together.
    assert np.all(np.abs(first - second) < 6.5 * spread)
    assert np.all(np.abs(first - np.array(TEACHER) * n / len(TEACHER)) < 6.5 * spread)


@pytest.mark.parametrize(("n", "dim"), SIZES)
def test_lengths_are_those_of_the_students(n: int, dim: int) -> None:
    lengths = projections.lengths(TEACHER[:dim], n, np.random.default_rng(2), 50)
    found = projections.students(TEACHER[:dim], n, np.random.default_rng(2), 50)
    assert np.allclose(lengths, np.linalg.norm(found, axis=1), rtol=1e-12)


def test_as_many_points_as_dimensions_find_the_teacher() -> None:
    found = projections.students(TEACHER, len(TEACHER), np.random.default_rng(1), 100)
    assert np.allclose(found, TEACHER)


@pytest.mark.parametrize("n", [0, 8])
def test_sizes_are_checked(n: int) -> None:
    with pytest.raises(ValueError, match="1 <= n <= dimension"):
        projections.students(TEACHER, n, np.random.default_rng(0), 1)


def test_a_teacher_without_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="no direction"):
        projections.squared_cosines((0, 0), 1, np.random.default_rng(0), 1)


def test_draws_depend_on_the_seed_alone() -> None:
    first, second = (projections.students(TEACHER, 2, np.random.default_rng(9), 50) for _ in range(2))
    assert np.array_equal(first, second)
    longer = projections.students(TEACHER, 2, np.random.default_rng(9), 80)
    assert np.array_equal(longer[:50], first)


@pytest.mark.parametrize(("a", "b"), [(0, 0), (1, 1), (2, 0), (0, 3), (3, 4), (6, 6), (1, 0)])
def test_trigonometric_integrals(a: int, b: int) -> None:
    nodes, weights = np.polynomial.legendre.leggauss(60)
    t = (nodes + 1) * pi / 4
    value, times = isotropic.trigonometric_integral(a, b)
    assert float(value) * (pi / 2 if times else 1) == pytest.approx(
        float(np.sum(weights * np.cos(t) ** a * np.sin(t) ** b) * pi / 4), rel=1e-13)


@pytest.mark.parametrize("n", range(1, 8))
@pytest.mark.parametrize("m", range(1, 8))
def test_the_law_of_the_angle_agrees_with_scipy(n: int, m: int) -> None:
    for share in (Q(0), Q(1, 7), Q(1, 2), Q(9, 10), Q(1)):
        assert float(isotropic.squared_cosine_law(n, m, share)) == pytest.approx(
            beta.cdf(float(share), n / 2, m / 2), abs=1e-12)
    assert isotropic.mean_cosine(2, n, n + m) == Q(n, n + m)


def test_means_of_angles_mirror_one_another() -> None:
    for n in range(1, 6):
        for m in range(1, 6):
            assert isotropic.mean_angle(n, m) + isotropic.mean_angle(m, n) == pytest.approx(pi / 2, abs=1e-12)
    assert isotropic.mean_angle(1, 1) == pytest.approx(pi / 4)


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.9, 0.9999])
def test_orthants(correlation: float) -> None:
    assert isotropic.orthant(correlation) == pytest.approx(acos(correlation) / pi, abs=1e-12)


def test_bad_sizes_are_refused() -> None:
    for bad in (lambda: isotropic.trigonometric_integral(-1, 0), lambda: isotropic.mean_cosine(1, 3, 2),
                lambda: isotropic.squared_cosine_law(0, 1, Q(1, 2)), lambda: isotropic.mean_angle(0, 1)):
        with pytest.raises(ValueError, match=r"must not|give"):
            bad()


def test_the_data_inefficiency_is_that_of_mean_cosines_in_every_dimension() -> None:
    for n, dim in ((1, 2), (3, 5), (4, 9), (8, 9)):
        before, after = (float(isotropic.mean_cosine(1, points, dim)) for points in (n, n + 1))
        assert float(isotropic.inefficiency(n)) == pytest.approx(n * log(after / before), rel=1e-12)
