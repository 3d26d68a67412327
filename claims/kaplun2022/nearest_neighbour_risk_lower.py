"""On a circle 1-NN errs at least as often as a perfect sampler.

Theorem. Let eta be any measurable function on a circle of length 1 and the teacher 1-NN on n independent uniform
points with labels drawn from eta. Then

    P(teacher(X) != Y) >= E[2 eta (1 - eta)].                                            (1)

Averaging over the neighbourhood can only shrink the Fourier coefficients of eta, and with them the agreement.
Hypotheses: n >= 1; X uniform on the circle.
Does not say: that 1-NN errs more than a sampler for every law of X; the proof needs the shift invariance.
Tight: yes, constant eta.   Proof: proofs_notes/kaplun2022/nearest_neighbour_risk_lower.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, cells, quadrature, strategies
from theory.neighbours import NEIGHBOUR_RISK_LOWER_PROOF
from verify import Claim


def sample(circle, n, rng, size):
    """`size` i.i.d. values of P(1-NN errs | training set): integrals over Voronoi cells."""
    return cells.circle_means(circle, n, rng, size).risk


def exact(circle, n):
    """(1), left-hand side, in closed form."""
    return circle.nearest_neighbour_risk(n)


def bound(circle, c=Fraction(1)):
    """(1), right-hand side."""
    return c * circle.sampler_risk()


CLAIM = Claim(
    title="On a circle the risk of 1-NN is at least the sampler risk",
    source="Kaplun et al. 2022 (1-NN is an approximate sampler)",
    fidelity="reconstructed",
    given={"circle": strategies.circles(max_knots=8), "n": st.integers(1, 200)},
    sample=sample, exact=exact, bound=bound, relation=">=", support=(0, 1),
    controls=[{"c": Fraction(21, 20)}, {"relation": "<="}],
    tight_at={"circle": Circle((Fraction(1, 2),)), "n": 3},
    proof=NEIGHBOUR_RISK_LOWER_PROOF.read_by(quadrature.neighbours),
    block=512,
)
