"""Least squares with p <= n - 2 of the features has risk (sigma^2 + |beta_rest|^2)(1 + p/(n - p - 1)).

Theorem. Let x ~ N(0, I_D), y = x . beta + sigma z with z ~ N(0, 1) independent of x. A model fits the first p
features (T) to n independent points by least squares. Then its expected squared error at a fresh point is

    omega (1 + p/(n - p - 1)),    omega = sigma^2 + |beta_{p+1..D}|^2.                    (1)

So it grows without bound as p approaches n - 1: the first ascent of double descent.

Hypotheses: 0 <= p <= n - 2; Gaussian features that are independent and standard, Gaussian noise.
Checked by simulation for p <= n - 10, where the risk given the design has four moments; least_squares_risk_edge
has p from n - 8 to n - 2.
Does not say: anything for n - 1 <= p <= n + 1, where the mean is infinite (interpolation_peak).
Tight: an equality.   Proof: proofs_notes/cotter2021/least_squares_risk.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.double_descent import LEAST_SQUARES_PROOF, LEAST_SQUARES_RISK
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p <= n - 2


def sample(task, n, p, rng, size):
    """`size` i.i.d. risks given the design, the noise and the fresh point integrated out."""
    return ridgeless.teacher_risks(task, n, p, rng, size)


def exact(task, n, p):
    """(1), left-hand side: the Gram matrix by its Bartlett factor, one feature after the other, in fractions."""
    return linear_moments.least_squares_risk(task, n, p)


def bound(task, n, p, c=1, shift=0, misfit=1):
    """(1), right-hand side; misfit = 0 forgets that left-out features act as noise."""
    omega = task.noise(task.dim) + misfit * task.signal(first=p)
    return LEAST_SQUARES_RISK(n=n + shift, p=p, omega=omega, c=c)


CLAIM = Claim(
    title="Least squares with p <= n - 2 features has risk (sigma^2 + |beta_rest|^2)(1 + p/(n - p - 1))",
    source="Cotter et al. 2021 (double descent of the teacher); Breiman & Freedman 1983",
    fidelity="reconstructed",
    given=linear_strategies.least_squares(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}, {"misfit": 0}],
    block=1024,
    proof=LEAST_SQUARES_PROOF.read_by(linear_tables.least_squares),
)
