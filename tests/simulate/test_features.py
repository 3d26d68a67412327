"""Exact geometry of projected weights: two routes, floats, enumeration, and what leaves the answer unchanged."""

from __future__ import annotations

from fractions import Fraction as Q
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, seed, settings

from simulate import projection_strategies as strategies
from simulate.features import (
    Features,
    dot,
    mean_transfer_risk,
    minus,
    project,
    project_by_equations,
    scores,
    sign,
    spans,
    squared_cosine,
    training_law,
    transfer_law,
    transfer_risk,
    transfer_risks,
    vector,
)

CROSS = Features((Q(1, 2), Q(1, 3), Q(1, 6)), ((1, 0), (0, 2), (1, -1)))
TEACHER = vector((2, 1))


@seed(1)
@settings(max_examples=40, deadline=None, database=None)
@given(strategies.with_training())
def test_both_projections_agree_with_the_pseudoinverse(drawn: dict[str, Any]) -> None:
    rows, teacher = drawn["features"].train(drawn["training"]), drawn["teacher"]
    found = project(teacher, rows)
    assert found == project_by_equations(teacher, rows)
    if rows:
        phi = np.array(rows, dtype=float)
        assert np.allclose(np.linalg.pinv(phi) @ phi @ np.array(teacher, dtype=float), np.array(found, dtype=float))


@seed(2)
@settings(max_examples=40, deadline=None, database=None)
@given(strategies.with_training())
def test_a_projection_is_one(drawn: dict[str, Any]) -> None:
    rows, teacher = drawn["features"].train(drawn["training"]), drawn["teacher"]
    found = project(teacher, rows)
    assert project(found, rows) == found
    assert all(dot(minus(teacher, found), phi) == 0 for phi in rows)
    assert spans(rows, [found])
    assert squared_cosine(teacher, found) * dot(teacher, teacher) == dot(found, found)


def test_the_law_of_training_sets_is_that_of_all_samples() -> None:
    counted: dict[tuple[int, ...], Q] = {}
    for drawn in product(range(3), repeat=4):
        key = tuple(sorted(set(drawn)))
        weight = Q(1)
        for x in drawn:
            weight *= CROSS.mass[x]
        counted[key] = counted.get(key, Q(0)) + weight
    assert training_law(CROSS.mass, 4) == counted


def test_points_of_no_mass_are_never_trained_on() -> None:
    assert set(training_law((Q(1, 2), Q(0), Q(1, 2)), 2)) == {(0,), (2,), (0, 2)}


def test_the_mean_risk_is_the_average_over_samples() -> None:
    by_samples = sum((CROSS.mass[a] * CROSS.mass[b] * transfer_risk(CROSS, TEACHER, (a, b))
                      for a, b in product(range(3), repeat=2)), Q(0))
    assert mean_transfer_risk(CROSS, TEACHER, 2) == by_samples


def test_drawn_risks_have_the_mean_enumerated() -> None:
    size, n = 20_000, 2
    draws = transfer_risks(CROSS, TEACHER, n, np.random.default_rng(3), size)
    # Hoeffding: a sound test fails with probability 1e-9.
    assert abs(draws.mean() - float(mean_transfer_risk(CROSS, TEACHER, n))) < np.sqrt(np.log(2e9) / (2 * size))


def test_the_joint_law_gives_the_mean_risk() -> None:
    weights, columns = transfer_law(CROSS, TEACHER, 3)
    assert sum(weights) == 1
    wrong = (sign(s) != sign(t) for s, t in zip(columns["student"], columns["score"], strict=True))
    assert sum(w for w, bad in zip(weights, wrong, strict=True) if bad) == mean_transfer_risk(CROSS, TEACHER, 3)
    size = dot(TEACHER, TEACHER)
    assert all(r + k <= size for r, k in zip(columns["residual"], columns["reach"], strict=True))


@pytest.mark.parametrize("n", [1, 2, 4])
def test_what_leaves_the_risk_unchanged(n: int) -> None:
    risk = mean_transfer_risk(CROSS, TEACHER, n)
    assert mean_transfer_risk(Features(CROSS.mass[::-1], CROSS.vectors[::-1]), TEACHER, n) == risk
    split = Features((Q(1, 4), Q(1, 4), *CROSS.mass[1:]), (CROSS.vectors[0], *CROSS.vectors))
    assert mean_transfer_risk(split, TEACHER, n) == risk
    scaled = Features(CROSS.mass, tuple(minus((Q(0), Q(0)), phi, -3) for phi in CROSS.vectors))
    assert mean_transfer_risk(scaled, vector((4, 2)), n) == risk
    turned = Features(CROSS.mass, tuple((3 * a - 4 * b, 4 * a + 3 * b) for a, b in CROSS.vectors))
    assert mean_transfer_risk(turned, vector((2, 11)), n) == risk
    higher = Features(CROSS.mass, tuple((*phi, 0) for phi in CROSS.vectors))
    assert mean_transfer_risk(higher, vector((2, 1, 5)), n) == risk


def test_angles_with_nothing_are_right_ones() -> None:
    assert squared_cosine(vector((0, 0)), TEACHER) == 0 == squared_cosine(TEACHER, vector((0, 0)))
    assert Features((Q(1),), ((0, 0),)).tail(TEACHER, Q(0)) == 1
    assert Features((Q(1),), ((0, 0),)).tail(TEACHER, Q(0), strict=True) == 0
    assert CROSS.tail(TEACHER, Q(1, 5)) == Q(1, 2)


def test_a_zero_score_has_its_own_sign() -> None:
    assert CROSS.disagreement(vector((0, 0)), TEACHER) == 1
    assert CROSS.disagreement(TEACHER, vector((4, 2))) == 0
    assert scores(CROSS, TEACHER, vector((0, 1)))["rest"] == [2, 0, 2]


@pytest.mark.parametrize(("bad", "says"), [
    (lambda: Features((Q(1),), ((1, 0), (0, 1))), "one vector per point"),
    (lambda: Features((Q(1, 2), Q(1, 2)), ((1,), (0, 1))), "all of one length"),
    (lambda: Features((Q(1),), ((0.5,),)), "ints or Fractions"),
    (lambda: training_law((Q(1),), 0), "n >= 1"),
    (lambda: training_law((Q(1, 7),) * 7, 1), "at most 6"),
    (lambda: transfer_risks(CROSS, TEACHER, 0, np.random.default_rng(0), 4), "n >= 1"),
])
def test_bad_input_is_refused(bad: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        bad()


@seed(3)
@settings(max_examples=40, deadline=None, database=None)
@given(strategies.symmetric())
def test_symmetric_laws_equal_their_mirror_images(drawn: dict[str, Any]) -> None:
    features, teacher = drawn["features"], drawn["teacher"]
    law: dict[Any, Q] = {}
    for p, phi in zip(features.mass, features.vectors, strict=True):
        law[phi] = law.get(phi, Q(0)) + p
        image = strategies.mirrored(phi, teacher)
        law[image] = law.get(image, Q(0)) - p
        assert dot(image, image) == dot(phi, phi)  # type: ignore[arg-type]
    assert not any(law.values())
