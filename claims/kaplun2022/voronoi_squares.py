"""The squared Voronoi lengths of n >= 2 uniform points of a circle sum to 3/(2(n+1)) on average.

Theorem. Let V_i be the length of the set of points nearer to X_i than to any other of n independent uniform
points of a circle of length 1. If n >= 2, then

    E sum_i V_i^2 = 3 / (2(n+1)).                                                        (1)

This is how strongly the fresh points that one 1-NN teacher labels depend on each other: P(two fresh points
have the same nearest neighbour).
Hypotheses: n >= 2. A single point owns the whole circle and the sum is 1, not 3/4.
Does not say: anything about the largest cell.
Tight: an identity.   Proof: proofs_notes/kaplun2022/voronoi_squares.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import neighbours, quadrature
from theory.neighbours import VORONOI_SQUARES, VORONOI_SQUARES_PROOF
from verify import Claim


def assume(n):
    """A cell is half the sum of two different gaps."""
    return n >= 2


def sample(n, rng, size):
    """`size` i.i.d. sums of squared Voronoi lengths."""
    return neighbours.voronoi_squares(n, rng, size)


def exact(n):
    """(1), left-hand side, from the moments of the gaps, which are Dirichlet(1, ..., 1)."""
    if n == 1:
        return Fraction(1)
    square, product = Fraction(2, n * (n + 1)), Fraction(1, n * (n + 1))
    return n * (2 * square + 2 * product) / 4


def bound(n, shift=0):
    """(1), right-hand side."""
    return VORONOI_SQUARES(n=n + shift)


def support(n):
    """n lengths that sum to 1."""
    return 1 / n, 1


CLAIM = Claim(
    title="The squared Voronoi lengths of n >= 2 uniform points on a circle have expected sum 3/(2(n+1))",
    source="Kaplun et al. 2022 (one 1-NN teacher that labels many points)",
    fidelity="reconstructed",
    given={"n": st.integers(1, 200)},
    assume=assume, sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"shift": -1}, {"assume": None}],
    proof=VORONOI_SQUARES_PROOF.read_by(quadrature.gaps),
)
