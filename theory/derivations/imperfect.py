"""A student of an imperfect teacher, and of a growing training set: triangle inequalities and a projection."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Interval, Range, acos, cos, oo, pi, sin, sqrt

from theory import projections
from theory.derivations.projections import happens
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import equal_derivatives, identity
from theory.kernel import chain, combine, condition, definition, expectation, inequality, instantiate, parts
from theory.rules import increasing, triangle, unbiased
from theory.rules_integrals import antisymmetric
from theory.rules_patterns import patterns

SIGNS, HALF_LINE, POSITIVE = Interval(-1, 1), Interval(0, oo), Interval.open(0, oo)
student, teacher, truth = (variable(name, SIGNS) for name in ("student", "teacher", "truth"))
SIZES = {student: SIGNS, teacher: SIGNS, truth: SIGNS}
X = Law("X", (student, teacher, truth), Domain(SIZES))
LABELS = Premise("definition", "student, teacher and truth are the signs of their scores")
MEANS = "the probability that student and truth have different signs"


def differ(first: Expr, second: Expr) -> Any:
    """1 where two labels differ."""
    return 1 - happens(-((first - second) ** 2))


def _equal(first: Expr, middle: Expr, last: Expr) -> Fact:
    """Two labels that are equal to a third one are equal."""
    there = Domain(SIZES, -((first - middle) ** 2), -((middle - last) ** 2))
    return combine(0, "<=", -((first - last) ** 2), (2, condition(there)), (2, condition(there, 1)),
                   (1, inequality(0, "<=", (first - 2 * middle + last) ** 2, Domain(SIZES))))


def risk_goal() -> Goal:
    """P(student != truth) <= P(student != teacher) + P(teacher != truth)."""
    right = projections.IMPERFECT_TEACHER.at(student_risk=X.mean(differ(student, teacher)),
                                             teacher_risk=X.mean(differ(teacher, truth)), c=1)
    return Goal(X.mean(differ(student, truth)), "<=", right, Domain({}), (X,), MEANS)


def risk() -> Fact:
    """Pointwise."""
    both = differ(student, teacher) + differ(teacher, truth)
    labels = definition(differ(student, truth), X.domain, LABELS)
    return expectation(chain(labels, patterns(differ(student, truth), "<=", both, X.domain,
                                              _equal(student, teacher, truth))), X)


def lower_goal() -> Goal:
    """P(student != truth) >= |P(student != teacher) - P(teacher != truth)|."""
    right = projections.IMPERFECT_TEACHER_LOWER.at(student_risk=X.mean(differ(student, teacher)),
                                                   teacher_risk=X.mean(differ(teacher, truth)), c=1)
    return Goal(X.mean(differ(student, truth)), ">=", right, Domain({}), (X,), MEANS)


def lower() -> Fact:
    """Pointwise, in modulus."""
    gap = differ(student, teacher) - differ(teacher, truth)
    labels = definition(differ(student, truth), X.domain, LABELS)
    below = patterns(Abs(gap), "<=", differ(student, truth), X.domain, _equal(student, truth, teacher),
                     _equal(teacher, student, truth))
    return chain(triangle(gap, X), expectation(chain(below, labels), X))


kept, gained = (variable(name, HALF_LINE) for name in ("kept", "gained"))
size = variable("size", POSITIVE)
PYTHAGORAS = Premise("definition", "kept = |w_n|^2, size = |w*|^2, and |w_(n+1)|^2 = kept + gained with gained = "
                     "|w_(n+1) - w_n|^2, by the theorem of Pythagoras: w_n is the projection of w_(n+1) as well")


def grows_goal() -> Goal:
    """cos^2 with n points <= cos^2 with n + 1."""
    domain = Domain({kept: HALF_LINE, gained: HALF_LINE, size: POSITIVE})
    return Goal(kept / size, "<=", (kept + gained) / size, domain, (),
                "the squared cosine of the projection angle with n training points")


def grows() -> Fact:
    """A square is not negative."""
    domain = Domain({kept: HALF_LINE, gained: HALF_LINE, size: POSITIVE})
    more = definition(kept / size, domain, PYTHAGORAS)
    return chain(more, inequality(kept / size, "<=", (kept + gained) / size, domain))


SHARE, NATURAL = Interval(0, 1), Range(1, oo)
squared_cosine, average = variable("squared_cosine", SHARE), variable("average", SHARE)
n, dim = variable("n", NATURAL), variable("dim", NATURAL)
A = Law("A", (squared_cosine, average), Domain(
    {squared_cosine: SHARE, average: SHARE, n: NATURAL, dim: NATURAL}, n - dim * average, dim * average - n), meaning=(
        (squared_cosine, "|P u|^2 for the unit vector u along w*"),
        (average, "the mean of |P e|^2 over an orthonormal basis of R^p: the trace n of P over p")))
ROTATED = Premise("identically distributed", "|P u|^2 has one law for every unit vector u: no direction is preferred")


def mean_goal() -> Goal:
    """E cos^2 == n/p."""
    return Goal(A.mean(squared_cosine), "==", projections.MEAN_SQUARED_COSINE.at(n=n, dim=dim),
                Domain({n: NATURAL, dim: NATURAL}, dim - n), (A,), "the mean squared cosine of the projection angle")


def mean() -> Fact:
    """The trace of P is n, and every axis has the same share of it on average."""
    above = combine(average, "<=", n / dim, (1 / dim, condition(A.domain)))
    below = combine(n / dim, "<=", average, (1 / dim, condition(A.domain, 1)))
    alike = unbiased(average, squared_cosine, A, ROTATED)
    return antisymmetric(combine(A.mean(squared_cosine), "<=", n / dim, (-1, alike), (1, expectation(above, A))),
                         combine(n / dim, "<=", A.mean(squared_cosine), (1, alike), (1, expectation(below, A))))


WHOLE, INSIDE = Interval(0, 1), Interval.open(0, 1)
tau, turn = variable("tau", WHOLE), variable("turn", WHOLE)
inner, cosine = variable("tau", INSIDE), variable("cosine", SIGNS)
first, second = (variable(name, HALF_LINE) for name in ("first", "second"))
SHARES = {turn: WHOLE, first: HALF_LINE, second: HALF_LINE}
TOTAL = first + second
CLOSE = cos(pi * turn) - cos(pi * first) * cos(pi * second) + sin(pi * first) * sin(pi * second)
ANGLES = Premise("definition", "pi turn, pi first and pi second are the angles of student and truth, student and "
                 "teacher, teacher and truth; the parts of student and truth orthogonal to the teacher have a scalar "
                 "product of at least minus that of their lengths, by the inequality of Cauchy and Schwarz")


def arccosine() -> Fact:
    """arccos(cos(pi tau)) == pi tau on [0, 1]."""
    there, root = Domain({inner: INSIDE}), sqrt(1 - cos(pi * inner) ** 2)
    alike = antisymmetric(inequality(root, "<=", sin(pi * inner), there, by="squares"),
                          inequality(sin(pi * inner), "<=", root, there, by="squares"))
    slope = combine(pi * sin(pi * inner) / root, "==", pi, (-pi / root, alike))
    return equal_derivatives(acos(cos(pi * tau)), pi * tau, tau, 0, Domain({tau: WHOLE}), slope,
                             identity(0, 0, Domain({})))


def angle_goal() -> Goal:
    """angle(student, truth)/pi <= angle(student, teacher)/pi + angle(teacher, truth)/pi."""
    return Goal(turn, "<=", projections.IMPERFECT_TEACHER.at(student_risk=first, teacher_risk=second, c=1),
                Domain(SHARES, CLOSE), (), "the angle between student and truth over pi")


def angle() -> Fact:
    """The cosine of the first angle is at least that of the sum of the others, unless those exceed pi."""
    two = {first: HALF_LINE, second: HALF_LINE}
    narrow, wide = Domain(SHARES, CLOSE, 1 - TOTAL), Domain(SHARES, CLOSE, TOTAL - 1)
    addition = identity(cos(pi * first) * cos(pi * second) - sin(pi * first) * sin(pi * second), cos(pi * TOTAL),
                        Domain(two))
    closer = combine(cos(pi * TOTAL), "<=", cos(pi * turn), (1, condition(narrow)), (-1, addition))
    turned = increasing(closer, -acos(cosine), cosine, Domain({cosine: SIGNS}))
    sides = [instantiate(arccosine(), {tau: TOTAL}, Domain(two, 1 - TOTAL)),
             instantiate(arccosine(), {tau: turn}, Domain({turn: WHOLE}))]
    below = combine(turn, "<=", TOTAL, (1 / pi, turned), (-1 / pi, sides[1]), (1 / pi, sides[0]))
    above = combine(turn, "<=", TOTAL, (1, condition(wide, 1)), (1, inequality(turn, "<=", 1, Domain({turn: WHOLE}))))
    shares = definition(turn, Domain(SHARES, CLOSE), ANGLES)
    return chain(shares, parts(below, above, 1 - TOTAL, Domain(SHARES, CLOSE)))
