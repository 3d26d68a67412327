"""Gaussian and Laplace classes, votes and pieces of circles: samplers against their twins and against exact values.

False alarms: seeds are fixed; over fresh ones each comparison fails with probability at most 1e-9, by Hoeffding's
inequality for draws in [0, 1] (two samples: for the difference).
"""
from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats

from simulate import Circle, Gaussians, gaussians, jury, laplace, pieces

SIZE = 100_000
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
PAIR = Gaussians(((0, 0), (Fraction(6, 5), Fraction(8, 5))), (HALF, HALF))
TILTED = Gaussians(((1, 2, 0), (Fraction(1, 2), 1, 1)), (Fraction(9, 10), Fraction(1, 10)))
THREE = Gaussians(((0,), (1,), (3,)), (THIRD, THIRD, THIRD))
CIRCLE = Circle((Fraction(1, 8), Fraction(3, 4), Fraction(3, 5), 0))

Draw = Callable[[np.random.Generator, int], Any]


def radius(samples: int) -> float:
    """Hoeffding's radius at 1e-9 for the mean of SIZE draws in [0, 1], or for the difference of two such means."""
    return math.sqrt(samples * math.log(2 / 1e-9) / (2 * SIZE))


def check(sample: Draw, twin: Draw, mean: Any) -> None:
    first, second = sample(np.random.default_rng(1), SIZE), twin(np.random.default_rng(2), SIZE)
    assert first.shape == second.shape == (SIZE,)
    assert first.dtype == second.dtype == np.bool_
    assert abs(first.mean() - float(mean)) < radius(1)
    assert abs(first.mean() - second.mean()) < radius(2)


@pytest.mark.parametrize("task", [PAIR, TILTED, THREE, Gaussians(((1,), (1,)), (THIRD, 2 * THIRD))])
def test_the_bayes_classifier_errs_at_the_bayes_risk(task: Gaussians) -> None:
    check(lambda rng, size: gaussians.bayes_errors(task, rng, size),
          lambda rng, size: gaussians.bayes_errors_numpy(task, rng, size), task.bayes_risk())


def test_two_gaussians_of_equal_weight() -> None:
    assert PAIR.squared_distance() == 4
    assert PAIR.bayes_risk() == pytest.approx(stats.norm.cdf(-1), abs=1e-13)


@pytest.mark.parametrize("task", [TILTED, THREE])
def test_the_bayes_risk_is_what_adaptive_quadrature_finds(task: Gaussians) -> None:
    places, weights = task.on_line(), [float(w) for w in task.weights]
    assert places is not None

    def missed(x: float) -> float:
        densities = [w * stats.norm.pdf(x - m) for w, m in zip(weights, places, strict=True)]
        return float(sum(densities) - max(densities))

    expected = sum(integrate.quad(missed, a, a + 0.5, epsabs=1e-13)[0] for a in np.arange(-12, 15, 0.5))
    assert task.bayes_risk() == pytest.approx(expected, abs=1e-9)


def test_the_bayes_risk_needs_means_on_a_line() -> None:
    triangle = Gaussians(((0, 0), (1, 0), (0, 1)), (THIRD, THIRD, THIRD))
    assert triangle.on_line() is None
    assert triangle.bayes_risk() is None
    line = Gaussians(((0, 0), (1, 2), (2, 4)), (THIRD, THIRD, THIRD))
    assert line.on_line() == pytest.approx([0, 5**0.5, 2 * 5**0.5])


@pytest.mark.parametrize("task", [PAIR, TILTED])
def test_rotating_and_shifting_the_features_leaves_the_bayes_risk(task: Gaussians) -> None:
    def moved(row: tuple[Any, ...]) -> tuple[Any, ...]:
        a, b, *rest = row
        return Fraction(3, 5) * a - Fraction(4, 5) * b + 7, Fraction(4, 5) * a + Fraction(3, 5) * b, *rest

    other = Gaussians(tuple(moved(row) for row in task.means), task.weights)
    assert other.squared_distance() == task.squared_distance()
    assert other.bayes_risk() == pytest.approx(task.bayes_risk(), abs=1e-13)
    exchanged = Gaussians(task.means[::-1], task.weights[::-1])
    assert exchanged.bayes_risk() == pytest.approx(task.bayes_risk(), abs=1e-13)


def test_a_class_that_never_occurs_does_not_count() -> None:
    assert Gaussians(((0,), (1,), (0,)), (HALF, HALF, 0)).bayes_risk() == pytest.approx(
        Gaussians(((0,), (1,)), (HALF, HALF)).bayes_risk(), abs=1e-13)


