"""Formulas of noise replication against sums, and what its derivations conclude."""
from fractions import Fraction
from math import e

import pytest

from theory.proof import Proof
from theory.replication import (
    REPLICATED_PROOF,
    REPLICATED_WITH_MISSES,
    REPLICATED_WITH_MISSES_PROOF,
    REPLICATION_DISTANCE,
    REPLICATION_SAMPLER,
    transition,
)

HALF = Fraction(1, 2)


def test_noise_applied_twice_is_the_square():
    noise = ((Fraction(3, 4), Fraction(1, 4)), (Fraction(1, 3), Fraction(2, 3)))
    assert transition(noise) == [list(row) for row in noise]
    assert transition(noise, 2)[0][1] == Fraction(3, 4) * Fraction(1, 4) + Fraction(1, 4) * Fraction(2, 3)


@pytest.mark.parametrize("n", [1, 2, 7])
def test_misses_by_the_binomial_theorem(n):
    p, elsewhere, mass = Fraction(2, 3), Fraction(1, 5), Fraction(1, 4)
    waiting = sum(mass * (1 - mass) ** t for t in range(n))
    value = REPLICATED_WITH_MISSES(probability=p, elsewhere=elsewhere, mass=mass, n=n)
    assert value == waiting * p + (1 - waiting) * elsewhere


@pytest.mark.parametrize("n", [1, 3, 10])
def test_the_worst_masses_are_equal_ones(n):
    at = [Fraction(i, 200) for i in range(1, 200)]
    most = max(p * REPLICATION_DISTANCE(mass=p, n=n, c=1) for p in at)
    bound = REPLICATION_SAMPLER(clusters=1, n=n, c=1)
    assert most <= bound < 1 / (e * n)
    assert float(most) == pytest.approx(float(bound), rel=1e-3)


@pytest.mark.parametrize("proof", [REPLICATED_PROOF, REPLICATED_WITH_MISSES_PROOF])
def test_derivations_are_checked(proof: Proof):
    assert proof.certificate().proved
