"""The e-processes are supermartingales, exactly; everything else follows from that."""
import math
from copy import deepcopy
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from verify.eprocess import (
    BETS,
    CHUNK,
    LARGEST_FACTOR,
    Evidence,
    OneSided,
    log_mixture,
    log_wealth,
    lower_limit,
    summarise,
    upper_limit,
)

QUICK = settings(max_examples=60, database=None, derandomize=True, deadline=None)
INF = math.inf


def factor(bet: Fraction, draw: Fraction, low: Fraction, mean: Fraction) -> Fraction:
    """One factor of Proposition 1, in rationals."""
    return 1 - bet + bet * (draw - low) / (mean - low)


def test_rare_events_are_told_apart_from_still_rarer_ones():
    """Counts as expected, not drawn: 4 million draws of a coin that is 0 with probability 6.5e-5, against 2.5e-5."""
    side = OneSided(1 - 2.5e-5, -1, 0.0, 1.0)
    side.update(np.array([0.0, 1.0]), np.array([260.0, 4e6 - 260.0]))
    assert side.log_e > 50


def test_bets_are_a_fixed_grid_inside_the_unit_interval():
    assert BETS.tolist() == [0.99, 0.9, 0.75, *(2.0**-j for j in (*range(1, 9), *range(9, 26, 2)))]


@QUICK
@given(st.fractions(-3, 3), st.fractions(1, 4), st.fractions(0, 1), st.sampled_from([Fraction(b) for b in BETS]))
def test_expected_factor_of_a_two_point_law_with_the_null_mean_is_one(low, width, share, bet):
    high = low + width
    p = (share + 1) / 3
    mean = low + p * width
    assert (1 - p) * factor(bet, low, low, mean) + p * factor(bet, high, low, mean) == 1
    # The engine multiplies these very factors.
    for draw in (low, high):
        ours = log_wealth(np.array([float(draw)]), float(low), float(mean))
        assert ours[list(BETS).index(float(bet))] == pytest.approx(math.log(factor(bet, draw, low, mean)), abs=1e-9)


def crossing(evidence: Evidence, p: float, left: int, largest: float, alpha: float) -> tuple[float, float]:
    """P(the e-value reaches 1/alpha) and its mean at the end, over every path of `left` more coin tosses."""
    if left == 0:
        return float(largest >= 1 / alpha), math.exp(evidence.log_e)
    crossed = final = 0.0
    for draw, weight in ((1.0, p), (0.0, 1 - p)):
        branch = deepcopy(evidence)
        branch.update(np.array([draw]))
        found = crossing(branch, p, left - 1, max(largest, math.exp(branch.log_e)), alpha)
        crossed, final = crossed + weight * found[0], final + weight * found[1]
    return crossed, final


@pytest.mark.parametrize("signs", [(1,), (-1,), (1, -1)])
@pytest.mark.parametrize("p", [0.5, 0.2])
def test_at_most_alpha_of_all_coin_paths_ever_cross(signs, p):
    alpha = 0.4
    crossed, final = crossing(Evidence.against(p, signs, 0.0, 1.0), p, 12, 1.0, alpha)
    assert final == pytest.approx(1.0, abs=1e-9)
    assert 0.01 < crossed <= alpha


@pytest.mark.parametrize("mean", [0.5, 0.02, 0.9])
def test_wealth_of_a_coin_is_the_likelihood_ratio_of_each_bets_alternative(mean):
    n, ones = 500, 130
    draws = np.repeat([1.0, 0.0], [ones, n - ones])
    for bet, ours in zip(BETS, log_wealth(draws, 0.0, mean), strict=True):
        alternative = mean + bet * (1 - mean)
        expected = binom.logpmf(ones, n, alternative) - binom.logpmf(ones, n, mean)
        assert ours == pytest.approx(expected, rel=1e-10, abs=1e-9)


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 1000])
@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12, LARGEST_FACTOR, 1e30, 1e300])
def test_product_by_chunks_is_the_plain_sum_of_logarithms(size, scale):
    draws = np.random.default_rng(1).exponential(size=size) * scale
    plain = [sum(math.log1p(float(bet) * (x - 1.0)) for x in draws) for bet in BETS]
    assert log_wealth(draws, 0.0, 1.0) == pytest.approx(plain, rel=1e-9, abs=1e-9)


def test_largest_factors_of_a_whole_chunk_neither_overflow_nor_underflow():
    assert np.isfinite(log_wealth(np.full(CHUNK, LARGEST_FACTOR), 0.0, 1.0)).all()
    assert np.isfinite(log_wealth(np.zeros(10 * CHUNK), 0.0, 1.0)).all()


def test_counts_stand_for_repetitions():
    values, counts = np.array([0.0, 0.3, 1.0]), np.array([40.0, 7.0, 20.0])
    repeated = np.repeat(values, counts.astype(int))
    assert log_wealth(values, 0.0, 0.4, counts) == pytest.approx(log_wealth(repeated, 0.0, 0.4))


@QUICK
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.01, 0.98), st.floats(0.001, 0.5))
def test_wealth_falls_as_the_null_mean_rises(draws, mean, step):
    array = np.array(draws)
    assert (log_wealth(array, 0.0, mean + step) <= log_wealth(array, 0.0, mean) + 1e-9).all()


def test_mirrored_side_is_the_same_test_of_the_negated_draws():
    draws = np.random.default_rng(2).random(200) * 3 - 1
    below, above = OneSided(0.4, -1, -1.0, 2.0), OneSided(-0.4, 1, -2.0, 1.0)
    below.update(draws)
    above.update(-draws)
    assert below.log_wealths.tolist() == above.log_wealths.tolist()


