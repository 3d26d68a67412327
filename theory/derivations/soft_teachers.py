"""Teachers' soft risks and mixtures of labels, for every law of an example and every number of examples."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, Rational, oo

from theory import soft_labels
from theory.derivations.soft_labels import (
    AVERAGE,
    COPIES,
    NATURAL,
    ONE,
    REAL,
    RISK,
    SAMPLE,
    UNIT,
    XY,
    S,
    error,
    fair,
    hard,
    hard_risk,
    n,
    of_x,
    soft,
    soft_risk,
    square_error,
    taught,
    taught_risk,
    variance,
)
from theory.domain import Domain, variable
from theory.facts import Fact, Law
from theory.goal import Goal
from theory.kernel import combine, condition, inequality
from theory.rules_conditional import conditional_mean
from theory.rules_samples import average_mean, average_product

ratio, best = variable("ratio", REAL), variable("best", REAL)


def mixed(share: Any) -> dict[str, Any]:
    """A mixture of one-hot labels and the teacher's."""
    return {"hard": 1 - share, "taught": share}


def teacher_bias_variance_goal() -> Goal:
    """E (taught risk - R)^2 == Var(taught)/n + (E (taught - soft))^2."""
    right = soft_labels.TEACHER_ERROR.at(variance=variance(XY, taught), bias=XY.mean(taught - soft), n=n, c=1)
    return Goal(error({"taught": 1}, RISK), "==", right, SAMPLE, (S, XY),
                "the mean squared error of the teacher's soft risk")


def teacher_bias_variance() -> Fact:
    """Variance and squared bias."""
    goal = teacher_bias_variance_goal()
    return combine(goal.left, "==", goal.right, *square_error({"taught": 1}, RISK))


def teacher_crossover_goal() -> Goal:
    """E (one-hot risk - R)^2 - E (taught risk - R)^2 == (Var hard - Var taught)/n - (E (taught - soft))^2."""
    right = soft_labels.CROSSOVER.at(hard_variance=variance(XY, hard), variance=variance(XY, taught),
                                     bias=XY.mean(taught - soft), n=n, c=1)
    return Goal(error({"hard": 1}, RISK) - error({"taught": 1}, RISK), "==", right, SAMPLE, (S, XY),
                "what the teacher's labels save in mean squared error")


def teacher_crossover() -> Fact:
    """One-hot labels have no bias."""
    goal = teacher_crossover_goal()
    less = [(-weight, fact) for weight, fact in square_error({"taught": 1}, RISK)]
    return combine(goal.left, "==", goal.right, *square_error({"hard": 1}, RISK), *less,
                   (XY.mean(hard) - RISK, fair()))


def moments() -> dict[str, Expr]:
    """The variances, the covariance and the bias that a mixture's error depends on."""
    covariance = XY.mean(taught * soft) - XY.mean(taught) * RISK
    return {"hard_variance": variance(XY, hard), "variance": variance(XY, taught), "covariance": covariance,
            "bias": XY.mean(taught - soft)}


def best_mixture_goal() -> Goal:
    """E (risk at ratio - R)^2 - E (risk at best - R)^2 == (ratio - best)^2 D/n, if best D == Var hard - C.

    Said for every `best`: 2 (ratio - best)(best D - Var hard + C)/n is what it differs by.
    """
    known = moments()
    curvature = known["hard_variance"] + known["variance"] - 2 * known["covariance"] + n * known["bias"] ** 2
    miss = best * curvature - known["hard_variance"] + known["covariance"]
    right = (ratio - best) ** 2 * curvature / n + 2 * (ratio - best) * miss / n
    return Goal(error(mixed(ratio), RISK) - error(mixed(best), RISK), "==", right,
                Domain({n: NATURAL, ratio: REAL, best: REAL}), (S, XY),
                "the mean squared error of the mixture at ratio beyond that at best")


def mixture(share: Any) -> Fact:
    """E (risk at share - R)^2 == the mixture's error, from the moments of one example."""
    right = soft_labels.MIXTURE_ERROR.at(**moments(), ratio=share, n=n)
    cross, hard_share = 2 * share * (1 - share), (1 - share) ** 2
    return combine(error(mixed(share), RISK), "==", right, *square_error(mixed(share), RISK),
                   (cross / n, of_x(taught)),
                   (cross * (1 - 1 / n) * XY.mean(taught) - 2 * (1 - share) * RISK
                    + hard_share * (XY.mean(hard) + RISK), fair()),
                   domain=Domain({n: NATURAL, ratio: REAL, best: REAL}))


