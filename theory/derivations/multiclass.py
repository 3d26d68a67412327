"""Samplers with K classes: their risk, and what it is at most for a given Bayes risk."""

from __future__ import annotations

from sympy import Interval, Range, oo

from theory import bayes_risk, samplers
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, definition, expectation
from theory.rules import at_random, jensen

UNIT, CLASSES = Interval(0, 1), Range(2, oo)
POSITIVE = Interval.Lopen(0, 1)
classes = variable("classes", CLASSES)
drawn = variable("probability", POSITIVE)
top, other_mean, other_square, v, w = (variable(name, UNIT) for name in ("top", "other_mean", "other_square", "v", "w"))
BOUNDED = Premise("integrable", "a label that is drawn has a positive probability, and (p - p^2)/p is bounded")
INDEPENDENT = Premise("independent", "given X, the teacher's label and Y are independent draws from the law of Y")
T = Law("T", (drawn,), Domain({drawn: POSITIVE}), integrable=BOUNDED, meaning=(
    (drawn, "the probability, given X, of the label that the teacher draws"),))
X = Law("X", (top, other_mean, other_square), Domain(
    {top: UNIT, other_mean: UNIT, other_square: UNIT, classes: CLASSES},
    1 - top - (classes - 1) * other_mean, top + (classes - 1) * other_mean - 1), meaning=(
    (top, "the largest of the K probabilities given X"), (other_mean, "the mean of the K - 1 others"),
    (other_square, "the mean of their squares")))
OTHERS = Law("others", (v,), Domain({v: UNIT}))
RISK = 1 - top**2 - (classes - 1) * other_square


def risk_goal() -> Goal:
    """P(T != Y) = E[1 - p_T] is the sum over the classes of E[p - p^2]: here a mean over the label that is drawn."""
    shares = T.mean(samplers.SAMPLER_RISK_CLASS.at(probability=drawn, c=1) / drawn)
    return Goal(T.mean(1 - drawn), "==", shares, Domain({}), (T,),
                "the probability that the sampler's label differs from Y")


def risk() -> Fact:
    """Given the teacher's label, Y differs from it with probability 1 - p."""
    where = Domain({drawn: POSITIVE})
    labels = definition(1 - drawn, where, INDEPENDENT, note="given the teacher's label")
    share = samplers.SAMPLER_RISK_CLASS.at(probability=drawn, c=1) / drawn
    return expectation(chain(labels, identity(1 - drawn, share, where)), T)


def cover_hart_goal() -> Goal:
    """E[1 - sum p^2] <= L* (2 - L* K/(K - 1)), L* = E[1 - top]."""
    right = bayes_risk.COVER_HART_MULTICLASS.at(bayes_risk=X.mean(1 - top), classes=classes, c=1)
    return Goal(X.mean(RISK), "<=", right, Domain({classes: CLASSES}), (X,),
                "the probability that the sampler's label differs from Y")


def cover_hart() -> Fact:
    """The other classes' squares have at least the square of their mean; what is left is concave in 1 - top."""
    squares = jensen(-(w**2), w, Domain({w: UNIT}), v, OTHERS)
    convex = combine(OTHERS.mean(v) ** 2, "<=", OTHERS.mean(v**2), (1, squares))
    spread = at_random(convex, (v,), {OTHERS.mean(v): other_mean, OTHERS.mean(v**2): other_square}, X)
    others = classes - 1
    alike = combine(RISK, "<=", 1 - top**2 - (1 - top) ** 2 / others, (others, spread),
                    ((others * other_mean + 1 - top) / others, condition(X.domain, 1)),
                    note="the others sum to 1 - top")
    least = variable("least", UNIT)
    bound = bayes_risk.COVER_HART_MULTICLASS.at(bayes_risk=least, classes=classes, c=1)
    domain = Domain({least: UNIT, classes: CLASSES})
    value = identity(alike.right, bound.subs(least, 1 - top), Domain({top: UNIT, classes: CLASSES}))
    labels = definition(RISK, X.domain, INDEPENDENT, note="1 less the sum of squares")
    return chain(expectation(chain(labels, alike, value), X), jensen(bound, least, domain, 1 - top, X))
