"""The expected risk of a linearised student over n independent training points, for any law of the features.

`student` and `score` are the scores w_n . phi and w* . phi of a fresh feature vector phi, `square` = |phi|^2,
`residual` = |w* - w_n|^2 and `size` = |w*|^2; `reach` is the largest squared length of the projections of w* on
single training features, |w*|^2 times their largest squared cosine with w*; `nearness` = cos^2 t.
"""

from __future__ import annotations

from sympy import Expr, Interval, Range, oo

from theory import projections
from theory.derivations.projections import BOUNDED, HALF_LINE, LINE, differ, happens
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.kernel import chain, combine, condition, definition, expectation, inequality
from theory.rules import unbiased
from theory.rules_conditional import independent_product
from theory.rules_events import independent_events
from theory.rules_patterns import patterns

UNIT, BINARY, NATURAL = Interval(0, 1), Range(0, 2), Range(1, oo)
student, score = (variable(name, LINE) for name in ("student", "score"))
square, residual, reach, size, distance = (
    variable(name, HALF_LINE) for name in ("square", "residual", "reach", "size", "distance"))
nearness, far = (variable(name, UNIT) for name in ("nearness", "far"))
n, dim = (variable(name, NATURAL) for name in ("n", "dim"))
all_far = variable("all_far", BINARY)
outside, average = (variable(name, UNIT) for name in ("outside", "average"))
TRAINING = (1 - nearness) * size
FRESH = happens(nearness * square * size - score**2)
WRONG = differ(student, score)
RANGES = {student: LINE, score: LINE, square: HALF_LINE, residual: HALF_LINE, reach: HALF_LINE, size: HALF_LINE,
          nearness: UNIT}
GEOMETRY = (square * residual - (score - student) ** 2, size - residual - reach)
MEANS = "the probability that the student of n random points and the teacher have different signs"
PYTHAGORAS = Premise("definition", "(score - student)^2 <= square residual (Cauchy and Schwarz) and reach <= |w_n|^2 = "
                     "size - residual: the projection of w* on a line in the span is no longer than that on the span")
INDEPENDENT = Premise("independent", "the n training points are independent")
FAR_ONE = Premise("definition", "far is the probability that the squared cosine of w* and one training feature is "
                  "at most 1 - nearness")
FAR_STRICT = Premise("definition", "far is the probability that the squared cosine of w* and one training feature is "
                     "less than 1 - nearness")


def _law(close: Expr, words: str) -> Law:
    """The fresh point, what matters of the training set, and whether all training points are far."""
    return Law("S", (student, score, square, residual, reach, all_far), Domain(
        {**RANGES, all_far: BINARY}, *GEOMETRY, all_far - close), integrable=BOUNDED, meaning=((
            all_far, f"1 where the squared cosine of w* and every training feature is {words} 1 - nearness, else 0"),))


WEAK_FAR, STRICT_FAR = happens(TRAINING - reach), 1 - happens(reach - TRAINING)
WEAK, STRICT = _law(WEAK_FAR, "at most"), _law(STRICT_FAR, "less than")
PARAMETERS = Domain({nearness: UNIT, size: HALF_LINE, far: UNIT, n: NATURAL})


def _near(law: Law) -> Fact:
    """A wrong sign and a training point that is near: phi is far."""
    there = Domain({**RANGES, all_far: BINARY}, *GEOMETRY, -student * score, reach - TRAINING)
    return combine(0, "<=", nearness * square * size - score**2, (1, condition(there)), (2, condition(there, 2)),
                   (1, inequality(0, "<=", student**2, Domain(RANGES))), (square, condition(there, 1)),
                   (square, condition(there, 3)), note="the training point is near, the signs differ")


def _all(law: Law, premise: Premise) -> Fact:
    """P(all training points are far) == far^n."""
    return independent_events(definition(far, Domain({far: UNIT}), premise), n, all_far, law, INDEPENDENT)


def bound_goal() -> Goal:
    """E R_n <= p(t) + p(pi/2 - t)^n."""
    right = projections.EXPECTED_TRANSFER_RISK.at(near=WEAK.mean(FRESH), far=far, n=n, c=1)
    return Goal(WEAK.mean(WRONG), "<=", right, PARAMETERS, (WEAK,), MEANS)


def bound() -> Fact:
    """A wrong sign takes a fresh point that is far, or training points that are all far."""
    wrong = definition(WRONG, WEAK.domain, PYTHAGORAS, note="different signs")
    either = patterns(WRONG, "<=", FRESH + WEAK_FAR, WEAK.domain, _near(WEAK))
    event = combine(FRESH + WEAK_FAR, "<=", FRESH + all_far, (1, condition(WEAK.domain, 2)))
    mean = expectation(chain(wrong, either, event), WEAK)
    right = bound_goal().right
    return combine(mean.left, "<=", right, (1, mean), (1, _all(WEAK, FAR_ONE)))


def sharp_goal() -> Goal:
    """E R_n <= p(t) + (1 - p(t)) P(angle > pi/2 - t)^n."""
    right = projections.EXPECTED_TRANSFER_RISK_SHARP.at(near=STRICT.mean(FRESH), far=far, n=n, c=1)
    return Goal(STRICT.mean(WRONG), "<=", right, PARAMETERS, (STRICT,), MEANS)


