"""1-NN is a lambda/(2(n+1))-sampler.

Theorem. Let eta be lambda-Lipschitz on a circle of length 1 and q(x) the probability that 1-NN, trained on n
independent uniform points with labels drawn from eta, answers 1 at x. Its distance from a perfect sampler is

    E |q(X) - eta(X)| <= lambda / (2(n+1)).                                              (1)

Hypotheses: n >= 1; the teacher's training set is averaged over in q, but not x.
Does not say: that one trained teacher is near eta; it answers 0 or 1. Nor that (1) is the best constant: the
errors to the left and to the right partly cancel.
Tight: within a factor 2, for the triangle wave and n = 1.
Proof: proofs_notes/kaplun2022/nearest_neighbour_sampler_distance.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, quadrature, strategies
from theory.neighbours import ETA_GAP, NEIGHBOUR_SAMPLER_DISTANCE_PROOF
from verify import Claim


def exact(circle, n):
    """(1), left-hand side, from the closed form of q, in floating point."""
    return circle.nearest_neighbour_distance(n)


def bound(circle, n, c=Fraction(1, 2)):
    """(1), right-hand side."""
    return ETA_GAP(lipschitz=circle.lipschitz(), n=n, c=c)


CLAIM = Claim(
    title="1-NN on n uniform points of a circle is a lambda/(2(n+1))-sampler",
    source="Kaplun et al. 2022 (1-NN is an approximate sampler)",
    fidelity="reconstructed",
    given={"circle": strategies.circles(max_knots=8), "n": st.integers(1, 200)},
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(6, 25)}, {"c": Fraction(1, 6)}],
    tight_at={"circle": Circle((0, 1)), "n": 1},
    proof=NEIGHBOUR_SAMPLER_DISTANCE_PROOF.read_by(quadrature.answers, tolerance=1e-7),
)