@pytest.mark.parametrize(("sign", "low", "high", "testable"), [
    (1, 0, INF, True), (1, -INF, 0, False), (-1, 0, INF, False), (-1, -INF, 0, True), (1, 0, 1, True)])
def test_side_is_testable_where_the_end_it_bets_against_is_finite(sign, low, high, testable):
    assert OneSided(0.5, sign, low, high).testable is testable


def test_two_sides_average_and_a_missing_side_leaves_the_whole_weight_to_the_other():
    draws = np.random.default_rng(3).random(50)
    both = Evidence.against(0.3, (1, -1), 0.0, 1.0)
    both.update(draws)
    first, second = (side.log_e for side in both.sides)
    assert both.log_e == pytest.approx(math.log((math.exp(first) + math.exp(second)) / 2))
    one = Evidence.against(0.3, (1, -1), 0.0, INF)
    one.update(draws)
    assert one.log_e == first
    assert Evidence.against(0.3, (-1,), 0.0, INF).log_e == 0.0


def test_mixture_is_the_plain_average_of_the_wealths():
    logs = np.linspace(-3, 4, BETS.size)
    assert log_mixture(logs) == pytest.approx(math.log(np.exp(logs).mean()))
    assert log_mixture(logs + 5000) == pytest.approx(log_mixture(logs) + 5000)
    assert log_mixture(np.full(BETS.size, INF)) == INF


def test_evidence_of_blocks_adds_up():
    draws = np.random.default_rng(4).random(300)
    whole, parts = OneSided(0.4, 1, 0.0, 1.0), OneSided(0.4, 1, 0.0, 1.0)
    whole.update(draws)
    for part in np.split(draws, [100, 101]):
        parts.update(part)
    assert parts.log_e == pytest.approx(whole.log_e)


@pytest.mark.parametrize(("mean", "draws", "log_e"), [
    (-0.1, [0.0], INF), (0.0, [0.0, 0.5], INF), (0.0, [0.0, 0.0], 0.0), (-0.1, [], 0.0)])
def test_mean_at_or_below_the_support_is_impossible_once_a_draw_shows_it(mean, draws, log_e):
    assert log_mixture(log_wealth(np.array(draws), 0.0, mean)) == log_e


def grid_limit(draws, low, level, points):
    """Largest grid mean excluded by the plain e-value."""
    excluded = [m for m in points if log_mixture(log_wealth(draws, low, m)) >= -math.log(level)]
    return max(excluded, default=low)


@pytest.mark.parametrize("level", [0.05, 1e-6])
@pytest.mark.parametrize("name", ["coin", "uniform", "rare", "constant"])
def test_lower_limit_is_the_brute_force_inversion(name, level):
    rng = np.random.default_rng(5)
    draws = {"coin": (rng.random(400) < 0.3) * 1.0, "uniform": rng.random(400) - 1.0,
             "rare": (rng.random(400) < 0.01) * 1.0, "constant": np.full(400, 0.25)}[name]
    low = -1.0 if name == "uniform" else 0.0
    points = np.linspace(low, float(draws.mean()), 2001)[1:]
    step = points[1] - points[0]
    brute = grid_limit(draws, low, level, points)
    assert brute - 1e-6 <= lower_limit(draws, low, level) <= brute + step + 1e-6


def test_rounding_replaces_draws_by_smaller_ones_that_were_drawn_and_loses_little():
    draws = np.random.default_rng(6).random(5000)
    values, counts = summarise(draws, bins=100)
    assert values.size <= 110
    assert counts.sum() == draws.size
    assert np.isin(values, draws).all()
    assert (np.repeat(values, counts.astype(int)) <= np.sort(draws)).all()
    assert values @ counts / draws.size == pytest.approx(draws.mean(), abs=0.02)


def test_rounding_only_ever_lowers_the_lower_limit(monkeypatch):
    draws = np.random.default_rng(7).exponential(size=20_000)
    rounded = lower_limit(draws, 0.0, 0.01)
    monkeypatch.setattr("verify.eprocess.summarise", lambda draws: (draws, np.ones(draws.size)))
    exact = lower_limit(draws, 0.0, 0.01)
    assert exact - 0.01 < rounded <= exact < 1.0


def test_upper_limit_mirrors_the_lower_one():
    draws = np.random.default_rng(8).random(300)
    assert upper_limit(draws, 1.0, 0.01) == -lower_limit(-draws, -1.0, 0.01)
    assert upper_limit(draws, 1.0, 0.01) == pytest.approx(1.0 - lower_limit(1.0 - draws, 0.0, 0.01))
    assert lower_limit(draws, 0.0, 0.01) < draws.mean() < upper_limit(draws, 1.0, 0.01)
    assert lower_limit(draws, -INF, 0.01) == -INF
    assert upper_limit(draws, INF, 0.01) == INF
    assert lower_limit(np.array([]), 0.0, 0.01) == 0.0


@pytest.mark.parametrize("law", ["coin", "skewed"])
def test_limits_at_a_data_dependent_time_cover_the_mean(law):
    """Stop where the estimate looks worst: at most alpha = 0.1 of the runs may miss.

    Among 200 runs, 53 or more misses have probability below 1e-9 if each misses with probability 0.1.
    """
    runs, alpha, mean, allowed = 200, 0.1, 0.2, 52
    assert binom.sf(allowed, runs, alpha) < 1e-9
    rng, missed = np.random.default_rng(9), 0
    for _ in range(runs):
        draws = np.asarray(rng.random(300) < mean if law == "coin" else rng.beta(0.1, 0.4, 300), np.float64)
        times = np.arange(20, 301)
        running = np.cumsum(draws)[times - 1] / times
        time = int(times[np.argmax((running - mean) * np.sqrt(times))])
        missed += lower_limit(draws[:time], 0.0, alpha) > mean
    assert missed <= allowed
