"""The angle between student and truth is at most the student's to its teacher plus the teacher's to the truth.

Theorem. Let w_o be the true weights, w* != 0 the teacher's and w_n != 0 the student's, with angles in [0, pi]. Then

    angle(w_n, w_o) <= angle(w_n, w*) + angle(w*, w_o).                                  (1)

For isotropic features the student's risk is its angle to the truth over pi; it is what (1) is checked for.
Hypotheses: no vector is 0. For the risk: isotropic features.
Does not say: that the sum is at most pi/2, or that a student is worse than its teacher.
Tight: yes, w* between w_n and w_o in a plane.   Proof: proofs_notes/ji2020/imperfect_teacher_angle.md
"""
from fractions import Fraction

from flint import arb, ctx, fmpq

from simulate import Features, projection_strategies, projections
from simulate import features as geometry
from simulate.tasks import as_floats
from theory.projections import IMPERFECT_TEACHER_ANGLE_PROOF
from verify import Claim


def assume(features, teacher, training, others):
    """No vector is 0."""
    return any(others[0]) and any(geometry.project(teacher, features.train(training)))


def sample(features, teacher, training, others, rng, size):
    """`size` i.i.d. indicators that student and truth differ at an isotropic feature."""
    student = geometry.project(teacher, features.train(training))
    return projections.disagreements(as_floats(student), as_floats(others[0]), rng, size)


def share(first, second):
    """The angle between two vectors over pi, as a ball: by its tangent."""
    product = geometry.dot(first, second)
    square = geometry.dot(first, first) * geometry.dot(second, second) - product**2
    with ctx.workprec(200):
        height, width = (arb(fmpq(v.numerator, v.denominator)) for v in (square, product))
        return arb.atan2(height.sqrt(), width) / arb.pi()


def exact(features, teacher, training, others):
    """(1), left-hand side over pi, by its cosine; the student by Gram and Schmidt."""
    student, truth = geometry.project(teacher, features.train(training)), others[0]
    product, square = geometry.dot(student, truth), geometry.squared_cosine(student, truth)
    if square in (0, 1):
        return (1 - geometry.sign(product)) * Fraction(1, 2)
    with ctx.workprec(200):
        cosine = arb(fmpq(square.numerator, square.denominator)).sqrt()
        return (cosine if product > 0 else -cosine).acos() / arb.pi()


def bound(features, teacher, training, others, c=1):
    """(1), right-hand side over pi; the student by the normal equations."""
    student = geometry.project_by_equations(teacher, features.train(training))
    with ctx.workprec(200):
        return (share(student, teacher) + share(teacher, others[0])) * c


def reads(features, teacher, training, others):
    """The three angles over pi."""
    student = geometry.project(teacher, features.train(training))
    return {"turn": exact(features, teacher, training, others), "first": share(student, teacher),
            "second": share(teacher, others[0])}


CLAIM = Claim(
    title="The angle between student and truth is at most the sum of the angles between student, teacher and truth",
    source="Ji & Zhu 2020 (imperfect teacher)",
    fidelity="reconstructed",
    given=projection_strategies.with_training(others=1), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0.9}, {"relation": ">="}],
    tight_at={"features": Features((Fraction(1),), ((1, 0),)), "teacher": (Fraction(1), Fraction(1)), "training": (0,),
              "others": ((Fraction(-1), Fraction(2)),)},
    proof=IMPERFECT_TEACHER_ANGLE_PROOF.read_by(reads),
)
