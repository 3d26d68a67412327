"""Classifiers, soft teachers and ensembles on finite tasks: exact values by other routes, draws against their twins.

False alarms: seeds are fixed; over fresh ones each comparison fails with probability at most 1e-9, by Hoeffding's
inequality for draws in an interval of the stated width (two samples: for the difference).
"""
from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats

from simulate import Binary, Finite, classifiers, committees, divergences, ensembles, soft

SIZE = 100_000
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
BINARY = Binary((Fraction(1, 6), THIRD, 0, HALF), (Fraction(1, 8), Fraction(3, 5), HALF, 1))
FINITE = Finite((THIRD, 2 * THIRD), ((Fraction(1, 4), Fraction(3, 4), 0), (THIRD, THIRD, THIRD)))
WEIGHTS, ROWS = (THIRD, 2 * THIRD), ((0, 1, HALF, 2), (Fraction(1, 4), HALF, 1, 0))

Draw = Callable[[np.random.Generator, int], Any]


def radius(samples: int, width: float = 1.0) -> float:
    """Hoeffding's radius at 1e-9 for the mean of SIZE draws, or for the difference of two such means."""
    return width * math.sqrt(samples * math.log(2 / 1e-9) / (2 * SIZE))


def check(sample: Draw, twin: Draw, mean: Any, width: float = 1.0) -> None:
    first, second = sample(np.random.default_rng(1), SIZE), twin(np.random.default_rng(2), SIZE)
    assert first.shape == second.shape == (SIZE,)
    assert first.dtype == second.dtype
    assert abs(first.mean() - float(mean)) < radius(1, width)
    assert abs(first.mean() - second.mean()) < radius(2, width)


@pytest.mark.parametrize(("task", "labels"), [(BINARY, (1, 0, 1, 1)), (FINITE, (2, 0))])
def test_classifiers_err_at_their_risk(task: Any, labels: tuple[int, ...]) -> None:
    expected = classifiers.risk(task, labels)
    check(lambda rng, size: classifiers.errors(task, labels, rng, size),
          lambda rng, size: classifiers.errors_numpy(task, labels, rng, size), expected)
    check(lambda rng, size: classifiers.excess(task, labels, rng, size),
          lambda rng, size: classifiers.excess_numpy(task, labels, rng, size), expected - task.bayes_risk(), 2)


def test_risks_are_those_of_the_task() -> None:
    for labels in product((0, 1), repeat=4):
        assert classifiers.risk(BINARY, labels) == BINARY.risk(labels)
    assert classifiers.least_risk(BINARY) == BINARY.bayes_risk()
    assert classifiers.least_risk(FINITE) == FINITE.bayes_risk()
    assert classifiers.risk(FINITE, classifiers.best_constant(FINITE)) == classifiers.least_risk(FINITE, True)
    assert classifiers.least_risk(BINARY, True) == BINARY.risk(classifiers.best_constant(BINARY))


@pytest.mark.parametrize("labels", [(0, 1), (0, 1, 2, 0)])
def test_labels_that_do_not_fit_are_errors(labels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="give one per point"):
        classifiers.risk(BINARY, labels)


@settings(derandomize=True, max_examples=30, database=None, deadline=None)
@given(classifiers.finite_with_classifier())
def test_drawn_classifiers_fit_their_task(drawn: dict[str, Any]) -> None:
    assert 0 <= classifiers.risk(drawn["task"], drawn["classifier"]) <= 1


def test_a_tie_of_the_teacher_goes_to_the_less_likely_label() -> None:
    task = Binary((THIRD, THIRD, THIRD), (Fraction(1, 4), Fraction(3, 4), Fraction(3, 4)))
    assert soft.labels(task, (HALF, HALF, Fraction(2, 3))) == (1, 0, 1)
    assert soft.labels(task, (HALF, HALF, Fraction(2, 3)), Fraction(2, 3)) == (0, 0, 0)
    law = ((THIRD, THIRD, THIRD), (0, Fraction(1, 4), Fraction(3, 4)))
    teacher = ((0, HALF, HALF), (THIRD, THIRD, THIRD))
    assert soft.classes(Finite((HALF, HALF), law), teacher) == (1, 0)


@settings(derandomize=True, max_examples=40, database=None, deadline=None)
@given(soft.binary_with_soft_teacher())
def test_soft_teachers(drawn: dict[str, Any]) -> None:
    task, teacher = drawn["task"], drawn["teacher"]
    assert all(0 < q < 1 for q in (*teacher, *task.eta))
    expected = sum(float(p) * stats.entropy([float(e), 1 - float(e)], [float(q), 1 - float(q)])
                   for p, e, q in zip(task.mass, task.eta, teacher, strict=True))
    assert float(soft.divergence(task, teacher)) == pytest.approx(expected, abs=1e-12)
    assert soft.regret(task, soft.labels(task, teacher)) >= 0


