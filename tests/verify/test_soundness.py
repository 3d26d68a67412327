"""Broken samples are caught, and awkward but honest ones are not.

An honest sample fails `check_independence` with probability at most 1e-6 a call, `check_agreement` with at most its
level, here 1e-9.
"""
import itertools
import math
import time

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.special import fdtr, fdtrc

from verify import Claim, ClaimError, Relation, Status
from verify.draws import Drawer
from verify.explore import Explorer
from verify.instance import make_instance
from verify.plan import Decision, Plan
from verify.soundness import check_agreement, check_independence, check_replay, f_tails

BLOCK = 256


@pytest.fixture
def sampled(tiny):
    """Drawer and point of a claim whose only instance is {} and which samples so."""
    def prepare(sample, support=(-math.inf, math.inf), seed=0, exact=None, block=BLOCK):
        claim = Claim(title="A statement", source="test", given={}, sample=sample, support=support, exact=exact,
                      bound=lambda c=0: c, controls=[{"c": -1}], block=block)
        drawer = Drawer(claim.statement(), seed)
        point = Explorer(claim.statement(), drawer, tiny).visit(make_instance({}, claim.namespace))
        return drawer, point

    return prepare


def replay(drawer, point, block=BLOCK):
    check_replay(drawer, point, "confirm", block)


def independence(drawer, point, block=BLOCK):
    check_independence(drawer, point, "confirm", block, 1e-4)


