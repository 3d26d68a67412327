"""Variances in two parts, and losses of random predictors as bias and variance.

A predictor's loss has the mean prediction's loss (the bias) as one part and its own spread around that (the variance)
as the other. Which mean is the right one depends on the loss: the arithmetic one for squares, the normalised geometric
one for log loss, and in general the one whose gradient is the mean gradient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _variance() -> sympy.Expr:
    square, mean = positive("square, mean")
    return square - mean**2


def _squared_error() -> Any:
    from sympy import Symbol, expand

    h, y = Symbol("h"), Symbol("y")
    mean, target, variance, noise = positive("mean, target, variance, noise")
    # E h^2 = variance + mean^2, likewise for y, and E h y = mean target.
    moments = {h**2: variance + mean**2, y**2: noise + target**2}
    error, bias = expand((h - y) ** 2).subs(moments).subs({h: mean, y: target}), (mean - target) ** 2
    return bias + expand(error - bias)


def _divergence() -> Any:
    from sympy import log

    p, q = positive("p, q")
    return sum(one * (log(one) - log(other)) for one, other in ((p, q), (1 - p, 1 - q)))


def _geometric_mean() -> sympy.Expr:
    from sympy import Symbol, exp

    right, wrong = (exp(Symbol(name, real=True)) for name in ("log_right", "log_wrong"))
    return right / (right + wrong)


def _log_loss_variance() -> sympy.Expr:
    from sympy import Symbol, exp, log

    return -log(sum(exp(Symbol(name, real=True)) for name in ("log_right", "log_wrong")))


def _bregman() -> sympy.Expr:
    from sympy import symbols

    value_at, value, slope, at, point = symbols("value_at, value, slope, at, point", real=True)
    return value_at - value - slope * (at - point)


VARIANCE = Formula("variance", ("square", "mean"), _variance, "definition")
"""E U^2 - (E U)^2."""

SQUARED_ERROR = Formula("bias, variance and noise", ("mean", "target", "variance", "noise"), _squared_error)
"""(E h - E y)^2 + Var h + Var y."""

DIVERGENCE = Formula("Kullback-Leibler divergence of two labels' laws", ("p", "q"), _divergence, "definition")
"""p ln(p/q) + (1 - p) ln((1 - p)/(1 - q))."""

GEOMETRIC_MEAN = Formula("normalised geometric mean", ("log_right", "log_wrong"), _geometric_mean, "definition")
"""exp(E ln q) / (exp(E ln q) + exp(E ln(1 - q)))."""

LOG_LOSS_VARIANCE = Formula("variance of log loss", ("log_right", "log_wrong"), _log_loss_variance)
"""-ln(exp(E ln q) + exp(E ln(1 - q))), the mean divergence of predictions q from their geometric mean."""

BREGMAN = Formula("Bregman divergence", ("value_at", "value", "slope", "at", "point"), _bregman, "Bregman 1967")
"""F(y) - F(h) - F'(h) (y - h)."""


def _proof(name: str, derivation: str) -> Proof:
    module = "bregman" if derivation.startswith("bregman") else "bias_variance"
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where)


TOTAL_VARIANCE_PROOF = _proof("total_variance", "total_variance")
SOFT_LABELS_VARIANCE_PROOF = _proof("soft_labels_variance", "soft_labels")
SOFT_LABELS_REDUCE_VARIANCE_PROOF = _proof("soft_labels_reduce_variance", "soft_labels_reduce")
SQUARED_BIAS_VARIANCE_PROOF = _proof("squared_bias_variance", "squared")
SQUARED_BIAS_VARIANCE_NOISE_PROOF = _proof("squared_bias_variance_noise", "squared_noise")
LOG_LOSS_BIAS_VARIANCE_PROOF = _proof("log_loss_bias_variance", "log_loss")
LOG_LOSS_VARIANCE_PROOF = _proof("log_loss_variance", "log_loss_variance")
LOG_LOSS_BIAS_VARIANCE_DIVERGENCE_PROOF = _proof("log_loss_bias_variance_divergence", "log_loss_divergence")
LOG_LOSS_BIAS_VARIANCE_CLASSES_PROOF = _proof("log_loss_bias_variance_classes", "log_loss_classes")
BREGMAN_BIAS_VARIANCE_PROOF = _proof("bregman_bias_variance", "bregman")
BREGMAN_BIAS_VARIANCE_DIMENSIONS_PROOF = _proof("bregman_bias_variance_dimensions", "bregman_dimensions")
BREGMAN_SQUARE_PROOF = _proof("bregman_bias_variance_square", "bregman_square")
BREGMAN_ENTROPY_PROOF = _proof("bregman_bias_variance_entropy", "bregman_entropy")
BREGMAN_EXPONENTIAL_PROOF = _proof("bregman_bias_variance_exponential", "bregman_exponential")
