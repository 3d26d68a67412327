"""Where a score of 0 counts as right, the transfer risk is at most P[abar > pi/2 - angle].

Theorem. In the setting of transfer_risk_bound, for every training set,

    P[(w_n . phi)(w* . phi) < 0] <= P[phi != 0, abar(w*, phi) > pi/2 - angle].           (1)

Hypotheses: the student starts at 0. Any law of phi; any training set, from that law or not.
Does not say: the same of the transfer risk, in which a student's score of 0 is wrong unless the teacher's is 0: a
feature along w* - w_n is at exactly the angle pi/2 - angle.
Tight: yes, a student just beyond its boundary.   Proof: proofs_notes/ji2020/transfer_risk_bound_strict.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import TRANSFER_RISK_BOUND_STRICT_PROOF
from verify import Claim


def exact(features, teacher, training, zero=False):
    """(1), left-hand side, by enumeration; `zero` counts a student's score of 0 as wrong."""
    student = geometry.project(teacher, features.train(training))
    if zero:
        return features.disagreement(student, teacher)
    return features.probability(lambda phi: geometry.dot(student, phi) * geometry.dot(teacher, phi) < 0)


def bound(features, teacher, training, c=1):
    """(1), right-hand side; the student by the normal equations. c multiplies sin^2 of the angle."""
    student = geometry.project_by_equations(teacher, features.train(training))
    limit = c * (1 - geometry.squared_cosine(teacher, student))
    return features.probability(lambda phi: any(phi) and geometry.squared_cosine(teacher, phi) < limit)


def reads(features, teacher, training):
    """The scores at every point, and |w* - w_n|^2."""
    student = geometry.project(teacher, features.train(training))
    rest = geometry.minus(teacher, student)
    return {"residual": geometry.dot(rest, rest), "X": (features.mass, geometry.scores(features, teacher, student))}


CLAIM = Claim(
    title="A linearised student contradicts its teacher at most as often as features are within less than the "
          "projection angle of the teacher's boundary",
    source="Phuong & Lampert 2019 (proof of Theorem 3); Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.with_training(),
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(9, 10)}, {"zero": True}],
    tight_at={"features": Features((Fraction(1, 2),) * 2, ((9, 0), (-1, 99))),
              "teacher": (Fraction(1), Fraction(1)), "training": (0,)},
    proof=TRANSFER_RISK_BOUND_STRICT_PROOF.read_by(reads),
)
