"""The nearest of n uniform points of a circle is at expected distance 1/(2(n+1)).

Theorem. Let X, X_1, ..., X_n be independent and uniform on a circle of length 1. Then

    E min_i |X - X_i| = 1 / (2(n+1)).                                                    (1)

Hypotheses: n >= 1; distance along the circle.
Does not say: anything on an interval, whose ends leave a fresh point farther from its neighbours.
Tight: an identity.   Proof: proofs_notes/kaplun2022/nearest_distance.md
"""
from fractions import Fraction
from math import comb

from hypothesis import strategies as st

from simulate import neighbours, quadrature
from theory.neighbours import NEAREST_DISTANCE, NEAREST_DISTANCE_PROOF
from verify import Claim


def sample(n, rng, size):
    """`size` i.i.d. distances from a fresh point to the nearest of n."""
    return neighbours.nearest_distances(n, rng, size)


def exact(n):
    """(1), left-hand side: P(distance >= t) = (1 - 2t)^n expanded in powers of t and integrated up to 1/2."""
    return sum(Fraction((-1) ** j * comb(n, j), 2 * (j + 1)) for j in range(n + 1))


def bound(n, shift=0):
    """(1), right-hand side."""
    return NEAREST_DISTANCE(n=n + shift)


CLAIM = Claim(
    title="The nearest of n uniform points on a circle is at expected distance 1/(2(n+1))",
    source="Kaplun et al. 2022 (the 1-NN sampler in one dimension)",
    fidelity="reconstructed",
    given={"n": st.integers(1, 200)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 0.5),
    controls=[{"shift": -1}, {"shift": 1}],
    proof=NEAREST_DISTANCE_PROOF.read_by(quadrature.distances),
)
