"""The minimum-norm interpolator's risk up to the edge, p = n + 2, where it has a mean and no variance.

Theorem. As ridgeless_risk: for p features (T) and n points, n + 2 <= p <= n + 8,

    E risk = (1 - n/p) |beta_T|^2 + omega (1 + n/(p - n - 1)),    omega = sigma^2 + |beta_{p+1..D}|^2.  (1)

Hypotheses: those of ridgeless_risk.
Does not say: that a simulated mean settles; given the design, the risk has a variance only from p >= n + 4 on. So
this claim is evaluated exactly and not simulated.
Tight: an equality.   Proof: proofs_notes/cotter2021/ridgeless_risk_edge.md
"""
from fractions import Fraction

from simulate import linear_moments, linear_strategies, linear_tables
from theory.double_descent import RIDGELESS_PROOF, RIDGELESS_RISK
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p >= n + 2


def exact(task, n, p):
    """(1), left-hand side: the projection coordinate by coordinate, the Gram matrix by its Bartlett factor."""
    return linear_moments.ridgeless_risk(task, n, p)


def bound(task, n, p, c=1, shift=0):
    """(1), right-hand side; shift = 1 has p - n for p - n - 1."""
    return RIDGELESS_RISK(n=n, p=p, omega=task.noise(p), beta_teacher=task.signal(p),
                          c=c * Fraction(p - n - 1, p - n - 1 + shift))


CLAIM = Claim(
    title="Up to p = n + 2 the interpolator has risk (1 - n/p)|beta_T|^2 + (sigma^2 + |beta_rest|^2)(1 + n/(p-n-1))",
    source="Cotter et al. 2021 (double descent of the teacher); Hastie et al. 2022; Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.interpolating(gap=2), assume=assume,
    exact=exact, bound=bound, relation="==",
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}],
    proof=RIDGELESS_PROOF.read_by(linear_tables.ridgeless),
)
