"""The majority of k = 2r + 1 teachers that say the likelier label with probability `agree`, which may be below 1/2."""

from __future__ import annotations

from sympy import Abs, Interval, binomial, oo

from theory import majority
from theory.derivations.majority import (
    APART,
    HALF,
    MEANS,
    NATURAL,
    UNIT,
    excess,
    excess_error,
    g,
    i,
    k,
    largest,
    r,
    right,
)
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import chain, combine, condition, definition, expectation, inequality, instantiate, mirror, parts
from theory.rules_sums import binomial_theorem, pull_out, split_sum, termwise

agree = variable("agree", UNIT)
TEACHERS = Domain({agree: UNIT, g: UNIT, r: NATURAL})
X = Law("X", (agree, g), Domain({agree: UNIT, g: UNIT}))
DISTANCE = Abs(agree - right)
INDEPENDENT = Premise("independent", "given X, the k teachers' labels are independent, and each is the likelier label "
                      "with probability agree")
TAIL = majority.MAJORITY_ERROR.at(margin=2 * agree - 1, k=k)
BOUND = majority.MAJORITY_EXCESS_RISK.at(k=k, c=1) + 2 * DISTANCE


def _at_most_one() -> Fact:
    """P(at most r of k teachers say the likelier label) <= 1: the other terms of the binomial sum are not negative."""
    where = Domain({agree: UNIT, r: NATURAL})
    term = binomial(k, i) * agree**i * (1 - agree) ** (k - i)
    every = binomial_theorem(agree, 1 - agree, k, i, where)
    halves = split_sum(every.left, r, where)
    rest = termwise(term, inequality(0, "<=", 1, where), i, r + 1, k, where)
    nothing = pull_out(rest.left, 0, 1, where)
    return combine(TAIL, "<=", 1, (1, every), (-1, halves), (1, rest), (-1, nothing))


def _not_negative() -> Fact:
    """0 <= P(at most r of k teachers say the likelier label): so is every term."""
    where = Domain({agree: UNIT, r: NATURAL})
    terms = termwise(binomial(k, i) * agree**i * (1 - agree) ** (k - i), inequality(0, "<=", 1, where), i, 0, r, where)
    return chain(mirror(pull_out(terms.left, 0, 1, where)), terms)


def _off(side: int) -> Fact:
    """+-(agree - (1 + g)/2) <= d."""
    w = variable("w", Interval(-oo, oo))
    modulus = inequality(w, "<=", Abs(w), Domain({w: Interval(-oo, oo)}))
    return instantiate(modulus, {w: side * (agree - right)}, TEACHERS)


def _right_teachers() -> Fact:
    """Where agree >= 1/2: the votes have the margin 2 agree - 1 >= g - 2 d."""
    better = Domain(TEACHERS.ranges, 2 * agree - 1)
    bound = combine(g * majority.MAJORITY_ERROR.at(margin=g, k=k), "<=", majority.MAJORITY_EXCESS_RISK.at(k=k, c=1),
                    (1, excess()), (HALF, largest()), (1, _room()))
    voted = instantiate(bound, {g: 2 * agree - 1}, better)
    return combine(g * TAIL, "<=", BOUND, (2 * TAIL, _off(-1)), (1, voted), (2 * DISTANCE, _at_most_one()),
                   signs=(combine(0, "<=", 2 * TAIL, (2, _not_negative())),))


def _room() -> Fact:
    """1/(2 sqrt(e k)) <= 1/sqrt(e k)."""
    return inequality(majority.MAJORITY_EXCESS_RISK.at(k=k, c=HALF), "<=", majority.MAJORITY_EXCESS_RISK.at(k=k, c=1),
                      Domain({r: NATURAL}))


def _wrong_teachers() -> Fact:
    """Where agree <= 1/2 the distance is at least g/2, and even a sure error costs no more than 2 d."""
    worse = Domain(TEACHERS.ranges, 1 - 2 * agree)
    room = inequality(0, "<=", majority.MAJORITY_EXCESS_RISK.at(k=k, c=1), Domain({r: NATURAL}))
    return combine(g * TAIL, "<=", BOUND, (g, _at_most_one()), (2, _off(-1)), (1, condition(worse)), (1, room))


def goal() -> Goal:
    """E[P(majority != Y | X)] - L* <= 1/sqrt(e k) + 2 eps, eps = E d."""
    right_side = majority.MAJORITY_OF_APPROXIMATE.at(k=k, eps=X.mean(DISTANCE), c=1, eps_factor=2)
    return Goal(X.mean(excess_error(TAIL, g)), "<=", right_side, Domain({r: NATURAL}), (X,), MEANS)


def derive() -> Fact:
    """Either kind of teachers, averaged."""
    votes = definition(excess_error(TAIL, g), TEACHERS, INDEPENDENT, APART,
                       note="the errors at x, over both labels; the number of votes for the likelier one is binomial")
    cost = combine(votes.right, "==", g * TAIL, domain=TEACHERS, note="a wrong majority costs the margin")
    return expectation(chain(votes, cost, parts(_right_teachers(), _wrong_teachers(), 2 * agree - 1, TEACHERS)), X)
