"""Least squares on p random features of D, p <= n - 2: the first descent ends in an ascent.

Theorem (Belkin, Hsu & Xu 2020). Let x ~ N(0, I_D), y = x . beta + sigma z, B = |beta|^2. A model fits p features,
chosen uniformly at random among the D, to n independent points by least squares. Over the choice as well, its
expected squared error at a fresh point is

    ((1 - p/D) B + sigma^2) (1 + p/(n - p - 1)).                                         (1)

Hypotheses: 0 <= p <= n - 2, p <= D; Gaussian features that are independent and standard; the choice looks at no data.
Checked by simulation for p <= n - 10, where the risk given the design has four moments.
Does not say: anything about features that are chosen for their correlation with y.
Tight: an equality.   Proof: proofs_notes/cotter2021/random_features_risk_under.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.double_descent import RANDOM_FEATURES_UNDER, RANDOM_FEATURES_UNDER_PROOF
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p <= n - 2


def sample(task, n, p, rng, size):
    """`size` i.i.d. risks given the choice and the design, the noise and the fresh point integrated out."""
    return ridgeless.random_features_risks(task, n, p, rng, size)


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
    title="Least squares on p <= n - 2 random features of D has risk ((1 - p/D)B + sigma^2)(1 + p/(n - p - 1))",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.least_squares(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}, {"first": 1}],
    block=1024,
    proof=RANDOM_FEATURES_UNDER_PROOF.read_by(linear_tables.random_features),
)
