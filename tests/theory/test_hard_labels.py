"""What hard labels cost and keep: values of the formulas by other routes."""
from __future__ import annotations

from fractions import Fraction
from math import pi, sqrt

import pytest
from scipy.integrate import quad
from scipy.stats import norm

from theory import hard_labels


@pytest.mark.parametrize("eta", [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
@pytest.mark.parametrize("teacher", [0, 1])
def test_regret_is_the_difference_of_error_probabilities(eta: Fraction, teacher: int) -> None:
    agreement = eta if teacher else 1 - eta
    student_errs, teacher_errs = agreement, 1 - agreement
    assert hard_labels.HARD_LABEL_REGRET(agreement=agreement, differs=1, c=2) == student_errs - teacher_errs
    assert hard_labels.HARD_LABEL_REGRET(agreement=agreement, differs=0, c=2) == 0


def test_two_classes_are_a_case_of_several() -> None:
    p = Fraction(2, 7)
    several = hard_labels.HARD_LABEL_REGRET_MULTICLASS(agreement=p, student_agreement=1 - p, c=1)
    assert several == hard_labels.HARD_LABEL_REGRET(agreement=p, differs=1, c=2)
    assert several <= hard_labels.HARD_LABEL_TRIANGLE(differs=1, c=1) == 1


def test_direction() -> None:
    mean = quad(lambda g: abs(g) * norm.pdf(g), -10, 10)[0]
    assert float(hard_labels.HARD_LABEL_DIRECTION(dot=3, square=4, c=1)) == pytest.approx(mean * 3 / 2)


@pytest.mark.parametrize("cosine", [-0.9, -0.5, 0.0, 0.3, 0.99])
def test_linear_disagreement_by_integration(cosine: float) -> None:
    slope = cosine / sqrt(1 - cosine**2)
    # Given x.a = u > 0, x.b is negative with probability Phi(-u cot t).
    by_quadrature = 2 * quad(lambda u: norm.pdf(u) * norm.cdf(-u * slope), 0, 12)[0]
    found = hard_labels.LINEAR_DISAGREEMENT(dot=cosine * 6, squares=36, c=1)
    assert float(found) == pytest.approx(by_quadrature, abs=1e-9)


def test_linear_disagreement_at_the_ends() -> None:
    values = [hard_labels.LINEAR_DISAGREEMENT(dot=dot, squares=36, c=1) for dot in (-6, 0, 6)]
    assert [float(value) for value in values] == [1, 0.5, 0]


@pytest.mark.parametrize(("dim", "m"), [(1, 5), (4, 1), (20, 300)])
def test_a_students_disagreement_is_half_the_least_error(dim: int, m: int) -> None:
    mean = sqrt(2 / pi)
    scales = [j / 10**4 for j in range(20_000)]
    least = min(1 - 2 * s * mean + s**2 * (mean**2 + (dim - mean**2) / m) for s in scales)
    assert float(hard_labels.STUDENT_DISAGREEMENT(dim=dim, m=m, c=1)) == pytest.approx(sqrt(least) / 2, abs=1e-6)
    assert hard_labels.ORTHOGONAL_ERROR(dim=dim, m=m) == Fraction(dim - 1, m)


def test_more_labels_help_and_some_disagreement_is_below_a_coins() -> None:
    values = [float(hard_labels.STUDENT_DISAGREEMENT(dim=30, m=m, c=1)) for m in (1, 10, 100, 10**6)]
    assert values == sorted(values, reverse=True)
    assert values[0] < 0.5
    assert values[-1] < 0.01


def test_a_proof_is_read_from_an_instance() -> None:
    given = {"mass": (Fraction(1),), "eta": (Fraction(1, 4),), "teacher": (1,), "student": (Fraction(1, 3),)}
    sides = hard_labels.HARD_LABEL_REGRET_PROOF.sides(given)
    assert sides.left == sides.right == Fraction(2, 3) * Fraction(-1, 2)
