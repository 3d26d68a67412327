"""The expected transfer risk is at most p(t) + (1 - p(t)) q^n, q = P[angle > pi/2 - t].

Theorem. In the setting of expected_transfer_risk let q(t) = P[abar(w*, phi(x)) > pi/2 - t], with > where p has >=. Then

    E R_n <= p(t) + (1 - p(t)) q(t)^n     for every t in [0, pi/2].                      (1)

Hypotheses: the student starts at 0; training points and fresh point are independent, of one law. Unlike the sum
p(t) + p(pi/2 - t)^n, this is never more than 1.
Does not say: the same with > for >= in p(t).
Tight: nearly, a rare point and others nearer to the teacher.   Proof:
proofs_notes/ji2020/expected_transfer_risk_sharp.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import EXPECTED_TRANSFER_RISK_SHARP, EXPECTED_TRANSFER_RISK_SHARP_PROOF
from verify import Claim


def sample(features, teacher, n, rng, size):
    """`size` i.i.d. transfer risks, each of a student with training points of its own."""
    return geometry.transfer_risks(features, teacher, n, rng, size)


def exact(features, teacher, n):
    """(1), left-hand side, by enumeration of the sets of training points."""
    return geometry.mean_transfer_risk(features, teacher, n)


def bound(features, teacher, n, cosine_squared, c=1, shift=0):
    """(1), right-hand side, for the t with that squared cosine."""
    near = features.tail(teacher, cosine_squared)
    far = features.tail(teacher, 1 - cosine_squared, strict=True)
    return EXPECTED_TRANSFER_RISK_SHARP(near=near, far=far, n=n + shift, c=c)


def reads(features, teacher, n, cosine_squared):
    """The law of training set and fresh point, and what the theorem says of one point."""
    return {"nearness": cosine_squared, "far": features.tail(teacher, 1 - cosine_squared, strict=True),
            "size": geometry.dot(teacher, teacher), "S": geometry.transfer_law(features, teacher, n)}


RARE = Features((Fraction(10, 111), Fraction(1, 111), Fraction(100, 111)), ((-2, -1), (-3, 2), (3, 3)))

CLAIM = Claim(
    title="The expected transfer risk is at most p(t) + (1 - p(t)) P[angle > pi/2 - t]^n, whatever t",
    source="after Phuong & Lampert 2019, Theorem 3, and Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.with_threshold(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"shift": 1}],
    tight_at={"features": RARE, "teacher": (Fraction(1), Fraction(2)), "n": 1, "cosine_squared": Fraction(9, 25)},
    proof=EXPECTED_TRANSFER_RISK_SHARP_PROOF.read_by(reads),
)
