"""Risks measured with soft labels: their means, variances and errors over a sample of n examples.

A classifier f is fixed, and l(y, f(x)) lies in [0, 1]. The labels p(x) of an example charge p(x).l(f(x)): one-hot
labels l(y, f(x)), the Bayes probabilities E(l(y, f(x)) | x), a teacher its own mean. A risk is the average over the
sample, and everything here follows from the moments of one example: an average of n has n products of an example with
itself and n (n - 1) of two different ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def average_product(product: Any, first: Any, second: Any, n: Any) -> Any:
    """E A B for averages of two numbers over n examples, from E u v, E u and E v of one."""
    return (n * product + n * (n - 1) * first * second) / n**2


def _average_error(variance: Any, mean: Any, about: Any, n: Any) -> Any:
    """E (A - about)^2 for the average of a number of this variance and mean, as variance and squared bias."""
    from sympy import simplify

    square = average_product(variance + mean**2, mean, mean, n)
    error = square - 2 * about * mean + about**2
    return simplify(error - (mean - about) ** 2) + (mean - about) ** 2


def _class_loss() -> sympy.Expr:
    probability, loss, c = positive("probability, loss, c")
    return c * probability * loss


def _lower_variance() -> Any:
    from sympy import simplify

    label_variance, square, mean, n, c = positive("label_variance, square, mean, n, c")
    hard, soft = (average_product(each, mean, mean, n) for each in (square + label_variance, square))
    return c * simplify(hard - soft)


def _spread() -> Any:
    from sympy import diff, simplify, solve

    spread, c, place = positive("spread, c, place")
    # A variable between 0 and the spread with mean `place` has variance at most place (spread - place).
    most = place * (spread - place)
    (at,) = solve(diff(most, place), place)
    return c * simplify(LOWER_VARIANCE.expression.subs(positive("label_variance, c")[0], most.subs(place, at)) / c)


def _least_spread() -> Any:
    from sympy import diff, solve

    spread, least, n, c, place = positive("spread, least, n, c, place")
    # Both ends have at least this probability; the mean that is nearest to both is in the middle.
    fewest = least * (place**2 + (spread - place) ** 2)
    (at,) = solve(diff(fewest, place), place)
    return c * fewest.subs(place, at) / n


def _teacher_error() -> Any:
    from sympy import Symbol

    variance, n, c, mean = positive("variance, n, c, mean")
    bias = Symbol("bias")
    error = _average_error(variance, mean, mean - bias, n)
    return error.subs(bias, 0) + c * (error - error.subs(bias, 0))


def _teacher_error_bound() -> Any:
    from sympy import Symbol

    distance, loss_norm = positive("distance, loss_norm")
    return TEACHER_ERROR.expression.subs(Symbol("bias"), distance * loss_norm)


def _norm() -> Any:
    from sympy import sqrt

    return sqrt(positive("square"))


def _norm_ratio_root() -> Any:
    from sympy import sqrt

    square, other = positive("square, other")
    return sqrt(sqrt(square / other))


def _mixture_error() -> Any:
    from sympy import Symbol, symbols

    hard_variance, variance, n, mean = positive("hard_variance, variance, n, mean")
    covariance, bias, ratio = symbols("covariance, bias, ratio")
    mixed = (1 - ratio) ** 2 * hard_variance + 2 * ratio * (1 - ratio) * covariance + ratio**2 * variance
    inner = Symbol("inner", positive=True)
    # The teacher's bias counts by the ratio alone: one-hot labels have none.
    return _average_error(inner, mean, mean - ratio * bias, n).subs(inner, mixed)


def _best_ratio() -> Any:
    from sympy import Symbol, cancel, diff, solve

    ratio, covariance, c = Symbol("ratio"), Symbol("covariance"), Symbol("c", positive=True)
    (best,) = solve(diff(MIXTURE_ERROR.expression, ratio), ratio)
    return cancel(best).subs(covariance, c * covariance)


def _mixture_excess() -> Any:
    from sympy import Symbol, factor, simplify

    ratio, covariance, c = Symbol("ratio"), Symbol("covariance"), Symbol("c", positive=True)
    error, best = MIXTURE_ERROR.expression, BEST_RATIO.expression.subs(c, 1)
    curvature = factor(simplify((error - error.subs(ratio, best)) / (ratio - best) ** 2))
    return (curvature * (ratio - best) ** 2).subs(covariance, c * covariance)


def _best_ratio_square() -> Any:
    from sympy import diff, simplify, solve

    hard_variance, gap_variance, bias, n, c = positive("hard_variance, gap_variance, bias, n, c")
    # The best ratio is a covariance of the one-hot loss over gap_variance + n bias^2, and by Cauchy and Schwarz its
    # square is at most hard_variance gap_variance.
    most = hard_variance * gap_variance / (gap_variance + n * bias**2) ** 2
    (at,) = solve(diff(most, gap_variance), gap_variance)
    return c * simplify(most.subs(gap_variance, at))


def _best_ratio_rate() -> Any:
    from sympy import diff, solve

    bias, n, c, share = positive("bias, n, c, share")
    # The covariance of two opposite losses in {0, 1}, 2 p (1 - p), is the largest there is.
    covariance = 2 * share * (1 - share)
    (at,) = solve(diff(covariance, share), share)
    return c * covariance.subs(share, at) / (n * bias**2)


def _smoothing_bias() -> Any:
    from sympy import expand, factor, symbols

    smoothing, plain, soft, c = symbols("smoothing, plain, soft, c")
    return c * factor(expand((1 - smoothing) * soft + smoothing * plain - soft))


def _smoothing_variance() -> Any:
    from sympy import Symbol, symbols

    smoothing, covariance, ratio, bias, c = symbols("smoothing, covariance, ratio, bias, c")
    values = {ratio: smoothing, Symbol("variance", positive=True): Symbol("plain_variance", positive=True),
              covariance: c * covariance, bias: 0}
    return MIXTURE_ERROR.expression.subs(values)


def _crossover() -> Any:
    from sympy import Symbol, expand

    hard_variance, n = positive("hard_variance, n")
    return expand(hard_variance / n - TEACHER_ERROR.expression.subs(Symbol("c", positive=True), Symbol("c")))


CLASS_LOSS = Formula("a class's share of the loss at a point", ("probability", "loss", "c"), _class_loss, "definition")
"""c p l: with c = 1 the sum over the classes is the mean loss at the point."""

LOWER_VARIANCE = Formula("variance that labels add to a risk", ("label_variance", "n", "c"), _lower_variance,
                         "Menon et al. 2020, Lemma 1")
"""c E Var(l | x)/n, c = 1: Var(one-hot risk) - Var(Bayes-soft risk)."""

LABEL_SPREAD = Formula("largest variance that labels add to a risk", ("spread", "n", "c"), _spread)
"""c spread^2/(4 n), c = 1, spread the largest less the least loss among the possible labels."""

LABEL_SPREAD_LOWER = Formula("least variance that labels add to a risk", ("spread", "least", "n", "c"), _least_spread)
"""c least spread^2/(2 n), c = 1, least the smallest probability of a possible label."""

TEACHER_ERROR = Formula("mean squared error of a teacher's soft risk", ("variance", "bias", "n", "c"), _teacher_error,
                        "Menon et al. 2020")
"""variance/n + c bias^2, c = 1."""

TEACHER_ERROR_BOUND = Formula("bound on the mean squared error of a teacher's soft risk",
                              ("variance", "distance", "loss_norm", "n", "c"), _teacher_error_bound,
                              "Menon et al. 2020")
"""variance/n + c (distance loss_norm)^2, c = 1, for |bias| <= distance loss_norm."""

NORM = Formula("Euclidean norm", ("square",), _norm, "definition")
"""The root of a sum of squares."""

NORM_RATIO_ROOT = Formula("root of the ratio of two norms", ("square", "other"), _norm_ratio_root)
"""(square/other)^(1/4), of the squares of the norms."""

MIXTURE_ERROR = Formula("mean squared error of a mixture of labels",
                        ("hard_variance", "variance", "covariance", "bias", "ratio", "n"), _mixture_error,
                        notation={"ratio": r"\rho"})
"""((1-r)^2 Vb + 2 r (1-r) C + r^2 Va)/n + r^2 B^2."""

BEST_RATIO = Formula("best mixture of labels", ("hard_variance", "variance", "covariance", "bias", "n", "c"),
                     _best_ratio)
"""(Vb - c C)/(Vb + Va - 2 c C + n B^2), c = 1: where the MIXTURE_ERROR is least."""

MIXTURE_EXCESS = Formula("error of a mixture of labels beyond the best one's",
                         ("hard_variance", "variance", "covariance", "bias", "ratio", "n", "c"), _mixture_excess)
"""(r - r*)^2 (Vb + Va - 2 c C + n B^2)/n, c = 1, r* the BEST_RATIO."""

BEST_RATIO_SQUARE = Formula("bound on the best ratio's square", ("hard_variance", "bias", "n", "c"), _best_ratio_square)
"""c Vb/(4 n B^2), c = 1."""

BEST_RATIO_RATE = Formula("bound on the best ratio", ("bias", "n", "c"), _best_ratio_rate)
"""c/(2 n B^2), c = 1."""

SMOOTHING_BIAS = Formula("bias of label smoothing at a point", ("smoothing", "plain", "soft", "c"), _smoothing_bias)
"""c a (lbar - p*.l), c = 1."""

SMOOTHING_VARIANCE = Formula("variance of the risk under label smoothing",
                             ("hard_variance", "plain_variance", "covariance", "smoothing", "n", "c"),
                             _smoothing_variance)
"""((1-a)^2 Vb + 2 a (1-a) c C + a^2 Var(lbar))/n, c = 1, C the covariance of lbar and p*.l."""

CROSSOVER = Formula("what a teacher's labels save over one-hot ones", ("hard_variance", "variance", "bias", "n", "c"),
                    _crossover)
"""(Vb - Va)/n - c B^2, c = 1: positive where the teacher's soft risk is nearer to the true one."""


