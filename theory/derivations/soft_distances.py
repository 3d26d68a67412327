"""Bounds on the error and the variance of soft risks by what happens at single classes.

Next to an example's losses the laws here have a class drawn uniformly and independently of the label, or say whether
the label is one of least or one of largest loss.
"""

from __future__ import annotations

from sympy import Abs, Expr, Interval, Range, Rational, oo

from theory import soft_labels
from theory.derivations.soft_labels import (
    COPIES,
    NATURAL,
    UNIT,
    hard,
    hard_risk,
    n,
    soft,
    soft_risk,
    taught_risk,
    variance,
)
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import combine, condition, expectation, inequality
from theory.rules_conditional import OF_X, conditional_mean
from theory.rules_samples import average_mean, average_product

HALF_LINE, BINARY, SEVERAL = Interval(0, oo), Range(0, 2), Range(2, oo)
classes = variable("classes", SEVERAL)
told, chance, loss = (variable(name, UNIT) for name in ("told", "chance", "loss"))
told_share, true_share = variable("told_share", UNIT), variable("true_share", UNIT)
even = variable("even", Interval(-1, 1))
AT_CLASS = (told, chance, loss, told_share, true_share)
XK = Law("XK", (*AT_CLASS, even), Domain({**dict.fromkeys(AT_CLASS, UNIT), even: Interval(-1, 1)}, even, -even),
         meaning=((told_share, f"E({told * loss} | X)"), (true_share, f"E({chance * loss} | X)"),
                  (even, f"E({told - chance} | X)")))
RISKS = Law("S", (taught_risk,), Domain({taught_risk: HALF_LINE}), Premise("integrable", "losses are bounded"),
            ((taught_risk, "the sample's average of the classes' number times told_share"),))
SIZES = Domain({n: NATURAL, classes: SEVERAL})
BIAS = classes * (XK.mean(told_share) - XK.mean(true_share))
DISTANCE = classes * XK.mean(Abs(told - chance)) / 2


def total_variation_goal() -> Goal:
    """E (taught risk - R)^2 <= Var(taught)/n + (E d)^2, for class k uniform and 2 d = K E(|told - chance| | x)."""
    spread = variance(XK, classes * told_share)
    right = soft_labels.TEACHER_ERROR.at(variance=spread, bias=DISTANCE, n=n, c=1)
    return Goal(RISKS.mean((taught_risk - classes * XK.mean(true_share)) ** 2), "<=", right, SIZES, (RISKS, XK),
                "the mean squared error of the teacher's soft risk; a class is drawn with x, uniformly")


def _moved(sign: int) -> Fact:
    """0 <= E d - sign * bias: at every class (told - chance)(loss - 1/2) is at most half the distance there."""
    gap = told - chance
    half = inequality(sign * gap * (loss - Rational(1, 2)), "<=", Abs(gap) / 2, Domain(dict.fromkeys(AT_CLASS, UNIT)))
    teacher, truth, fair = (conditional_mean(XK, value, mean, 1) for value, mean in (
        (told * loss, told_share), (chance * loss, true_share), (gap, even)))
    # Both are probabilities, so that the gaps have mean 0; of `even` only the sign that is needed is used.
    zero = expectation(condition(XK.domain, 1 if sign > 0 else 0), XK)
    return combine(0, "<=", DISTANCE - sign * BIAS, (classes, expectation(half, XK)), (-sign * classes, teacher),
                   (sign * classes, truth), (sign * classes / 2, fair), (classes / 2, zero), domain=SIZES)


def total_variation() -> Fact:
    """The bias lies between -E d and E d."""
    goal, term = total_variation_goal(), (taught_risk, classes * told_share)
    parameters = Domain({classes: SEVERAL})
    square = average_product(term, term, n, RISKS, XK, COPIES, parameters)
    mean = average_mean(*term, n, RISKS, XK, COPIES, parameters)
    above, below = _moved(1), _moved(-1)
    return combine(goal.left, "<=", goal.right, (1, square), (-2 * classes * XK.mean(true_share), mean),
                   (DISTANCE + BIAS, above), signs=(below,), domain=SIZES)


low, high, least = (variable(name, UNIT) for name in ("low", "high", "least"))
low_share, high_share = variable("low_share", UNIT), variable("high_share", UNIT)
at_low, at_high = variable("at_low", BINARY), variable("at_high", BINARY)
ENDS = {**dict.fromkeys((hard, soft, low, high, least, low_share, high_share), UNIT), at_low: BINARY, at_high: BINARY}
EXTREME = Law("XY", tuple(ENDS), Domain(
    ENDS, low_share - least, high_share - least, at_low * (hard - low), at_low * (low - hard), at_high * (hard - high),
    at_high * (high - hard), 1 - at_low - at_high), meaning=(
        (soft, "E(hard | X)"), (low, OF_X), (high, OF_X), (least, OF_X), (low_share, "E(at_low | X)"),
        (high_share, "E(at_high | X)")))
AVERAGES = Law("S", (hard_risk, soft_risk), Domain(dict.fromkeys((hard_risk, soft_risk), UNIT)),
               meaning=((hard_risk, "the sample's average of hard"), (soft_risk, "the sample's average of soft")))


def spread_lower_goal() -> Goal:
    """Var(one-hot risk) - Var(Bayes-soft risk) >= E least (high - low)^2/(2 n).

    At two different labels the loss is low and high, and each of them has probability at least `least` given x.
    """
    right = EXTREME.mean(soft_labels.LABEL_SPREAD_LOWER.at(spread=high - low, least=least, n=n, c=1))
    return Goal(variance(AVERAGES, hard_risk) - variance(AVERAGES, soft_risk), ">=", right, Domain({n: NATURAL}),
                (AVERAGES, EXTREME), "the variance that one-hot labels add to the Bayes-soft risk's")


def _square(end: Expr) -> Expr:
    return (end - soft) ** 2


def spread_lower() -> Fact:
    """The two labels alone give this much variance, whatever the mean is."""
    goal, law, where = spread_lower_goal(), EXTREME, EXTREME.domain
    terms = []
    for sign, average, term in ((-1, hard_risk, hard), (1, soft_risk, soft)):
        square = average_product((average, term), (average, term), n, AVERAGES, law, COPIES)
        mean = average_mean(average, term, n, AVERAGES, law, COPIES)
        terms += [(sign, square), (-sign * (AVERAGES.mean(average) + law.mean(term)), mean)]
    tower, cross = (conditional_mean(law, hard, soft, weight) for weight in (1, soft))
    shares = [conditional_mean(law, at, share, _square(end))
              for at, share, end in ((at_low, low_share, low), (at_high, high_share, high))]
    labels = expectation(inequality(at_low * _square(low) + at_high * _square(high), "<=", _square(hard), where,
                                    by="smt"), law)
    often = [combine(least * _square(end), "<=", share * _square(end), (_square(end), condition(where, i)))
             for i, (end, share) in enumerate(((low, low_share), (high, high_share)))]
    middle = expectation(inequality(least * (high - low) ** 2 / 2, "<=", least * (_square(low) + _square(high)), where),
                         law)
    ends = [*((1 / n, expectation(fact, law)) for fact in often), *((-1 / n, fact) for fact in shares)]
    return combine(goal.right, "<=", goal.left, *terms, (1 / n, labels), (1 / n, middle), *ends, (-2 / n, cross),
                   ((law.mean(hard) + law.mean(soft)) / n, tower))
