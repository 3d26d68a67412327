"""A student errs at least as often as its disagreement with the teacher and the teacher's risk differ.

Theorem. Let the truth be sign(w_o . phi), the teacher sign(w* . phi) and the student sign(w_n . phi), w_n the
projection of w* on the span of the training features. Then

    P[student != truth] >= |P[student != teacher] - P[teacher != truth]|.                (1)

Hypotheses: none on the law of the features, nor on the three vectors: any three labellings will do.
Does not say: that a student is worse than its teacher: it may be better by as much as the two differ.
Tight: yes, a student that differs from its teacher exactly where the teacher is wrong.
Proof: proofs_notes/ji2020/imperfect_teacher_risk_lower.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import IMPERFECT_TEACHER_LOWER, IMPERFECT_TEACHER_LOWER_PROOF
from verify import Claim


def trained(features, teacher, training):
    """The student's weights."""
    return geometry.project(teacher, features.train(training))


def sample(features, teacher, training, others, rng, size):
    """`size` i.i.d. indicators that student and truth have different signs."""
    return geometry.disagreements(features, trained(features, teacher, training), others[0], rng, size)


def exact(features, teacher, training, others):
    """(1), left-hand side, by enumeration; others holds the true weights."""
    return features.disagreement(trained(features, teacher, training), others[0])


def bound(features, teacher, training, others, c=1):
    """(1), right-hand side; the student by the normal equations."""
    student = geometry.project_by_equations(teacher, features.train(training))
    differs = features.disagreement(student, teacher)
    return IMPERFECT_TEACHER_LOWER(student_risk=differs, teacher_risk=features.disagreement(teacher, others[0]), c=c)


def reads(features, teacher, training, others):
    """The three signs at every point."""
    weights = {"student": trained(features, teacher, training), "teacher": teacher, "truth": others[0]}
    return {"X": (features.mass, {name: [geometry.sign(geometry.dot(w, phi)) for phi in features.vectors]
                                  for name, w in weights.items()})}


CLAIM = Claim(
    title="A student's risk is at least the difference between its disagreement with the teacher and the teacher's "
          "risk",
    source="Ji & Zhu 2020 (imperfect teacher)",
    fidelity="reconstructed",
    given=projection_strategies.with_training(others=1),
    sample=sample, exact=exact, bound=bound, relation=">=", support=(0, 1),
    controls=[{"c": Fraction(11, 10)}, {"relation": "<="}],
    tight_at={"features": Features((Fraction(1, 3),) * 3, ((1, 0), (0, 1), (1, -2))),
              "teacher": (Fraction(1), Fraction(1)), "training": (0,), "others": ((Fraction(1), Fraction(-2)),)},
    proof=IMPERFECT_TEACHER_LOWER_PROOF.read_by(reads),
)
