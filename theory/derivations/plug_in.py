"""The label that a teacher's probability suggests: 1 above 1/2, 0 below, either at 1/2.

At a point, `teacher` is the probability and h the label's probability of being 1. Which label it is, is said by two
conditions of the law: h (2 teacher - 1) >= 0 and (1 - h)(1 - 2 teacher) >= 0.
"""

from __future__ import annotations

from sympy import Abs, Expr, Interval, Max, Min, Rational, sqrt

from theory import plug_in
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, definition, expectation, extend, inequality, instantiate, parts
from theory.rules import jensen
from theory.rules_integrals import least

UNIT, HALF = Interval(0, 1), Rational(1, 2)
eta, teacher, h, differs = (variable(name, UNIT) for name in ("eta", "teacher", "h", "differs"))
g0 = variable("least_margin", Interval.Lopen(0, 1))
DISTANCE, MARGIN, LEAST = Abs(teacher - eta), Abs(2 * eta - 1), Min(eta, 1 - eta)
SUGGESTED = (h * (2 * teacher - 1), (1 - h) * (1 - 2 * teacher))
X = Law("X", (eta, teacher, h), Domain({eta: UNIT, teacher: UNIT, h: UNIT}, *SUGGESTED))
WIDE = Law("X", X.variables, Domain({**X.domain.ranges, g0: Interval.Lopen(0, 1)}, *SUGGESTED, MARGIN - g0))
LABELLED = Law("X", (eta, differs), Domain({eta: UNIT, differs: UNIT}))
GIVEN_X = Premise("independent", "given X, the label and Y are independent")
REGRETS = "the label's risk less the Bayes risk"
EXCESS = h * (1 - eta) + (1 - h) * eta - LEAST


def excess_goal() -> Goal:
    """P(label != Y) - L* == E[g 1{label != f*}]; `differs` is the probability, given x, that the label isn't f*."""
    left = differs * Max(eta, 1 - eta) + (1 - differs) * LEAST - LEAST
    return Goal(LABELLED.mean(left), "==", LABELLED.mean(MARGIN * differs), Domain({}), (LABELLED,), REGRETS)


def excess() -> Fact:
    """A label other than f* is wrong with the larger of the two probabilities, f* with the smaller one."""
    gap = identity(Max(eta, 1 - eta) - LEAST, MARGIN, LABELLED.domain)
    left = differs * Max(eta, 1 - eta) + (1 - differs) * LEAST - LEAST
    start = definition(left, LABELLED.domain, GIVEN_X, note="the label is f* or the other one")
    return expectation(chain(start, combine(left, "==", MARGIN * differs, (differs, gap),
                                                   domain=LABELLED.domain)), LABELLED)


def sides(law: Law) -> tuple[tuple[Domain, Expr, Expr, int], ...]:
    """(where, the likelihood of the less likely label, how surely the label is the wrong one, sign) on each side."""
    low, high = (Domain(law.domain.ranges, *law.domain.conditions, side) for side in (HALF - eta, eta - HALF))
    return (low, eta, h, 1), (high, 1 - eta, 1 - h, -1)


def smaller(where: Domain, unlikely: Expr) -> Fact:
    """min(eta, 1 - eta) == the likelihood of the less likely label."""
    return least(inequality(unlikely, "<=", 1 - unlikely, where))


def at_a_point() -> Fact:
    """The excess is at most 2 |teacher - eta|."""
    halves = []
    for index, (where, unlikely, wrong, sign) in enumerate(sides(X)):
        gap = sign * (teacher - eta)
        halves.append(combine(
            EXCESS, "<=", 2 * DISTANCE, (-1, smaller(where, unlikely)),
            (2 * (1 - wrong), inequality(0, "<=", DISTANCE, where)),
            (2 * wrong, inequality(gap, "<=", DISTANCE, where)), (1, condition(where, index))))
    return parts(halves[0], halves[1], HALF - eta, X.domain)


def from_start(fact: Fact, law: Law) -> Fact:
    """The same, from what the label's error is."""
    return chain(definition(EXCESS, law.domain, GIVEN_X, note="the label's error less the least possible one"), fact)


def regret_goal() -> Goal:
    """P(label != Y) - L* <= 2 E|teacher - eta|."""
    return Goal(X.mean(EXCESS), "<=", plug_in.REGRET.at(distance=X.mean(DISTANCE), c=2), Domain({}), (X,), REGRETS)


