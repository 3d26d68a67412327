"""The majority of k = 2r + 1 independent votes, each right with probability (1 + g)/2.

The number of right votes is binomial. Its lower tail is bounded term by term, each term by what it would be if both
labels had the geometric mean of their probabilities.
"""

from __future__ import annotations

from sympy import Abs, Expr, Interval, Range, Rational, Sum, binomial, exp, oo, sqrt

from theory import majority
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import (
    chain,
    combine,
    definition,
    expectation,
    inequality,
    instantiate,
)
from theory.proof import lemma
from theory.rules import increasing
from theory.rules_sums import binomial_theorem, pull_out, reflect, split_sum, termwise

UNIT = Interval(0, 1)
HALF = Rational(1, 2)
NATURAL = Range(0, oo)
eta, g = (variable(name, UNIT) for name in ("eta", "g"))
r, i = (variable(name, NATURAL) for name in ("r", "i"))
k = 2 * r + 1
VOTES = Domain({g: UNIT, r: NATURAL})
POINT = Domain({eta: UNIT, r: NATURAL})
X = Law("X", (eta,), Domain({eta: UNIT}))
MARGIN = Abs(2 * eta - 1)
right, wrong = (1 + g) / 2, (1 - g) / 2
TAIL = majority.MAJORITY_ERROR.at(margin=g, k=k)
INDEPENDENT = Premise("independent", "given X, the k votes are independent draws from the law of Y")
APART = Premise("independent", "given X, the votes are independent of Y")


def half_of_the_votes() -> Fact:
    """The sum of C(2r + 1, r - i) over i = 0..r is 4^r: half of 2^(2r + 1), by symmetry."""
    where = Domain({r: NATURAL})
    total = binomial_theorem(1, 1, k, i, where)
    every = total.left
    halves = split_sum(every, r, where)
    low, high = Sum(binomial(k, i), (i, 0, r)), Sum(binomial(k, i), (i, r + 1, k))
    turned = reflect(high, k, where)
    index = Domain({r: NATURAL, i: NATURAL}, r - i)
    symmetric = termwise(1, identity(binomial(k, k - i), binomial(k, i), index), i, 0, r, where)
    as_wanted = reflect(low, r, where)
    equal = chain(turned, symmetric)
    return combine(as_wanted.right, "==", 2 ** (2 * r), (HALF, total), (-HALF, halves), (-HALF, equal), (-1, as_wanted))


def _largest_term() -> Fact:
    """Every vote fewer for the right label makes a term smaller: the tail <= 4^r p^r q^(r+1)."""
    x = variable("x", Interval(0, oo))
    votes = definition(TAIL, VOTES, INDEPENDENT, note="the number of right votes is binomial")
    backwards = chain(votes, reflect(TAIL, r, VOTES))
    index = Domain({g: UNIT, r: NATURAL, i: NATURAL}, r - i)
    less = inequality(wrong, "<=", right, Domain({g: UNIT}))
    power = increasing(less, x**i, x, Domain({x: Interval(0, oo), i: NATURAL}))
    weight = binomial(k, r - i) * right ** (r - i) * wrong ** (r + 1)
    bounded = termwise(weight, power, i, 0, r, VOTES, note="the term at i votes below half against that at none")
    split = identity(right ** (r - i) * wrong ** (r + 1 + i), right ** (r - i) * wrong ** (r + 1) * wrong**i, index)
    apart = termwise(binomial(k, r - i), split, i, 0, r, VOTES)
    alike = termwise(binomial(k, r - i), identity(right ** (r - i) * wrong ** (r + 1) * right**i,
                                                  right**r * wrong ** (r + 1), index), i, 0, r, VOTES)
    outside = pull_out(alike.right, right**r * wrong ** (r + 1), binomial(k, r - i), VOTES)
    count = half_of_the_votes()
    least = chain(backwards, apart, bounded, alike, outside)
    return combine(TAIL, "<=", right**r * wrong ** (r + 1) * 2 ** (2 * r), (1, least),
                   (right**r * wrong ** (r + 1), count))


def bound_goal() -> Goal:
    """P(at most r of k votes are right) <= (1 - g^2)^(k/2)/2, g = |2 eta - 1|."""
    right_side = majority.MAJORITY_BOUND.at(margin=MARGIN, k=k, c=HALF, power=HALF)
    return Goal(majority.MAJORITY_ERROR.at(margin=MARGIN, k=k), "<=", right_side, POINT, (),
                "the probability that the majority of k = 2r + 1 votes misses the likelier label")


def tail_bound() -> Fact:
    """P(at most r of k votes are right) <= (1 - g^2)^(k/2)/2 for a margin g."""
    value = majority.MAJORITY_BOUND.at(margin=g, k=k, c=HALF, power=HALF)
    root = sqrt(1 - g**2)
    mean = inequality(wrong, "<=", root / 2, Domain({g: UNIT}), by="squares", note="the geometric mean")
    squared = identity(right**r * wrong ** (r + 1) * 2 ** (2 * r), wrong * (1 - g**2) ** r, VOTES)
    together = identity((1 - g**2) ** r * root / 2, value, VOTES)
    return chain(_largest_term(), squared, combine(wrong * (1 - g**2) ** r, "<=", (1 - g**2) ** r * root / 2,
                                                   ((1 - g**2) ** r, mean), domain=VOTES), together)