def sharp() -> Fact:
    """As above; the fresh point is independent of the training set."""
    wrong = definition(WRONG, STRICT.domain, PYTHAGORAS, note="different signs")
    both = FRESH + (1 - FRESH) * STRICT_FAR
    either = patterns(WRONG, "<=", both, STRICT.domain, _near(STRICT))
    open_to = patterns(0, "<=", 1 - FRESH, STRICT.domain)
    event = combine(both, "<=", FRESH + (1 - FRESH) * all_far, (1 - FRESH, condition(STRICT.domain, 2)),
                    signs=(open_to,))
    mean = expectation(chain(wrong, either, event), STRICT)
    apart = independent_product(FRESH, all_far, STRICT)
    every = _all(STRICT, FAR_STRICT)
    return combine(mean.left, "<=", sharp_goal().right, (1, mean), (-1, apart), (1 - STRICT.mean(FRESH), every))


SPAN_RANGES = {student: LINE, score: LINE, distance: HALF_LINE, residual: HALF_LINE, outside: UNIT, average: UNIT,
               dim: NATURAL, n: NATURAL}
OUT = 1 - happens(-distance)
Z = Law("Z", (student, score, distance, residual, outside, average), Domain(
    SPAN_RANGES, residual * distance - (score - student) ** 2, outside - OUT, dim - (n + 1) * average),
    integrable=BOUNDED, meaning=(
        (outside, "1 where the last of n + 1 points lies outside the span of the n others, else 0"),
        (average, "the share of n + 1 points that lie outside the span of the n others; those are linearly "
                  "independent, so there are at most dim of them")))
EXCHANGEABLE = Premise("identically distributed", "the n + 1 points are exchangeable")
ORTHOGONAL = Premise("definition", "(score - student)^2 <= residual distance by the inequality of Cauchy and Schwarz: "
                     "score - student = r . (phi - P phi), distance = |phi - P phi|^2")


def _outside() -> Fact:
    """A wrong sign takes a point outside the span."""
    there = Domain(SPAN_RANGES, *Z.domain.conditions[:1], -student * score, -distance)
    both_zero = combine(0, "<=", -(student**2) - score**2, (1, condition(there)), (2, condition(there, 1)),
                        (residual, condition(there, 2)), note="in the span the scores are equal")
    wrong = definition(WRONG, Z.domain, ORTHOGONAL, note="different signs")
    return chain(wrong, patterns(WRONG, "<=", OUT, Z.domain, both_zero))


def outside_span_goal() -> Goal:
    """E R_n <= P(the fresh point lies outside the span of the training points)."""
    return Goal(Z.mean(WRONG), "<=", Z.mean(OUT), Domain({dim: NATURAL, n: NATURAL}), (Z,), MEANS)


def outside_span() -> Fact:
    """Pointwise."""
    return expectation(_outside(), Z)


def dimension_goal() -> Goal:
    """E R_n <= p/(n + 1)."""
    return Goal(Z.mean(WRONG), "<=", projections.TRANSFER_RISK_DIMENSION.at(dim=dim, n=n, c=1),
                Domain({dim: NATURAL, n: NATURAL}), (Z,), MEANS)


def dimension() -> Fact:
    """At most p of n + 1 points lie outside the span of the others, and any of them may be the fresh one."""
    event = combine(OUT, "<=", outside, (1, condition(Z.domain, 1)))
    mean = expectation(chain(_outside(), event), Z)
    share = combine(average, "<=", dim / (n + 1), (1 / (n + 1), condition(Z.domain, 2)))
    alike = unbiased(average, outside, Z, EXCHANGEABLE)
    return combine(mean.left, "<=", dim / (n + 1), (1, mean), (-1, alike), (1, expectation(share, Z)))


EQUAL = Domain({student: LINE, score: LINE}, student - score, score - student)
SAME = Law("X", (student, score), EQUAL, integrable=BOUNDED)
SPANNED = Premise("definition", "phi lies in the span of the training features, so w_n . phi = w* . P phi = w* . phi")


def spanned_goal() -> Goal:
    """R_n == 0 where the training features span the others."""
    return Goal(SAME.mean(WRONG), "==", expr(0), Domain({}), (SAME,), "the probability that the signs differ")


def spanned() -> Fact:
    """Equal scores."""
    zero, product, gap, half = -(student**2) - score**2, -student * score, student - score, expr(1) / 2
    wrong, null = Domain(EQUAL.ranges, *EQUAL.conditions, product), Domain(EQUAL.ranges, *EQUAL.conditions, zero)
    to_zero = combine(0, "<=", zero, (2, condition(wrong, 2)), (gap, condition(wrong, 1)))
    back = combine(0, "<=", product, (half, condition(null, 2)), (half, inequality(0, "<=", gap**2, null)))
    signs = definition(WRONG, EQUAL, SPANNED, note="different signs")
    return expectation(chain(signs, patterns(WRONG, "==", 0, EQUAL, to_zero, back)), SAME)
