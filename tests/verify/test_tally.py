"""Draws kept as counts say what the draws themselves say, to the digits that are kept."""
import math

import numpy as np
import pytest

from verify.draws import Support
from verify.tally import DIGITS, Tally

INF = math.inf
SIZE, BLOCK = 40_000, 500
LAWS = {
    "beta": (lambda rng: rng.beta(0.4, 2.0, SIZE), Support(0.0, 1.0)),
    "two values": (lambda rng: (rng.random(SIZE) < 0.3).astype(float), Support(0.0, 1.0)),
    "shifted": (lambda rng: -3.0 + 5.0 * rng.random(SIZE), Support(-3.0, 2.0)),
    "rare": (lambda rng: 1e-6 * rng.random(SIZE) + (rng.random(SIZE) < 0.002), Support(0.0, 2.0)),
    "waiting": (lambda rng: rng.exponential(size=SIZE), Support(0.0, INF)),
    "debts": (lambda rng: -rng.exponential(size=SIZE), Support(-INF, 0.0)),
    "normal": (lambda rng: 1.0 + rng.standard_normal(SIZE), Support(-INF, INF)),
    "constant": (lambda rng: np.full(SIZE, 0.25), Support(0.0, 1.0)),
    "heavy": (lambda rng: rng.pareto(1.1, SIZE), Support(0.0, INF)),
}


def tally(draws, support):
    made = Tally(support)
    for block in np.split(draws, SIZE // BLOCK):
        made.add(block)
    return made


@pytest.fixture
def both(monkeypatch):
    """The draws of a law tallied whole, and as counts."""
    def make(law):
        draw, support = LAWS[law]
        draws = draw(np.random.default_rng(7))
        whole = tally(draws, support)
        monkeypatch.setattr("verify.tally.KEPT", 3000)
        monkeypatch.setattr("verify.tally.BATCH", 2000)
        return whole, tally(draws, support)

    return make


@pytest.mark.parametrize("law", LAWS)
def test_counts_give_the_moments_of_the_draws(both, law):
    whole, counted = both(law)
    assert whole.whole is not None
    assert counted.whole is None
    assert (counted.size, counted.blocks) == (whole.size, whole.blocks) == (SIZE, SIZE // BLOCK)
    assert counted.mean == pytest.approx(whole.mean, rel=1e-12)
    assert counted.variance == pytest.approx(whole.variance, rel=1e-9, abs=1e-20)
    assert counted.trustworthy == whole.trustworthy


@pytest.mark.parametrize("law", LAWS)
def test_limits_from_counts_are_those_of_the_draws_to_the_digits_kept(both, law):
    whole, counted = both(law)
    for end, limit, rounded in zip((LAWS[law][1].low, LAWS[law][1].high), whole.limits(1e-3), counted.limits(1e-3),
                                   strict=True):
        if math.isinf(end):
            assert rounded == limit == end
        else:
            # Both also round to some 8192 bins of equal counts, which matters where few draws weigh much.
            rounding = 7e-2 if law in ("heavy", "rare") else 2e-4
            assert abs(rounded - end) == pytest.approx(abs(limit - end), rel=2.0**-DIGITS + rounding)
            assert abs(rounded - end) <= abs(counted.mean - end)


def test_counts_do_not_depend_on_when_they_are_asked_for(both):
    once, often = both("beta")[1], Tally(LAWS["beta"][1])
    for block in np.split(LAWS["beta"][0](np.random.default_rng(7)), SIZE // BLOCK):
        often.add(block)
        assert often.size == 0 or often.mean >= 0.0
    assert often.limits(1e-3) == once.limits(1e-3)
    assert often.mean == once.mean


def test_draws_at_both_ends_and_far_out_are_counted(both):
    support = Support(0.0, INF)
    counted = Tally(support)
    both("waiting")
    for value in (1.0, 0.0, 1e-200, 1e200):
        counted.add(np.full(4000, value))
    assert counted.whole is None
    assert counted.mean == pytest.approx(2.5e199)
    low, high = counted.limits(1e-3)
    assert 0.0 <= low <= counted.mean
    assert high == INF
