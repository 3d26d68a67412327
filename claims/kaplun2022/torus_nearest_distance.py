"""On a torus the nearest of n uniform points is at expected distance B(1/d, n + 1)/(2d).

Theorem. Let X, X_1, ..., X_n be independent and uniform on the product of d circles of length 1, and let the distance
of two points be the largest of their distances along the circles. Then

    E min_i |X - X_i| = B(1/d, n + 1) / (2d) = n! / (2d (1/d) (1/d + 1) ... (1/d + n)).    (1)

Hypotheses: n >= 1; the distance as stated.
Does not say: the same of the Euclidean distance, which is larger for d >= 2.
Tight: an identity; at d = 1 it is 1/(2(n+1)).   Proof: proofs_notes/kaplun2022/torus_nearest_distance.md
"""
from fractions import Fraction
from math import comb

from hypothesis import strategies as st

from simulate import cube
from theory.torus import TORUS_DISTANCE
from verify import Claim


def sample(n, dim, rng, size):
    """`size` i.i.d. distances from a fresh point to the nearest of n."""
    return cube.torus_distances(dim, n, rng, size)


def exact(n, dim):
    """(1), left-hand side: (1 - (2t)^d)^n expanded in powers of t and integrated up to 1/2."""
    return sum(Fraction((-1) ** j * comb(n, j), 2 * (dim * j + 1)) for j in range(n + 1))


def bound(n, dim, shift=0, more=0):
    """(1), right-hand side."""
    return TORUS_DISTANCE(n=n + shift, dim=dim + more)


CLAIM = Claim(
    title="On a torus of dimension d the nearest of n uniform points is at expected distance B(1/d, n+1)/(2d)",
    source="Companion of nearest_distance in several dimensions",
    fidelity="reconstructed",
    given={"n": st.integers(1, 60), "dim": st.integers(1, 6)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 0.5),
    controls=[{"shift": 1}, {"shift": -1}, {"more": 1}],
)
