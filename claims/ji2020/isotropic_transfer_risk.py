"""For isotropic features the transfer risk is the projection angle over pi.

Theorem. Let a student w_n = P w* != 0 have been trained on any n features, and let phi be N(0, I_p). Given the
training set,

    R_n = P[sign(w_n . phi) != sign(w* . phi)] = angle(w*, w_n)/pi.                      (1)

Hypotheses: phi isotropic and independent of the training set, whose law is free; w_n != 0, which isotropic training
features ensure.
Does not say: that w_n = 0 risks 1/2 as its angle pi/2 would: a score of 0 is wrong almost surely.
Tight: an equality.   Proof: proofs_notes/ji2020/isotropic_transfer_risk.md
"""
from fractions import Fraction

from simulate import features as geometry
from simulate import isotropic, projection_strategies, projections
from simulate.tasks import as_floats
from theory.projections import ISOTROPIC_TRANSFER_RISK
from verify import Claim


def trained(features, teacher, training):
    """The student's weights."""
    return geometry.project(teacher, features.train(training))


def assume(features, teacher, training):
    """The student is not 0."""
    return any(trained(features, teacher, training))


def sample(features, teacher, training, rng, size):
    """`size` i.i.d. indicators that student and teacher differ at an isotropic feature."""
    student = trained(features, teacher, training)
    if student == teacher:
        return rng.random(size) < 0
    return projections.disagreements(as_floats(student), as_floats(teacher), rng, size)


def exact(features, teacher, training):
    """(1), left-hand side: both scores are normal, and their correlation is the cosine; by quadrature."""
    cosine_squared = geometry.squared_cosine(teacher, trained(features, teacher, training))
    if cosine_squared in (0, 1):
        return 1 - cosine_squared
    return isotropic.orthant(float(cosine_squared) ** 0.5)


def bound(features, teacher, training, c=1):
    """(1), right-hand side; the student by the normal equations."""
    student = geometry.project_by_equations(teacher, features.train(training))
    return ISOTROPIC_TRANSFER_RISK(cosine_squared=geometry.squared_cosine(teacher, student), c=c)


CLAIM = Claim(
    title="For isotropic features the transfer risk is the projection angle over pi",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.with_training(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(49, 50)}, {"assume": None}],
)
