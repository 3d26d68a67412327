"""Sampler risks against enumeration of both labels."""

from fractions import Fraction
from typing import Any

import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from theory.bayes_risk import BAYES_RISK, MARGIN
from theory.formula import positive
from theory.samplers import (
    APPROXIMATE_SAMPLER_RISK,
    APPROXIMATE_SAMPLER_RISK_EPS,
    APPROXIMATE_SAMPLER_RISK_LOWER,
    SAMPLER_REGRET,
    SAMPLER_REGRET_MAXIMUM,
    SAMPLER_RISK,
    SAMPLER_RISK_CLASS,
)

unit = st.fractions(0, 1, max_denominator=60)
HALF = Fraction(1, 2)


def disagreement(teacher, truth):
    """P(the two differ), drawn independently from two laws over the same classes."""
    return sum(p * q for a, p in enumerate(teacher) for b, q in enumerate(truth) if a != b)


@settings(deadline=None)
@given(unit)
def test_sampler_risk_is_the_chance_that_two_draws_differ(eta):
    law = (1 - eta, eta)
    assert SAMPLER_RISK(margin=MARGIN(eta=eta), c=2) == disagreement(law, law)


@settings(deadline=None)
@given(st.lists(st.integers(1, 20), min_size=2, max_size=6))
def test_shares_of_the_classes_add_up_to_the_sampler_risk(weights):
    law = [Fraction(weight, sum(weights)) for weight in weights]
    shares = [SAMPLER_RISK_CLASS(probability=p, c=1) for p in law]
    assert sum(shares) == disagreement(law, law)
    assert sum(SAMPLER_RISK_CLASS(probability=p, c=2) for p in law) == 1 - 2 * sum(p * p for p in law)


def test_with_two_classes_the_shares_are_the_binary_formula():
    margin, c = positive("margin, c")
    share: Any = SAMPLER_RISK_CLASS.expression.subs(c, 1)
    p = positive("probability")
    both = share.subs(p, (1 + margin) / 2) + share.subs(p, (1 - margin) / 2)
    assert sympy.expand(both - SAMPLER_RISK.expression.subs(c, 2)) == 0


@settings(deadline=None)
@given(unit)
def test_regret_is_sampler_risk_less_bayes_risk(eta):
    margin = MARGIN(eta=eta)
    regret = SAMPLER_REGRET(margin=margin, c=HALF)
    assert regret == 2 * eta * (1 - eta) - min(eta, 1 - eta)
    assert regret == SAMPLER_RISK(margin=margin, c=2) - BAYES_RISK(margin=margin)
    assert 0 <= regret <= SAMPLER_REGRET_MAXIMUM(c=HALF)


def test_largest_regret_is_an_eighth_at_margin_one_half():
    assert SAMPLER_REGRET_MAXIMUM(c=HALF) == Fraction(1, 8) == SAMPLER_REGRET(margin=HALF, c=HALF)
    grid = [SAMPLER_REGRET(margin=Fraction(i, 100), c=HALF) for i in range(101)]
    assert max(grid) == grid[50]
    assert grid.count(max(grid)) == 1


@settings(deadline=None)
@given(unit, unit)
def test_approximate_sampler_risks_are_attained_on_either_side(eta, teacher):
    margin, distance = MARGIN(eta=eta), abs(teacher - eta)
    risk = disagreement((1 - teacher, teacher), (1 - eta, eta))
    upper = APPROXIMATE_SAMPLER_RISK(margin=margin, distance=distance, c=1)
    lower = APPROXIMATE_SAMPLER_RISK_LOWER(margin=margin, distance=distance, c=1)
    perfect = SAMPLER_RISK(margin=margin, c=2)
    assert lower <= risk <= upper <= APPROXIMATE_SAMPLER_RISK_EPS(sampler_risk=perfect, eps=distance, c=1)
    assert upper - perfect == perfect - lower == margin * distance
    towards_bayes = (teacher - eta) * (2 * eta - 1) >= 0
    assert risk == (lower if towards_bayes else upper)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=5))
def test_with_several_classes_the_spread_of_the_law_takes_the_margins_place(rows):
    if not any(a for a, _ in rows) or not any(b for _, b in rows):
        return
    truth = [Fraction(a, sum(a for a, _ in rows)) for a, _ in rows]
    teacher = [Fraction(b, sum(b for _, b in rows)) for _, b in rows]
    distance = sum(abs(p - q) for p, q in zip(truth, teacher, strict=True)) / 2
    change = disagreement(teacher, truth) - disagreement(truth, truth)
    assert abs(change) <= (max(truth) - min(truth)) * distance


def test_the_top_two_margin_is_not_enough_with_three_classes():
    truth, teacher = (HALF, HALF, Fraction(0)), (Fraction(0), HALF, HALF)
    # The margin between the two likeliest labels is 0 and yet the risk changes.
    assert disagreement(teacher, truth) - disagreement(truth, truth) == Fraction(1, 4)
