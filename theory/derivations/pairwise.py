"""The pairwise logistic loss of scores: what a pair costs beyond the least is a divergence of two coins.

For the pair (i, j) let a = p_i (1 - p_j) and b = p_j (1 - p_i). Scores f say that i is before j with probability
odds/(1 + odds), odds = exp(f_i - f_j); the truth is a/(a + b). Both orders of every pair are averaged, so that
twice the loss is L^2 times the mean over a pair (i, j) drawn uniformly.
"""

from __future__ import annotations

from sympy import Expr, Integer, Interval, Range, Rational, log, oo

from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import combine, condition, expectation, inequality, instantiate
from theory.retrieval import PAIR_DISTANCE, PAIR_EXCESS, PAIR_LEAST, PAIR_MISORDERED

OPEN, POSITIVE, NATURAL, BIT = Interval.open(0, 1), Interval.open(0, oo), Range(1, oo), Range(0, 2)
first, second, q, r = (variable(name, OPEN) for name in ("first", "second", "q", "r"))
a, b, odds = variable("a", POSITIVE), variable("b", POSITIVE), variable("odds", POSITIVE)
labels, wrong = variable("labels", NATURAL), variable("wrong", BIT)
PAIR = Domain({first: OPEN, second: OPEN, odds: POSITIVE})
FINITE = Premise("finite", "there are finitely many labels")
P = Law("P", (first, second, odds), PAIR, FINITE)
MISORDERED = wrong * (first - second) * (1 - odds)
W = Law("P", (first, second, odds, wrong), Domain({**PAIR.ranges, wrong: BIT}, MISORDERED), FINITE)
A, B = first * (1 - second), second * (1 - first)
LOSS = A * log(1 + 1 / odds) + B * log(1 + odds)
LEAST = PAIR_LEAST.at(first=first, second=second, c=1)
EXCESS = PAIR_EXCESS.at(first=first, second=second, odds=odds, c=1)
DIVERGENCE = q * (log(q) - log(r)) + (1 - q) * (log(1 - q) - log(1 - r))
BEYOND = "the loss of the scores less that of logit(p)"


def _sum(value: Expr, law: Law = P) -> Expr:
    """The sum over pairs (i, j) of what both orders of a pair have together, each order counted once."""
    return labels**2 * law.mean(value) / 2


ABSTRACT = Domain({a: POSITIVE, b: POSITIVE, odds: POSITIVE})
MORE = a * log(1 + 1 / odds) + b * log(1 + odds) - a * log((a + b) / a) - b * log((a + b) / b)


def _excess() -> Fact:
    """LOSS - LEAST == (a + b) KL(a/(a + b), odds/(1 + odds))."""
    said, part = (odds / (1 + odds), 1 / (1 + odds)), (a / (a + b), b / (a + b))
    divergence = (a + b) * sum(p * (log(p) - log(s)) for p, s in zip(part, said, strict=True))
    at = instantiate(identity(MORE, divergence, ABSTRACT), {a: A, b: B}, PAIR)
    return combine(LOSS - LEAST, "==", EXCESS, (1, at))


def _at_least(below: Expr) -> Fact:
    """(a + b) below(a/(a + b), odds/(1 + odds)) <= LOSS - LEAST, from below(q, r) <= KL(q, r)."""
    divergence = inequality(below, "<=", DIVERGENCE, Domain({q: OPEN, r: OPEN}), touching={r: q})
    at = instantiate(divergence, {q: a / (a + b), r: odds / (1 + odds)}, ABSTRACT)
    value = identity((a + b) * at.right, MORE, ABSTRACT)
    return instantiate(combine((a + b) * at.left, "<=", MORE, (a + b, at), (1, value)), {a: A, b: B}, PAIR)


def least_goal() -> Goal:
    """J(f) >= J(logit p), for the pairwise loss J of any scores f."""
    return Goal(_sum(LOSS), ">=", _sum(LEAST), Domain({labels: NATURAL}), (P,), "the pairwise loss of the scores")


def least() -> Fact:
    """A divergence is not negative."""
    each = combine(LEAST, "<=", LOSS, (1, _at_least(Integer(0))))
    return combine(_sum(LEAST), "<=", _sum(LOSS), (labels**2 / 2, expectation(each, P)), domain=least_goal().domain)


def excess_goal() -> Goal:
    """J(f) - J(logit p) == sum of (a + b) KL(a/(a + b), odds/(1 + odds)) over pairs."""
    return Goal(_sum(LOSS - LEAST), "==", _sum(EXCESS), Domain({labels: NATURAL}), (P,), BEYOND)


def excess() -> Fact:
    """Pair by pair."""
    goal = excess_goal()
    return combine(goal.left, "==", goal.right, (labels**2 / 2, expectation(_excess(), P)), domain=goal.domain)


def unique_goal() -> Goal:
    """J(f) - J(logit p) >= 2 sum of (a + b) (odds/(1 + odds) - a/(a + b))^2 over pairs."""
    distance = PAIR_DISTANCE.at(first=first, second=second, odds=odds, c=2)
    return Goal(_sum(LOSS - LEAST), ">=", _sum(distance), Domain({labels: NATURAL}), (P,), BEYOND)


def _distance(law: Law) -> Fact:
    """PAIR_DISTANCE <= LOSS - LEAST: Pinsker's inequality for two coins."""
    distance = PAIR_DISTANCE.at(first=first, second=second, odds=odds, c=2)
    return combine(distance, "<=", LOSS - LEAST, (1, _at_least(2 * (q - r) ** 2)), domain=law.domain)


def unique() -> Fact:
    """Pinsker's inequality, pair by pair."""
    goal = unique_goal()
    return combine(goal.right, "<=", goal.left, (labels**2 / 2, expectation(_distance(P), P)), domain=goal.domain)


def ranks_goal() -> Goal:
    """J(f) - J(logit p) >= sum of (p_i - p_j)^2/(2 (p_i + p_j - 2 p_i p_j)) over the pairs that f misorders."""
    misordered = wrong * PAIR_MISORDERED.at(first=first, second=second, c=2)
    return Goal(_sum(LOSS - LEAST, W), ">=", _sum(misordered, W), Domain({labels: NATURAL}), (W,), BEYOND)


def ranks() -> Fact:
    """On the wrong side of 1/2, a score is at least as far from the truth as 1/2 is."""
    goal = ranks_goal()
    away = (odds / (1 + odds) - Rational(1, 2)) ** 2
    squares = [inequality(0, "<=", each, PAIR) for each in (away, (odds / (1 + odds) - A / (A + B)) ** 2)]
    each = combine(wrong * PAIR_MISORDERED.at(first=first, second=second, c=2), "<=", LOSS - LEAST, (1, _distance(W)),
                   (1 / (1 + odds), condition(W.domain)), (2 * (A + B) * wrong, squares[0]),
                   (2 * (A + B) * (1 - wrong), squares[1]))
    return combine(goal.right, "<=", goal.left, (labels**2 / 2, expectation(each, W)), domain=goal.domain)
