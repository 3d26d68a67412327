"""Where a linearised student and its teacher disagree: at one feature vector, then for any law of it.

w* = w_n + r with w_n the student's weights and r orthogonal to the span of the training features. For a feature
vector phi: `student` = w_n . phi, `rest` = r . phi, `square` = |phi|^2; `residual` = |r|^2 is fixed by the training
set.
The angle between w* and phi is at least a right angle less the projection angle iff (w* . phi)^2 <= |phi|^2 |r|^2.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Interval, oo

from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Indicator, Law, Premise
from theory.goal import Goal
from theory.kernel import chain, combine, condition, definition, expectation, inequality
from theory.rules_patterns import patterns

LINE, HALF_LINE = Interval(-oo, oo), Interval(0, oo)
student, rest = (variable(name, LINE) for name in ("student", "rest"))
square, residual = (variable(name, HALF_LINE) for name in ("square", "residual"))
BOUNDED = Premise("integrable", "indicators are bounded")
CAUCHY = Premise("definition", "rest^2 <= square residual by the inequality of Cauchy and Schwarz: rest = r . phi, "
                 "square = |phi|^2 and residual = |r|^2; student = w_n . phi, and w* = w_n + r")
SIZES = {student: LINE, rest: LINE, square: HALF_LINE, residual: HALF_LINE}
teacher = student + rest
FAR = square * residual - teacher**2
X = Law("X", (student, rest, square), Domain(SIZES, square * residual - rest**2), integrable=BOUNDED)


def happens(argument: Any) -> Any:
    """1 where the argument is at least 0, else 0."""
    return Indicator(argument)


def differ(first: Expr, second: Expr) -> Any:
    """1 where two numbers have different signs, 0 having a sign of its own."""
    return happens(-first * second) - happens(-(first**2) - second**2)


def opposite(first: Expr, second: Expr) -> Any:
    """1 where the product of two numbers is negative."""
    return 1 - happens(first * second)


def _far(conditions: Domain, note: str) -> Fact:
    """0 <= |phi|^2 |r|^2 - (w* . phi)^2 where the scores' product is not positive."""
    more = inequality(0, "<=", student**2, conditions)
    return combine(0, "<=", FAR, (1, condition(conditions)), (2, condition(conditions, 1)), (1, more), note=note)


def bound_goal() -> Goal:
    """P(the signs differ) <= P((w* . phi)^2 <= |phi|^2 |r|^2)."""
    return Goal(X.mean(differ(student, teacher)), "<=", X.mean(happens(FAR)), Domain({residual: HALF_LINE}), (X,),
                "the probability that student and teacher have different signs")


def bound() -> Fact:
    """|phi|^2 |r|^2 - (s + b)^2 = (|phi|^2 |r|^2 - b^2) - 2 s (s + b) + s^2."""
    there = Domain(SIZES, *X.domain.conditions, -student * teacher)
    signs = definition(differ(student, teacher), X.domain, CAUCHY, note="different signs")
    follows = patterns(differ(student, teacher), "<=", happens(FAR), X.domain, _far(there, "the signs differ"))
    return expectation(chain(signs, follows), X)


def strict_goal() -> Goal:
    """P(the scores' product is negative) <= P((w* . phi)^2 < |phi|^2 |r|^2)."""
    return Goal(X.mean(opposite(student, teacher)), "<=", X.mean(1 - happens(-FAR)), Domain({residual: HALF_LINE}),
                (X,), "the probability that student and teacher have opposite signs, neither score being 0")


def strict() -> Fact:
    """2 s (s + b) = (|phi|^2 |r|^2 - b^2) + s^2 - (|phi|^2 |r|^2 - (s + b)^2), read the other way round."""
    half = expr(1) / 2
    there = Domain(SIZES, *X.domain.conditions, -FAR)
    near = combine(0, "<=", student * teacher, (half, condition(there)), (half, condition(there, 1)),
                   (half, inequality(0, "<=", student**2, there)), note="where phi is near")
    signs = definition(opposite(student, teacher), X.domain, CAUCHY, note="opposite signs")
    return expectation(chain(signs, patterns(opposite(student, teacher), "<=", 1 - happens(-FAR), X.domain, near)), X)


score = variable("score", LINE)
share = variable("share", Interval.Lopen(0, 1))
IMAGE = 2 * share * score - student
PAIR_SIZES = {student: LINE, score: LINE, square: HALF_LINE, residual: HALF_LINE, share: Interval.Lopen(0, 1)}
MIRROR = Premise("definition", "the mirror image of phi in the axis of w* has the law of phi, the teacher's score, and "
                 "the student's score 2 share score - student, since w_n = share w* + (a vector orthogonal to w*), "
                 "with share the squared cosine of the projection angle")
Y = Law("Y", (student, score, square), Domain(
    PAIR_SIZES, square * residual - (score - student) ** 2, square * residual - (score - IMAGE) ** 2),
    integrable=BOUNDED)


def _either() -> Any:
    """How many of phi and its mirror image have different signs."""
    return differ(student, score) + differ(IMAGE, score)


def symmetric_goal() -> Goal:
    """P(the signs differ) <= [P((w* . phi)^2 <= |phi|^2 |r|^2) + P(w* . phi = 0)]/2, the mean of phi and its image."""
    near = happens(square * residual - score**2)
    return Goal(Y.mean(_either() / 2), "<=", Y.mean(near / 2 + happens(-(score**2)) / 2),
                Domain({residual: HALF_LINE, share: Interval.Lopen(0, 1)}), (Y,),
                "the probability that student and teacher have different signs, phi and its image weighing alike")


def symmetric() -> Fact:
    """The student's scores at phi and at its image sum to 2 share score: not both of them have the wrong sign."""
    far = square * residual - score**2
    implied = []
    for index, wrong in ((0, student), (1, IMAGE)):
        there = Domain(PAIR_SIZES, *Y.domain.conditions, -wrong * score)
        more = inequality(0, "<=", wrong**2, Domain(PAIR_SIZES))
        implied.append(combine(0, "<=", far, (1, condition(there, index)), (2, condition(there, 2)), (1, more)))
    both = Domain(PAIR_SIZES, -student * score, -IMAGE * score)
    weight = 1 / (2 * share)
    nothing = combine(0, "<=", -(score**2), (weight, condition(both)), (weight, condition(both, 1)),
                      note="both have the wrong sign")
    pair = definition(_either() / 2, Y.domain, CAUCHY, MIRROR, note="phi and its image")
    right = happens(far) / 2 + happens(-(score**2)) / 2
    return expectation(chain(pair, patterns(_either() / 2, "<=", right, Y.domain, *implied, nothing)), Y)
