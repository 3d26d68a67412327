"""How far isotropic features are from a teacher's direction: p(t) = I_{cos^2 t}(1/2, (p - 1)/2).

Theorem. Let phi be N(0, I_p), p >= 2, and w* != 0. With abar the acute angle between two vectors,

    p(t) = P[abar(w*, phi) >= t] = I_{cos^2 t}(1/2, (p - 1)/2)     for 0 <= t <= pi/2.   (1)

Hypotheses: isotropic features; w* != 0.
Does not say: that such features make the bound of expected_transfer_risk small: most of them are nearly at right angles
to w*, so that p(t) is near 1 for all but the largest t.
Tight: an equality.   Proof: proofs_notes/ji2020/isotropic_tail.md
"""
import numpy as np
from hypothesis import strategies as st

from simulate import projection_strategies, strategies
from simulate.tasks import as_floats
from theory.projections import ISOTROPIC_TAIL
from verify import Claim

GIVEN = st.fixed_dictionaries({"teacher": strategies.by_size(st.integers(2, 12), projection_strategies.teachers),
                               "cosine_squared": strategies.fractions01(64)})


def sample(teacher, cosine_squared, rng, size):
    """`size` i.i.d. indicators that the squared cosine of the teacher and a feature is at most cos^2 t."""
    w, phi = as_floats(teacher), rng.standard_normal((size, len(teacher)))
    return (phi @ w) ** 2 <= float(cosine_squared) * (w @ w) * np.square(phi).sum(axis=1)


def exact(teacher, cosine_squared):
    """(1), left-hand side: the cotangent of the angle times sqrt(p - 1) has Student's law, by SciPy."""
    from scipy.special import stdtr

    if cosine_squared == 1:
        return 1
    freedom = len(teacher) - 1
    limit = (freedom * float(cosine_squared / (1 - cosine_squared))) ** 0.5
    return float(1 - 2 * stdtr(freedom, -limit))


def bound(teacher, cosine_squared, wider=0):
    """(1), right-hand side; the wrong twins have p too large or too small."""
    return ISOTROPIC_TAIL(dim=len(teacher) + wider, cosine_squared=cosine_squared)


CLAIM = Claim(
    title="For isotropic features p(t) = I_{cos^2 t}(1/2, (p - 1)/2)",
    source="Ji & Zhu 2020",
    fidelity="reconstructed",
    given=GIVEN,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"wider": 1}, {"wider": -0.5}],
    block=2048,
)
