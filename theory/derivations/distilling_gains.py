"""When distilling from a linear teacher is better: than training the student directly, and than the teacher itself."""

from __future__ import annotations

from theory import distilled_regression
from theory.derivations.distilled import (
    BOTH,
    ENOUGH,
    ERROR,
    INTERPOLATES,
    LABEL_NOISE,
    NESTED,
    NOISE,
    OMEGA_S,
    SIGNALS,
    STUDENT_ERROR,
    UNDER,
    extra_mean,
    kept_mean,
    missed_mean,
    noise_mean,
    student_mean,
    taught,
)
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
from theory.rules_gaussian import inverse_trace, projected_length, projected_product, singular_trace

DIRECT = n - s - 2
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
    facts, value = taught(D, DISTILLING, -1)
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
    facts, value = taught(DO, WIDE, -1)
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
    facts, value = taught(T, BOTH, -1)
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
