"""Students of linear teachers in closed form: least squares on fewer features and fresh points that the teacher labels.

A teacher's coefficients v are P beta_T + X^+ e, P the projection on the span of its n points; the student, with the
features S of the teacher's p, sees the rest of the teacher's response, of variance tau = |v_{T without S}|^2, as label
noise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theory.double_descent import (
    INVERSE_TRACE,
    LEAST_SQUARES_RISK,
    PROJECTION_CROSSED,
    PROJECTION_SAME,
    RIDGELESS_RISK,
)
from theory.formula import Formula, positive
from theory.proof import Proof


def _coordinates(rank: Any, own: Any, features: Any, c: Any) -> Any:
    """E |(Q beta_T)_F|^2 for a projection of this rank, `own` the signal of F; c multiplies the crossed moment."""
    p, beta_teacher = positive("p, beta_teacher")
    crossed = c * PROJECTION_CROSSED.at(rank=rank, p=p)
    # E Q A Q = (a + b) A + b tr(A) I for a symmetric A.
    return (PROJECTION_SAME.at(rank=rank, p=p) + crossed) * own + crossed * features * beta_teacher


def _spread(features: Any) -> Any:
    """E tr of the block of X^+ X^+' that belongs to so many of the p features, times the noise."""
    n, p, omega = positive("n, p, omega")
    return omega * features / p * INVERSE_TRACE.at(few=n, many=p)


def _student_error() -> Any:
    n, p, s, beta_student, c = positive("n, p, s, beta_student, c")
    return _coordinates(p - n, beta_student, s, c) + _spread(s)


def _label_noise() -> Any:
    n, p, s, beta_extra, c = positive("n, p, s, beta_extra, c")
    return _coordinates(n, beta_extra, p - s, c) + _spread(p - s)


def _distilled_risk() -> Any:
    s, m, omega_student, student_error, label_noise, c = positive("s, m, omega_student, student_error, label_noise, c")
    return omega_student + student_error + c * label_noise * INVERSE_TRACE.at(few=s, many=m)


STUDENT_ERROR = Formula("error of an interpolating teacher on the student's features",
                        ("n", "p", "s", "omega", "beta_student", "beta_teacher", "c"), _student_error)
"""E |beta_S - v_S|^2 with c = 1: (a + c b) |beta_S|^2 + c b s |beta_T|^2 + omega s/p n/(p - n - 1) at rank p - n."""

LABEL_NOISE = Formula("what an interpolating teacher says beyond the student's features",
                      ("n", "p", "s", "omega", "beta_extra", "beta_teacher", "c"), _label_noise)
"""E |v_{T without S}|^2 with c = 1; as above for T without S, at rank n."""

DISTILLED_RISK = Formula("risk of a student", ("s", "m", "omega_student", "student_error", "label_noise", "c"),
                         _distilled_risk)
"""omega_S + E_S + c tau s/(m - s - 1): c = 1 for m >= s + 2, omega_S the variance that S doesn't explain."""


def _student_error_under() -> Any:
    n, p, s, omega = positive("n, p, s, omega")
    # Least squares is unbiased, and its p coefficients are alike.
    return omega * INVERSE_TRACE.at(few=p, many=n) / p * s


def _label_noise_under() -> Any:
    n, p, s, omega, beta_extra = positive("n, p, s, omega, beta_extra")
    return beta_extra + omega * INVERSE_TRACE.at(few=p, many=n) / p * (p - s)


STUDENT_ERROR_UNDER = Formula("error of a least-squares teacher on the student's features", ("n", "p", "s", "omega"),
                              _student_error_under)
"""omega s/(n - p - 1), for p <= n - 2."""

LABEL_NOISE_UNDER = Formula("what a least-squares teacher says beyond the student's features",
                            ("n", "p", "s", "omega", "beta_extra"), _label_noise_under)
"""|beta_{T without S}|^2 + omega (p - s)/(n - p - 1), for p <= n - 2."""


