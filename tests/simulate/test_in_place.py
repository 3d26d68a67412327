"""Students taught at their teacher's own inputs: rational linear algebra against numpy.linalg."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from simulate import Linear, in_place, linear_strategies

TASK = Linear((1, Fraction(-1, 2), 2, 0), Fraction(1, 2))
DESIGN = ((1, 2, 0, 1), (0, 1, 1, -1))
DEFICIENT = ((1, 2, 0, 1), (2, 4, 0, 2), (0, 0, 0, 0))


@settings(deadline=None, max_examples=60)
@given(linear_strategies.designs())
def test_the_exact_risk_is_that_of_pseudo_inverses(drawn) -> None:
    task, design, p, s = (drawn[name] for name in ("task", "design", "p", "s"))
    x, sigma = np.array(design, float), float(task.sigma)
    fit = np.linalg.pinv(x[:, :s]) @ x[:, :p] @ np.linalg.pinv(x[:, :p])
    missed = task.array() - np.pad(fit @ x @ task.array(), (0, task.dim - s))
    expected = sigma**2 * (1 + np.square(fit).sum()) + np.square(missed).sum()
    assert float(in_place.risk(task, design, p, s)) == pytest.approx(expected, rel=1e-7)


def test_a_ridge_teacher_shrinks_the_labels() -> None:
    x, ridge = np.array(DESIGN, float), Fraction(1, 3)
    gram = x[:, :3] @ x[:, :3].T
    fit = np.linalg.pinv(x[:, :1]) @ gram @ np.linalg.inv(gram + np.eye(2) / 3)
    missed = TASK.array() - np.pad(fit @ x @ TASK.array(), (0, 3))
    assert float(in_place.risk(TASK, DESIGN, 3, 1, ridge)) == pytest.approx(
        (1 + np.square(fit).sum()) / 4 + np.square(missed).sum())


@pytest.mark.parametrize(("design", "p", "s", "ridge"), [
    (DESIGN, 3, 1, 0.0), (DESIGN, 1, 3, 0.0), (DESIGN, 3, 2, 0.5), (DEFICIENT, 2, 4, 0.0)])
def test_draws_of_the_noise_have_the_exact_mean(design, p: int, s: int, ridge: float) -> None:
    # 6.1 standard errors, a false alarm of 1e-9 each.
    draws = in_place.risks(TASK, design, p, s, np.random.default_rng(2), 20_000, ridge)
    exact = float(in_place.risk(TASK, design, p, s, Fraction(ridge)))
    assert abs(draws.mean() - exact) <= 6.1 * draws.std() / draws.size**0.5 + 1e-12


def test_ranks() -> None:
    assert [in_place.rank(DESIGN, p) for p in (1, 2, 4)] == [1, 2, 2]
    assert in_place.rank(DEFICIENT, 4) == 1


def test_rows_in_another_order_teach_the_same() -> None:
    assert in_place.risk(TASK, DESIGN[::-1], 1, 3) == in_place.risk(TASK, DESIGN, 1, 3)


def test_a_point_seen_twice_weighs_twice_for_least_squares() -> None:
    twice = (*DESIGN, DESIGN[0])
    assert in_place.direct_risk(TASK, twice, 1) != in_place.direct_risk(TASK, DESIGN, 1)
    assert in_place.risk(TASK, twice, 2, 1) == in_place.direct_risk(TASK, twice, 1)


@pytest.mark.parametrize(("design", "p", "s"), [((), 1, 1), (((1, 2),), 1, 1), (DESIGN, 5, 1), (DESIGN, 1, 0)])
def test_bad_designs_are_refused(design, p: int, s: int) -> None:
    with pytest.raises(ValueError, match="in_place"):
        in_place.risk(TASK, design, p, s)
