"""Means of m draws: kernel, twin, convolution and plain enumeration agree."""
from fractions import Fraction
from itertools import product
from math import comb, prod

import numpy as np
import pytest

from simulate import sums

MASS = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
VALUES = (Fraction(0), Fraction(1, 3), Fraction(1))
DRAWS = 60_000


def enumerated_tail(mass, values, m, t):
    mean = sum(p * v for p, v in zip(mass, values, strict=True))
    return sum(prod(mass[i] for i in draw) for draw in product(range(len(mass)), repeat=m)
               if sum(values[i] for i in draw) >= m * (mean + t))


def known(value):
    """The value, where this instance is small enough for there to be one."""
    assert value is not None
    return value


@pytest.mark.parametrize("m", [1, 2, 5])
@pytest.mark.parametrize("t", [0, Fraction(1, 18), Fraction(1, 9), Fraction(5, 18), 1])
def test_tail_is_the_sum_over_all_sequences(m, t):
    assert sums.tail(MASS, VALUES, m, t) == enumerated_tail(MASS, VALUES, m, t)


def test_tail_of_fair_coins_is_binomial():
    half = Fraction(1, 2)
    expected = Fraction(sum(comb(40, j) for j in range(25, 41)), 2**40)
    assert sums.tail((half, half), (0, 1), 40, Fraction(1, 8)) == expected


def test_splitting_an_atom_changes_nothing():
    split = (Fraction(1, 4), Fraction(1, 4), *MASS[1:]), (VALUES[0], *VALUES)
    assert sums.tail(*split, 7, Fraction(1, 9)) == sums.tail(MASS, VALUES, 7, Fraction(1, 9))


def test_an_atom_without_mass_changes_nothing():
    padded = (*MASS, Fraction(0)), (*VALUES, Fraction(5, 7))
    assert sums.tail(*padded, 7, Fraction(1, 9)) == sums.tail(MASS, VALUES, 7, Fraction(1, 9))


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(("m", "t"), [(1, Fraction(1, 2)), (6, Fraction(1, 9)), (50, Fraction(1, 18))])
def test_draws_have_the_exact_tail_as_their_mean(m, t, compiled):
    draws = sums.mean_exceeds(MASS, VALUES, m, t, np.random.default_rng(1), DRAWS, compiled=compiled)
    chance = float(known(sums.tail(MASS, VALUES, m, t)))
    # 6.5 standard errors: false alarm below 1e-9.
    assert abs(draws.mean() - chance) < 6.5 * np.sqrt(chance * (1 - chance) / DRAWS)


def test_a_tie_at_a_lattice_point_counts():
    # 3 * (1/10) lies above 3/10 in floating point, and 7 thirds of 1/10 below 7/30.
    values = (Fraction(1, 10), Fraction(1, 10))
    draws = sums.mean_exceeds((Fraction(1, 2), Fraction(1, 2)), values, 7, 0, np.random.default_rng(2), 100)
    assert draws.all()
    assert not sums.mean_exceeds(
        (Fraction(1, 2), Fraction(1, 2)), values, 7, Fraction(1, 10**9), np.random.default_rng(2), 100).any()


def test_floating_values_are_sampled_but_not_enumerated():
    rng = np.random.default_rng(3)
    draws = sums.mean_exceeds((0.5, 0.3, 0.2), (0.0, 0.25, 1.0), 4, 0.125, rng, DRAWS)
    exact = sums.tail((Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)), (0, Fraction(1, 4), 1), 4, Fraction(1, 8))
    chance = float(known(exact))
    assert abs(draws.mean() - chance) < 6.5 * np.sqrt(chance * (1 - chance) / DRAWS)
    assert sums.tail((0.5, 0.3, 0.2), (0.0, 0.25, 1.0), 4, 0.125) is None


def test_count_vectors_are_all_multinomial_counts_with_their_probabilities():
    counts, weights, total = known(sums.count_vectors(MASS, 4))
    assert counts.shape == (comb(6, 2), 3)
    assert len({tuple(row) for row in counts.tolist()}) == len(counts)
    assert (counts.sum(axis=1) == 4).all()
    assert sum(weights) == total
    at = counts.tolist().index([1, 2, 1])
    assert Fraction(weights.tolist()[at], total) == 12 * MASS[0] * MASS[1] ** 2 * MASS[2]


@pytest.mark.parametrize("least", [0, 1, 3, 4, 5])
def test_the_chance_of_counts_is_the_weight_of_those_in_the_event(least: int) -> None:
    counts, weights, total = known(sums.count_vectors(MASS, 4))
    expected = Fraction(int(weights[counts[:, 0] >= least].sum()), total)
    assert sums.chance_of_counts(MASS, 4, lambda each: each[:, 0] >= least) == expected


def test_too_many_count_vectors_are_declined():
    fifth = (Fraction(1, 5),) * 5
    assert sums.count_vectors(fifth, 100) is None
    assert sums.chance_of_counts(fifth, 100, lambda counts: counts[:, 0] > 0) is None
    assert sums.tail(fifth, tuple(Fraction(i, 5) for i in range(5)), 100, 0) is None


@pytest.mark.parametrize(("arguments", "message"), [
    (((1,), (0, 1), 3, 0), "2 values for 1 masses"),
    (((1,), (0,), 0, 0), "m = 0"),
    (((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 3**30), Fraction(1, 2**30)), 10**6, 0), "64-bit"),
])
def test_unusable_laws_are_errors(arguments, message):
    with pytest.raises(ValueError, match=message):
        sums.mean_exceeds(*arguments, rng=np.random.default_rng(0), size=5)
