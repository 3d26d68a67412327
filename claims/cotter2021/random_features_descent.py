"""Beyond the threshold more random features make the interpolator better: the second descent.

Theorem. Let R(p) be the risk of the minimum-norm interpolator on p random features of D (random_features_risk_over).
For n + 2 <= p < D

    R(p + 1) <= R(p) = B (1 - (n/D)(2 - (D - n - 1)/(p - n - 1))) + sigma^2 (1 + n/(p - n - 1)).    (1)

So the least of these risks is that of all D features (second_descent_over).
Hypotheses: n >= 1, n + 2 <= p < D; those of random_features_risk_over.
Does not say: that features added in a fixed order help: with the first p features |beta_T| changes as well.
Tight: in the limit, pure noise and p much larger than n.
Proof: proofs_notes/cotter2021/random_features_descent.md
"""
from fractions import Fraction

from simulate import Linear, linear_moments, linear_strategies, linear_tables
from theory.double_descent import DESCENT_PROOF, RANDOM_FEATURES_OVER
from verify import Claim


def assume(task, n, p):
    """Both means exist."""
    return n + 2 <= p < task.dim


def exact(task, n, p):
    """R(p + 1), feature by feature and by the Bartlett factor of the Gram matrix, in fractions."""
    return linear_moments.random_features_risk(task, n, p + 1)


def bound(task, n, p, c=1):
    """R(p), c times."""
    return c * RANDOM_FEATURES_OVER(n=n, p=p, dim=task.dim, beta_all=task.signal(), sigma=task.sigma, c=1)


CLAIM = Claim(
    title="Beyond the threshold the interpolator's risk falls with the number of random features",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.interpolating(gap=2), assume=assume,
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(19, 20)}, {"relation": ">="}],
    tight_at={"task": Linear((0,) * 20, 1), "n": 1, "p": 19},
    proof=DESCENT_PROOF.read_by(linear_tables.one_more_feature),
)
