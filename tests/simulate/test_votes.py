"""Votes: every kernel against the exact mean and against its NumPy twin.

False alarms: seeds are fixed; over fresh ones each comparison fails with probability at most 1e-9, by
Hoeffding's inequality for draws in an interval of the stated width (two samples: for the difference).
"""
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from simulate import votes
from simulate.tasks import Binary, Finite

SIZE = 200_000
THIRD = Fraction(1, 3)
BINARY = Binary((Fraction(1, 6), THIRD, 0, HALF := Fraction(1, 2)), (Fraction(1, 8), Fraction(3, 5), HALF, 1))
FINITE = Finite((THIRD, 2 * THIRD), ((Fraction(1, 4), Fraction(3, 4), 0), (THIRD, THIRD, THIRD)))
TEACHER = (HALF, Fraction(1, 10), Fraction(1), Fraction(4, 5))

Draw = Callable[[np.random.Generator, int], np.ndarray]


def radius(samples: int, width: float = 1.0) -> float:
    """Hoeffding's radius at 1e-9 for the mean of SIZE draws, or for the difference of two such means."""
    return width * math.sqrt(samples * math.log(2 / 1e-9) / (2 * SIZE))


def check(kernel: Draw, twin: Draw, mean: Fraction, width: float = 1.0) -> None:
    compiled, plain = kernel(np.random.default_rng(1), SIZE), twin(np.random.default_rng(2), SIZE)
    assert compiled.shape == plain.shape == (SIZE,)
    assert compiled.dtype == plain.dtype
    assert abs(compiled.mean() - float(mean)) < radius(1, width)
    assert abs(plain.mean() - float(mean)) < radius(1, width)
    compiled, plain = np.round(compiled.astype(float), 12), np.round(plain.astype(float), 12)
    values = np.union1d(compiled, plain)
    assert values.size <= 4
    for value in values:
        assert abs(np.mean(compiled == value) - np.mean(plain == value)) < radius(2)


def tail(eta: Any, k: int) -> Fraction:
    """P(more than half of k labels are 1), by enumeration."""
    eta = Fraction(eta)
    terms = (math.comb(k, j) * eta**j * (1 - eta) ** (k - j) for j in range(k // 2 + 1, k + 1))
    return sum(terms, Fraction(0))


def excess(task: Binary, votes_for_one: tuple[Any, ...], k: int) -> Fraction:
    rows = zip(task.mass, task.margin(), task.bayes_classifier(), votes_for_one, strict=True)
    wrong = (Fraction(p) * Fraction(g) * (1 - tail(v, k) if best else tail(v, k)) for p, g, best, v in rows)
    return sum(wrong, Fraction(0))


@pytest.mark.parametrize("task", [BINARY, FINITE])
def test_samplers_err_at_the_sampler_risk(task: Binary | Finite) -> None:
    check(lambda rng, size: votes.sampler_errors(task, rng, size),
          lambda rng, size: votes.sampler_errors_numpy(task, rng, size), Fraction(task.sampler_risk()))


def test_teachers_err_where_their_label_differs() -> None:
    pairs = zip(BINARY.mass, BINARY.eta, TEACHER, strict=True)
    mean = sum((Fraction(p) * (t * (1 - Fraction(eta)) + (1 - t) * Fraction(eta)) for p, eta, t in pairs),
               Fraction(0))
    check(lambda rng, size: votes.teacher_errors(BINARY, TEACHER, rng, size),
          lambda rng, size: votes.teacher_errors_numpy(BINARY, TEACHER, rng, size), mean)


@pytest.mark.parametrize("task", [BINARY, FINITE])
def test_regrets_average_to_the_sampler_risk_minus_the_bayes_risk(task: Binary | Finite) -> None:
    check(lambda rng, size: votes.sampler_regrets(task, rng, size),
          lambda rng, size: votes.sampler_regrets_numpy(task, rng, size),
          Fraction(task.sampler_risk()) - Fraction(task.bayes_risk()), width=2)


@pytest.mark.parametrize("k", [1, 3, 65])
@pytest.mark.parametrize("eta", [Fraction(2, 5), Fraction(1, 2), Fraction(11, 20), 0, 1])
def test_majorities_err_at_the_binomial_tail(eta: Any, k: int) -> None:
    mean = 1 - tail(eta, k) if 2 * eta >= 1 else tail(eta, k)
    check(lambda rng, size: votes.majority_errors(eta, k, rng, size),
          lambda rng, size: votes.majority_errors_numpy(eta, k, rng, size), mean)


@pytest.mark.parametrize("k", [1, 3, 101, 301])
@pytest.mark.parametrize("eta", [0.0, 1.0, 0.4, 0.5, 0.55, 0.999, 1e-9])
def test_the_compared_probability_is_the_binomial_tail(eta: float, k: int) -> None:
    assert votes._minority(eta, k) == pytest.approx(float(1 - tail(eta, k)), rel=1e-15 * (k + 1), abs=1e-300)


@pytest.mark.parametrize("k", [1, 5, 101])
@pytest.mark.parametrize("teacher", [None, TEACHER])
def test_majorities_of_samplers_cost_the_margin_where_they_err(k: int, teacher: Any) -> None:
    check(lambda rng, size: votes.majority_excess(BINARY, k, rng, size, teacher=teacher),
          lambda rng, size: votes.majority_excess_numpy(BINARY, k, rng, size, teacher=teacher),
          excess(BINARY, teacher or BINARY.eta, k))


def test_one_voter_costs_what_a_sampler_costs() -> None:
    assert excess(BINARY, BINARY.eta, 1) == BINARY.sampler_risk() - BINARY.bayes_risk()


def test_points_of_mass_zero_and_labels_of_probability_zero_never_occur() -> None:
    rng = np.random.default_rng(0)
    certain = Binary((0, 1, 0), (HALF, 1, HALF))
    assert not votes.sampler_errors(certain, rng, 10_000).any()
    assert not votes.sampler_regrets(certain, rng, 10_000).any()
    assert not votes.majority_excess(certain, 3, rng, 10_000).any()
    assert votes.teacher_errors(certain, (1, 0, 1), rng, 10_000).all()


def test_the_generators_state_decides_every_draw() -> None:
    first, second = (votes.sampler_errors(BINARY, np.random.default_rng(3), 1000) for _ in range(2))
    assert np.array_equal(first, second)
    rng = np.random.default_rng(3)
    assert np.array_equal(first, votes.sampler_errors(BINARY, rng, 1000))
    assert not np.array_equal(first, votes.sampler_errors(BINARY, rng, 1000))


def test_longer_calls_extend_shorter_ones() -> None:
    short, long = (votes.majority_excess(BINARY, 3, np.random.default_rng(4), size) for size in (100, 1000))
    assert np.array_equal(short, long[:100])


@pytest.mark.parametrize("k", [0, 2, -1])
def test_even_majorities_are_refused(k: int) -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=f"k = {k} voters"):
        votes.majority_errors(HALF, k, rng, 1)
    with pytest.raises(ValueError, match=f"k = {k} voters"):
        votes.majority_excess(BINARY, k, rng, 1)


def test_wrong_probabilities_are_refused() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="3/2 is not in"):
        votes.majority_errors(Fraction(3, 2), 3, rng, 1)
    with pytest.raises(ValueError, match="teacher has 1 entries for 4 points"):
        votes.teacher_errors(BINARY, (1,), rng, 1)
