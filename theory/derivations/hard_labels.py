"""A student against the teacher whose labels it learnt from: at a point, then averaged over any law of the point.

With two classes the teacher's label at x is 0 or 1, the student's is 1 with probability `student`, eta = P(Y = 1 | x).
With several, `agreement` and `student_agreement` are P(Y = teacher's label | x) and P(Y = student's label | x).
"""

from __future__ import annotations

from sympy import Expr, Interval, Range

from theory import hard_labels
from theory.cases import exhaust
from theory.derivations.samplers import error
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, definition, expectation, inequality

UNIT, LABELS = Interval(0, 1), Range(0, 2)
eta, student = variable("eta", UNIT), variable("student", UNIT)
teacher = variable("teacher", LABELS)
POINT = Domain({eta: UNIT, student: UNIT, teacher: LABELS})
X = Law("X", (eta, student, teacher), POINT)
LOST = "the student's risk less the teacher's"
INDEPENDENT = Premise("independent", "given X, the student's label is independent of Y")
AGREEMENT = teacher * eta + (1 - teacher) * (1 - eta)
DIFFERS = teacher * (1 - student) + (1 - teacher) * student
LOSS = error(student, eta) - error(teacher, eta)

agreement, student_agreement, other = (variable(name, UNIT) for name in ("agreement", "student_agreement", "other"))
differs = variable("differs", LABELS)
KINDS = Domain({agreement: UNIT, student_agreement: UNIT})
K = Law("X", (agreement, student_agreement), KINDS)
EITHER = Domain({agreement: UNIT, other: UNIT, differs: LABELS})
D = Law("X", (agreement, other, differs), EITHER)
# The student's label is the teacher's, or another one, which is Y with probability `other`.
REPLACED = (1 - (1 - differs) * agreement - differs * other) - (1 - agreement)
WRONG = (1 - student_agreement) - (1 - agreement)


def _regret(p: Expr, d: Expr) -> Expr:
    return hard_labels.HARD_LABEL_REGRET.at(agreement=p, differs=d, c=2)


def regret_goal() -> Goal:
    """E[P(s != Y) - P(t != Y)] == E[(2 P(Y = t) - 1) P(s != t)], two classes."""
    return Goal(X.mean(LOSS), "==", X.mean(_regret(AGREEMENT, DIFFERS)), Domain({}), (X,), LOST)


def regret() -> Fact:
    """For either label of the teacher."""
    right = _regret(AGREEMENT, DIFFERS)
    rest = Domain({eta: UNIT, student: UNIT})
    each = {label: identity(LOSS.subs(teacher, label), right.subs(teacher, label), rest) for label in (0, 1)}
    labels = definition(LOSS, POINT, INDEPENDENT, note="pairs of different labels")
    return expectation(chain(labels, exhaust(LOSS, "==", right, teacher, each, POINT)), X)


def regret_multiclass_goal() -> Goal:
    """E[P(s != Y) - P(t != Y)] == E[P(Y = t) - P(Y = s)]."""
    right = hard_labels.HARD_LABEL_REGRET_MULTICLASS.at(agreement=agreement, student_agreement=student_agreement, c=1)
    return Goal(K.mean(WRONG), "==", K.mean(right), Domain({}), (K,), LOST)


def regret_multiclass() -> Fact:
    """A label is wrong where it is not right."""
    right = hard_labels.HARD_LABEL_REGRET_MULTICLASS.at(agreement=agreement, student_agreement=student_agreement, c=1)
    return expectation(chain(definition(WRONG, KINDS), identity(WRONG, right, KINDS)), K)


def triangle_goal() -> Goal:
    """E[P(s != Y) - P(t != Y)] <= P(s != t)."""
    right = hard_labels.HARD_LABEL_TRIANGLE.at(differs=differs, c=1)
    return Goal(D.mean(REPLACED), "<=", D.mean(right), Domain({}), (D,), LOST)


def triangle() -> Fact:
    """Another label costs at most 1, and no more than that where the labels differ."""
    right = hard_labels.HARD_LABEL_TRIANGLE.at(differs=differs, c=1)
    most = inequality(agreement - other, "<=", 1, Domain({agreement: UNIT, other: UNIT}))
    labels = definition(REPLACED, EITHER, note="the student's label is the teacher's or another one")
    return expectation(combine(REPLACED, "<=", right, (1, labels), (differs, most)), D)
