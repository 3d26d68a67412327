"""The minimum-norm interpolator on p random features of D, p >= n + 2: the second descent.

Theorem (Belkin, Hsu & Xu 2020). Let x ~ N(0, I_D), y = x . beta + sigma z, B = |beta|^2. A model interpolates n
independent points with p features, chosen uniformly at random among the D, by the shortest coefficients. Over the
choice as well, its expected squared error at a fresh point is

    B (1 - (n/D)(2 - (D - n - 1)/(p - n - 1))) + sigma^2 (1 + n/(p - n - 1)).             (1)

Hypotheses: n >= 1, n + 2 <= p <= D; Gaussian features that are independent and standard; the choice looks at no data.
Checked by simulation for p >= n + 10, where the risk given the design has four moments.
Does not say: that interpolating beats predicting 0: second_descent_wins says when.
Tight: an equality.   Proof: proofs_notes/cotter2021/random_features_risk_over.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.double_descent import RANDOM_FEATURES_OVER, RANDOM_FEATURES_OVER_PROOF
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p >= n + 2


def sample(task, n, p, rng, size):
    """`size` i.i.d. risks given the choice and the design, the noise and the fresh point integrated out."""
    return ridgeless.random_features_risks(task, n, p, rng, size)


def exact(task, n, p):
    """(1), left-hand side, feature by feature and by the Bartlett factor of the Gram matrix, in fractions."""
    return linear_moments.random_features_risk(task, n, p)


def bound(task, n, p, c=1, shift=0):
    """(1), right-hand side; shift = 1 has p - n for p - n - 1."""
    return RANDOM_FEATURES_OVER(n=n, p=p, dim=task.dim, beta_all=task.signal(), sigma=task.sigma,
                                c=c * Fraction(p - n - 1, p - n - 1 + shift))


CLAIM = Claim(
    title="The interpolator on p >= n + 2 random features of D has risk "
          "B(1 - (n/D)(2 - (D - n - 1)/(p - n - 1))) + sigma^2(1 + n/(p - n - 1))",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.interpolating(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}],
    block=256,
    proof=RANDOM_FEATURES_OVER_PROOF.read_by(linear_tables.random_features),
)
