"""A student of fresh eps-samplers loses 2 eps and what ERM loses, with confidence.

Theorem. Let m points be drawn independently, each labelled by its own independent teacher, which answers 1 at x
with probability t(x); let eps = E |t(X) - eta(X)|, so that the teachers are eps-samplers. The student minimises
its disagreement with these labels over a finite class H. Then for 0 < delta < 1, with L(h) = P(h(X) != Y),

    P(L(student) > min_H L + 2 eps + sqrt(2 ln(2|H| / delta) / m)) <= delta.             (1)

Hypotheses: Y binary; the labels are independent given the points; H fixed before the points are drawn. Any rule
may break ties.
Does not say: anything for one teacher that labels all points (student_single_teacher).
Tight: the factor 2 of eps, as m grows. At eps = 0 two hypotheses at equal odds need 0.85 of the root at delta = 1e-6.
Proof: proofs_notes/kaplun2022/student_fresh_teachers.md
"""
from fractions import Fraction
from math import inf, nextafter

import numpy as np

from simulate import student_strategies, students, tallies
from theory.confidence import FRESH_TEACHERS, FRESH_TEACHERS_PROOF
from verify import Claim


def eps_of(task, teacher):
    """E |t(X) - eta(X)|."""
    return sum(p * abs(t - eta) for p, eta, t in zip(task.mass, task.eta, teacher, strict=True))


def radius(task, hypotheses, teacher, m, delta, b, c):
    """The excess risk in (1); the root is irrational, so it ties with no rational excess."""
    return float(FRESH_TEACHERS(eps=eps_of(task, teacher), hypotheses=len(hypotheses), m=m, delta=delta, b=b, c=c))


def sample(task, hypotheses, teacher, m, delta, rng, size, b=2, c=1):
    """`size` i.i.d. indicators of a student whose excess risk exceeds the radius."""
    excess = tallies.student_excess(task, hypotheses, teacher, m, rng, size)
    return np.asarray(excess > radius(task, hypotheses, teacher, m, delta, b, c))


def exact(task, hypotheses, teacher, m, delta, b=2, c=1):
    """(1), left-hand side, by enumeration of the counts that the student sees; None where they are too many."""
    law = students.risk_law(task, hypotheses, teacher, m)
    if law is None:
        return None
    limit, excess = radius(task, hypotheses, teacher, m, delta, b, c), students.excess_risks(task, hypotheses)
    return sum((p for p, e in zip(law[0], excess, strict=True) if float(e) > limit), Fraction(0))


def bound(delta):
    """(1), right-hand side."""
    return delta


def reads(task, hypotheses, teacher, m, delta):
    """Half of the root, rounded up; the law of the student's risk (None where there is none), of eta and teachers."""
    root = FRESH_TEACHERS(eps=0, hypotheses=len(hypotheses), m=m, delta=delta, b=2, c=1)
    return {"reach": Fraction(nextafter(float(root), inf)) / 2, "hypotheses": len(hypotheses),
            "S": students.risk_law(task, hypotheses, teacher, m),
            "X": (task.mass, {"eta": task.eta, "teacher": teacher})}


CLAIM = Claim(
    title="A student of fresh eps-samplers has excess risk above 2 eps + sqrt(2 ln(2|H|/delta)/m) with probability "
          "at most delta",
    source="Kaplun et al. 2022 (students of approximate samplers)",
    fidelity="reconstructed",
    given=student_strategies.taught_students(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"b": Fraction(8, 5)}, {"b": 1}, {"c": Fraction(1, 2)}, {"c": Fraction(1, 20)}],
    tight_at=student_strategies.misled(Fraction(0), Fraction(1, 3), 400, Fraction(1, 10)),
    proof=FRESH_TEACHERS_PROOF.read_by(reads),
)
