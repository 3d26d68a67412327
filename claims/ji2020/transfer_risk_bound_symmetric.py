"""For features that are symmetric about the teacher's axis, the transfer-risk bound may be halved.

Theorem. In the setting of transfer_risk_bound let the mirror image of phi in the axis of w* have the law of phi, and
w_n != 0. Then

    R_n <= (p(pi/2 - angle) + P[w* . phi = 0])/2.                                        (1)

Hypotheses: the symmetry, which isotropic features have, and w_n != 0. Any training set.
Does not say: that w_n = 0 is as good: then R_n = P[w* . phi != 0].
Tight: yes, all features in the plane of w* and w_n.   Proof: proofs_notes/ji2020/transfer_risk_bound_symmetric.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import TRANSFER_RISK_BOUND_SYMMETRIC_PROOF
from verify import Claim


def assume(features, teacher, training):
    """The student is not 0."""
    return any(geometry.project(teacher, features.train(training)))


def exact(features, teacher, training):
    """(1), left-hand side, by enumeration; the student by Gram and Schmidt."""
    return features.disagreement(geometry.project(teacher, features.train(training)), teacher)


def sample(features, teacher, training, rng, size):
    """`size` i.i.d. indicators that student and teacher have different signs."""
    student = geometry.project(teacher, features.train(training))
    return geometry.disagreements(features, student, teacher, rng, size)


def bound(features, teacher, training, c=1):
    """(1), right-hand side; the student by the normal equations."""
    student = geometry.project_by_equations(teacher, features.train(training))
    boundary = features.probability(lambda phi: geometry.dot(teacher, phi) == 0)
    return c * (features.tail(teacher, 1 - geometry.squared_cosine(teacher, student)) + boundary) / 2


def reads(features, teacher, training):
    """The scores at every point, |w* - w_n|^2 and the squared cosine of the projection angle."""
    student = geometry.project(teacher, features.train(training))
    rest = geometry.minus(teacher, student)
    return {"residual": geometry.dot(rest, rest), "share": geometry.squared_cosine(teacher, student),
            "Y": (features.mass, geometry.scores(features, teacher, student))}


CLAIM = Claim(
    title="For features symmetric about the teacher's axis the transfer risk is at most half the probability that they "
          "are within the projection angle of the teacher's boundary",
    source="Ji & Zhu 2020 (isotropic features); after Phuong & Lampert 2019",
    fidelity="reconstructed",
    given=projection_strategies.symmetric(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"given": projection_strategies.with_training()}, {"assume": None}],
    tight_at={"features": Features((Fraction(1, 4),) * 4, ((1, 0), (0, 1), (-2, 1), (1, -2))),
              "teacher": (Fraction(1), Fraction(1)), "training": (0,)},
    proof=TRANSFER_RISK_BOUND_SYMMETRIC_PROOF.read_by(reads),
)
