"""Disagreement with a teacher, seen on m unlabelled points, against disagreement on fresh ones: uniformly over a class.

The law `S` is that of what depends on the points: the largest surplus, over the class, of the probability of
disagreeing with the teacher over the share of the m points on which a hypothesis does.
"""

from __future__ import annotations

from sympy import Interval, Range, exp, oo, sympify

from theory.concentration import FINITE_CLASS_ERM_SHARP, HOEFFDING_PROOF
from theory.derivations.concentration import t
from theory.derivations.hard_labels import agreement, differs, other
from theory.derivations.students import SIZES as NUMBERS
from theory.derivations.students import hypotheses, largest_deviation, m
from theory.disagreement import DISAGREEMENT_LOWER, DISAGREEMENT_RADIUS
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise
from theory.goal import Goal
from theory.hard_labels import HARD_LABEL_TRIANGLE_PROOF
from theory.identities import identity
from theory.kernel import chain, combine, condition, definition, expectation, inequality, instantiate
from theory.proof import lemma
from theory.rules import at_random, increasing
from theory.rules_events import independent_events, union_bound
from theory.rules_implication import implied_event

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


excess, apart, seen = (variable(name, where) for name, where in (("excess", GAP), ("apart", UNIT), ("seen", UNIT)))
BEYOND, FARTHER = (sympify(1) - Indicator(RADIUS - (value - seen)) for value in (excess, apart))
Q = Law("Q", (event, excess, apart, seen),
        Domain({**SIZES, event: BINARY, excess: GAP, apart: UNIT, seen: UNIT}, event - FARTHER), meaning=(
    (excess, "the student's risk less its teacher's"), (apart, "the probability that the student's label differs"),
    (seen, "the share of the m points on which it does"),
    (event, "1 where some hypothesis has a surplus of at least the radius, which the student may be, else 0")))


def student_risk_goal() -> Goal:
    """P(L(s) - L(t) > share of disagreements + sqrt(ln(N/delta)/(2m))) <= delta."""
    return Goal(Q.mean(BEYOND), "<=", delta, Domain(SIZES), (Q,),
                "the probability that the student loses more against its teacher than what is seen and the radius")


def student_risk() -> Fact:
    """The student's risk exceeds its teacher's by no more than the disagreement, which is seen up to the radius."""
    triangle = lemma(HARD_LABEL_TRIANGLE_PROOF)
    named = at_random(triangle, (agreement, differs, other), {triangle.left: excess, triangle.right: apart}, Q)
    # Where the disagreement is within the radius, the excess is.
    near = Domain(Q.domain.ranges, *Q.domain.conditions, RADIUS - (apart - seen))
    within = combine(0, "<=", RADIUS - (excess - seen), (1, named), (1, condition(near, 1)), domain=near)
    implied = implied_event(RADIUS - (apart - seen), within, Q.domain)
    pointwise = combine(BEYOND, "<=", event, (1, implied), (1, condition(Q.domain)))
    each = instantiate(lemma(HOEFFDING_PROOF), {t: RADIUS}, Domain(SIZES))
    share = identity(each.right, delta / hypotheses, Domain(SIZES))
    return chain(expectation(pointwise, Q), union_bound(chain(each, share), (), hypotheses, event, Q))
