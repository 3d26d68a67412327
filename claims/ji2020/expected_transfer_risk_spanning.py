"""Once the training features span the others, student and teacher agree everywhere.

Theorem. In the setting of transfer_risk_bound let every feature of positive probability lie in the span of the training
features; this holds in particular if they span the whole space. Then

    R_n = P[sign(w_n . phi) != sign(w* . phi)] = 0.                                      (1)

Hypotheses: the span. The number of training points alone says nothing: the same atom may be drawn n times.
Does not say: that w_n = w*, unless the training features span w* as well.
Tight: an equality.   Proof: proofs_notes/ji2020/expected_transfer_risk_spanning.md
"""
from simulate import features as geometry
from simulate import projection_strategies
from theory.projections import SPANNED_PROOF
from verify import Claim


def assume(features, training, counted=False):
    """The training features span the others; the wrong twin counts them, and asks for p or more of them."""
    if counted:
        return len(training) >= features.dim
    seen = (phi for p, phi in zip(features.mass, features.vectors, strict=True) if p)
    return geometry.spans(features.train(training), seen)


def exact(features, teacher, training):
    """(1), left-hand side, by enumeration; the student by the normal equations."""
    return features.disagreement(geometry.project_by_equations(teacher, features.train(training)), teacher)


def sample(features, teacher, training, rng, size):
    """`size` i.i.d. indicators that student and teacher have different signs."""
    student = geometry.project(teacher, features.train(training))
    return geometry.disagreements(features, student, teacher, rng, size)


def bound():
    """(1), right-hand side."""
    return 0


def reads(features, teacher, training):
    """The scores at every point of positive mass."""
    student = geometry.project(teacher, features.train(training))
    return {"X": (features.mass, geometry.scores(features, teacher, student))}


CLAIM = Claim(
    title="A student whose training features span the others agrees with its teacher everywhere",
    source="Phuong & Lampert 2019, Theorem 1; Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.spanning(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"counted": True}, {"assume": None}],
    proof=SPANNED_PROOF.read_by(reads),
)
