"""For isotropic features the squared cosine of the projection angle is n/p on average.

Theorem. In the setting of isotropic_angle, for 1 <= n <= p,

    E cos^2 angle(w*, w_n) = E |w_n|^2/|w*|^2 = n/p.                                     (1)

Hypotheses: a law of the features that prefers no direction, under which n of them are linearly independent; n <= p.
Does not say: that the mean cosine is sqrt(n/p); it is less (data_inefficiency_norm).
Tight: an equality.   Proof: proofs_notes/ji2020/isotropic_angle_mean.md
"""
from fractions import Fraction

from simulate import isotropic, projection_strategies, projections
from theory.projections import MEAN_SQUARED_COSINE, MEAN_SQUARED_COSINE_PROOF
from verify import Claim


def sample(n, teacher, rng, size):
    """`size` i.i.d. squared cosines of projected teachers."""
    return projections.squared_cosines(teacher, n, rng, size)


def exact(n, teacher):
    """(1), left-hand side, from the integrals of cos^(n-1+2) sin^(p-n-1) and cos^(n-1) sin^(p-n-1)."""
    return isotropic.mean_cosine(2, n, len(teacher))


def bound(n, teacher, shift=0, wider=0):
    """(1), right-hand side; the wrong twins have n or p too large."""
    return MEAN_SQUARED_COSINE(n=n + shift, dim=len(teacher) + wider)


def reads(n, teacher):
    """The sizes; of the law of the squared cosines, their mean."""
    mean = isotropic.mean_cosine(2, n, len(teacher))
    return {"n": n, "dim": len(teacher), "A": ([Fraction(1)], {"squared_cosine": [mean]})}


CLAIM = Claim(
    title="For isotropic features the squared cosine of the projection angle has mean n/p",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given=projection_strategies.isotropic(complete=True),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"shift": Fraction(-1, 10)}, {"shift": -1}, {"wider": 1}],
    proof=MEAN_SQUARED_COSINE_PROOF.read_by(reads),
    block=2048,
)
