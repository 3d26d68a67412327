"""Events of single draws and of sample moments: draws agree with enumeration, strategies keep their promises."""
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings

from simulate import tail_strategies, tails

MASS = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
VALUES = (Fraction(0), Fraction(1, 3), Fraction(1))
DRAWS = 60_000

few = settings(max_examples=25, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def near(draws, chance):
    # 6.5 standard errors: false alarm below 1e-9.
    return abs(draws.mean() - float(chance)) < 6.5 * np.sqrt(float(chance * (1 - chance)) / DRAWS)


def test_moments_are_those_of_the_definition():
    mean, variance = tails.moments(MASS, VALUES)
    assert mean == Fraction(5, 18)
    assert variance == sum(p * v * v for p, v in zip(MASS, VALUES, strict=True)) - mean**2


def test_an_event_happens_as_often_as_its_mass_says():
    draws = tails.happens(MASS, [True, False, True], np.random.default_rng(1), DRAWS)
    assert near(draws, Fraction(2, 3))


def test_an_event_of_no_mass_never_happens():
    mass = (Fraction(1), Fraction(0))
    assert not tails.happens(mass, [False, True], np.random.default_rng(1), 1000).any()


def enumerated(mass, values, m, event):
    total = Fraction(0)
    for drawn in product(range(len(mass)), repeat=m):
        sample = np.array([float(values[i]) for i in drawn])
        if event(np.array([sample.mean()]), np.array([sample.var(ddof=1)]))[0]:
            total += prod(mass[i] for i in drawn)
    return total


def event(mean, variance):
    """Far from any tie."""
    return mean + np.sqrt(variance) < 0.51


@pytest.mark.parametrize("m", [2, 3, 5])
def test_event_probability_is_the_sum_over_all_sequences(m):
    assert tails.event_probability(MASS, VALUES, m, event) == enumerated(MASS, VALUES, m, event)


def test_sample_event_has_that_probability():
    chance = tails.event_probability(MASS, VALUES, 5, event)
    assert chance is not None
    assert near(tails.sample_event(MASS, VALUES, 5, event, np.random.default_rng(2), DRAWS), chance)


def test_splitting_an_atom_changes_nothing():
    split = (Fraction(1, 4), Fraction(1, 4), *MASS[1:]), (VALUES[0], *VALUES)
    assert tails.event_probability(*split, 5, event) == tails.event_probability(MASS, VALUES, 5, event)
    assert tails.moments(*split) == tails.moments(MASS, VALUES)


def test_floats_and_large_samples_are_not_enumerated():
    assert tails.event_probability((0.5, 0.5), (0.0, 1.0), 3, event) is None
    sixth = (Fraction(1, 6),) * 6
    assert tails.event_probability(sixth, tuple(Fraction(i, 6) for i in range(6)), 60, event) is None


def test_only_few_deviations_are_listed():
    weights, deviations = tails.few_deviations(MASS, VALUES, 3) or ((), ())
    assert sum(weights) == 1
    assert sum(w * u for w, u in zip(weights, deviations, strict=True)) == 0
    assert tails.few_deviations(MASS, VALUES, 40) is None


@pytest.mark.parametrize(("call", "message"), [
    (lambda: tails.moments((1,), (0, 1)), "2 values for 1 masses"),
    (lambda: tails.happens((1,), [True, False], np.random.default_rng(0), 3), "known for 2 values, mass has 1"),
    (lambda: tails.event_probability(MASS, VALUES, 1, event), "m = 1 draws have no sample variance"),
    (lambda: tails.sample_event(MASS, VALUES, 1, event, np.random.default_rng(0), 3), "m = 1"),
])
def test_bad_input_is_an_error(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@seed(1)
@few
@given(tail_strategies.markov_laws())
def test_markov_thresholds_are_not_vacuous(drawn):
    mean, _ = tails.moments(drawn["mass"], drawn["values"])
    assert drawn["a"] > 0
    assert mean <= drawn["a"]


@seed(1)
@few
@given(tail_strategies.two_sided_laws())
def test_chebyshev_thresholds_are_not_vacuous(drawn):
    _, variance = tails.moments(drawn["mass"], drawn["values"])
    assert drawn["t"] > 0
    assert variance <= drawn["t"] ** 2


@seed(1)
@few
@given(tail_strategies.one_sided_laws())
def test_one_sided_thresholds_are_positive(drawn):
    assert drawn["t"] > 0


@seed(1)
@few
@given(tail_strategies.random_means())
def test_laws_of_means_are_not_constant(drawn):
    assert tails.moments(drawn["mass"], drawn["values"])[1] > 0
    assert 0 < drawn["share"] < 1
    assert drawn["m"] >= 1
