"""A margin of g0 at every point makes a student of perfect samplers learn at rate 1/(g0 m), with the best constant.

Theorem. Let |2 eta(x) - 1| >= g0 > 0 at every x, let the Bayes classifier f* be in a finite class H, and let m
independent points be labelled each by its own perfect sampler. The student minimises its disagreement with these
labels over H. Then for 0 < delta < 1

    P(L(student) - L* > (1 + sqrt(1 - g0^2))/g0 ln((|H| - 1) / delta) / m) <= delta.       (1)

Hypotheses: |H| >= 2; f* in H; every margin at least g0; H fixed before the points are drawn. Any rule may break ties.
Does not say: anything for approximate samplers, whose mistakes may hide f*.
Tight: at g0 = 1, where no label is noisy, two hypotheses attain it as m grows; for small g0 two need 0.81 of it at
delta = 1e-6.
Proof: proofs_notes/kaplun2022/student_massart_sharp.md
"""
from fractions import Fraction

import numpy as np

from simulate import student_strategies, students, tallies
from theory.confidence import MASSART_SHARP
from verify import Claim


def assume(task, hypotheses, g0):
    """The Bayes classifier is in the class, not alone, and no margin is below g0."""
    margins = [g for p, g in zip(task.mass, task.margin(), strict=True) if p]
    has_best = min(map(task.risk, hypotheses)) == task.bayes_risk()
    return has_best and len(hypotheses) >= 2 and min(margins) >= g0


def radius(hypotheses, m, delta, g0, c):
    """The excess risk in (1); irrational, so it ties with no rational excess."""
    return float(MASSART_SHARP(margin=g0, hypotheses=len(hypotheses), m=m, delta=delta, c=c))


def sample(task, hypotheses, m, delta, g0, rng, size, c=1):
    """`size` i.i.d. indicators of a student whose excess over the Bayes risk exceeds the radius."""
    least = float(min(map(task.risk, hypotheses)) - task.bayes_risk())
    excess = least + tallies.student_excess(task, hypotheses, task.eta, m, rng, size)
    return np.asarray(excess > radius(hypotheses, m, delta, g0, c))


def exact(task, hypotheses, m, delta, g0, c=1):
    """(1), left-hand side, by enumeration of the counts that the student sees; None where they are too many."""
    law, limit = students.risk_law(task, hypotheses, task.eta, m), radius(hypotheses, m, delta, g0, c)
    if law is None:
        return None
    bayes = task.bayes_risk()
    return sum((p for p, h in zip(law[0], hypotheses, strict=True) if float(task.risk(h) - bayes) > limit), Fraction(0))


def bound(delta):
    """(1), right-hand side."""
    return delta


CLAIM = Claim(
    title="With margins of at least g0 a student of perfect samplers has excess risk above (1 + sqrt(1 - g0^2))/g0 "
          "ln((|H|-1)/delta)/m with probability at most delta",
    source="Sharper form of student_massart",
    fidelity="reconstructed",
    given=student_strategies.students_with_margin(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"c": Fraction(1, 50)},
              {"given": student_strategies.students_without_the_best(), "assume": None},
              {"given": student_strategies.students_with_less_margin(), "assume": None}],
    tight_at={**student_strategies.rivals(Fraction(33, 1000), Fraction(1), 400, Fraction(1, 10**6)), "g0": Fraction(1)},
)