def _proof(name: str, module: str = "soft_labels") -> Proof:
    where = f"theory.derivations.{module}:{name}"
    return Proof(name, f"{where}_goal", where)


UNBIASED_ONE_HOT_PROOF = _proof("unbiased_one_hot")
UNBIASED_SOFT_PROOF = _proof("unbiased_soft")
LOWER_VARIANCE_PROOF = _proof("lower_variance")
LOWER_VARIANCE_SIGN_PROOF = _proof("lower_variance_sign")
LOWER_VARIANCE_SPREAD_PROOF = _proof("lower_variance_spread")
TEACHER_BIAS_VARIANCE_PROOF = _proof("teacher_bias_variance", "soft_teachers")
TEACHER_CROSSOVER_PROOF = _proof("teacher_crossover", "soft_teachers")
TEACHER_TOTAL_VARIATION_PROOF = _proof("total_variation", "soft_distances")
TEACHER_NORMS_PROOF = _proof("norms", "soft_norms")
LOWER_VARIANCE_SPREAD_LOWER_PROOF = _proof("spread_lower", "soft_distances")
CALIBRATED_TEACHER_PROOF = _proof("calibrated_teacher", "soft_teachers")
BEST_MIXTURE_PROOF = _proof("best_mixture", "soft_teachers")
BEST_MIXTURE_VANISHES_PROOF = _proof("best_mixture_vanishes", "soft_teachers")
BEST_MIXTURE_VANISHES_ROOT_PROOF = _proof("best_mixture_vanishes_root", "soft_teachers")
LABEL_SMOOTHING_BIAS_PROOF = _proof("label_smoothing_bias")
LABEL_SMOOTHING_VARIANCE_PROOF = _proof("label_smoothing_variance")
