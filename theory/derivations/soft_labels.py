"""Risks measured with one-hot, soft and mixed labels, for every law of an example and every number of examples.

One example has the losses that the labels charge (law XY), the sample their averages (law S). What averages have as
means and as means of products is one rule; that the Bayes-soft loss is E(hard | X) is another; the rest is linear.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Expr, Interval, Range, Symbol, oo

from theory import soft_labels
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, condition, expectation, inequality
from theory.rules_conditional import OF_X, conditional_mean
from theory.rules_samples import average_mean, average_product

UNIT, REAL, NATURAL = Interval(0, 1), Interval(-oo, oo), Range(1, oo)
NAMES = ("hard", "soft", "taught", "plain")
ONE = {name: variable(name, UNIT) for name in NAMES}
AVERAGE = {name: variable(f"{name}_risk", UNIT) for name in NAMES}
hard, soft, taught, plain = ONE.values()
hard_risk, soft_risk, taught_risk, plain_risk = AVERAGE.values()
n = variable("n", NATURAL)
smoothing = variable("smoothing", REAL)
XY = Law("XY", tuple(ONE.values()), Domain(dict.fromkeys(ONE.values(), UNIT)),
         meaning=((soft, "E(hard | X)"), (taught, OF_X), (plain, OF_X)))
S = Law("S", tuple(AVERAGE.values()), Domain(dict.fromkeys(AVERAGE.values(), UNIT)),
        meaning=tuple((each, f"the sample's average of {name}") for name, each in AVERAGE.items()))
COPIES = Premise("independent copies", "the n examples are independent, each with the law XY; the classifier and the "
                 "teacher are fixed before they are drawn")
RISK = XY.mean(soft)
SAMPLE = Domain({n: NATURAL})
RISK_OF_LABELS = "the labels' risk over the sample"


def variance(law: Law, value: Expr) -> Expr:
    """E value^2 - (E value)^2."""
    return law.mean(value**2) - law.mean(value) ** 2


def mean(name: str) -> Fact:
    """E of an average == E of a term."""
    return average_mean(AVERAGE[name], ONE[name], n, S, XY, COPIES)


def product(first: str, second: str) -> Fact:
    """E of a product of averages."""
    return average_product((AVERAGE[first], ONE[first]), (AVERAGE[second], ONE[second]), n, S, XY, COPIES)


def fair() -> Fact:
    """E hard == E soft."""
    return conditional_mean(XY, hard, soft, 1)


def of_x(weight: Symbol) -> Fact:
    """E weight hard == E weight soft, for a weight that depends on X."""
    return conditional_mean(XY, hard, soft, weight)


def square_error(shares: Mapping[str, Any], about: Any) -> list[tuple[Any, Fact]]:
    """Weighted facts that turn E (sum of share times average - about)^2 into moments of one example."""
    pairs = [(shares[one] * shares[other], product(one, other)) for one in shares for other in shares]
    return [*pairs, *((-2 * about * share, mean(name)) for name, share in shares.items())]


def error(shares: Mapping[str, Any], about: Any) -> Expr:
    """E (sum of share times average - about)^2."""
    return S.mean((sum((share * AVERAGE[name] for name, share in shares.items()), start=-about)) ** 2)


def unbiased_one_hot_goal() -> Goal:
    """E (one-hot risk) == E hard."""
    return Goal(S.mean(hard_risk), "==", XY.mean(hard), SAMPLE, (S, XY), "the mean of the one-hot risk")


def unbiased_one_hot() -> Fact:
    """An average."""
    return mean("hard")


def unbiased_soft_goal() -> Goal:
    """E (Bayes-soft risk) == E hard."""
    return Goal(S.mean(soft_risk), "==", XY.mean(hard), SAMPLE, (S, XY), "the mean of the Bayes-soft risk")


def unbiased_soft() -> Fact:
    """An average of E(hard | X)."""
    return combine(S.mean(soft_risk), "==", XY.mean(hard), (1, mean("soft")), (-1, fair()))


def lower_variance_goal() -> Goal:
    """Var(one-hot risk) - Var(Bayes-soft risk) == E (hard - soft)^2/n."""
    right = soft_labels.LOWER_VARIANCE.at(label_variance=XY.mean((hard - soft) ** 2), n=n, c=1)
    return Goal(variance(S, hard_risk) - variance(S, soft_risk), "==", right, SAMPLE, (S, XY),
                "the variance that one-hot labels add to a risk, over that of the Bayes probabilities")


def averaged_variance(name: str) -> list[tuple[Any, Fact]]:
    """Weighted facts that turn the variance of an average into that of a term, over n."""
    return [(1, product(name, name)), (-S.mean(AVERAGE[name]) - XY.mean(ONE[name]), mean(name))]


def lower_variance() -> Fact:
    """Both variances are a share 1/n of an example's, whose difference is that of the labels."""
    goal = lower_variance_goal()
    less = [(-weight, fact) for weight, fact in averaged_variance("soft")]
    return combine(goal.left, "==", goal.right, *averaged_variance("hard"), *less, (2 / n, of_x(soft)),
                   (-(XY.mean(hard) + RISK) / n, fair()))


