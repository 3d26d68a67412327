"""On a circle 1-NN errs at most lambda/(2(n+1)) more often than a perfect sampler.

Theorem. Let eta be lambda-Lipschitz on a circle of length 1 and the teacher 1-NN on n independent uniform points
with labels drawn from eta. Then

    P(teacher(X) != Y) <= E[2 eta (1 - eta)] + lambda / (2(n+1)).                        (1)

Hypotheses: n >= 1; X uniform; the teacher's sample is averaged over.
Does not say: that the excess is of this order: it is of order 1/n^2, see nearest_neighbour_risk_quadratic.
Tight: within a factor 8/3, for n = 1 and a wave that rests at 0 and at 1 between slopes of 8/3.
Proof: proofs_notes/kaplun2022/nearest_neighbour_risk.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, cells, quadrature, strategies
from theory.neighbours import NEIGHBOUR_RISK_PROOF, NEIGHBOUR_RISK_UPPER
from verify import Claim

TRAPEZOID = Circle((0, Fraction(1, 3), Fraction(2, 3), 1, 1, Fraction(2, 3), Fraction(1, 3), 0))


def sample(circle, n, rng, size):
    """`size` i.i.d. values of P(1-NN errs | training set): integrals over Voronoi cells."""
    return cells.circle_means(circle, n, rng, size).risk


def exact(circle, n):
    """(1), left-hand side, in closed form."""
    return circle.nearest_neighbour_risk(n)


def bound(circle, n, c=Fraction(1, 2)):
    """(1), right-hand side."""
    return NEIGHBOUR_RISK_UPPER(
        sampler_risk=circle.sampler_risk(), lipschitz=circle.lipschitz(), n=n, c=c)


CLAIM = Claim(
    title="On a circle the risk of 1-NN is at most the sampler risk plus lambda/(2(n+1))",
    source="Kaplun et al. 2022 (1-NN is an approximate sampler)",
    fidelity="reconstructed",
    given={"circle": strategies.circles(max_knots=8), "n": st.integers(1, 200)},
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 50)}, {"c": Fraction(1, 10)}],
    tight_at={"circle": TRAPEZOID, "n": 1},
    proof=NEIGHBOUR_RISK_PROOF.read_by(quadrature.neighbours),
    block=512,
)