def _direct_gain() -> Any:
    from sympy import expand

    n, m, s, omega_student, student_error, label_noise, c = positive(
        "n, m, s, omega_student, student_error, label_noise, c")
    direct = LEAST_SQUARES_RISK.at(n=n, p=s, omega=omega_student, c=1)
    return expand(direct) - DISTILLED_RISK.at(s=s, m=m, omega_student=omega_student, student_error=student_error,
                                              label_noise=label_noise, c=c)


def _direct_gain_over() -> Any:
    n, m, s, omega_student, beta_student, student_error, label_noise, c = positive(
        "n, m, s, omega_student, beta_student, student_error, label_noise, c")
    direct = RIDGELESS_RISK.at(n=n, p=s, omega=omega_student, beta_teacher=beta_student, c=1) - omega_student
    taught = DISTILLED_RISK.at(s=s, m=m, omega_student=omega_student, student_error=student_error,
                               label_noise=label_noise, c=c) - omega_student
    return direct.expand() - taught


def _direct_gain_limit() -> Any:
    from sympy import Add, limit, oo

    return sum(limit(term, positive("m"), oo) for term in Add.make_args(DIRECT_GAIN.expression))


def _pure_noise_gain() -> Any:
    from sympy import factor

    n, p, s, sigma, c = positive("n, p, s, sigma, c")
    error = STUDENT_ERROR.at(n=n, p=p, s=s, omega=sigma**2, beta_student=0, beta_teacher=0, c=1)
    return factor(DIRECT_GAIN_LIMIT.at(n=n, s=s, omega_student=sigma**2, student_error=c * error))


def _teacher_gain() -> Any:
    from sympy import Symbol, expand

    n, p, s, m, beta_extra, label_noise, c = positive("n, p, s, m, beta_extra, label_noise, c")
    # On T without S the teacher's squared error is |beta|^2 - 2 beta . b + |b|^2 with E b = beta n/p.
    omega_student, student_error = Symbol("omega_student"), Symbol("student_error")
    teacher = omega_student - beta_extra + student_error + beta_extra - 2 * c * beta_extra * n / p + label_noise
    student = DISTILLED_RISK.at(s=s, m=m, omega_student=omega_student, student_error=student_error,
                                label_noise=label_noise, c=1)
    return expand(teacher - student)


def _irrelevant_gain() -> Any:
    from sympy import factor

    s, m, label_noise, c = positive("s, m, label_noise, c")
    gain = TEACHER_GAIN.at(n=1, p=1, s=s, m=m, beta_extra=0, label_noise=label_noise, c=1)
    # The student's s twice over: once for the points that its own fit takes, once for the noise.
    return factor(gain - label_noise * (c - 1) * s / (m - s - 1))


DIRECT_GAIN = Formula("gain of distilling over training directly",
                      ("n", "m", "s", "omega_student", "student_error", "label_noise", "c"), _direct_gain)
"""omega_S s/(n - s - 1) - E_S - c tau s/(m - s - 1) with c = 1: the student's direct risk minus its distilled one."""

DIRECT_GAIN_OVER = Formula("gain of distilling over interpolating directly",
                           ("n", "m", "s", "omega_student", "beta_student", "student_error", "label_noise", "c"),
                           _direct_gain_over)
"""(1 - n/s) |beta_S|^2 + omega_S n/(s - n - 1) - E_S - c tau s/(m - s - 1) with c = 1, for s >= n + 2."""

DIRECT_GAIN_LIMIT = Formula("gain of distilling with unlimited inputs", ("n", "s", "omega_student", "student_error"),
                            _direct_gain_limit)
"""omega_S s/(n - s - 1) - E_S, the limit m -> oo."""

PURE_NOISE_GAIN = Formula("gain of distilling pure noise", ("n", "p", "s", "sigma", "c"), _pure_noise_gain)
"""sigma^2 s (p (p - n - 1) - c n (n - s - 1))/(p (p - n - 1)(n - s - 1)), c = 1."""

