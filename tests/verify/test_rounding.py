"""Rounding, extreme scales and shared state: what must neither refute a true claim nor let a broken one pass."""
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import strategies as st

from verify import Budget, Claim, Status, run

SMALL = Budget("small", instances=20, explore_draws=64, candidates=3, blocks=128, shrink_calls=10, fraction=0.05,
               floor=0.05)
NUMBERS = {"n": st.integers(1, 3)}


def judged(**fields):
    """The verdict at alpha = 1e-9: the probability that a true claim fails here by chance, were the seed not fixed."""
    given = fields.pop("given", NUMBERS)
    return run(Claim(title="A statement", source="test", given=given, block=256, **fields), alpha=1e-9, budget=SMALL)


def test_violation_too_small_for_floats_is_no_support():
    """The bound fails by a factor of 1000, at numbers that sums of floats can't carry."""
    verdict = judged(given={"n": st.integers(46, 60)}, exact=lambda n: 2.0**-n,
                     bound=lambda n, c=1.0: c * 2.0**-n / 1000, controls=[{"c": -1e30}])
    assert verdict.status is Status.INCONCLUSIVE
    assert "return Fractions or Arb balls" in verdict.reason


def test_cancellation_in_a_float_bound_refutes_no_identity():
    def exact(m, n):
        return Fraction(m) * (1 - (1 - Fraction(1, m)) ** n)

    verdict = judged(given={"m": st.integers(10**7, 10**8), "n": st.integers(1, 20)}, exact=exact, relation="==",
                     bound=lambda m, n, c=1.0: c * m * (1 - (1 - 1 / m) ** n), controls=[{"c": 0.9}])
    assert verdict.status in (Status.SUPPORTED, Status.INCONCLUSIVE)


def test_single_precision_refutes_no_point_mass():
    verdict = judged(sample=lambda n, rng, size: np.full(size, 0.3, np.float32), bound=lambda n, c=0.3: c,
                     support=(0.3, 1), controls=[{"c": 0.2}])
    assert verdict.status is Status.SUPPORTED, str(verdict)


def test_single_precision_may_reach_the_end_of_a_support():
    verdict = judged(sample=lambda n, rng, size: (rng.random(size) < 0.5) * np.float32(0.1), relation="==",
                     bound=lambda n, c=0.05: c, support=(0, 0.1), controls=[{"c": 0.02}])
    assert verdict.status is Status.SUPPORTED, str(verdict)


def test_teacher_kept_between_calls_is_an_error():
    kept = {}

    def sample(n, rng, size):
        if n not in kept:
            kept[n] = rng.random()
        return rng.random(size) < kept[n]

    verdict = judged(sample=sample, bound=lambda n, c=0.999: c, support=(0, 1), controls=[{"c": 1e-4}])
    assert verdict.status is Status.ERROR
    assert "keeps something between calls" in (verdict.error or "")


def test_grouped_draws_that_coincide_in_two_blocks_are_no_fixed_seed():
    """A pair of blocks of 256 sorted coins coincides with probability 0.035, eight with 5e-11."""
    def sample(n, rng, size):
        heads = rng.binomial(size, 0.5)
        return np.repeat([0.0, 1.0], [size - heads, heads])

    claim = Claim(title="A coin", source="test", given=NUMBERS, block=256, sample=sample, support=(0, 1),
                  bound=lambda n, c=0.5: c, controls=[{"c": 0.2}])
    verdicts = [run(claim, alpha=1e-9, budget=SMALL, seed=seed) for seed in range(60)]
    assert all("two different generators" not in (verdict.error or "") for verdict in verdicts)


@pytest.mark.parametrize("scale", [1e200, 1e154, 1e-154, 1e-160, 1e-200])
def test_units_do_not_matter(scale):
    verdict = judged(sample=lambda n, rng, size: scale * rng.random(size), bound=lambda n, share=0.5: scale * share,
                     support=(0, scale), controls=[{"share": 0.3}])
    assert verdict.status is Status.SUPPORTED, str(verdict)


def test_list_that_a_function_sorts_stays_as_it_was_drawn():
    def sample(xs, rng, size):
        xs.sort()
        return np.full(size, 1.0 if xs == sorted(xs) else 0.0)

    def bound(xs, c=1.0):
        return c if xs == [3, 1, 2] else -1.0

    verdict = judged(given={"xs": st.just([3, 1, 2])}, sample=sample, bound=bound, support=(0, 1),
                     controls=[{"c": 0.5}])
    assert verdict.status is Status.SUPPORTED, str(verdict)
