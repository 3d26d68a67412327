"""Risks of students of linear teachers, and when distilling is better than the alternatives.

Given the designs a student's risk is omega_S + |beta_S - v_S|^2 + |v_{T without S}|^2 tr (Z'Z)^-1, v the teacher's
coefficients and Z the student's design, and the teacher's noise is integrated out.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr

from theory import distilled_regression
from theory.derivations.linear import (
    GAUSSIAN,
    GIVEN,
    ROTATED,
    beta_extra,
    beta_student,
    beyond,
    concluded,
    direct_missed,
    direct_trace,
    extra_trace,
    kept,
    law,
    m,
    missed,
    n,
    omega,
    p,
    params,
    product,
    s,
    sigma,
    student_trace,
    trace,
)
from theory.domain import Domain
from theory.facts import Fact, Law
from theory.goal import Goal
from theory.kernel import combine, definition, expectation
from theory.rules_conditional import independent_product
from theory.rules_gaussian import (
    inverse_trace,
    projected_length,
    projected_part,
    projected_product,
    singular_trace,
)

BETA = beta_student + beta_extra
INTERPOLATES, NESTED, ENOUGH, DIRECT = p - n - 2, p - s, m - s - 2, n - s - 2
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


def _taught(of: Law, where: Domain, weight: int = 1) -> tuple[list[tuple[Any, Fact]], Expr]:
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
    facts, value = _taught(S, BOTH, 1)
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


# When distilling is better

DISTILLING = params(n, p, s, m, omega, beta_student, beta_extra,
                    conditions=(INTERPOLATES, NESTED, ENOUGH, DIRECT, *SIGNALS))
D = law("D", direct_trace, missed, trace, kept, extra_trace, student_trace)


def direct_mean(of: Law, where: Domain) -> Fact:
    """E tr (X'X)^-1 for the student's features of the n points."""
    return inverse_trace(direct_trace, s, n, s, of, GAUSSIAN, where)


def direct_gain_goal() -> Goal:
    """The direct risk less the distilled one."""
    right = distilled_regression.DIRECT_GAIN.at(n=n, m=m, s=s, omega_student=OMEGA_S, student_error=STUDENT_ERROR,
                                                label_noise=LABEL_NOISE, c=1)
    gain = OMEGA_S * direct_trace - ERROR - NOISE * student_trace
    return Goal(D.mean(gain), "==", right, DISTILLING, (D,), "the direct mean risk less the distilled one")


def direct_gain() -> Fact:
    """Both risks."""
    direct, signal, noise = direct_mean(D, DISTILLING), missed_mean(D, DISTILLING), noise_mean(D, DISTILLING)
    facts, value = _taught(D, DISTILLING, -1)
    return concluded(direct_gain_goal(), (OMEGA_S, direct), (-1, signal), (-omega, noise), *facts,
                     exact=OMEGA_S * direct.right - signal.right - omega * noise.right + value)


WIDE = params(n, p, s, m, omega, beta_student, beta_extra, conditions=(s - n - 2, NESTED, ENOUGH, *SIGNALS))
DO = law("DO", direct_missed, direct_trace, missed, trace, kept, extra_trace, student_trace)


def direct_gain_over_goal() -> Goal:
    """The same for a student that interpolates when it is trained directly."""
    right = distilled_regression.DIRECT_GAIN_OVER.at(n=n, m=m, s=s, omega_student=OMEGA_S, beta_student=beta_student,
                                                     student_error=STUDENT_ERROR, label_noise=LABEL_NOISE, c=1)
    gain = direct_missed + OMEGA_S * direct_trace - ERROR - NOISE * student_trace
    return Goal(DO.mean(gain), "==", right, WIDE, (DO,), "the direct mean risk less the distilled one")


def direct_gain_over() -> Fact:
    """Both risks."""
    lost = projected_length(direct_missed, s - n, s, beta_student, DO, ROTATED, WIDE)
    direct = singular_trace(direct_trace, n, s, s, DO, GAUSSIAN, WIDE)
    signal, noise = missed_mean(DO, WIDE), noise_mean(DO, WIDE)
    facts, value = _taught(DO, WIDE, -1)
    return concluded(direct_gain_over_goal(), (1, lost), (OMEGA_S, direct), (-1, signal), (-omega, noise), *facts,
                     exact=lost.right + OMEGA_S * direct.right - signal.right - omega * noise.right + value)


DU = law("DU", direct_trace, trace, extra_trace, student_trace)


def direct_gain_under_goal() -> Goal:
    """The same for a least-squares teacher."""
    error = distilled_regression.STUDENT_ERROR_UNDER.at(n=n, p=p, s=s, omega=omega)
    noise = distilled_regression.LABEL_NOISE_UNDER.at(n=n, p=p, s=s, omega=omega, beta_extra=beta_extra)
    right = distilled_regression.DIRECT_GAIN.at(n=n, m=m, s=s, omega_student=OMEGA_S, student_error=error,
                                                label_noise=noise, c=1)
    gain = OMEGA_S * direct_trace - omega * trace - (beta_extra + omega * extra_trace) * student_trace
    return Goal(DU.mean(gain), "==", right, UNDER, (DU,), "the direct mean risk less the distilled one")


def direct_gain_under() -> Fact:
    """Both risks."""
    direct = direct_mean(DU, UNDER)
    noise = inverse_trace(trace, p, n, s, DU, GAUSSIAN, UNDER)
    extra = inverse_trace(extra_trace, p, n, p - s, DU, GAUSSIAN, UNDER)
    own = student_mean(DU, UNDER)
    exact = OMEGA_S * direct.right - omega * noise.right - (beta_extra + omega * extra.right) * own.right
    return concluded(direct_gain_under_goal(), (OMEGA_S, direct), (-omega, noise), (-omega * own.right, extra),
                     (-beta_extra - omega * DU.mean(extra_trace), own),
                     (-omega, independent_product(extra_trace, student_trace, DU)), exact=exact)


LIMIT = params(n, p, s, omega, beta_student, beta_extra, conditions=(INTERPOLATES, NESTED, DIRECT, *SIGNALS))
DL = law("DL", direct_trace, missed, trace)


def direct_gain_limit_goal() -> Goal:
    """The direct risk less that of a student with the teacher's coefficients on its features."""
    right = distilled_regression.DIRECT_GAIN_LIMIT.at(n=n, s=s, omega_student=OMEGA_S, student_error=STUDENT_ERROR)
    return Goal(DL.mean(OMEGA_S * direct_trace - ERROR), "==", right, LIMIT, (DL,),
                "the direct mean risk less that of a student with the teacher's coefficients")


def direct_gain_limit() -> Fact:
    """Both risks."""
    direct, signal, noise = direct_mean(DL, LIMIT), missed_mean(DL, LIMIT), noise_mean(DL, LIMIT)
    return concluded(direct_gain_limit_goal(), (OMEGA_S, direct), (-1, signal), (-omega, noise),
                     exact=OMEGA_S * direct.right - signal.right - omega * noise.right)


PURE = params(n, p, s, sigma, conditions=(INTERPOLATES, NESTED, DIRECT))
DN = law("DN", direct_trace, trace)


def pure_noise_goal() -> Goal:
    """The same without a signal."""
    right = distilled_regression.PURE_NOISE_GAIN.at(n=n, p=p, s=s, sigma=sigma, c=1)
    return Goal(DN.mean(sigma**2 * direct_trace - sigma**2 * trace), "==", right, PURE, (DN,),
                "the direct mean risk less that of a student with the teacher's coefficients, beta = 0")


def pure_noise() -> Fact:
    """Both risks."""
    direct, noise = direct_mean(DN, PURE), noise_mean(DN, PURE)
    return concluded(pure_noise_goal(), (sigma**2, direct), (-(sigma**2), noise),
                     exact=sigma**2 * (direct.right - noise.right))


T = law("T", kept, extra_trace, product, student_trace)


def teacher_gain_goal() -> Goal:
    """The teacher's risk less the student's; on S both have the same coefficients' error."""
    right = distilled_regression.TEACHER_GAIN.at(n=n, p=p, s=s, m=m, beta_extra=beta_extra, label_noise=LABEL_NOISE,
                                                 c=1)
    return Goal(T.mean(NOISE - 2 * product - NOISE * student_trace), "==", right, BOTH, (T,),
                "the teacher's mean risk less its student's")


def teacher_gain() -> Fact:
    """|beta - v|^2 = |beta|^2 - 2 beta . v + |v|^2 on the features that the student lacks."""
    signal, noise = kept_mean(T, BOTH), extra_mean(T, BOTH)
    along = projected_product(product, n, p, beta_extra, T, ROTATED, BOTH)
    facts, value = _taught(T, BOTH, -1)
    return concluded(teacher_gain_goal(), (1, signal), (omega, noise), (-2, along), *facts,
                     exact=signal.right + omega * noise.right - 2 * along.right + value)


IRRELEVANT = params(s, m, conditions=(ENOUGH,))
ANY = law("ANY", beyond, student_trace)


def irrelevant_goal() -> Goal:
    """The teacher's risk less the student's for beta = 0 on the features that the student lacks: any teacher."""
    right = distilled_regression.IRRELEVANT_GAIN.at(s=s, m=m, label_noise=ANY.mean(beyond), c=1)
    return Goal(ANY.mean(beyond - beyond * student_trace), "==", right, IRRELEVANT, (ANY,),
                "the teacher's mean risk less its student's")


def irrelevant() -> Fact:
    """The student's design is independent of the teacher."""
    own, mean = student_mean(ANY, IRRELEVANT), ANY.mean(beyond)
    start = expectation(definition(beyond - beyond * student_trace, IRRELEVANT.meet(ANY.domain), GIVEN), ANY)
    split = combine(start.left, "==", mean - mean * own.right, (1, start), (-mean, own),
                    (-1, independent_product(beyond, student_trace, ANY)))
    return combine(split.left, "==", irrelevant_goal().right, (1, split))
