"""Among over-parameterised models with random features the one with all of them is the best.

Theorem. Let R(p) be the risk of the minimum-norm interpolator on p random features of D (random_features_risk_over).
For n + 2 <= p <= D

    R(p) >= R(D) = (1 - n/D) B + sigma^2 (1 + n/(D - n - 1)).                              (1)

Hypotheses: n >= 1, D >= n + 2; Gaussian features that are independent and standard; the choice looks at no data.
Checked by simulation for p >= n + 10; random_features_descent, which implies it, goes up to the edge.
Does not say: that all D features beat none (second_descent_wins).
Tight: p = D.   Proof: proofs_notes/cotter2021/second_descent_over.md
"""
from fractions import Fraction
from math import inf

from simulate import Linear, linear_moments, linear_strategies, linear_tables, ridgeless
from theory.double_descent import RANDOM_FEATURES_OVER, SECOND_DESCENT_OVER_PROOF
from verify import Claim


def assume(task, n, p):
    """The mean exists."""
    return n + 2 <= p <= task.dim


def sample(task, n, p, rng, size):
    """`size` i.i.d. risks given the choice and the design, the noise and the fresh point integrated out."""
    return ridgeless.random_features_risks(task, n, p, rng, size)


def exact(task, n, p):
    """R(p), feature by feature and by the Bartlett factor of the Gram matrix, in fractions."""
    return linear_moments.random_features_risk(task, n, p)


def bound(task, n, c=1):
    """R(D), c times."""
    dim = task.dim
    return c * RANDOM_FEATURES_OVER(n=n, p=dim, dim=dim, beta_all=task.signal(), sigma=task.sigma, c=1)


CLAIM = Claim(
    title="Among over-parameterised models with random features the one with all D features is the best",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.interpolating(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation=">=", support=(0, inf),
    controls=[{"c": Fraction(51, 50)}, {"relation": "<="}],
    tight_at={"task": Linear((1,) * 12, 1), "n": 2, "p": 12},
    block=256,
    proof=SECOND_DESCENT_OVER_PROOF.read_by(linear_tables.random_features),
)
