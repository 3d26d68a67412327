"""For isotropic features the squared cosine of the projection angle is a beta variable.

Theorem. Let phi(x_1), ..., phi(x_n) be independent N(0, I_p), 1 <= n < p, w* != 0 and w_n = P w* the projection on
their span. Then cos^2 angle(w*, w_n) has the law Beta(n/2, (p - n)/2):

    P[cos^2 angle <= c] = I_c(n/2, (p - n)/2)     for 0 <= c <= 1.                       (1)

Hypotheses: isotropic Gaussian features (any rotation-invariant law without an atom at 0 gives the same); n < p.
Does not say: anything for n >= p, where the angle is 0.
Tight: an equality.   Proof: proofs_notes/ji2020/isotropic_angle.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import isotropic, projection_strategies, projections, strategies
from theory.projections import SQUARED_COSINE_LAW
from verify import Claim

GIVEN = strategies.merged(projection_strategies.isotropic(),
                          st.fixed_dictionaries({"cosine_squared": strategies.fractions01(64)}))


def sample(n, teacher, cosine_squared, rng, size):
    """`size` i.i.d. indicators that the squared cosine of a projected teacher is at most c."""
    return projections.squared_cosines(teacher, n, rng, size) <= float(cosine_squared)


def exact(n, teacher, cosine_squared):
    """(1), left-hand side, as a finite sum from an arcsine or a root."""
    return isotropic.squared_cosine_law(n, len(teacher) - n, cosine_squared)


def bound(n, teacher, cosine_squared, shift=0, wider=0):
    """(1), right-hand side; the wrong twins have n or p too large."""
    return SQUARED_COSINE_LAW(n=n + shift, dim=len(teacher) + wider, cosine_squared=cosine_squared)


CLAIM = Claim(
    title="For isotropic features the squared cosine of the projection angle has the law Beta(n/2, (p - n)/2)",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"shift": Fraction(-1, 2)}, {"wider": 1}],
    block=2048,
)
