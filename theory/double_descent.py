"""Double descent and distillation in linear regression with isotropic Gaussian features, in closed form.

A teacher has the first p features (T) of dim, a student the first s <= p of these (S); a model takes the response of
features that it doesn't have for noise. Everything follows from two things: the mean of an inverse Wishart matrix, and
the second moments of a projection on a uniform subspace.
"""

from __future__ import annotations

from typing import Any

from theory.formula import Formula, positive
from theory.proof import Proof


def _inverse_chi_square() -> Any:
    from sympy import Symbol, exp, gammasimp, integrate, oo

    x, freedom = Symbol("x", positive=True), positive("freedom")
    # Twice a Gamma variable of half as many degrees; beyond 2 the integral converges.
    more = Symbol("more", positive=True)
    shape = 1 + more / 2
    law = x ** (shape - 1) * exp(-x / 2)
    value = integrate(law / x, (x, 0, oo)) / integrate(law, (x, 0, oo))
    return gammasimp(value).subs(more, freedom - 2)


def _inverse_trace() -> Any:
    few, many = positive("few, many")
    # A diagonal entry of the inverse is 1 over the squared length of a row's part orthogonal to the other rows.
    return few * INVERSE_CHI_SQUARE.at(freedom=many - (few - 1))


def _projection(which: int) -> Any:
    from sympy import factor, solve, symbols

    rank, p = positive("rank, p")
    same, crossed = symbols("same, crossed")
    # E Q_ij Q_kl = same d_ij d_kl + crossed (d_ik d_jl + d_il d_jk), from tr Q = rank and tr Q^2 = rank.
    square_of_trace = same * p**2 + 2 * crossed * p - rank**2
    trace_of_square = same * p + crossed * (p**2 + p) - rank
    return factor(solve((square_of_trace, trace_of_square), (same, crossed))[(same, crossed)[which]])


INVERSE_CHI_SQUARE = Formula("mean of 1/chi-square", ("freedom",), _inverse_chi_square)
"""1/(freedom - 2), for more than 2 degrees of freedom."""

INVERSE_TRACE = Formula("mean trace of an inverse Wishart matrix", ("few", "many"), _inverse_trace, "von Rosen 1988")
"""few/(many - few - 1), for a few x many Gaussian matrix with few <= many - 2."""

PROJECTION_SAME = Formula("second moment of a random projection, the part of its trace", ("rank", "p"),
                          lambda: _projection(0))
"""a = q (q (p + 1) - 2)/(p (p - 1)(p + 2)) at rank q."""

PROJECTION_CROSSED = Formula("second moment of a random projection, the crossed part", ("rank", "p"),
                             lambda: _projection(1))
"""b = q (p - q)/(p (p - 1)(p + 2)) at rank q."""


def _least_squares_risk() -> Any:
    n, p, omega, c = positive("n, p, omega, c")
    return omega * (1 + c * INVERSE_TRACE.at(few=p, many=n))


def _ridgeless_risk() -> Any:
    n, p, omega, beta_teacher, c = positive("n, p, omega, beta_teacher, c")
    # The interpolator misses what is orthogonal to its n points, a share (p - n)/p of the signal.
    return beta_teacher * (1 - n / p) + omega * (1 + c * INVERSE_TRACE.at(few=n, many=p))


def _random_features(risk: Formula) -> Any:
    p, dim, beta_all, sigma = positive("p, dim, beta_all, sigma")
    n, c = positive("n, c")
    # The risk is affine in the signal of the chosen features, which has this mean.
    chosen = beta_all * p / dim
    named = {"n": n, "p": p, "c": c, "omega": sigma**2 + beta_all - chosen, "beta_teacher": chosen}
    return risk.at(**{name: named[name] for name in risk.parameters})


def _second_descent_gain() -> Any:
    from sympy import factor

    n, dim, beta_all, sigma, c = positive("n, dim, beta_all, sigma, c")
    common = {"n": n, "dim": dim, "beta_all": beta_all, "sigma": sigma}
    null = RANDOM_FEATURES_UNDER.at(p=0, c=1, **common)
    return factor(null - RANDOM_FEATURES_OVER.at(p=dim, c=c, **common))


LEAST_SQUARES_RISK = Formula("risk of least squares", ("n", "p", "omega", "c"), _least_squares_risk)
"""omega (1 + c p/(n - p - 1)): c = 1 for p <= n - 2 features, omega the variance of what they don't explain."""

RIDGELESS_RISK = Formula("risk of the minimum-norm interpolator", ("n", "p", "omega", "beta_teacher", "c"),
                         _ridgeless_risk, "Hastie, Montanari, Rosset & Tibshirani 2022; Belkin, Hsu & Xu 2020")
"""(1 - n/p) |beta_T|^2 + omega (1 + c n/(p - n - 1)): c = 1 for p >= n + 2 features."""

RANDOM_FEATURES_UNDER = Formula("risk of least squares with random features",
                                ("n", "p", "dim", "beta_all", "sigma", "c"),
                                lambda: _random_features(LEAST_SQUARES_RISK), "Belkin, Hsu & Xu 2020")
"""((1 - p/dim) B + sigma^2)(1 + c p/(n - p - 1)), B = |beta|^2: c = 1 for p <= n - 2 random features of dim."""

RANDOM_FEATURES_OVER = Formula("risk of the interpolator with random features",
                               ("n", "p", "dim", "beta_all", "sigma", "c"),
                               lambda: _random_features(RIDGELESS_RISK), "Belkin, Hsu & Xu 2020")
"""(1 - n/p) p/dim B + ((1 - p/dim) B + sigma^2)(1 + c n/(p - n - 1)), B = |beta|^2: c = 1 for p >= n + 2."""

SECOND_DESCENT_GAIN = Formula("gain of the second descent", ("n", "dim", "beta_all", "sigma", "c"),
                              _second_descent_gain)
"""n (B (D - n - 1) - c sigma^2 D)/(D (D - n - 1)): c = 1 is what all D features gain over none."""


def _peak() -> Any:
    from sympy import integrate

    cap, t, c = positive("cap, t, c")
    # P(1/C > t) for C chi-square with 2 degrees of freedom is 1 - exp(-x), x = 1/(2t), at least x/(1 + x).
    exponent = 1 / (2 * t)
    return c * integrate((exponent / (1 + exponent)).simplify(), (t, 0, cap))


INTERPOLATION_PEAK = Formula("capped risk at the interpolation threshold", ("cap", "c"), _peak)
"""c ln(1 + 2 K)/2, c = 1, which grows without bound with the cap K."""


def _proof(name: str, derivation: str) -> Proof:
    where = f"theory.derivations.linear:{derivation}"
    return Proof(name, f"{where}_goal", where)


LEAST_SQUARES_PROOF = _proof("least_squares_risk", "least_squares")
RIDGELESS_PROOF = _proof("ridgeless_risk", "ridgeless")
RANDOM_FEATURES_UNDER_PROOF = _proof("random_features_risk_under", "random_features_under")
RANDOM_FEATURES_OVER_PROOF = _proof("random_features_risk_over", "random_features_over")
ASCENT_PROOF = _proof("random_features_ascent", "ascent")
DESCENT_PROOF = _proof("random_features_descent", "descent")
SECOND_DESCENT_UNDER_PROOF = _proof("second_descent_under", "best_under")
SECOND_DESCENT_OVER_PROOF = _proof("second_descent_over", "best_over")
SECOND_DESCENT_PROOF = _proof("second_descent_wins", "second_descent")
