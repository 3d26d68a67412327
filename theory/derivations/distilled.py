"""Risks of students of linear teachers.

Given the designs a student's risk is omega_S + |beta_S - v_S|^2 + |v_{T without S}|^2 tr (Z'Z)^-1, v the teacher's
coefficients and Z the student's design, and the teacher's noise is integrated out.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr

from theory import distilled_regression
from theory.derivations.linear import (
    GAUSSIAN,
    ROTATED,
    beta_extra,
    beta_student,
    concluded,
    extra_trace,
    kept,
    law,
    m,
    missed,
    n,
    omega,
    p,
    params,
    s,
    student_trace,
    trace,
)
from theory.domain import Domain
from theory.facts import Fact, Law
from theory.goal import Goal
from theory.rules_conditional import independent_product
from theory.rules_gaussian import (
    inverse_trace,
    projected_part,
    singular_trace,
)

BETA = beta_student + beta_extra
INTERPOLATES, NESTED, ENOUGH = p - n - 2, p - s, m - s - 2
# Without features there is no signal on them.
SIGNALS = (BETA * s - beta_student, BETA * (p - s) - beta_extra)
TEACHER = params(n, p, s, omega, beta_student, beta_extra, conditions=(INTERPOLATES, NESTED, *SIGNALS))
BOTH = params(n, p, s, m, omega, beta_student, beta_extra, conditions=(INTERPOLATES, NESTED, ENOUGH, *SIGNALS))
OMEGA_S = omega + beta_extra
ERROR, NOISE = missed + omega * trace, kept + omega * extra_trace
STUDENT_ERROR = distilled_regression.STUDENT_ERROR.at(n=n, p=p, s=s, omega=omega, beta_student=beta_student,
                                                      beta_teacher=BETA, c=1)
LABEL_NOISE = distilled_regression.LABEL_NOISE.at(n=n, p=p, s=s, omega=omega, beta_extra=beta_extra, beta_teacher=BETA,
                                                  c=1)


def missed_mean(of: Law, where: Domain) -> Fact:
    """E |((I - P) beta)_S|^2."""
    return projected_part(missed, p - n, p, s, beta_student, beta_extra, of, ROTATED, where)


def kept_mean(of: Law, where: Domain) -> Fact:
    """E |(P beta)_{T without S}|^2."""
    return projected_part(kept, n, p, p - s, beta_extra, beta_student, of, ROTATED, where)


def noise_mean(of: Law, where: Domain) -> Fact:
    """E of the diagonal entries of X^+ X^+' that belong to S."""
    return singular_trace(trace, n, p, s, of, GAUSSIAN, where)


def extra_mean(of: Law, where: Domain) -> Fact:
    """E of the other ones."""
    return singular_trace(extra_trace, n, p, p - s, of, GAUSSIAN, where)


def student_mean(of: Law, where: Domain) -> Fact:
    """E tr (Z'Z)^-1."""
    return inverse_trace(student_trace, s, m, s, of, GAUSSIAN, where)


E = law("E", missed, trace)
K = law("K", kept, extra_trace)


def student_error_goal() -> Goal:
    """E |beta_S - v_S|^2."""
    return Goal(E.mean(ERROR), "==", STUDENT_ERROR, TEACHER, (E,), "the mean of |beta_S - v_S|^2")


def student_error() -> Fact:
    """What the teacher misses of the signal, and what noise does."""
    signal, noise = missed_mean(E, TEACHER), noise_mean(E, TEACHER)
    return concluded(student_error_goal(), (1, signal), (omega, noise), exact=signal.right + omega * noise.right)


def label_noise_goal() -> Goal:
    """E |v_{T without S}|^2."""
    return Goal(K.mean(NOISE), "==", LABEL_NOISE, TEACHER, (K,), "the mean of |v_{T without S}|^2")


def label_noise() -> Fact:
    """What the teacher keeps of the signal, and what noise does."""
    signal, noise = kept_mean(K, TEACHER), extra_mean(K, TEACHER)
    return concluded(label_noise_goal(), (1, signal), (omega, noise), exact=signal.right + omega * noise.right)


def taught(of: Law, where: Domain, weight: int = 1) -> tuple[list[tuple[Any, Fact]], Expr]:
    """Facts that give weight E[NOISE student_trace], and its value: the student's design is independent."""
    signal, noise, own = kept_mean(of, where), extra_mean(of, where), student_mean(of, where)
    facts = [(weight * own.right, signal), (weight * own.right * omega, noise),
             (weight * (of.mean(kept) + omega * of.mean(extra_trace)), own),
             (weight, independent_product(kept, student_trace, of)),
             (weight * omega, independent_product(extra_trace, student_trace, of))]
    return facts, weight * (signal.right + omega * noise.right) * own.right


S = law("S", missed, trace, kept, extra_trace, student_trace)


def student_goal() -> Goal:
    """E[omega_S + |beta_S - v_S|^2 + |v_{T without S}|^2 tr (Z'Z)^-1]."""
    right = distilled_regression.DISTILLED_RISK.at(s=s, m=m, omega_student=OMEGA_S, student_error=STUDENT_ERROR,
                                                   label_noise=LABEL_NOISE, c=1)
    return Goal(S.mean(OMEGA_S + ERROR + NOISE * student_trace), "==", right, BOTH, (S,), "the student's mean risk")


def student() -> Fact:
    """The student's points are independent of the teacher."""
    signal, noise = missed_mean(S, BOTH), noise_mean(S, BOTH)
    facts, value = taught(S, BOTH, 1)
    return concluded(student_goal(), (1, signal), (omega, noise), *facts,
                     exact=OMEGA_S + signal.right + omega * noise.right + value)


UNDER = params(n, p, s, m, omega, beta_extra, conditions=(n - p - 2, p - 1, NESTED, ENOUGH))
SU = law("SU", trace, extra_trace, student_trace)


def student_under_goal() -> Goal:
    """The same for a least-squares teacher, whose coefficients are unbiased."""
    error = distilled_regression.STUDENT_ERROR_UNDER.at(n=n, p=p, s=s, omega=omega)
    noise = distilled_regression.LABEL_NOISE_UNDER.at(n=n, p=p, s=s, omega=omega, beta_extra=beta_extra)
    right = distilled_regression.DISTILLED_RISK.at(s=s, m=m, omega_student=OMEGA_S, student_error=error,
                                                   label_noise=noise, c=1)
    risk = OMEGA_S + omega * trace + (beta_extra + omega * extra_trace) * student_trace
    return Goal(SU.mean(risk), "==", right, UNDER, (SU,), "the student's mean risk")


def student_under() -> Fact:
    """The means of two inverse Wishart matrices, of independent designs."""
    noise = inverse_trace(trace, p, n, s, SU, GAUSSIAN, UNDER)
    extra = inverse_trace(extra_trace, p, n, p - s, SU, GAUSSIAN, UNDER)
    own = student_mean(SU, UNDER)
    exact = OMEGA_S + omega * noise.right + (beta_extra + omega * extra.right) * own.right
    return concluded(student_under_goal(), (omega, noise), (omega * own.right, extra),
                     (beta_extra + omega * SU.mean(extra_trace), own),
                     (omega, independent_product(extra_trace, student_trace, SU)), exact=exact)
