"""A linearised student errs no more often than features lie near the teacher's boundary.

Theorem (Phuong & Lampert 2019; used by Ji & Zhu 2020). A linearised student starts at 0 and is trained on features
phi(x_1), ..., phi(x_n) labelled by w* . phi. Its weights are w_n = P w*, P the projection on their span. Let abar be
the acute angle between two vectors, pi/2 where either is 0; p(t) = P[abar(w*, phi(x)) >= t] for a fresh x, and angle
= abar(w*, w_n). Then, for every training set, the transfer risk R_n is

    P[sign(w_n . phi) != sign(w* . phi)] <= p(pi/2 - angle).                             (1)

Hypotheses: the student starts at 0. Any law of phi; any training set, from that law or not.
Does not say: the same with > for >= in p, unless a score of 0 counts as right (transfer_risk_bound_strict).
Tight: yes, a feature along w* - w_n.   Proof: proofs_notes/ji2020/transfer_risk_bound.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import TRANSFER_RISK_BOUND_PROOF
from verify import Claim


def trained(features, teacher, training, start):
    """The student's weights, started at `start` times the teacher's."""
    student = geometry.project(teacher, features.train(training))
    return geometry.minus(student, geometry.minus(teacher, student), -start)


def sample(features, teacher, training, rng, size, start=0):
    """`size` i.i.d. indicators that student and teacher have different signs."""
    return geometry.disagreements(features, trained(features, teacher, training, start), teacher, rng, size)


def exact(features, teacher, training, start=0):
    """(1), left-hand side, by enumeration; the student by Gram and Schmidt."""
    return features.disagreement(trained(features, teacher, training, start), teacher)


def bound(features, teacher, training, c=1, half=False, strict=False):
    """(1), right-hand side; the student by the normal equations. c multiplies sin^2 of the angle."""
    student = geometry.project_by_equations(teacher, features.train(training))
    squares = geometry.dot(teacher, teacher), geometry.dot(student, student)
    angle = squares[1] / squares[0] if squares[0] else Fraction(0)
    if half:
        # cos^2(pi/2 - angle/2) = (1 - cos(angle))/2, so 1 - 2 cos^2 is compared with a root.
        return features.probability(lambda phi: _at_least_root(1 - 2 * geometry.squared_cosine(teacher, phi), angle))
    return features.tail(teacher, c * (1 - angle), strict)


def _at_least_root(value, square):
    return value >= 0 and value**2 >= square


def reads(features, teacher, training):
    """The scores at every point, and |w* - w_n|^2."""
    student = geometry.project(teacher, features.train(training))
    rest = geometry.minus(teacher, student)
    return {"residual": geometry.dot(rest, rest), "X": (features.mass, geometry.scores(features, teacher, student))}


def beside(height):
    """A teacher near the first axis, trained on that axis, and a feature near it: the start decides its sign."""
    return {"features": Features((Fraction(1, 2),) * 2, ((1, 0), (1, height))), "teacher": (Fraction(2), Fraction(1)),
            "training": (0,)}


GIVEN = st.one_of(projection_strategies.with_training(), st.builds(beside, st.integers(1, 9)),
                  projection_strategies.turned(projection_strategies.with_training()))

CLAIM = Claim(
    title="A linearised student differs from its teacher at most as often as features are within the projection angle "
          "of the teacher's boundary",
    source="Phuong & Lampert 2019 (proof of Theorem 3); Ji & Zhu 2020",
    fidelity="reconstructed",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"half": True}, {"strict": True}, {"start": Fraction(-1)}],
    tight_at={"features": Features((Fraction(1, 2),) * 2, ((1, 0), (0, 1))), "teacher": (Fraction(1), Fraction(1)),
              "training": (0,)},
    proof=TRANSFER_RISK_BOUND_PROOF.read_by(reads),
)
