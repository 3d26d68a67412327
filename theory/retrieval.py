"""Retrieval and ranking with a teacher's probabilities: top-k sets, pairwise losses, sampled negatives, AUC.

A pair (i, j) of labels counts with weight p_i (1 - p_j): i is positive and j is not. What is lost by the teacher's
mistakes is a sum over labels or pairs of how far the probabilities are from the true ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _lost_l1() -> Any:
    from sympy import Abs

    truth, teacher, c = positive("truth, teacher, c")
    return c * Abs(teacher - truth)


def _lost_max() -> Any:
    from sympy import Min

    k, classes, distance, c = positive("k, classes, distance, c")
    # At most so many labels leave the best set, as many enter, and each costs `distance`.
    leaving = Min(k, classes - k)
    return c * (leaving + leaving) * distance


def _top_k_mass() -> Any:
    from sympy import Max

    probability, cut, k, classes, c = positive("probability, cut, k, classes, c")
    # sum s p <= sum (p - cut)_+ + k cut for 0 <= s <= 1 with sum k, with equality where cut is the k-th largest p.
    return c * (Max(probability - cut, 0) + k * cut / classes)


def _weights() -> tuple[sympy.Expr, sympy.Expr]:
    first, second = positive("first, second")
    return first * (1 - second), second * (1 - first)


def _pair_least() -> Any:
    from sympy import diff, log, solve, together

    (a, b), (one, other, odds) = _weights(), positive("one, other, odds")
    loss = one * log(1 + 1 / odds) + other * log(1 + odds)
    (best,) = solve(diff(loss, odds), odds)
    c = positive("c")
    return c * sum(weight * log(together(inside)).subs({one: a, other: b}, simultaneous=True)
                   for weight, inside in ((a, 1 + 1 / best), (b, 1 + best)))


def _pair_excess() -> Any:
    from sympy import log

    (a, b), (odds, c) = _weights(), positive("odds, c")
    said = odds / (1 + odds)
    parts = ((a / (a + b), said), (b / (a + b), 1 / (1 + odds)))
    return c * (a + b) * sum(p * (log(p) - log(q)) for p, q in parts)


def _pair_distance() -> Any:
    (a, b), (odds, c) = _weights(), positive("odds, c")
    return c * (a + b) * (odds / (1 + odds) - a / (a + b)) ** 2


def _pair_misordered() -> Any:
    from sympy import factor

    # A misordered pair is on the wrong side of 1/2, so at least as far from a/(a + b) as 1/2 is.
    first, second, c = positive("first, second, c")
    return factor(PAIR_DISTANCE.at(first=first, second=second, odds=1, c=c))


def _pair_term() -> Any:
    (a, _), (loss, c) = _weights(), positive("loss, c")
    return c * a * loss


def _negative_square() -> sympy.Expr:
    second, weight, mean, variance = positive("second, weight, mean, variance")
    # weight ((1 - y_j) S/weight)^2 with the square of S, and y_j apart from S.
    return weight * (1 - second) * (variance + mean**2) / weight**2


def _negative_gain() -> Any:
    from sympy import factor

    second, weight, mean, variance, c = positive("second, weight, mean, variance, c")
    soft = weight * ((1 - second) * mean / weight) ** 2
    square = NEGATIVE_SQUARE.at(second=second, weight=weight, mean=mean, variance=variance)
    return c * factor(square - soft)


def _u_statistic() -> Any:
    from sympy import binomial, expand_func, factor

    n, c, zeta_1, zeta_2 = positive("n, c, zeta_1, zeta_2")
    # Two pairs out of n share one point in 2 (n - 2) of the ways, and both in one.
    pairs = expand_func(binomial(n, 2))
    return c * factor((2 * (n - 2) * zeta_1 + zeta_2) / pairs)


def _auc_regret() -> Any:
    from sympy import Abs

    first, second, misordered, base, c = positive("first, second, misordered, base, c")
    return c * Abs(first - second) * misordered / (2 * base * (1 - base))


def _auc_best() -> Any:
    from sympy import Rational

    first, second, base, c = positive("first, second, base, c")
    # A constant score has the area 1/2, and ties in every pair.
    return Rational(1, 2) + AUC_REGRET.at(first=first, second=second, misordered=Rational(1, 2), base=base, c=c)


def _auc_teacher() -> Any:
    from sympy import Abs

    truth, teacher, base, c = positive("truth, teacher, base, c")
    # A misordered pair is no farther apart than its two mistakes together.
    return c * 2 * Abs(teacher - truth) / (2 * base * (1 - base))


TOP_K_REGRET_L1 = Formula("true mass lost, by the l1 distance", ("truth", "teacher", "c"), _lost_l1)
"""c |p_t - p*| of one label, c = 1; to be summed over the labels."""

TOP_K_REGRET_MAX = Formula("true mass lost, by the largest distance", ("k", "classes", "distance", "c"), _lost_max)
"""2 c min(k, L - k) max |p_t - p*|, c = 1."""

TOP_K_MASS = Formula("mass of the k likeliest labels", ("probability", "cut", "k", "classes", "c"), _top_k_mass)
"""max(p - cut, 0) + k cut/L of one label: summed over the labels, the mass of the top k where cut is the k-th."""

PAIR_LEAST = Formula("least pairwise loss", ("first", "second", "c"), _pair_least)
"""a ln((a + b)/a) + b ln((a + b)/b), a = p_i (1 - p_j) and b = p_j (1 - p_i)."""

PAIR_EXCESS = Formula("excess pairwise loss", ("first", "second", "odds", "c"), _pair_excess)
"""(a + b) KL(a/(a + b), odds/(1 + odds)), odds = exp(f_i - f_j)."""

PAIR_DISTANCE = Formula("squared distance of a pair's scores", ("first", "second", "odds", "c"), _pair_distance)
"""c (a + b) (odds/(1 + odds) - a/(a + b))^2, c = 2."""

PAIR_MISORDERED = Formula("excess loss of a misordered pair", ("first", "second", "c"), _pair_misordered)
"""c (p_i - p_j)^2/(4 (p_i + p_j - 2 p_i p_j)), c = 2."""

PAIR_TERM = Formula("loss of a pair", ("first", "second", "loss", "c"), _pair_term, "definition")
"""p_i (1 - p_j) loss."""

NEGATIVE_SQUARE = Formula("mean square with a sampled negative", ("second", "weight", "mean", "variance"),
                          _negative_square)
"""(1 - p_j) (Var S + (E S)^2)/w_j, S = sum of y_i loss_ij over i != j; to be summed over j."""

NEGATIVE_GAIN = Formula("variance that labels add with a sampled negative",
                        ("second", "weight", "mean", "variance", "c"), _negative_gain)
"""(1 - p_j) (Var S + p_j (E S)^2)/w_j, to be summed over j."""

U_STATISTIC_VARIANCE = Formula("variance of a U-statistic of pairs", ("n", "zeta_1", "zeta_2", "c"), _u_statistic,
                               "Hoeffding 1948, (5.13)")
"""2 (2 (n - 2) zeta_1 + zeta_2)/(n (n - 1)), zeta_1 and zeta_2 the variances of E(h | z) and of h."""

AUC_REGRET = Formula("area lost by a pair", ("first", "second", "misordered", "base", "c"), _auc_regret,
                     "Clemencon, Lugosi & Vayatis 2008, section 2; Agarwal 2014")
"""|eta - eta'| misordered/(2 pi (1 - pi)), pi = P(Y = 1)."""

