"""Kernels for random designs against pseudo-inverses and lstsq on the same draws, and against plain simulations.

Means are compared at 6.1 standard errors, a false alarm of 1e-9 each for normal means; seeds are fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from simulate import Linear, ridgeless
from simulate.linear_moments import distilled_risk, inverse_trace, label_noise, random_features_risk, student_error
from simulate.linear_moments import teacher_risk as mean_risk
from simulate.ridgeless import coefficients, coefficients_numpy

Floats = npt.NDArray[np.float64]
LEVEL = 6.1
TASK = Linear(tuple(Fraction(v, 2) for v in (2, -1, 0, 3, 1, -2, 4, 0, 1, 1, -3, 2, 1, 0, 1, 2, -1, 1)), Fraction(1, 2))


def agrees(draws: Floats, mean: object) -> None:
    error = draws.std(ddof=1) / draws.size**0.5
    assert abs(draws.mean() - float(mean)) <= LEVEL * error  # pyright: ignore[reportArgumentType]


def same_mean(first: Floats, second: Floats) -> None:
    error = (first.var(ddof=1) / first.size + second.var(ddof=1) / second.size) ** 0.5
    assert abs(first.mean() - second.mean()) <= LEVEL * error


@pytest.mark.parametrize(("n", "p"), [(1, 1), (1, 5), (4, 4), (5, 9), (8, 20)])
def test_the_kernel_solves_as_pseudo_inverses_do_on_the_same_designs(n: int, p: int) -> None:
    rng = np.random.default_rng(n)
    designs, beta = rng.standard_normal((40, n, p)), rng.standard_normal(p)
    found, twin = coefficients(designs, beta), coefficients_numpy(designs, beta)
    for name in ("missed", "kept", "spread"):
        first, second = getattr(found, name), getattr(twin, name)
        # Rounding grows with the condition of the Gram matrix, whose size is that of the spread.
        tolerance = 1e-10 * (1 + twin.spread.sum(axis=1, keepdims=True)) ** 2
        assert np.all(np.abs(first - second) <= tolerance)


def test_the_integrated_risk_is_the_mean_over_the_noise_of_lstsq() -> None:
    rng = np.random.default_rng(3)
    n, p, beta, noise = 4, 9, TASK.array()[:9], 1.7
    x = rng.standard_normal((n, p))
    fit = np.linalg.lstsq(x, np.column_stack((x @ beta, np.sqrt(noise) * np.eye(n))), rcond=None)[0]
    found = coefficients(x[None], beta)
    # lstsq is linear in the labels: its answer to the signal, and to each label's noise.
    assert (found.missed[0]) == pytest.approx((beta - fit[:, 0]) ** 2)
    assert (found.kept[0]) == pytest.approx(fit[:, 0] ** 2)
    assert noise * found.spread[0] == pytest.approx(np.square(fit[:, 1:]).sum(axis=1))


def test_inverse_traces_in_law_are_those_of_gram_matrices() -> None:
    rng = np.random.default_rng(5)
    for few, many in ((1, 12), (4, 16), (7, 20)):
        first = ridgeless.inverse_traces(few, many, rng, 20_000)
        twin = ridgeless.inverse_traces_numpy(few, many, rng, 4000)
        same_mean(first, twin)
        agrees(first, inverse_trace(few, many))
        assert np.quantile(first, 0.5) == pytest.approx(np.quantile(twin, 0.5), rel=0.1)


class Dictated:
    """A generator whose chi-square variables are given beforehand, with the degrees of freedom that they must have."""

    def __init__(self, expected: list[tuple[int, Floats]]) -> None:
        self.expected = expected

    def chisquare(self, freedom: int, size: int) -> Floats:
        wanted, values = self.expected.pop(0)
        assert (freedom, size) == (wanted, values.size)
        return values


def reflect(axis: Floats, columns: Floats) -> None:
    """Reflect the columns, in place, so that `axis` comes to lie along the first coordinate."""
    axis[0] += np.copysign(np.linalg.norm(axis), axis[0])
    columns -= np.outer(2 * axis / (axis @ axis), axis @ columns)


def bidiagonal(g: Floats) -> Floats:
    """The lower bidiagonal form of g, by reflections of its columns and rows in turn."""
    form = g.copy()
    few = len(form)
    for i in range(few):
        reflect(form[i, i:].copy(), form[:, i:].T)
        if i + 1 < few:
            reflect(form[i + 1:, i].copy(), form[i + 1:])
    assert np.abs(np.tril(form, -2)).max() + np.abs(np.triu(form, 1)).max() < 1e-12
    return form[:, :few]


def test_trace_of_a_bidiagonal_form_is_that_of_the_gram_matrix() -> None:
    """For a matrix of one's own; the entries left by the reflections have the stated degrees of freedom."""
    few, many = 5, 11
    g = np.random.default_rng(6).standard_normal((30, few, many))
    forms = np.square([bidiagonal(one) for one in g])
    expected = [(many, forms[:, 0, 0])]
    for i in range(1, few):
        expected += [(few - i, forms[:, i, i - 1]), (many - i, forms[:, i, i])]
    rng: Any = Dictated(expected)
    found = ridgeless.inverse_traces(few, many, rng, 30)
    assert expected == []
    assert found == pytest.approx(np.square(np.linalg.pinv(g)).sum(axis=(1, 2)))


