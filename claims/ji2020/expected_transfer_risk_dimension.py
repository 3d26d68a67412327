"""The expected transfer risk is at most p/(n + 1), whatever the law of the features.

Theorem. In the setting of expected_transfer_risk, for features in R^p of any law and every n >= 1,

    E R_n <= p / (n + 1).                                                                (1)

Hypotheses: the n training points and the fresh point are exchangeable. Any start of the student.
Does not say: that the rate is right for a given law; the risk of isotropic features is 0 from n = p on.
Tight: within a factor of e: p orthogonal atoms of probability 1/(n + 1) each give p/(n + 1) (1 - 1/(n + 1))^n.
Proof: proofs_notes/ji2020/expected_transfer_risk_dimension.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import TRANSFER_RISK_DIMENSION, TRANSFER_RISK_DIMENSION_PROOF
from verify import Claim


def beyond(instance):
    """With p - 1 points more: then the bound is below 1."""
    return {**instance, "n": instance["n"] + instance["features"].dim - 1}


def sample(features, teacher, n, rng, size, drift=False):
    """`size` i.i.d. transfer risks, each of a student with training points of its own."""
    return geometry.transfer_risks(features, teacher, n, rng, size, masses(features, drift))


def exact(features, teacher, n, drift=False):
    """(1), left-hand side, by enumeration of the sets of training points."""
    return geometry.mean_transfer_risk(features, teacher, n, masses(features, drift))


def masses(features, drift):
    """The law of the training points: that of the fresh one; in a wrong twin its masses the other way round."""
    return features.mass[::-1] if drift else features.mass


def bound(features, n, c=1, fewer=0):
    """(1), right-hand side."""
    return TRANSFER_RISK_DIMENSION(dim=features.dim - fewer, n=n, c=c)


def reads(features, teacher, n):
    """The law of training set and fresh point, and whether the latter lies outside the span."""
    weights, columns = geometry.transfer_law(features, teacher, n)
    return {"dim": features.dim, "Z": (weights, columns)}


CLAIM = Claim(
    title="The expected transfer risk is at most p/(n + 1) for every law of features in R^p",
    source="after Phuong & Lampert 2019 and Ji & Zhu 2020, by leaving one out",
    fidelity="reconstructed",
    given=projection_strategies.with_size(min_dim=1, max_dim=3, max_n=30).map(beyond),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(1, 3)}, {"fewer": 1}, {"drift": True}],
    tight_at={"features": Features((Fraction(1, 2),) * 2, ((1,), (0,))), "teacher": (Fraction(1),), "n": 1},
    proof=TRANSFER_RISK_DIMENSION_PROOF.read_by(reads),
)
