"""Below the threshold more random features make least squares worse.

Theorem. Let R(p) be the risk of least squares on p random features of D (random_features_risk_under). If D >= n - 1,
then for 0 <= p <= n - 3

    R(p + 1) >= R(p) = ((1 - p/D) B + sigma^2)(1 + p/(n - p - 1)).                       (1)

So the least of these risks is that of no features at all (second_descent_under).
Hypotheses: D >= n - 1, p + 1 <= min(n - 2, D); those of random_features_risk_under.
Does not say: that it grows when D < n - 1; without noise it then falls.
Tight: sigma = 0 and D = n - 1, where R(p) = B for every p.
Proof: proofs_notes/cotter2021/random_features_ascent.md
"""
from fractions import Fraction

from simulate import Linear, linear_moments, linear_strategies, linear_tables
from theory.double_descent import ASCENT_PROOF, RANDOM_FEATURES_UNDER
from verify import Claim


def assume(task, n, p):
    """There are enough features, and both means exist."""
    return task.dim >= n - 1 and p + 1 <= min(n - 2, task.dim)


def exact(task, n, p):
    """R(p + 1), feature by feature and by the Bartlett factor of the Gram matrix, in fractions."""
    return linear_moments.random_features_risk(task, n, p + 1)


def bound(task, n, p, c=1):
    """R(p), c times."""
    return c * RANDOM_FEATURES_UNDER(n=n, p=p, dim=task.dim, beta_all=task.signal(), sigma=task.sigma, c=1)


def few_features(task, n, p):
    """The hypothesis D >= n - 1 dropped."""
    return p + 1 <= min(n - 2, task.dim)


CLAIM = Claim(
    title="Below the threshold the risk grows with the number of random features",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.random_features_under(gap=3), assume=assume,
    exact=exact, bound=bound, relation=">=",
    controls=[{"c": Fraction(101, 100)}, {"assume": few_features}],
    tight_at={"task": Linear((1, 0, 0, 0, 0), 0), "n": 6, "p": 1},
    proof=ASCENT_PROOF.read_by(linear_tables.one_more_feature),
)