TEACHER_GAIN = Formula("gain of a student over its teacher", ("n", "p", "s", "m", "beta_extra", "label_noise", "c"),
                       _teacher_gain)
"""tau (1 - s/(m - s - 1)) - 2 c (n/p) |beta_{T without S}|^2 with c = 1."""

IRRELEVANT_GAIN = Formula("gain of a student without irrelevant features", ("s", "m", "label_noise", "c"),
                          _irrelevant_gain)
"""tau (m - 1 - (1 + c) s)/(m - s - 1) with c = 1."""


def _proof(name: str, derivation: str) -> Proof:
    module = "distilling_gains" if name.startswith("distilling") else "distilled"
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where)


STUDENT_ERROR_PROOF = _proof("distilled_student_error", "student_error")
LABEL_NOISE_PROOF = _proof("distilled_label_noise", "label_noise")
DISTILLED_PROOF = _proof("distilled_student_risk", "student")
DISTILLED_UNDER_PROOF = _proof("distilled_student_risk_under", "student_under")
DIRECT_GAIN_PROOF = _proof("distilling_beats_direct", "direct_gain")
DIRECT_GAIN_OVER_PROOF = _proof("distilling_beats_direct_over", "direct_gain_over")
DIRECT_GAIN_UNDER_PROOF = _proof("distilling_beats_direct_under", "direct_gain_under")
DIRECT_GAIN_LIMIT_PROOF = _proof("distilling_beats_direct_limit", "direct_gain_limit")
PURE_NOISE_PROOF = _proof("distilling_beats_direct_pure_noise", "pure_noise")
TEACHER_GAIN_PROOF = _proof("distilling_beats_teacher", "teacher_gain")
IRRELEVANT_PROOF = _proof("distilling_beats_teacher_irrelevant", "irrelevant")


def student_error(beta: Sequence[Any], sigma: Any, n: int, p: int, s: int, c: Any = 1) -> Any:
    """E_S for a teacher with the first p features and n points, whichever regime it is in; numbers as by a Formula."""
    signal, omega = _signals(beta, sigma)
    if p < n:
        return STUDENT_ERROR_UNDER(n=n, p=p, s=s, omega=omega(p))
    return STUDENT_ERROR(n=n, p=p, s=s, omega=omega(p), beta_student=signal(0, s), beta_teacher=signal(0, p), c=c)


def label_noise(beta: Sequence[Any], sigma: Any, n: int, p: int, s: int, c: Any = 1) -> Any:
    """tau for the same teacher, and a student with the first s features."""
    signal, omega = _signals(beta, sigma)
    if p < n:
        return LABEL_NOISE_UNDER(n=n, p=p, s=s, omega=omega(p), beta_extra=signal(s, p))
    return LABEL_NOISE(n=n, p=p, s=s, omega=omega(p), beta_extra=signal(s, p), beta_teacher=signal(0, p), c=c)


def distilled_risk(beta: Sequence[Any], sigma: Any, n: int, p: int, s: int, m: int, c: Any = 1, label: Any = 1) -> Any:
    """The student's risk; c multiplies the crossed moments, `label` what label noise costs."""
    return DISTILLED_RISK(s=s, m=m, omega_student=_signals(beta, sigma)[1](s), c=label,
                          student_error=student_error(beta, sigma, n, p, s, c),
                          label_noise=label_noise(beta, sigma, n, p, s, c))


def _signals(beta: Sequence[Any], sigma: Any) -> tuple[Callable[[int, int], Any], Callable[[int], Any]]:
    """The squared length of beta over a range of features, and omega for so many features."""
    def signal(first: int, last: int) -> Any:
        return sum(value * value for value in beta[first:last])

    return signal, lambda p: sigma * sigma + signal(p, len(beta))
