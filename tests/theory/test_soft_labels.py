"""Formulas of soft labels against enumeration and against each other; proofs of what is false."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import log

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import empirical_bernstein, proper_losses, soft_labels, teacher_pairs
from theory.derivations import soft_distances, soft_teachers
from theory.derivations import soft_labels as derivations
from theory.facts import Rejected
from theory.kernel import combine

F = Fraction
unit = st.fractions(0, 1, max_denominator=30)
signed = st.fractions(-1, 1, max_denominator=30)
QUICK = settings(deadline=None, max_examples=25)


@QUICK
@given(st.lists(st.tuples(unit, unit), min_size=1, max_size=3), st.integers(1, 3))
def test_products_of_averages_are_those_of_all_samples(pairs, n):
    count = F(len(pairs))
    found = sum(sum(u for u, _ in rows) * sum(v for _, v in rows) for rows in product(pairs, repeat=n))
    first, second = (sum(values) / count for values in ([u for u, _ in pairs], [v for _, v in pairs]))
    both = sum(u * v for u, v in pairs) / count
    assert soft_labels.average_product(both, first, second, F(n)) == found / count**n / n**2


@QUICK
@given(unit, signed, unit, signed, signed, st.integers(1, 50))
def test_the_best_ratio_is_where_the_mixture_error_is_least(hard, covariance, variance, bias, ratio, n):
    known = {"hard_variance": hard, "variance": variance, "covariance": covariance, "bias": bias, "n": n}
    if hard + variance - 2 * covariance + n * bias**2 <= 0:
        return
    best = soft_labels.BEST_RATIO(**known, c=1)
    gap = soft_labels.MIXTURE_ERROR(**known, ratio=ratio) - soft_labels.MIXTURE_ERROR(**known, ratio=best)
    assert gap == soft_labels.MIXTURE_EXCESS(**known, ratio=ratio, c=1)
    assert gap >= 0


@QUICK
@given(unit, unit, signed, unit, st.integers(1, 50))
def test_label_smoothing_is_a_mixture_without_bias(hard, plain, covariance, smoothing, n):
    mixture = soft_labels.MIXTURE_ERROR(hard_variance=hard, variance=plain, covariance=covariance, bias=0,
                                        ratio=smoothing, n=n)
    assert mixture == soft_labels.SMOOTHING_VARIANCE(hard_variance=hard, plain_variance=plain, covariance=covariance,
                                                     smoothing=smoothing, n=n, c=1)


@QUICK
@given(unit, unit, signed, st.integers(1, 50))
def test_the_crossover_is_the_difference_of_two_errors(hard, variance, bias, n):
    errors = [soft_labels.TEACHER_ERROR(variance=v, bias=b, n=n, c=1) for v, b in ((hard, 0), (variance, bias))]
    assert soft_labels.CROSSOVER(hard_variance=hard, variance=variance, bias=bias, n=n, c=1) == errors[0] - errors[1]


def test_bounds_have_the_stated_constants():
    assert soft_labels.LABEL_SPREAD(spread=1, n=1, c=1) == F(1, 4)
    assert soft_labels.LABEL_SPREAD_LOWER(spread=1, least=F(1, 2), n=1, c=1) == F(1, 4)
    assert soft_labels.BEST_RATIO_RATE(bias=F(1, 2), n=2, c=1) == 1
    assert soft_labels.BEST_RATIO_SQUARE(hard_variance=F(1, 4), bias=F(1, 2), n=1, c=1) == F(1, 4)
    assert soft_labels.TEACHER_ERROR_BOUND(variance=1, distance=F(1, 2), loss_norm=F(1, 2), n=4, c=1) == F(5, 16)
    assert float(empirical_bernstein.REMAINDER(hypotheses=3, delta=F(1, 10), n=8, c=1)) == pytest.approx(log(60) / 3)
    deviation = float(empirical_bernstein.DEVIATION(hypotheses=1, delta=F(1, 10), n=2, c=1))
    assert deviation == pytest.approx(log(20) ** 0.5)


@QUICK
@given(unit, unit)
def test_the_brier_score_of_a_class_is_that_of_its_two_labels(probability, predicted):
    score = probability * (1 - predicted) ** 2 + (1 - probability) * predicted**2
    assert proper_losses.BRIER(probability=probability, predicted=predicted, c=1) == score


def test_log_loss_is_what_the_label_costs():
    found = float(proper_losses.LOG_LOSS(probability=F(1, 3), predicted=F(1, 5), c=1))
    assert found == pytest.approx(log(5), rel=1e-12)


def test_misranked_pairs_of_teachers_are_the_integrals():
    assert teacher_pairs.MISRANKED_TWO(c=1) == F(1, 12)
    assert teacher_pairs.MISRANKED_THREE(c=1) == F(14281, 46656)


def test_two_classes_by_a_plain_integral():
    w = sympy.Symbol("w")
    assert sympy.integrate((2 * w - 1) ** 2 / 2, (w, sympy.Rational(1, 2), 1)) == sympy.Rational(1, 12)


def test_the_witness_of_the_paper():
    assert teacher_pairs.WITNESS(eta=F(2, 5), step=F(1, 100), c=1) == F(16, 100) - F(11, 100) ** 2


def test_a_teacher_is_not_taken_for_the_bayes_probabilities():
    goal = derivations.lower_variance_goal()
    wrong = goal.left.subs(derivations.soft_risk, derivations.taught_risk)
    less = [(-weight, fact) for weight, fact in derivations.averaged_variance("taught")]
    terms = [*derivations.averaged_variance("hard"), *less]
    with pytest.raises(Rejected, match="not the weighted sum"):
        combine(wrong, "==", goal.right, *terms)


def test_a_mixture_needs_the_covariance():
    known = {**soft_teachers.moments(), "covariance": 0}
    right = soft_labels.MIXTURE_ERROR.at(**known, ratio=soft_teachers.ratio, n=derivations.n)
    fact = soft_teachers.mixture(soft_teachers.ratio)
    with pytest.raises(Rejected, match="not the weighted sum"):
        combine(fact.left, "==", right, (1, fact))


def test_half_the_distance_is_no_bound():
    fact = soft_distances.total_variation()
    smaller = fact.right.subs(soft_distances.DISTANCE**2, soft_distances.DISTANCE**2 / 2)
    with pytest.raises(Rejected):
        combine(fact.left, "<=", smaller, (1, fact))