@settings(derandomize=True, max_examples=30, database=None, deadline=None)
@given(soft.finite_with_soft_teacher())
def test_soft_teachers_of_several_classes(drawn: dict[str, Any]) -> None:
    task, teacher = drawn["task"], drawn["teacher"]
    assert all(sum(row) == 1 and min(row) >= 0 for row in teacher)
    two = [max(sum(p[y] - q[y] for y in event) for event in _events(task.classes))
           for p, q in zip(task.law, teacher, strict=True)]
    assert soft.variations(task, teacher) == two


def _events(classes: int) -> list[tuple[int, ...]]:
    return [tuple(y for y in range(classes) if chosen >> y & 1) for chosen in range(2**classes)]


def test_the_least_margin_is_that_of_points_with_mass() -> None:
    assert soft.least_margin(BINARY) == Fraction(1, 5)


def test_committees() -> None:
    loss = committees.ensemble_loss(BINARY, WEIGHTS, ROWS)
    check(lambda rng, size: committees.squared_errors(BINARY, WEIGHTS, ROWS, rng, size),
          lambda rng, size: committees.squared_errors_numpy(BINARY, WEIGHTS, ROWS, rng, size), loss,
          committees.loss_range(ROWS)[1])
    rows = committees.triples(BINARY, WEIGHTS, ROWS)
    assert sum(p for p, *_ in rows) == 1
    assert sum(p * (mean - y) ** 2 for p, _, mean, y in rows) == loss
    members = committees.member_losses(BINARY, ROWS)
    assert sum(p * (h - y) ** 2 for p, h, _, y in rows) == sum(w * v for w, v in zip(WEIGHTS, members, strict=True))


def test_splitting_a_member_changes_nothing() -> None:
    split = ((Fraction(1, 6), Fraction(1, 6), 2 * THIRD), (ROWS[0], ROWS[0], ROWS[1]))
    assert committees.ensemble_loss(BINARY, *split) == committees.ensemble_loss(BINARY, WEIGHTS, ROWS)
    values = (Fraction(1), Fraction(4))
    assert ensembles.average(WEIGHTS, values) == ensembles.average(split[0], (values[0], *values)) == 3


def test_draws_of_members() -> None:
    check(lambda rng, size: ensembles.draws(WEIGHTS, (0, 1), rng, size),
          lambda rng, size: ensembles.draws_numpy(WEIGHTS, (0, 1), rng, size), 2 * THIRD)
    assert ensembles.reach((THIRD, -1, HALF)) == (-1.0, 0.5)


def test_the_comonotone_coupling_has_the_given_marginals() -> None:
    joint = ensembles.in_order((HALF, THIRD, Fraction(1, 6)), (3, 1, 2), (Fraction(1, 4), Fraction(3, 4)), (0, 5))
    assert sum(p for p, _, _ in joint) == 1
    for index, law in ((1, {3: HALF, 1: THIRD, 2: Fraction(1, 6)}), (2, {0: Fraction(1, 4), 5: Fraction(3, 4)})):
        assert {v: sum(row[0] for row in joint if row[index] == v) for v in law} == law
    values = [(a, b) for p, a, b in joint if p]
    assert values == sorted(values)


FORMS: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "square": (lambda x: x * x, lambda x: 2 * x), "entropy": (lambda x: x * math.log(x), lambda x: math.log(x) + 1),
    "exponential": (math.exp, math.exp), "burg": (lambda x: -math.log(x), lambda x: -1 / x),
    "quartic": (lambda x: x**4, lambda x: 4 * x**3)}


@pytest.mark.parametrize("generator", FORMS)
def test_divergences_are_those_of_their_generators(generator: str) -> None:
    function, slope = FORMS[generator]
    expected = function(0.5) - function(1.25) - slope(1.25) * (0.5 - 1.25)
    assert float(divergences.divergence(generator, HALF, Fraction(5, 4))) == pytest.approx(expected, rel=1e-12)
    assert float(divergences.divergence(generator, HALF, HALF)) == pytest.approx(0, abs=1e-50)


def test_an_unknown_generator_is_an_error() -> None:
    with pytest.raises(ValueError, match="is none of square"):
        divergences.divergence("cube", 1, 2)


def test_log_losses() -> None:
    law, prediction = (THIRD, 2 * THIRD, 0), (HALF, Fraction(1, 4), Fraction(1, 4))
    expected = stats.entropy([1 / 3, 2 / 3, 0], [0.5, 0.25, 0.25])
    assert float(divergences.kl(law, prediction)) == pytest.approx(expected)
    assert divergences.kl(law, law) == 0
    assert float(divergences.log_loss(1, HALF)) == pytest.approx(math.log(2))
    bar = divergences.geometric_mean((HALF, HALF), ((HALF, HALF), (Fraction(1, 5), Fraction(4, 5))))
    assert [float(v) for v in bar] == pytest.approx([1 / 3, 2 / 3])