def test_risks_in_law_have_the_quantiles_of_drawn_designs() -> None:
    """A share of 20,000 draws is off by 6.1 standard deviations with probability 1e-9."""
    first, twin = (ridgeless.teacher_risks(TASK, 5, 16, np.random.default_rng(8), 20_000, compiled=compiled)
                   for compiled in (True, False))
    for level in (0.01, 0.1, 0.5, 0.9, 0.99):
        error = (2 * level * (1 - level) / twin.size) ** 0.5
        assert abs(np.mean(first <= np.quantile(twin, level)) - level) <= LEVEL * error


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(("n", "p"), [(16, 4), (5, 16)])
def test_teachers_risks_have_the_exact_mean(n: int, p: int, compiled: bool) -> None:
    draws = ridgeless.teacher_risks(TASK, n, p, np.random.default_rng(n), 8000, compiled=compiled)
    agrees(draws, mean_risk(TASK, n, p))


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(("n", "p"), [(18, 6), (4, 16)])
def test_students_risks_have_the_exact_mean(n: int, p: int, compiled: bool) -> None:
    rng = np.random.default_rng(n)
    error, beyond = ridgeless.student_parts(TASK, n, p, 5, rng, 6000, compiled=compiled)
    agrees(error, student_error(TASK, n, p, 5))
    agrees(beyond, label_noise(TASK, n, p, 5))
    draws = ridgeless.distilled_risks(TASK, n, p, 5, 17, rng, 6000, compiled=compiled)
    agrees(draws, distilled_risk(TASK, n, p, 5, 17))
    agrees(ridgeless.distilled_risks(TASK, n, p, 5, None, rng, 6000, compiled=compiled),
           distilled_risk(TASK, n, p, 5, None))


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(("n", "p"), [(16, 4), (4, 15)])
def test_random_features_risks_have_the_exact_mean(n: int, p: int, compiled: bool) -> None:
    draws = ridgeless.random_features_risks(TASK, n, p, np.random.default_rng(n), 8000, compiled=compiled)
    agrees(draws, random_features_risk(TASK, n, p))


def plain_risks(n: int, p: int, s: int, m: int, size: int) -> tuple[Floats, Floats]:
    """Teachers' and students' risks from drawn labels, fitted by lstsq; only the fresh point is integrated out."""
    rng, beta, sigma = np.random.default_rng([n, p]), TASK.array(), float(TASK.sigma)
    teachers, students = np.empty(size), np.empty(size)
    for r in range(size):
        x = rng.standard_normal((n, TASK.dim))
        y = x @ beta + sigma * rng.standard_normal(n)
        teacher = np.linalg.lstsq(x[:, :p], y, rcond=None)[0]
        z = rng.standard_normal((m, TASK.dim))
        student = np.linalg.lstsq(z[:, :s], z[:, :p] @ teacher, rcond=None)[0]
        teachers[r], students[r] = (
            sigma**2 + np.square(beta - np.pad(w, (0, TASK.dim - w.size))).sum() for w in (teacher, student))
    return teachers, students


@pytest.mark.parametrize(("n", "p"), [(17, 6), (4, 15)])
def test_plainly_trained_teachers_and_students_have_the_exact_mean(n: int, p: int) -> None:
    teachers, students = plain_risks(n, p, 4, 15, 3000)
    agrees(teachers, mean_risk(TASK, n, p))
    agrees(students, distilled_risk(TASK, n, p, 4, 15))


def test_excess_risks_at_the_threshold_are_above_the_noises_share() -> None:
    task = Linear((0,) * 8, 2)
    for n, p in ((6, 6), (6, 5)):
        first = ridgeless.excess_risks(task, n, p, np.random.default_rng(1), 500)
        second = 4 * ridgeless.inverse_traces(min(n, p), max(n, p), np.random.default_rng(1), 500)
        assert first == pytest.approx(second)
    assert np.all(ridgeless.excess_risks(task, 6, 7, np.random.default_rng(1), 500) > 0)


@pytest.mark.parametrize("call", [
    lambda rng: ridgeless.teacher_risks(TASK, 5, 5, rng, 9), lambda rng: ridgeless.teacher_risks(TASK, 5, 19, rng, 9),
    lambda rng: ridgeless.student_parts(TASK, 4, 9, 10, rng, 9), lambda rng: ridgeless.inverse_traces(3, 2, rng, 9),
    lambda rng: ridgeless.distilled_risks(TASK, 4, 9, 3, 4, rng, 9),
    lambda rng: ridgeless.random_features_risks(TASK, 4, 19, rng, 9),
    lambda rng: coefficients(rng.standard_normal((2, 4, 3)), np.ones(3)),
])
def test_impossible_sizes_are_refused(call: Callable[[np.random.Generator], object]) -> None:
    with pytest.raises(ValueError, match=r"apart|features"):
        call(np.random.default_rng(0))