DEPENDENT = {
    "shared teacher": (lambda rng, size: rng.random(size) < rng.beta(5, 5), "more"),
    "shared shift": (lambda rng, size: rng.normal(size=size) + 0.5 * rng.normal(), "more"),
    "one label for all": (lambda rng, size: np.full(size, rng.random()), "more"),
    "every draw twice in four": (lambda rng, size: np.repeat(rng.random(size // 4 + 1), 4)[:size], "more"),
    "antithetic": (lambda rng, size: np.column_stack([u := rng.random((size + 1) // 2), 1 - u]).ravel()[:size], "less"),
    "stratified": (lambda rng, size: (np.arange(size) + rng.random(size)) / size, "less"),
    "without replacement": (lambda rng, size: rng.permutation(size) % 2, "less"),
}


@pytest.mark.parametrize("name", DEPENDENT)
def test_dependent_draws_are_an_error_that_says_how(sampled, name):
    sample, how = DEPENDENT[name]
    with pytest.raises(ClaimError, match=rf"draws are not independent.* vary {how} than .*Instance:"):
        independence(*sampled(sample))


HONEST = {
    "uniform": lambda rng, size: rng.random(size),
    "constant": lambda rng, size: np.full(size, 0.3),
    "heavy tail without variance": lambda rng, size: rng.pareto(1.5, size),
    "heavy tail without mean": lambda rng, size: rng.pareto(0.7, size),
    "Cauchy": lambda rng, size: rng.standard_cauchy(size),
    "rare event": lambda rng, size: rng.random(size) < 1 / BLOCK,
    "rarer event": lambda rng, size: rng.random(size) < 0.02 / BLOCK,
    "frequent event": lambda rng, size: rng.random(size) < 1 - 1 / BLOCK,
    "rare huge event": lambda rng, size: 1e6 * (rng.random(size) < 0.1 / BLOCK),
    "lognormal": lambda rng, size: rng.lognormal(0, 3, size),
    "far from zero": lambda rng, size: 1e6 + rng.normal(size=size),
    "tiny numbers": lambda rng, size: 1e-12 * rng.random(size),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_draws_are_not_flagged(sampled, name):
    """A false alarm needs 1e-4 at the screen and 1e-6 on fresh blocks: 25 seeds of each case make 3e-9."""
    for seed in range(25):
        assert independence(*sampled(HONEST[name], seed=seed)) is None


@pytest.mark.parametrize("scale", [1e-20, 1e-100, 1e-300])
def test_honest_draws_are_not_flagged_for_being_minute(sampled, scale):
    assert independence(*sampled(lambda rng, size: scale * rng.random(size))) is None


def test_honest_draws_are_not_flagged_for_a_small_spread_around_a_large_mean(sampled):
    assert independence(*sampled(lambda rng, size: 1.0 + 1e-9 * rng.random(size))) is None


CALLS = itertools.count()


def drifting(rng, size):
    return rng.random(size) + 1e-9 * next(CALLS)


@pytest.mark.parametrize("sample", [
    lambda rng, size: np.random.random(size),
    lambda rng, size: np.random.default_rng().random(size),
    lambda rng, size: rng.random(size) + time.perf_counter(),
    drifting,
], ids=["global state", "fresh entropy", "clock", "state kept between calls"])
def test_sample_that_is_no_function_of_its_generator_is_an_error(sampled, sample):
    with pytest.raises(ClaimError, match=r"different draws for the same generator .*no np.random, no clock"):
        replay(*sampled(sample))


def test_sample_with_a_fixed_seed_is_an_error(sampled):
    with pytest.raises(ClaimError, match=r"same draws for two different generators.*remove the fixed seed"):
        replay(*sampled(lambda rng, size: np.random.default_rng(7).random(size)))


@pytest.mark.parametrize("name", ["uniform", "constant", "lognormal", "tiny numbers"])
def test_honest_draws_replay(sampled, name):
    for seed in range(25):
        assert replay(*sampled(HONEST[name], seed=seed)) is None


def test_two_blocks_that_hold_the_same_single_event_are_no_fixed_seed(sampled):
    """Blocks of 64 with an event of probability 1/64 agree by chance twice in a thousand pairs.

    The seeds are fixed; with the sixteen events that a comparison needs, a coincidence has probability below 1e-14.
    """
    for seed in range(2000):
        assert replay(*sampled(lambda rng, size: rng.random(size) < 1 / 64, seed=seed, block=64), block=64) is None


def agreement(sampled, sample, left, seed=0, support=(0, 1), blocks=40):
    drawer, point = sampled(sample, support, exact=lambda: left, seed=seed)
    plan = Plan(Relation.EQUAL, 0.05, 1e-9, 1e-9, "confirm", blocks, BLOCK)
    return check_agreement(drawer, point, plan)


@pytest.mark.parametrize("seed", range(5))
def test_sample_with_the_exact_mean_agrees(sampled, seed):
    assert agreement(sampled, lambda rng, size: rng.random(size) < 0.3, 0.3, seed).decision is Decision.CLEARED


@pytest.mark.parametrize("left", [0.2, 0.4])
def test_sample_with_another_mean_disagrees_on_either_side(sampled, left):
    # 10,000 draws of standard deviation 0.46 put 0.1 at 22 standard errors.
    with pytest.raises(ClaimError, match=rf"sample and exact disagree: .* but exact returned {left} = {left}. Mend"):
        agreement(sampled, lambda rng, size: rng.random(size) < 0.3, left)


@pytest.mark.parametrize(("sample", "message"), [
    (DEPENDENT["shared teacher"][0], "draws are not independent"),
    (DEPENDENT["antithetic"][0], "draws are not independent"),
    (lambda rng, size: np.random.random(size), "different draws for the same generator"),
    (lambda rng, size: np.random.default_rng(7).random(size), "two different generators"),
])
@pytest.mark.parametrize("exact", [None, lambda: 0.5], ids=["sample only", "with exact"])
def test_unsound_sample_makes_the_whole_claim_an_error(judged, sample, message, exact):
    verdict = judged(given={}, sample=sample, exact=exact, support=(0, 1), bound=lambda c=0.7: c, controls=[{"c": 0.3}])
    assert verdict.status is Status.ERROR
    assert message in verdict.error


def test_exact_value_beyond_floating_point_disagrees_in_words(judged):
    verdict = judged(given={}, sample=lambda rng, size: rng.random(size), exact=lambda: 10**400, support=(0, 1),
                     bound=lambda c=1: c * 10**500, controls=[{"c": 0}])
    assert verdict.status is Status.ERROR
    assert "sample and exact disagree" in verdict.error
    assert "= inf. Mend the one" in verdict.error


@pytest.mark.parametrize("seed", range(3))
def test_sound_sample_of_a_parameter_that_may_be_minute_is_no_error(judged, seed):
    verdict = judged(given={"p": st.floats(0, 1)}, sample=lambda p, rng, size: 2 * p * rng.random(size), seed=seed,
                     support=lambda p: (0, 2 * p), bound=lambda p, c=1.0: c * p)
    assert verdict.status is Status.SUPPORTED, verdict


@pytest.mark.parametrize("ratio", [1e-9, 0.02, 0.5, 1.0, 1.2, 3.0, 20.0])
@pytest.mark.parametrize(("first", "second"), [(15, 1008), (15, 65_520), (47, 3_145_680)])
def test_tails_of_the_f_law_are_scipys(ratio: float, first: int, second: int) -> None:
    expected = float(fdtrc(first, second, ratio)), float(fdtr(first, second, ratio))
    assert f_tails(ratio, first, second) == pytest.approx(expected, rel=1e-10, abs=1e-300)


def test_tails_of_the_f_law_beyond_floating_point() -> None:
    assert f_tails(0.0, 15, 1008) == f_tails(1e-300, 15, 1008) == (1.0, 0.0)
    assert f_tails(1e300, 15, 1008) == f_tails(math.inf, 15, 1008) == (0.0, 1.0)
