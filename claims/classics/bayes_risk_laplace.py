"""Two Laplace classes of equal weight, a distance d apart, have Bayes risk exp(-d/2)/2.

Theorem. Let Y be 0 or 1 with probability 1/2 each, and X given Y have the density exp(-|x|)/2 (Y = 0) or
exp(-|x - d|)/2 (Y = 1) on the line. Then for d >= 0

    min_h P(h(X) != Y) = exp(-d/2) / 2.                                                  (1)

Hypotheses: one dimension; scale 1; equal weights.
Does not say that the boundary d/2 is the only best one: where d = 0 every one is.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_laplace.md
"""
from fractions import Fraction

from simulate import laplace, strategies
from theory import bayes_risk
from verify import Claim


def sample(distance, rng, size):
    """`size` i.i.d. conditional risks, given X, of the classifier 1{x > d/2}."""
    return laplace.bayes_risks(distance, Fraction(1, 2), rng, size)


def exact(distance):
    """(1), left-hand side: the smaller of the two weighted densities, integrated numerically."""
    return laplace.bayes_risk(distance, Fraction(1, 2))


def bound(distance, c=1):
    """(1), right-hand side; c multiplies the distance."""
    return bayes_risk.BAYES_RISK_LAPLACE(distance=c * distance)


CLAIM = Claim(
    title="Two Laplace classes of equal weight, a distance d apart, have Bayes risk exp(-d/2)/2",
    source="integration of the smaller density",
    fidelity="reconstructed",
    given={"distance": strategies.fractions01(64).map(lambda share: 8 * share)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(51, 50)}, {"c": 2}],
    proof=bayes_risk.BAYES_RISK_LAPLACE_PROOF,
)
