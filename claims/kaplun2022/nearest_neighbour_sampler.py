"""At the nearest neighbour eta is almost what it is at the point: within lambda/(2(n+1)) on average.

Theorem. Let eta be lambda-Lipschitz on a circle of length 1, X, X_1, ..., X_n independent and uniform on it,
n >= 1, and X_NN the nearest of the X_i to X. Then

    E |eta(X_NN) - eta(X)| <= lambda / (2(n+1)).                                         (1)

Hence 1-NN is an eps-sampler with eps = lambda/(2(n+1)), see nearest_neighbour_sampler_distance.
Hypotheses: eta Lipschitz along the circle, ends included.
Does not say: that this is the best constant; it is lambda/(2(n+2)), see nearest_neighbour_sampler_sharp.
Tight: nearly, the triangle wave attains (n+1)/(n+2) of it.
Proof: proofs_notes/kaplun2022/nearest_neighbour_sampler.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, cells, neighbours, quadrature, strategies
from theory.neighbours import ETA_GAP, NEIGHBOUR_SAMPLER_PROOF
from verify import Claim


def sample(circle, n, rng, size):
    """`size` i.i.d. values of E[|eta(X_NN) - eta(X)| | training set]: integrals over Voronoi cells."""
    return cells.circle_means(circle, n, rng, size).eta_gap


def exact(circle, n):
    """(1), left-hand side, piece by piece in rational arithmetic; None beyond 4 knots."""
    return neighbours.mean_eta_gap(circle, n, max_knots=4)


def support(circle):
    """No two values of eta differ by more than its range."""
    return 0, max(circle.knots) - min(circle.knots) or 1


def bound(circle, n, c=Fraction(1, 2)):
    """(1), right-hand side."""
    return ETA_GAP(lipschitz=circle.lipschitz(), n=n, c=c)


CLAIM = Claim(
    title="At the nearest of n uniform points eta differs by at most lambda/(2(n+1)) on average",
    source="Kaplun et al. 2022 (1-NN is an approximate sampler)",
    fidelity="reconstructed",
    given={"circle": strategies.circles(max_knots=8), "n": st.integers(1, 100)},
    sample=sample, exact=exact, bound=bound, relation="<=", support=support,
    controls=[{"c": Fraction(2, 5)}, {"c": Fraction(1, 4)}],
    tight_at={"circle": Circle((0, 1)), "n": 64},
    proof=NEIGHBOUR_SAMPLER_PROOF.read_by(quadrature.neighbours),
    block=512,
)
