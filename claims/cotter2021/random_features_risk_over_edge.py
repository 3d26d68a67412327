"""Random features up to the edge, p = n + 2, where the risk has a mean and no variance.

Theorem. As random_features_risk_over, for n + 2 <= p <= n + 8: the expected risk with p random features of D is

    B (1 - (n/D)(2 - (D - n - 1)/(p - n - 1))) + sigma^2 (1 + n/(p - n - 1)).             (1)

Hypotheses: those of random_features_risk_over.
Does not say: that a simulated mean settles; given the design, the risk has a variance only from p >= n + 4 on. So
this claim is evaluated exactly and not simulated.
Tight: an equality.   Proof: proofs_notes/cotter2021/random_features_risk_over_edge.md
"""
from fractions import Fraction

from simulate import linear_moments, linear_strategies, linear_tables
from theory.double_descent import RANDOM_FEATURES_OVER, RANDOM_FEATURES_OVER_PROOF
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p >= n + 2


def exact(task, n, p):
    """(1), left-hand side, feature by feature and by the Bartlett factor of the Gram matrix, in fractions."""
    return linear_moments.random_features_risk(task, n, p)


def bound(task, n, p, c=1, shift=0):
    """(1), right-hand side; shift = 1 has p - n for p - n - 1."""
    return RANDOM_FEATURES_OVER(n=n, p=p, dim=task.dim, beta_all=task.signal(), sigma=task.sigma,
                                c=c * Fraction(p - n - 1, p - n - 1 + shift))


CLAIM = Claim(
    title="Up to p = n + 2 the interpolator on p random features of D has risk "
          "B(1 - (n/D)(2 - (D - n - 1)/(p - n - 1))) + sigma^2(1 + n/(p - n - 1))",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.interpolating(gap=2), assume=assume,
    exact=exact, bound=bound, relation="==",
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}],
    proof=RANDOM_FEATURES_OVER_PROOF.read_by(linear_tables.random_features),
)