@pytest.mark.parametrize(("means", "weights", "message"), [
    (((0,),), (1,), "2 classes or more"), (((0,), (1,)), (1,), "2 classes or more"),
    (((0,), (1, 2)), (HALF, HALF), "lengths"), (((), ()), (HALF, HALF), "one finite number"),
    (((math.inf,), (0,)), (HALF, HALF), "one finite number"), (((0,), (1,)), (HALF, HALF + 1), "not in"),
])
def test_unusable_gaussians_are_errors(means: Any, weights: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Gaussians(means, weights)


@pytest.mark.parametrize(("distance", "weight"), [(2, HALF), (1, THIRD), (Fraction(1, 2), Fraction(9, 10)), (0, HALF)])
def test_laplace_classes(distance: Any, weight: Any) -> None:
    check(lambda rng, size: laplace.bayes_errors(distance, weight, rng, size),
          lambda rng, size: laplace.bayes_errors_numpy(distance, weight, rng, size),
          laplace.bayes_risk(distance, weight))


def test_the_bayes_risk_of_laplace_classes_where_one_wins_everywhere() -> None:
    assert laplace.bayes_risk(Fraction(1, 2), Fraction(9, 10)) == pytest.approx(0.1, abs=1e-13)
    assert laplace.bayes_risk(3, HALF) == pytest.approx(math.exp(-1.5) / 2, abs=1e-13)


@pytest.mark.parametrize(("distance", "weight", "message"), [(-1, HALF, "no distance"), (1, 1, "strictly between")])
def test_unusable_laplace_classes_are_errors(distance: Any, weight: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        laplace.bayes_risk(distance, weight)


@pytest.mark.parametrize(("start", "end"), [(Fraction(1, 8), THIRD), (1, HALF), (0, 1)])
def test_pieces_of_a_circle(start: Any, end: Any) -> None:
    both = Circle((start, end))
    check(lambda rng, size: pieces.bayes_errors(start, end, rng, size),
          lambda rng, size: pieces.bayes_errors_numpy(start, end, rng, size), both.bayes_risk())
    check(lambda rng, size: pieces.sampler_errors(start, end, rng, size),
          lambda rng, size: pieces.sampler_errors_numpy(start, end, rng, size), both.sampler_risk())


def test_whole_circles() -> None:
    check(lambda rng, size: pieces.circle_errors(CIRCLE, rng, size),
          lambda rng, size: pieces.circle_errors_numpy(CIRCLE, rng, size), CIRCLE.bayes_risk())
    assert HALF - pieces.area_from_half(CIRCLE) == CIRCLE.bayes_risk()


@pytest.mark.parametrize("k", [1, 3, 15])
def test_votes(k: int) -> None:
    few = stats.binom.cdf((k - 1) // 2, k, 0.6)
    check(lambda rng, size: jury.few_right(Fraction(3, 5), k, rng, size),
          lambda rng, size: jury.few_right_numpy(Fraction(3, 5), k, rng, size), few)


def test_an_even_number_of_votes_is_an_error() -> None:
    with pytest.raises(ValueError, match="odd k"):
        jury.few_right(HALF, 4, np.random.default_rng(1), 8)


CONDITIONAL: list[tuple[Draw, Draw]] = [
    *[(lambda rng, size, task=task: gaussians.bayes_risks(task, rng, size),
       lambda rng, size, task=task: gaussians.bayes_errors(task, rng, size)) for task in (PAIR, TILTED, THREE)],
    *[(lambda rng, size, w=weight: laplace.bayes_risks(2, w, rng, size),
       lambda rng, size, w=weight: laplace.bayes_errors(2, w, rng, size)) for weight in (HALF, THIRD, Fraction(9, 10))],
    (lambda rng, size: pieces.bayes_risks(Fraction(1, 5), Fraction(9, 10), rng, size),
     lambda rng, size: pieces.bayes_errors(Fraction(1, 5), Fraction(9, 10), rng, size)),
    (lambda rng, size: pieces.circle_risks(CIRCLE, rng, size),
     lambda rng, size: pieces.circle_errors(CIRCLE, rng, size)),
]


@pytest.mark.parametrize(("risks", "errors"), CONDITIONAL)
def test_risks_given_the_point_have_the_mean_of_errors_and_less_spread(risks: Draw, errors: Draw) -> None:
    given, plain = risks(np.random.default_rng(3), SIZE), errors(np.random.default_rng(4), SIZE)
    assert given.shape == (SIZE,)
    assert given.min() >= 0
    assert given.max() <= 2 / 3
    assert abs(given.mean() - plain.mean()) < radius(2)
    assert given.var() < plain.var() / 2


def test_a_class_without_weight_leaves_nothing_to_miss() -> None:
    certain = Gaussians(((0,), (1,)), (1, 0))
    assert not gaussians.bayes_risks(certain, np.random.default_rng(5), 100).any()
