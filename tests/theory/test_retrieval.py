"""Formulas of retrieval against their definitions."""

from __future__ import annotations

from fractions import Fraction
from math import log
from typing import Any

import pytest
from scipy.optimize import minimize_scalar

from theory import retrieval
from theory.derivations import areas
from theory.facts import Rejected
from theory.kernel import combine

HALF = Fraction(1, 2)


def test_lost_mass_counts_each_label_once() -> None:
    assert retrieval.TOP_K_REGRET_L1(truth=Fraction(3, 4), teacher=HALF, c=1) == Fraction(1, 4)
    assert retrieval.TOP_K_REGRET_MAX(k=2, classes=5, distance=Fraction(1, 8), c=1) == HALF
    assert retrieval.TOP_K_REGRET_MAX(k=4, classes=5, distance=Fraction(1, 8), c=1) == Fraction(1, 4)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_top_k_mass_is_the_sum_of_the_largest(k: int) -> None:
    row = [Fraction(i, 10) for i in (4, 3, 2, 1)]
    masses = [sum(retrieval.TOP_K_MASS(probability=p, cut=cut, k=k, classes=4, c=1) for p in row) for cut in row]
    assert min(masses) == sum(row[:k]) == masses[k - 1]


def test_pair_least_is_the_minimum_over_the_scores() -> None:
    p, q = 0.3, 0.6
    a, b = p * (1 - q), q * (1 - p)
    found: Any = minimize_scalar(lambda r: -a * log(r) - b * log(1 - r), bounds=(1e-6, 1 - 1e-6), method="bounded")
    assert float(retrieval.PAIR_LEAST(first=p, second=q, c=1)) == pytest.approx(float(found.fun), rel=1e-8)


@pytest.mark.parametrize("odds", [0.2, 1.0, 5.0])
def test_pair_excess_is_the_loss_less_the_least(odds: float) -> None:
    p, q = 0.3, 0.6
    a, b = p * (1 - q), q * (1 - p)
    loss = a * log(1 + 1 / odds) + b * log(1 + odds)
    excess = float(retrieval.PAIR_EXCESS(first=p, second=q, odds=odds, c=1))
    assert excess == pytest.approx(loss - float(retrieval.PAIR_LEAST(first=p, second=q, c=1)), rel=1e-9)
    assert excess >= float(retrieval.PAIR_DISTANCE(first=p, second=q, odds=odds, c=2))


def test_tied_scores_cost_what_a_misordered_pair_costs_at_least() -> None:
    values = {"first": Fraction(1, 4), "second": HALF, "c": 2}
    assert retrieval.PAIR_MISORDERED(**values) == retrieval.PAIR_DISTANCE(**values, odds=1)
    assert retrieval.PAIR_MISORDERED(**values) == Fraction(1, 16) / (2 * HALF)


def test_u_statistic_of_two_points_has_the_kernel_s_variance() -> None:
    assert retrieval.U_STATISTIC_VARIANCE(n=2, zeta_1=Fraction(1, 7), zeta_2=Fraction(1, 3), c=1) == Fraction(1, 3)


def test_negative_gain_is_square_less_soft_square() -> None:
    q, w, mean, variance = Fraction(1, 3), Fraction(1, 4), Fraction(2, 5), Fraction(1, 6)
    square = retrieval.NEGATIVE_SQUARE(second=q, weight=w, mean=mean, variance=variance)
    gain = retrieval.NEGATIVE_GAIN(second=q, weight=w, mean=mean, variance=variance, c=1)
    assert gain == square - ((1 - q) * mean) ** 2 / w == (1 - q) * (variance + q * mean**2) / w


def test_areas_of_pairs() -> None:
    pair = {"first": Fraction(3, 4), "second": Fraction(1, 4), "base": HALF, "c": 1}
    assert retrieval.AUC_REGRET(**pair, misordered=1) == 1
    assert retrieval.AUC_BEST(**pair) == HALF + HALF
    assert retrieval.AUC_TEACHER(truth=Fraction(3, 4), teacher=HALF, base=HALF, c=1) == 1


def test_only_half_of_the_pairs_is_lost() -> None:
    full = areas.symmetrized(areas.REGRET, areas.R)
    with pytest.raises(Rejected):
        combine(full.left, "==", 2 * full.right, (1, full))