def regret() -> Fact:
    """Where the label is wrong, the teacher is on the other side of 1/2."""
    return expectation(from_start(at_a_point(), X), X)


def square_loss_goal() -> Goal:
    """P(label != Y) - L* <= 2 sqrt(E (teacher - eta)^2)."""
    right = 2 * sqrt(X.mean((teacher - eta) ** 2))
    return Goal(X.mean(EXCESS), "<=", right, Domain({}), (X,), REGRETS)


def root_mean_square(law: Law) -> Fact:
    """E d <= sqrt(E d^2): the root is concave, away from 0 by eps."""
    open_eps, v = variable("eps", Interval.Lopen(0, 1)), variable("v", UNIT)
    where = Domain({v: UNIT, open_eps: Interval.Lopen(0, 1)})
    concave = jensen(sqrt(v + open_eps), v, where, (teacher - eta) ** 2, law)
    eps = variable("eps", UNIT)
    return instantiate(extend(concave, Domain({eps: UNIT})), {eps: 0}, Domain({}))


def square_loss() -> Fact:
    """The mean distance is at most the root of the mean square."""
    goal, root = square_loss_goal(), root_mean_square(X)
    return combine(goal.left, "<=", goal.right, (1, regret()), (2, root))


def massart_goal() -> Goal:
    """P(label != Y) - L* <= (4/g0) E (teacher - eta)^2 where g >= g0 > 0."""
    right = plug_in.MASSART.at(square=WIDE.mean((teacher - eta) ** 2), least_margin=g0, c=4)
    return Goal(WIDE.mean(EXCESS), "<=", right, Domain({g0: Interval.Lopen(0, 1)}), (WIDE,), REGRETS)


def massart_at_a_point() -> Fact:
    """The excess is at most 4 (teacher - eta)^2/g0."""
    halves = []
    for index, (where, unlikely, wrong, sign) in enumerate(sides(WIDE)):
        lost, beyond = 1 - 2 * unlikely, sign * (2 * teacher - 1)
        wide = combine(0, "<=", lost - g0, (1, condition(where, 2)), (1, inequality(MARGIN, "<=", lost, where)))
        halves.append(combine(
            EXCESS, "<=", 4 * (teacher - eta) ** 2 / g0, (-1, smaller(where, unlikely)),
            (4 / g0, inequality(0, "<=", (1 - wrong) * (teacher - eta) ** 2, where)),
            (1 / g0, inequality(0, "<=", wrong * beyond**2, where)),
            (2 * lost / g0, condition(where, index)), (wrong * lost / g0, wide)))
    return parts(halves[0], halves[1], HALF - eta, WIDE.domain)


def massart() -> Fact:
    """A margin that is lost is at most twice the distance."""
    return expectation(from_start(massart_at_a_point(), WIDE), WIDE)


p_best, p_chosen, q_best, q_chosen, apart = (
    variable(name, UNIT) for name in ("p_best", "p_chosen", "q_best", "q_chosen", "apart"))
CLASSES = Law("X", (p_best, p_chosen, q_best, q_chosen, apart), Domain(
    dict.fromkeys((p_best, p_chosen, q_best, q_chosen, apart), UNIT), q_chosen - q_best, apart - (p_best - q_best),
    apart - (q_chosen - p_chosen)))
"""`best` is f*(x), `chosen` the teacher's class; the laws are `apart` in total variation, on every class at least."""


def regret_classes_goal() -> Goal:
    """P(class != Y) - L* <= 2 E d, d the total variation between the teacher's law and that of Y."""
    return Goal(CLASSES.mean((1 - p_chosen) - (1 - p_best)), "<=", plug_in.REGRET.at(distance=CLASSES.mean(apart), c=2),
                Domain({}), (CLASSES,), REGRETS)


def regret_classes() -> Fact:
    """The teacher's class is at least as likely to the teacher as f*."""
    left, domain = (1 - p_chosen) - (1 - p_best), CLASSES.domain
    start = definition(left, domain, GIVEN_X, note="the errors of the two classes")
    bounded = combine(left, "<=", 2 * apart, *((1, condition(domain, index)) for index in range(3)))
    return expectation(chain(start, bounded), CLASSES)
