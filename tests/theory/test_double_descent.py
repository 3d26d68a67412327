"""Closed forms for linear teachers and students: against quadrature, symbolic identities and limits."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from scipy.integrate import quad
from scipy.stats import chi2

from theory.distilled_regression import (
    DIRECT_GAIN_LIMIT,
    IRRELEVANT_GAIN,
    LABEL_NOISE,
    PURE_NOISE_GAIN,
    STUDENT_ERROR,
    TEACHER_GAIN,
    distilled_risk,
    label_noise,
    student_error,
)
from theory.double_descent import (
    INTERPOLATION_PEAK,
    INVERSE_CHI_SQUARE,
    INVERSE_TRACE,
    PROJECTION_CROSSED,
    PROJECTION_SAME,
    RANDOM_FEATURES_OVER,
    RANDOM_FEATURES_UNDER,
    RIDGELESS_RISK,
    SECOND_DESCENT_GAIN,
)
from theory.formula import positive

BETA = (1, Fraction(-1, 2), 2, 3, Fraction(1, 3), 1, -1, 2, Fraction(1, 2), 1)
SIGMA = Fraction(1, 2)


@pytest.mark.parametrize("freedom", [3, 5, 12])
def test_inverse_chi_square_by_quadrature(freedom: int) -> None:
    value, _ = quad(lambda x: chi2.pdf(x, freedom) / x, 0, float("inf"))
    assert float(INVERSE_CHI_SQUARE(freedom=freedom)) == pytest.approx(value, rel=1e-6)


def test_inverse_trace_has_the_bartlett_recursion() -> None:
    few, many = positive("few, many")
    here, more = INVERSE_TRACE.expression, INVERSE_TRACE.expression.subs(few, few + 1)
    assert sympy.simplify(more - here - (here + 1) / (many - few - 2)) == 0


def test_projection_moments_of_lines_and_of_everything() -> None:
    p = positive("p")
    same, crossed = PROJECTION_SAME.expression, PROJECTION_CROSSED.expression
    rank = positive("rank")
    # u u' for a uniform unit vector u: E u_1^2 u_2^2 = 1/(p (p + 2)).
    assert sympy.simplify(same.subs(rank, 1) - 1 / (p * (p + 2))) == 0
    assert sympy.simplify(crossed.subs(rank, 1) - 1 / (p * (p + 2))) == 0
    assert sympy.simplify(same.subs(rank, p)) == 1
    assert crossed.subs(rank, p) == 0
    # Q and I - Q are crossed alike.
    assert sympy.simplify(crossed - crossed.subs(rank, p - rank)) == 0


def test_catalogue_form_of_the_interpolators_risk_with_random_features() -> None:
    n, p, dim, beta_all, sigma = positive("n, p, dim, beta_all, sigma")
    stated = (beta_all * (1 - n / dim * (2 - (dim - n - 1) / (p - n - 1))) + sigma**2 * (1 + n / (p - n - 1)))
    assert sympy.simplify(RANDOM_FEATURES_OVER.expression.subs(positive("c"), 1) - stated) == 0


def test_second_descent_gains_where_the_criterion_says() -> None:
    for n, more, sigma in product(range(1, 5), range(2, 6), (0, 1, 2)):
        dim = n + more
        gain = SECOND_DESCENT_GAIN(n=n, dim=dim, beta_all=3, sigma=sigma, c=1)
        assert (gain > 0) == (3 * (dim - n - 1) > sigma**2 * dim)


def test_student_with_all_features_is_the_teacher() -> None:
    n, p, omega, beta = positive("n, p, omega, beta_teacher")
    error = STUDENT_ERROR.at(n=n, p=p, s=p, omega=omega, beta_student=beta, beta_teacher=beta, c=1)
    risk = RIDGELESS_RISK.at(n=n, p=p, omega=omega, beta_teacher=beta, c=1)
    assert sympy.simplify(omega + error - risk) == 0
    assert LABEL_NOISE.at(n=n, p=p, s=p, omega=omega, beta_extra=0, beta_teacher=beta, c=1) == 0


def test_errors_of_two_halves_of_the_features_add_up() -> None:
    n, p, omega = 3, 10, Fraction(1, 4)
    whole: Any = sum(v * v for v in BETA)
    first: Any = sum(v * v for v in BETA[:4])
    parts = [STUDENT_ERROR(n=n, p=p, s=s, omega=omega, beta_student=own, beta_teacher=whole, c=1)
             for s, own in ((4, first), (6, whole - first), (10, whole))]
    assert parts[0] + parts[1] == parts[2]


def test_distilled_risk_falls_to_its_limit() -> None:
    risks = [distilled_risk(BETA, SIGMA, 3, 8, 4, m) for m in (6, 7, 20, 10**6)]
    assert risks == sorted(risks, reverse=True)
    omega = SIGMA**2 + sum(v * v for v in BETA[4:])
    assert float(risks[-1]) == pytest.approx(float(omega + student_error(BETA, SIGMA, 3, 8, 4)), rel=1e-5)


def test_pure_noise_wins_from_the_golden_ratio_on() -> None:
    for n in range(3, 30):
        p = int(1.6180339888 * n + 1) + 1
        assert all(PURE_NOISE_GAIN(n=n, p=p, s=s, sigma=1, c=1) > 0 for s in range(1, n - 1))
    assert PURE_NOISE_GAIN(n=20, p=22, s=1, sigma=1, c=1) < 0


def test_pure_noise_gain_is_the_limit_gain_without_a_signal() -> None:
    for n, p, s in ((6, 9, 2), (8, 20, 5)):
        error = student_error((0,) * 20, SIGMA, n, p, s)
        assert PURE_NOISE_GAIN(n=n, p=p, s=s, sigma=SIGMA, c=1) == DIRECT_GAIN_LIMIT(
            n=n, s=s, omega_student=SIGMA**2, student_error=error)


def test_without_irrelevant_features_2s_plus_2_points_are_needed() -> None:
    assert IRRELEVANT_GAIN(s=3, m=7, label_noise=1, c=1) == 0
    assert IRRELEVANT_GAIN(s=3, m=8, label_noise=1, c=1) > 0
    tau = label_noise((1, 2, 0, 0, 0, 0), SIGMA, 2, 6, 2)
    assert IRRELEVANT_GAIN(s=2, m=9, label_noise=tau, c=1) == TEACHER_GAIN(
        n=2, p=6, s=2, m=9, beta_extra=0, label_noise=tau, c=1)


def test_the_peak_grows_without_bound() -> None:
    assert INTERPOLATION_PEAK(cap=0.0, c=1) == 0
    assert sympy.limit(INTERPOLATION_PEAK.at(cap=positive("cap"), c=1), positive("cap"), sympy.oo) == sympy.oo


def test_random_features_without_features_explain_nothing() -> None:
    assert RANDOM_FEATURES_UNDER(n=9, p=0, dim=5, beta_all=3, sigma=2, c=1) == 7
