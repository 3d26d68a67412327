"""Disagreement with a teacher, seen on m unlabelled points, against disagreement on fresh ones: uniformly over a class.

The law `S` is that of what depends on the points: the largest surplus, over the class, of the probability of
disagreeing with the teacher over the share of the m points on which a hypothesis does.
"""

from __future__ import annotations

from sympy import Interval, Range, exp, oo, sympify

from theory.concentration import FINITE_CLASS_ERM_SHARP, HOEFFDING_PROOF
from theory.derivations.concentration import t
from theory.derivations.students import SIZES as NUMBERS
from theory.derivations.students import hypotheses, largest_deviation, m
from theory.disagreement import DISAGREEMENT_LOWER, DISAGREEMENT_RADIUS
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, definition, expectation, inequality, instantiate
from theory.proof import lemma
from theory.rules import increasing
from theory.rules_events import independent_events, union_bound

NATURAL, BINARY, UNIT, GAP = Range(1, oo), Range(0, 2), Interval(0, 1), Interval(-1, 1)
delta = variable("delta", Interval.open(0, 1))
gap, peak, event = variable("gap", GAP), variable("peak", GAP), variable("event", BINARY)
SIZES = {m: NATURAL, hypotheses: NATURAL, delta: Interval.open(0, 1)}
RADIUS = DISAGREEMENT_RADIUS.at(hypotheses=hypotheses, delta=delta, m=m, c=1)
SURPLUS = ("the largest, over the class, of the probability of disagreeing with the teacher less the share of the m "
           "points on which a hypothesis does; the teacher is fixed before the points are drawn")
EXCEEDS = sympify(1) - Indicator(RADIUS - gap)
S = Law("S", (event, gap), Domain({**SIZES, event: BINARY, gap: GAP}, event - EXCEEDS), meaning=(
    (gap, SURPLUS), (event, "1 where some hypothesis has a surplus of at least the radius, else 0")))
P = Law("S", (peak,), Domain({peak: GAP}), meaning=((peak, SURPLUS),))


def uniform_goal() -> Goal:
    """P(largest surplus > sqrt(ln(N/delta)/(2m))) <= delta."""
    return Goal(S.mean(EXCEEDS), "<=", delta, Domain(SIZES), (S,),
                "the probability that some hypothesis disagrees more than it seems to, by more than the radius")


def uniform() -> Fact:
    """Hoeffding's inequality at the radius gives delta/N, N times."""
    each = instantiate(lemma(HOEFFDING_PROOF), {t: RADIUS}, Domain(SIZES))
    share = identity(each.right, delta / hypotheses, Domain(SIZES))
    some = union_bound(chain(each, share), (), hypotheses, event, S)
    exceeds = combine(EXCEEDS, "<=", event, (1, condition(S.domain)), note="by the meaning of the event")
    return chain(expectation(exceeds, S), some)


def mean_goal() -> Goal:
    """E largest surplus <= sqrt(ln N/(2m))."""
    right = FINITE_CLASS_ERM_SHARP.at(hypotheses=hypotheses, m=m, c=1)
    return Goal(P.mean(peak), "<=", right, NUMBERS, (P,), "the mean of the largest surplus")


def mean() -> Fact:
    """The maximal inequality for N sub-Gaussian variables."""
    return largest_deviation(P)


points, unseen = variable("points", NATURAL), variable("unseen", BINARY)
ONE = Law("draws", (unseen,), Domain({unseen: BINARY}), meaning=((
    unseen, "1 where a point of mass 1/(m + 1) is none of m independent ones, so that the student's label there, which "
            "may be any, is not the teacher's; else 0"),))
INDEPENDENT = Premise("independent", "the m points are independent")
MISSED = Premise("definition", "a point of mass 1/(m + 1) is not the one that is drawn with probability 1 - 1/(m + 1)")


def lower_goal() -> Goal:
    """points/(m + 1) P(a point is unseen) >= points/(e (m + 1))."""
    left = points / (m + 1) * ONE.mean(unseen)
    right = DISAGREEMENT_LOWER.at(points=points, m=m, c=1)
    return Goal(left, ">=", right, Domain({points: NATURAL, m: NATURAL}), (ONE,),
                "the student's mean disagreement, the mass of the points that it has not seen")


def lower() -> Fact:
    """exp(-x) <= 1/(1 + x) at x = 1/m, to the power m."""
    x, y = variable("x", UNIT), variable("y", Interval(0, oo))
    count = Domain({m: NATURAL})
    base = inequality(exp(-x), "<=", 1 / (1 + x), Domain({x: UNIT}), touching={x: 0})
    each = instantiate(base, {x: 1 / m}, count)
    powers = increasing(each, y**m, y, Domain({y: Interval(0, oo), m: NATURAL}))
    event = independent_events(definition(1 - 1 / (m + 1), count, MISSED), m, unseen, ONE, INDEPENDENT)
    start = identity(exp(-1), powers.left, count)
    same = identity(powers.right, event.right, count)
    goal = lower_goal()
    weight = points / (m + 1)
    return combine(goal.right, "<=", goal.left, (weight, start), (weight, powers), (weight, same), (-weight, event),
                   domain=goal.domain)
