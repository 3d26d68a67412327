"""On a circle 1-NN errs at most lambda^2/(2(n+1)(n+2)) more often than a perfect sampler.

Theorem. Let eta be lambda-Lipschitz on a circle of length 1 and the teacher 1-NN on n independent uniform points
with labels drawn from eta. Then

    P(teacher(X) != Y) <= E[2 eta (1 - eta)] + lambda^2 / (2(n+1)(n+2)).                 (1)

Unlike nearest_neighbour_risk this is of second order in 1/n: the excess is E (eta(X_NN) - eta(X))^2, at most
lambda^2 times the mean squared distance to the nearest neighbour X_NN.

Hypotheses: n >= 1; X uniform; the teacher's sample is averaged over.
Does not say: that the risk approaches the Bayes risk; it approaches the sampler risk.
Tight: as n grows, for the triangle wave, whose slope is lambda almost everywhere.
Proof: proofs_notes/kaplun2022/nearest_neighbour_risk_quadratic.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import Circle, cells, quadrature, strategies
from theory.neighbours import NEIGHBOUR_RISK_QUADRATIC, NEIGHBOUR_RISK_QUADRATIC_PROOF
from verify import Claim


def sample(circle, n, rng, size):
    """`size` i.i.d. values of P(1-NN errs | training set): integrals over Voronoi cells."""
    return cells.circle_means(circle, n, rng, size).risk


def exact(circle, n):
    """(1), left-hand side, in closed form."""
    return circle.nearest_neighbour_risk(n)


def bound(circle, n, c=1):
    """(1), right-hand side."""
    return NEIGHBOUR_RISK_QUADRATIC(
        sampler_risk=circle.sampler_risk(), lipschitz=circle.lipschitz(), n=n, c=c)


CLAIM = Claim(
    title="On a circle the risk of 1-NN is at most the sampler risk plus lambda^2/(2(n+1)(n+2))",
    source="Sharper than what Kaplun et al. 2022 needs",
    fidelity="reconstructed",
    given={"circle": strategies.circles(max_knots=8), "n": st.integers(1, 200)},
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(4, 5)}, {"c": Fraction(1, 4)}],
    tight_at={"circle": Circle((0, 1)), "n": 200},
    proof=NEIGHBOUR_RISK_QUADRATIC_PROOF.read_by(quadrature.neighbours),
    block=512,
)