def bound() -> Fact:
    """The bound at g = |2 eta - 1|."""
    return instantiate(tail_bound(), {g: MARGIN}, POINT)


def exponential_goal() -> Goal:
    """(1 - g^2)^(k/2) <= exp(-k g^2/2), g = |2 eta - 1|."""
    left = majority.MAJORITY_BOUND.at(margin=MARGIN, k=k, c=1, power=HALF)
    return Goal(left, "<=", majority.MAJORITY_EXPONENTIAL.at(margin=MARGIN, k=k, c=HALF), POINT)


def _exponential() -> Fact:
    """(1 - g^2)^(k/2) <= exp(-k g^2/2) for a margin g: the power k/2 of 1 - g^2 <= exp(-g^2)."""
    x = variable("x", Interval(0, oo))
    one = inequality(1 - g**2, "<=", exp(-(g**2)), Domain({g: UNIT}), note="the tangent of exp at 0")
    return increasing(one, x ** (r + HALF), x, Domain({x: Interval(0, oo), r: NATURAL}))


def exponential() -> Fact:
    """The bound at g = |2 eta - 1|."""
    return instantiate(_exponential(), {g: MARGIN}, POINT)


def excess() -> Fact:
    """g P(at most r of k votes are right) <= g exp(-k g^2/2)/2."""
    half = combine(majority.MAJORITY_BOUND.at(margin=g, k=k, c=HALF, power=HALF), "<=",
                   majority.MAJORITY_EXPONENTIAL.at(margin=g, k=k, c=HALF) / 2, (HALF, _exponential()))
    tail = chain(tail_bound(), half)
    return combine(g * TAIL, "<=", majority.MARGIN_EXPONENTIAL.at(margin=g, k=k, c=HALF), (g, tail))


def excess_error(wrong_majority: Expr, margin: Expr) -> Expr:
    """P(majority != Y | x) less the least possible error, for a majority that misses the likelier label so often."""
    likelier, other = (1 + margin) / 2, (1 - margin) / 2
    return likelier * wrong_majority + other * (1 - wrong_majority) - other


EXCESS = X.mean(excess_error(majority.MAJORITY_ERROR.at(margin=MARGIN, k=k), MARGIN))
MEANS = "the excess risk of the majority of k = 2r + 1 votes"


def excess_margin_goal() -> Goal:
    """E[P(majority != Y | X)] - L* <= E[g exp(-k g^2/2)]/2."""
    right_side = X.mean(majority.MARGIN_EXPONENTIAL.at(margin=MARGIN, k=k, c=HALF))
    return Goal(EXCESS, "<=", right_side, Domain({r: NATURAL}), (X,), MEANS)


def excess_margin() -> Fact:
    """A wrong majority costs the margin; the bound at every point, averaged."""
    tail = majority.MAJORITY_ERROR.at(margin=MARGIN, k=k)
    labels = definition(excess_error(tail, MARGIN), POINT, APART, note="the errors at x, over both labels")
    cost = combine(excess_error(tail, MARGIN), "==", MARGIN * tail, domain=POINT)
    return expectation(chain(labels, cost, instantiate(excess(), {g: MARGIN}, POINT)), X)


def largest() -> Fact:
    """g exp(-k g^2/2) <= 1/sqrt(e k): u exp((1 - u^2)/2) <= 1 at u = g sqrt(k)."""
    u = variable("u", Interval(0, oo))
    peak = inequality(u * exp((1 - u**2) / 2), "<=", 1, Domain({u: Interval(0, oo)}), note="equality at u = 1")
    at = instantiate(peak, {u: g * sqrt(k)}, VOTES)
    weight = 1 / sqrt(exp(1) * k)
    return combine(majority.MARGIN_EXPONENTIAL.at(margin=g, k=k, c=1), "<=", majority.MAJORITY_EXCESS_RISK.at(k=k, c=1),
                   (weight, at))


def margin_goal() -> Goal:
    """E[g exp(-k g^2/2)] <= 1/sqrt(e k)."""
    return Goal(X.mean(majority.MARGIN_EXPONENTIAL.at(margin=MARGIN, k=k, c=1)), "<=",
                majority.MAJORITY_EXCESS_RISK.at(k=k, c=1), Domain({r: NATURAL}), (X,))


def margin() -> Fact:
    """The bound at every point, averaged."""
    return expectation(instantiate(largest(), {g: MARGIN}, POINT), X)


def excess_risk_goal() -> Goal:
    """E[P(majority != Y | X)] - L* <= 1/sqrt(e k)."""
    return Goal(EXCESS, "<=", majority.MAJORITY_EXCESS_RISK.at(k=k, c=1), Domain({r: NATURAL}), (X,), MEANS)


def excess_risk() -> Fact:
    """Half of what is stated, by the two lemmas."""
    half = combine(EXCESS, "<=", majority.MAJORITY_EXCESS_RISK.at(k=k, c=HALF),
                   (1, lemma(majority.MAJORITY_EXCESS_RISK_MARGIN_PROOF)),
                   (HALF, lemma(majority.MARGIN_EXPONENTIAL_PROOF)))
    more = inequality(majority.MAJORITY_EXCESS_RISK.at(k=k, c=HALF), "<=", majority.MAJORITY_EXCESS_RISK.at(k=k, c=1),
                      Domain({r: NATURAL}))
    return chain(half, more)
