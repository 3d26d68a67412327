"""The expected transfer risk is at most p(t) + p(pi/2 - t)^n, for every angle t.

Theorem (Phuong & Lampert 2019, Theorem 3; quoted by Ji & Zhu 2020). A linearised student is trained on n independent
points of the law of x, labelled by the teacher w* . phi(x). With p(t) = P[abar(w*, phi(x)) >= t], abar the acute
angle (pi/2 where either vector is 0), and R_n the probability that student and teacher differ in sign at a fresh
point,

    E R_n <= p(t) + p(pi/2 - t)^n     for every t in [0, pi/2].                          (1)

Hypotheses: the student starts at 0; training points and fresh point are independent, of one law.
Does not say: anything for isotropic features, where p(t) + p(pi/2 - t)^n > 1 for moderate n and large p.
Tight: nearly, a rare point and others nearer to the teacher; the sharper form is expected_transfer_risk_sharp.
Proof: proofs_notes/ji2020/expected_transfer_risk.md
"""
from fractions import Fraction

from simulate import Features, projection_strategies
from simulate import features as geometry
from theory.projections import EXPECTED_TRANSFER_RISK, EXPECTED_TRANSFER_RISK_PROOF
from verify import Claim


def sample(features, teacher, n, rng, size):
    """`size` i.i.d. transfer risks, each of a student with training points of its own."""
    return geometry.transfer_risks(features, teacher, n, rng, size)


def exact(features, teacher, n):
    """(1), left-hand side, by enumeration of the sets of training points."""
    return geometry.mean_transfer_risk(features, teacher, n)


def bound(features, teacher, n, cosine_squared, c=1, shift=0, product=False):
    """(1), right-hand side, for the t with that squared cosine; the wrong twin's product in place of the sum."""
    near, far = features.tail(teacher, cosine_squared), features.tail(teacher, 1 - cosine_squared)
    if product:
        return near * far**n
    return EXPECTED_TRANSFER_RISK(near=near, far=far, n=n + shift, c=c)


def reads(features, teacher, n, cosine_squared):
    """The law of training set and fresh point, and what the theorem says of one point."""
    return {"nearness": cosine_squared, "far": features.tail(teacher, 1 - cosine_squared),
            "size": geometry.dot(teacher, teacher), "S": geometry.transfer_law(features, teacher, n)}


RARE = Features((Fraction(10, 111), Fraction(1, 111), Fraction(100, 111)), ((-2, -1), (-3, 2), (3, 3)))

CLAIM = Claim(
    title="The expected transfer risk is at most p(t) + p(pi/2 - t)^n, whatever t",
    source="Phuong & Lampert 2019, Theorem 3; Ji & Zhu 2020",
    fidelity="secondary",
    given=projection_strategies.with_threshold(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"shift": 1}, {"product": True}],
    tight_at={"features": RARE, "teacher": (Fraction(1), Fraction(2)), "n": 1, "cosine_squared": Fraction(2, 5)},
    proof=EXPECTED_TRANSFER_RISK_PROOF.read_by(reads),
)