def lower_variance_sign_goal() -> Goal:
    """Var(Bayes-soft risk) <= Var(one-hot risk)."""
    return Goal(variance(S, soft_risk), "<=", variance(S, hard_risk), SAMPLE, (S, XY),
                "the variance of the Bayes-soft risk")


def lower_variance_sign() -> Fact:
    """A mean square is not negative."""
    goal = lower_variance_sign_goal()
    square = expectation(inequality(0, "<=", (hard - soft) ** 2, XY.domain), XY)
    return combine(goal.left, "<=", goal.right, (-1, lower_variance()), (1 / n, square))


def label_smoothing_bias_goal() -> Goal:
    """E (smoothed risk) - R == a E (plain - soft)."""
    right = XY.mean(soft_labels.SMOOTHING_BIAS.at(smoothing=smoothing, plain=plain, soft=soft, c=1))
    left = S.mean((1 - smoothing) * hard_risk + smoothing * plain_risk) - RISK
    return Goal(left, "==", right, Domain({n: NATURAL, smoothing: REAL}), (S, XY),
                "the bias of the risk under label smoothing")


def label_smoothing_bias() -> Fact:
    """Averages, and E hard == E soft."""
    goal = label_smoothing_bias_goal()
    return combine(goal.left, "==", goal.right, (1 - smoothing, mean("hard")), (smoothing, mean("plain")),
                   (1 - smoothing, fair()), domain=goal.domain)


def label_smoothing_variance_goal() -> Goal:
    """Var(smoothed risk) == ((1-a)^2 Var hard + 2 a (1-a) Cov(plain, soft) + a^2 Var plain)/n."""
    smoothed = (1 - smoothing) * hard_risk + smoothing * plain_risk
    right = soft_labels.SMOOTHING_VARIANCE.at(
        hard_variance=variance(XY, hard), plain_variance=variance(XY, plain),
        covariance=XY.mean(plain * soft) - XY.mean(plain) * RISK, smoothing=smoothing, n=n, c=1)
    return Goal(variance(S, smoothed), "==", right, Domain({n: NATURAL, smoothing: REAL}), (S, XY),
                "the variance of the risk under label smoothing")


def label_smoothing_variance() -> Fact:
    """Covariances of averages are a share 1/n of an example's."""
    goal, a = label_smoothing_variance_goal(), smoothing
    shares = {"hard": 1 - a, "plain": a}
    pairs = [(shares[one] * shares[other], product(one, other)) for one in shares for other in shares]
    both = sum((share * (S.mean(AVERAGE[name]) + XY.mean(ONE[name])) for name, share in shares.items()),
               start=Symbol("a") * 0)
    means = [(-share * both, mean(name)) for name, share in shares.items()]
    return combine(goal.left, "==", goal.right, *pairs, *means, (2 * a * (1 - a) / n, of_x(plain)),
                   (-2 * a * (1 - a) * XY.mean(plain) / n, fair()), domain=goal.domain)




low, high = variable("low", UNIT), variable("high", UNIT)
BOUNDED = Domain(dict.fromkeys((hard, soft, low, high), UNIT), hard - low, high - hard)
BETWEEN = Law("XY", (hard, soft, low, high), BOUNDED,
              meaning=((soft, "E(hard | X)"), (low, OF_X), (high, OF_X)))
LABELS = Law("S", (hard_risk, soft_risk), Domain(dict.fromkeys((hard_risk, soft_risk), UNIT)), meaning=S.meaning[:2])


def lower_variance_spread_goal() -> Goal:
    """Var(one-hot risk) - Var(Bayes-soft risk) <= E (high - low)^2/(4 n), for low <= hard <= high."""
    right = BETWEEN.mean(soft_labels.LABEL_SPREAD.at(spread=high - low, n=n, c=1))
    return Goal(variance(LABELS, hard_risk) - variance(LABELS, soft_risk), "<=", right, SAMPLE, (LABELS, BETWEEN),
                "the variance that one-hot labels add to a risk, over that of the Bayes probabilities")


def lower_variance_spread() -> Fact:
    """Given x the variance is at most (high - soft)(soft - low), and that at most a quarter of the spread squared."""
    goal, law = lower_variance_spread_goal(), BETWEEN
    terms = []
    for sign, name in ((1, "hard"), (-1, "soft")):
        average, term = AVERAGE[name], ONE[name]
        square = average_product((average, term), (average, term), n, LABELS, law, COPIES)
        same_mean = average_mean(average, term, n, LABELS, law, COPIES)
        terms += [(sign, square), (-sign * (LABELS.mean(average) + law.mean(term)), same_mean)]
    tower, *cross = (conditional_mean(law, hard, soft, weight) for weight in (1, low, high))
    above, below = (condition(law.domain, index) for index in (0, 1))
    inside = expectation(combine(0, "<=", (high - hard) * (hard - low), (high - hard, above), signs=(below,)), law)
    middle = expectation(inequality(0, "<=", (high + low - 2 * soft) ** 2, law.domain), law)
    # E hard^2 - E soft^2 <= E (low + high - soft) soft - E low high, and that less a quarter of the spread is a square.
    return combine(goal.left, "<=", goal.right, *terms, (1 / n, inside), (1 / (4 * n), middle),
                   *((1 / n, fact) for fact in cross),
                   (-(1 / n) * (law.mean(hard) + law.mean(soft)), tower))
