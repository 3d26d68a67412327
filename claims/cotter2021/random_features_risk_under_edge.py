"""Random features up to the edge, p = n - 2, where the risk has a mean and no variance.

Theorem. As random_features_risk_under, for n - 8 <= p <= n - 2: the expected risk with p random features of D is

    ((1 - p/D) B + sigma^2) (1 + p/(n - p - 1)).                                         (1)

Hypotheses: those of random_features_risk_under.
Does not say: that a simulated mean settles; given the design, the risk has a variance only from p <= n - 4 on. So
this claim is evaluated exactly and not simulated.
Tight: an equality.   Proof: proofs_notes/cotter2021/random_features_risk_under_edge.md
"""
from fractions import Fraction

from simulate import linear_moments, linear_strategies, linear_tables
from theory.double_descent import RANDOM_FEATURES_UNDER, RANDOM_FEATURES_UNDER_PROOF
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p <= n - 2


def exact(task, n, p):
    """(1), left-hand side, feature by feature and by the Bartlett factor of the Gram matrix, in fractions."""
    return linear_moments.random_features_risk(task, n, p)


def bound(task, n, p, c=1, shift=0, first=0):
    """(1), right-hand side; first = 1 is another theorem, about the first p features instead of random ones."""
    signal = task.signal()
    if first:
        signal = task.signal(first=p) / (1 - Fraction(p, task.dim)) if p < task.dim else signal
    return RANDOM_FEATURES_UNDER(n=n + shift, p=p, dim=task.dim, beta_all=signal, sigma=task.sigma, c=c)


CLAIM = Claim(
    title="Up to p = n - 2 least squares on p random features of D has risk ((1 - p/D)B + sigma^2)(1 + p/(n - p - 1))",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.least_squares(gap=2), assume=assume,
    exact=exact, bound=bound, relation="==",
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}, {"first": 1}],
    proof=RANDOM_FEATURES_UNDER_PROOF.read_by(linear_tables.random_features),
)
