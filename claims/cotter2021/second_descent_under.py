"""Among under-parameterised models with random features the one without features is the best.

Theorem. Let R(p) be the risk of least squares on p random features of D (random_features_risk_under). If D >= n - 1,
then for 0 <= p <= n - 2

    R(p) >= R(0) = B + sigma^2.                                                          (1)

Hypotheses: n >= 2, D >= n - 1, p <= D; Gaussian features that are independent and standard; the choice looks at no
data.
Checked by simulation for p <= n - 10; random_features_ascent, which implies it, goes up to the edge.
Does not say: that it holds with D < n - 1 features: without noise each of them then helps.
Tight: p = 0; and sigma = 0 with D = n - 1.   Proof: proofs_notes/cotter2021/second_descent_under.md
"""
from fractions import Fraction
from math import inf

from simulate import Linear, linear_moments, linear_strategies, linear_tables, ridgeless
from theory.double_descent import RANDOM_FEATURES_UNDER, SECOND_DESCENT_UNDER_PROOF
from verify import Claim


def assume(task, n, p):
    """There are enough features, and the mean exists."""
    return task.dim >= n - 1 and p <= min(n - 2, task.dim)


def sample(task, n, p, rng, size):
    """`size` i.i.d. risks given the choice and the design, the noise and the fresh point integrated out."""
    return ridgeless.random_features_risks(task, n, p, rng, size)


def exact(task, n, p):
    """R(p), feature by feature and by the Bartlett factor of the Gram matrix, in fractions."""
    return linear_moments.random_features_risk(task, n, p)


def bound(task, n, c=1):
    """R(0), c times."""
    return c * RANDOM_FEATURES_UNDER(n=n, p=0, dim=task.dim, beta_all=task.signal(), sigma=task.sigma, c=1)


def few_features(task, n, p):
    """The hypothesis D >= n - 1 dropped."""
    return p <= min(n - 2, task.dim)


CLAIM = Claim(
    title="Among under-parameterised models with random features the one without features is the best",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.random_features_under(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation=">=", support=(0, inf),
    controls=[{"c": Fraction(101, 100)}, {"assume": few_features}],
    tight_at={"task": Linear((1,) * 12, 0), "n": 13, "p": 2},
    block=1024,
    proof=SECOND_DESCENT_UNDER_PROOF.read_by(linear_tables.random_features),
)