def best_mixture() -> Fact:
    """The error is a quadratic in the ratio."""
    goal = best_mixture_goal()
    return combine(goal.left, "==", goal.right, (1, mixture(ratio)), (-1, mixture(best)))


COARSE = Law("XY", (hard, soft, taught), Domain(dict.fromkeys((hard, soft, taught), UNIT)),
             meaning=((taught, "E(soft | X)"),))
RISKS = (hard_risk, soft_risk, taught_risk)
AVERAGES = Law("S", RISKS, Domain(dict.fromkeys(RISKS, UNIT)), meaning=S.meaning[:3])


def calibrated_teacher_goal() -> Goal:
    """E (Bayes-soft risk - R)^2 - E (taught risk - R)^2 == E (soft - taught)^2/n, taught = E(soft | cell)."""
    risk = COARSE.mean(soft)
    left = AVERAGES.mean((soft_risk - risk) ** 2) - AVERAGES.mean((taught_risk - risk) ** 2)
    right = soft_labels.LOWER_VARIANCE.at(label_variance=COARSE.mean((soft - taught) ** 2), n=n, c=1)
    return Goal(left, "==", right, SAMPLE, (AVERAGES, COARSE),
                "the mean squared error of the Bayes-soft risk beyond the teacher's; X in the premises is the cell")


def calibrated_teacher() -> Fact:
    """As for one-hot and Bayes-soft labels: the teacher's loss is the mean of the Bayes-soft one, given the cell."""
    goal, risk = calibrated_teacher_goal(), COARSE.mean(soft)
    terms = []
    for sign, name in ((1, "soft"), (-1, "taught")):
        average, term = AVERAGE[name], ONE[name]
        square = average_product((average, term), (average, term), n, AVERAGES, COARSE, COPIES)
        terms += [(sign, square), (-2 * sign * risk, average_mean(average, term, n, AVERAGES, COARSE, COPIES))]
    tower, cross = (conditional_mean(COARSE, soft, taught, weight) for weight in (1, taught))
    rest = (1 - 1 / n) * (risk + COARSE.mean(taught)) - 2 * risk
    return combine(goal.left, "==", goal.right, *terms, (2 / n, cross), (rest, tower))


POSITIVE, HALF_LINE, HALF = Interval.open(0, oo), Interval(0, oo), Interval(0, Rational(1, 2))
gap_variance, hard_variance = variable("gap_variance", HALF_LINE), variable("hard_variance", HALF_LINE)
covariance, bias = variable("covariance", HALF), variable("bias", POSITIVE)
BEST = covariance / (gap_variance + n * bias**2)
NUMBERS = {gap_variance: HALF_LINE, covariance: HALF, bias: POSITIVE, n: NATURAL}


def best_mixture_vanishes_goal() -> Goal:
    """|Cov(l, l - p_t.l)|/(Var(l - p_t.l) + n B^2) <= 1/(2 n B^2), for a covariance of at most 1/2."""
    return Goal(BEST, "<=", soft_labels.BEST_RATIO_RATE.at(bias=bias, n=n, c=1), Domain(NUMBERS), (),
                "the modulus of the best ratio")


def best_mixture_vanishes() -> Fact:
    """The variance only helps."""
    goal = best_mixture_vanishes_goal()
    return inequality(goal.left, "<=", goal.right, goal.domain)


def best_mixture_vanishes_root_goal() -> Goal:
    """(Cov(l, l - p_t.l)/(Var(l - p_t.l) + n B^2))^2 <= Var(l)/(4 n B^2), for Cov^2 <= Var(l) Var(l - p_t.l)."""
    domain = Domain({**NUMBERS, hard_variance: HALF_LINE}, hard_variance * gap_variance - covariance**2)
    right = soft_labels.BEST_RATIO_SQUARE.at(hard_variance=hard_variance, bias=bias, n=n, c=1)
    return Goal(BEST**2, "<=", right, domain, (), "the square of the best ratio")


def best_mixture_vanishes_root() -> Fact:
    """4 v w <= (v + w)^2 for v = Var(l - p_t.l) and w = n B^2."""
    goal = best_mixture_vanishes_root_goal()
    whole = gap_variance + n * bias**2
    means = inequality(0, "<=", (gap_variance - n * bias**2) ** 2, goal.domain)
    share = hard_variance / (4 * n * bias**2 * whole**2)
    return combine(goal.left, "<=", goal.right, (1 / whole**2, condition(goal.domain)), (share, means))
