"""The normal bound on a majority, and its best constant, against scipy and the binomial tail."""
from fractions import Fraction
from math import sqrt

import pytest
from scipy.stats import binom, norm

from theory.majority import vote_tail
from theory.majority_sharp import MAJORITY_EXCESS_SHARP, MAJORITY_GAUSSIAN, peak


@pytest.mark.parametrize("k", [1, 9, 101])
def test_normal_bound_is_a_normal_tail(k):
    value = MAJORITY_GAUSSIAN(margin=Fraction(1, 10), k=k)
    assert float(value) == pytest.approx(norm.cdf(-0.1 * sqrt(k)), rel=1e-12)


@pytest.mark.parametrize("k", [1, 3, 5, 31, 201])
def test_it_bounds_the_binomial_tail_everywhere(k):
    for i in range(101):
        margin = Fraction(i, 100)
        assert float(vote_tail((1 + margin) / 2, k)) <= float(MAJORITY_GAUSSIAN(margin=margin, k=k)) + 1e-15


def test_the_peak_is_where_the_normal_tail_equals_its_density_times_u():
    best, value = map(float, peak())
    assert norm.cdf(-best) == pytest.approx(best * norm.pdf(best), rel=1e-12)
    assert value == pytest.approx(best * norm.cdf(-best), rel=1e-12)
    assert value <= float(MAJORITY_EXCESS_SHARP(k=1, c=1)) < value + 1e-6


def test_the_best_excess_grows_to_the_constant():
    values = []
    for k in (1, 3, 5, 21, 101, 1001):
        margins = [u / 500 / sqrt(k) for u in range(300, 450)]
        values.append(sqrt(k) * max(g * binom.cdf(k // 2, k, (1 + g) / 2) for g in margins if g <= 1))
    assert values == sorted(values)
    assert values[-1] == pytest.approx(float(peak()[1]), rel=1e-3)
