"""For isotropic features the transfer-risk bound is too large by a factor of 2 at least, and of exactly 2 in the plane.

Theorem. Let phi be N(0, I_p), p >= 2, and let a student be at the acute angle `angle` < pi/2 with its teacher. Then

    R_n = angle/pi <= p(pi/2 - angle)/2 = I_{sin^2 angle}(1/2, (p - 1)/2)/2.             (1)

Hypotheses: isotropic features; the student is not 0.
Does not say: that the bound p(pi/2 - angle) is within a constant factor: as p grows it tends to 1 for every angle > 0.
Tight: yes, p = 2.   Proof: proofs_notes/ji2020/isotropic_transfer_slack.md
"""
from fractions import Fraction
from math import sqrt

import numpy as np
from hypothesis import strategies as st

from simulate import projections, strategies
from theory.projections import ISOTROPIC_TAIL, ISOTROPIC_TRANSFER_RISK
from verify import Claim


def assume(cosine_squared):
    """The angle is acute."""
    return cosine_squared > 0


def sample(dim, cosine_squared, rng, size):
    """`size` i.i.d. indicators that two classifiers at this angle differ at an isotropic feature."""
    teacher, student = np.zeros(dim), np.zeros(dim)
    teacher[0], student[0], student[1] = 1, sqrt(cosine_squared), sqrt(1 - cosine_squared)
    return projections.disagreements(student, teacher, rng, size)


def exact(cosine_squared):
    """(1), left-hand side."""
    return ISOTROPIC_TRANSFER_RISK(cosine_squared=cosine_squared, c=1)


def bound(dim, cosine_squared, c=1):
    """(1), right-hand side."""
    return c * float(ISOTROPIC_TAIL(dim=dim, cosine_squared=1 - cosine_squared)) / 2


CLAIM = Claim(
    title="For isotropic features the transfer risk is at most half the probability that they are within the "
          "projection angle of the teacher's boundary",
    source="after Phuong & Lampert 2019 and Ji & Zhu 2020",
    fidelity="reconstructed",
    given={"dim": st.integers(2, 12), "cosine_squared": strategies.fractions01(64)}, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0.9}, {"relation": ">="}],
    tight_at={"dim": 2, "cosine_squared": Fraction(1, 2)},
)
