"""The effective logit's formulas against SciPy; wrong variants of them are not concluded."""
from __future__ import annotations

from fractions import Fraction
from math import exp, log, tanh
from typing import Any

import pytest
from scipy.optimize import brentq
from scipy.special import expit

from theory import effective_logit
from theory.derivations import effective_logit as derivation
from theory.facts import Rejected
from theory.kernel import combine

CASES = [(0.3, 1.0, 1.0, -2.0), (0.9, 4.0, 2.0, 1.5), (0.5, 0.5, 5.0, 0.0)]


def root(rho: float, weight: float, unit: float, teacher: float, label: int) -> float:
    solve: Any = brentq
    return solve(lambda z: rho * weight / unit * (expit(z / unit) - expit(teacher / unit))
                 + (1 - rho) * (expit(z) - label), -100, 100, xtol=1e-13)


def named(rho: float, weight: float, unit: float) -> dict[str, float]:
    return {"soft_ratio": rho, "weight": weight, "temperature": unit}


@pytest.mark.parametrize(("rho", "weight", "unit", "teacher"), CASES)
@pytest.mark.parametrize("label", [0, 1])
def test_slope_vanishes_and_excess_is_made_of_divergences(rho, weight, unit, teacher, label: int) -> None:
    best, z, three = root(rho, weight, unit, teacher, label), 0.7, named(rho, weight, unit)
    assert effective_logit.SLOPE(**three, teacher_logit=teacher, label=label, z=best) == pytest.approx(0, abs=1e-12)

    def divergence(p: float, q: float) -> float:
        return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))

    excess = (rho * weight * divergence(expit(best / unit), expit(z / unit))
              + (1 - rho) * divergence(expit(best), expit(z)))
    assert effective_logit.EXCESS_LOSS(**three, effective_logit=best, z=z, c=1) == pytest.approx(excess)


@pytest.mark.parametrize(("rho", "weight", "unit", "teacher"), CASES)
def test_the_logit_rises_by_the_stated_amounts_at_least(rho, weight, unit, teacher) -> None:
    three = named(rho, weight, unit)
    by_label = root(rho, weight, unit, teacher, 1) - root(rho, weight, unit, teacher, 0)
    assert by_label >= effective_logit.RISE_BY_LABEL(**three, c=1) > 0
    by_teacher = root(rho, weight, unit, teacher + 0.5, 1) - root(rho, weight, unit, teacher, 1)
    least = effective_logit.RISE_BY_TEACHER(**three, teacher_logit=teacher, higher_logit=teacher + 0.5, c=1)
    assert by_teacher >= least > 0
    steepest = (rho * weight / unit**2 + 1 - rho) / 4
    change = rho * weight / unit * (expit((teacher + 0.5) / unit) - expit(teacher / unit))
    assert least == pytest.approx(change / steepest)


def test_mixture() -> None:
    found = effective_logit.MIXTURE(soft_ratio=0.3, weight=2.0, teacher_logit=-1.0, label=1, c=1)
    assert found == pytest.approx((0.6 / (1 + exp(1)) + 0.7) / 1.3)
    assert found == pytest.approx(expit(root(0.3, 2.0, 1.0, -1.0, 1)))


@pytest.mark.parametrize("shift", [-1e-6, 1e-6])
def test_odds_needed_are_where_the_sign_turns(shift: float) -> None:
    needed = effective_logit.ODDS_NEEDED(weight=3.0, temperature=2.0, size=1.5, c=1, power=1)
    assert needed == pytest.approx(1.5 * tanh(1.5 / 4))
    rho = 1 / (1 + needed * (1 + shift))
    assert (root(rho, 3.0, 2.0, -1.5, 1) > 0) is (shift > 0)


def test_a_mixture_of_other_shares_is_not_concluded() -> None:
    goal, fact = derivation.mixture_goal(), derivation.mixture()
    with pytest.raises(Rejected, match="is not the weighted sum"):
        combine(goal.left, "==", goal.right * Fraction(21, 20), (1, fact))
    with pytest.raises(Rejected, match="not"):
        derivation.unique_goal().must_be(fact)
