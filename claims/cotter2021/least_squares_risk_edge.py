"""The risk of least squares up to the edge, p = n - 2, where it has a mean and no variance.

Theorem. As least_squares_risk: for p features (T) and n points, n - 8 <= p <= n - 2,

    E risk = omega (1 + p/(n - p - 1)),    omega = sigma^2 + |beta_{p+1..D}|^2.           (1)

At p = n - 2 it is (n - 1) omega.
Hypotheses: those of least_squares_risk.
Does not say: that a simulated mean settles; given the design, the risk has a variance only from p <= n - 4 on. So
this claim is evaluated exactly and not simulated.
Tight: an equality.   Proof: proofs_notes/cotter2021/least_squares_risk_edge.md
"""
from fractions import Fraction

from simulate import linear_moments, linear_strategies, linear_tables
from theory.double_descent import LEAST_SQUARES_PROOF, LEAST_SQUARES_RISK
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p <= n - 2


def exact(task, n, p):
    """(1), left-hand side: the Gram matrix by its Bartlett factor, one feature after the other, in fractions."""
    return linear_moments.least_squares_risk(task, n, p)


def bound(task, n, p, c=1, shift=0):
    """(1), right-hand side."""
    return LEAST_SQUARES_RISK(n=n + shift, p=p, omega=task.noise(p), c=c)


CLAIM = Claim(
    title="Up to p = n - 2 least squares has risk (sigma^2 + |beta_rest|^2)(1 + p/(n - p - 1))",
    source="Cotter et al. 2021 (double descent of the teacher); Breiman & Freedman 1983",
    fidelity="reconstructed",
    given=linear_strategies.least_squares(gap=2), assume=assume,
    exact=exact, bound=bound, relation="==",
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}],
    proof=LEAST_SQUARES_PROOF.read_by(linear_tables.least_squares),
)
