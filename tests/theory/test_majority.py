"""The majority's error against brute force, the incomplete beta function and its bounds."""

import math
from fractions import Fraction
from itertools import product

import pytest
import sympy
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import majority, numbers
from theory.formula import positive

HALF = Fraction(1, 2)
margins = st.fractions(0, 1, max_denominator=40)
odd = st.integers(0, 20).map(lambda i: 2 * i + 1)


@pytest.mark.parametrize("k", [1, 3, 5, 7])
@pytest.mark.parametrize("right", [Fraction(1, 2), Fraction(2, 3), Fraction(9, 10), Fraction(1), Fraction(0)])
def test_majority_error_is_the_weight_of_the_sequences_with_a_wrong_majority(k, right):
    wrong = sum(
        math.prod(right if vote else 1 - right for vote in votes)
        for votes in product((0, 1), repeat=k)
        if 2 * sum(votes) < k
    )
    assert majority.MAJORITY_ERROR(margin=2 * right - 1, k=k) == wrong == majority.vote_tail(right, k)


@settings(max_examples=30, deadline=None)
@given(margins, odd)
def test_majority_error_is_a_regularised_incomplete_beta_function(margin, k):
    half = fmpq(k + 1, 2)
    with numbers.precise():
        wrong = arb(numbers.read((1 - margin) / 2))
        beta = wrong.beta_lower(arb(half), arb(half), regularized=True)
        assert beta.overlaps(arb(numbers.read(majority.MAJORITY_ERROR(margin=margin, k=k))))
        assert beta.rad() < 1e-40


@settings(deadline=None)
@given(st.fractions(0, 1, max_denominator=10**6), odd)
def test_vote_tail_equals_the_formula_and_its_mirror_image(right, k):
    tail = majority.vote_tail(right, k)
    assert tail == majority.MAJORITY_ERROR(margin=2 * right - 1, k=k)
    assert tail + majority.vote_tail(1 - right, k) == 1


@pytest.mark.parametrize(("right", "k", "text"), [(2, 3, "no probability"), (HALF, 4, "odd"), (HALF, -1, "odd")])
def test_vote_tail_refuses_what_leaves_ties_or_is_no_probability(right, k, text):
    with pytest.raises(ValueError, match=text):
        majority.vote_tail(right, k)


@settings(deadline=None)
@given(margins, odd)
def test_the_chain_of_bounds_holds_link_by_link(margin, k):
    error = numbers.read(majority.MAJORITY_ERROR(margin=margin, k=k))
    chernoff = numbers.read(majority.MAJORITY_BOUND(margin=margin, k=k, c=HALF, power=HALF))
    whole = numbers.read(majority.MAJORITY_BOUND(margin=margin, k=k, c=1, power=HALF))
    exponential = numbers.read(majority.MAJORITY_EXPONENTIAL(margin=margin, k=k, c=HALF))
    assert not error > chernoff
    assert not whole > exponential
    assert error < chernoff or margin in (0, 1)


def test_the_chernoff_factor_is_four_times_the_product_of_the_two_probabilities():
    margin = positive("margin")
    product_of_both = 4 * (1 + margin) / 2 * (1 - margin) / 2
    bound = majority.MAJORITY_BOUND.expression.subs(
        {positive("k"): 2, positive("c"): 1, positive("power"): HALF}
    )
    assert sympy.expand(bound - product_of_both) == 0


@pytest.mark.parametrize("k", [1, 4, 9, 25])
def test_margin_exponential_is_largest_at_one_over_root_k(k):
    best = Fraction(1, math.isqrt(k))
    top = majority.MAJORITY_EXCESS_RISK(k=k, c=1)
    at_best = majority.MARGIN_EXPONENTIAL(margin=best, k=k, c=1)
    assert at_best.overlaps(top)
    assert float((at_best - top).rad()) < 1e-15
    for i in range(201):
        value = majority.MARGIN_EXPONENTIAL(margin=Fraction(i, 200), k=k, c=1)
        assert float(value) < float(top) or Fraction(i, 200) == best
    assert float(top) == pytest.approx(1 / math.sqrt(math.e * k), rel=1e-15)


def sharp_constant(k):
    """The largest excess risk at a point, in units of 1/sqrt(e k)."""
    grid = (Fraction(i, 400) for i in range(1, 400))
    return max(float(g * majority.vote_tail((1 + g) / 2, k)) for g in grid) * math.sqrt(math.e * k)


def test_the_sharp_constant_of_the_excess_risk_rises_to_0280():
    u = max((i / 1000 for i in range(1, 3000)), key=lambda u: u * math.erfc(u / math.sqrt(2)) / 2)
    limit = math.sqrt(math.e) * u * math.erfc(u / math.sqrt(2)) / 2
    assert limit == pytest.approx(0.2802, abs=1e-4)
    constants = [sharp_constant(k) for k in (1, 3, 11, 51, 101)]
    assert constants == sorted(constants)
    assert constants[0] > 0.2
    assert constants[-1] < limit
    assert constants[0] == pytest.approx(math.sqrt(math.e) / 8)


@settings(deadline=None)
@given(margins, margins, odd)
def test_a_biased_majority_costs_at_most_twice_the_distance_more(margin, other, k):
    for right in ((1 + other) / 2, (1 - other) / 2):
        distance = abs(right - (1 + margin) / 2)
        excess = margin * majority.vote_tail(right, k)
        bound = majority.MAJORITY_OF_APPROXIMATE(k=k, eps=distance, c=HALF, eps_factor=2)
        assert not numbers.read(excess) > bound
