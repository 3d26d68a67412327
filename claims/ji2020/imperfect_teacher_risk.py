"""A student errs at most as often as it differs from its teacher plus as often as the teacher errs.

Theorem. Let the truth be sign(w_o . phi), the teacher sign(w* . phi) and the student sign(w_n . phi), w_n the
projection of w* on the span of the training features. Then

    P[student != truth] <= P[student != teacher] + P[teacher != truth].                  (1)

Hypotheses: none on the law of the features, nor on the three vectors: any three labellings will do.
Does not say: that the student can't be better than its teacher; see imperfect_teacher_risk_lower.
Tight: yes, a student wrong exactly where its teacher is right but for other points.
Proof: proofs_notes/ji2020/imperfect_teacher_risk.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import IMPERFECT_TEACHER, IMPERFECT_TEACHER_PROOF
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
    return IMPERFECT_TEACHER(student_risk=features.disagreement(student, teacher),
                             teacher_risk=features.disagreement(teacher, others[0]), c=c)


def reads(features, teacher, training, others):
    """The three signs at every point."""
    weights = {"student": trained(features, teacher, training), "teacher": teacher, "truth": others[0]}
    return {"X": (features.mass, {name: [geometry.sign(geometry.dot(w, phi)) for phi in features.vectors]
                                  for name, w in weights.items()})}


CLAIM = Claim(
    title="A student's risk is at most its disagreement with the teacher plus the teacher's risk",
    source="Ji & Zhu 2020 (imperfect teacher)",
    fidelity="reconstructed",
    given=projection_strategies.with_training(others=1),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"relation": ">="}],
    tight_at={"features": Features((Fraction(1, 3),) * 3, ((1, 0), (0, 1), (1, -2))),
              "teacher": (Fraction(1), Fraction(1)), "training": (0,), "others": ((Fraction(3), Fraction(1)),)},
    proof=IMPERFECT_TEACHER_PROOF.read_by(reads),
)