AUC_BEST = Formula("largest area under the ROC curve", ("first", "second", "base", "c"), _auc_best)
"""1/2 + c |eta - eta'|/(4 pi (1 - pi)), c = 1, to be averaged over pairs of points."""

AUC_TEACHER = Formula("area lost by a teacher", ("truth", "teacher", "base", "c"), _auc_teacher)
"""|p_t - eta|/(pi (1 - pi)) at a point."""


def _proof(name: str, module: str, derivation: str) -> Proof:
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where)


TOP_K_REGRET_L1_PROOF = _proof("top_k_regret_l1", "retrieval", "lost_l1")
TOP_K_REGRET_MAX_PROOF = _proof("top_k_regret_max", "retrieval", "lost_max")
TOP_K_BAYES_OPTIMAL_PROOF = _proof("top_k_bayes_optimal", "retrieval", "optimal")
TOP_K_GAP_PROOF = _proof("top_k_gap", "retrieval", "gap")
DOUBLE_DISTILLATION_PROOF = _proof("double_distillation", "pairwise", "least")
DOUBLE_DISTILLATION_EXCESS_PROOF = _proof("double_distillation_excess", "pairwise", "excess")
DOUBLE_DISTILLATION_UNIQUE_PROOF = _proof("double_distillation_unique", "pairwise", "unique")
DOUBLE_DISTILLATION_RANKS_PROOF = _proof("double_distillation_ranks", "pairwise", "ranks")
NEGATIVE_SAMPLING_UNBIASED_PROOF = _proof("negative_sampling_unbiased", "negatives", "unbiased_negative")
SOFT_AUC_UNBIASED_PROOF = _proof("soft_auc_unbiased", "negatives", "soft_auc")
AUC_BEST_PROOF = _proof("auc_bayes_optimal", "areas", "best")
AUC_REGRET_PROOF = _proof("auc_regret", "areas", "regret")
AUC_TEACHER_PROOF = _proof("auc_teacher", "areas", "teacher")
