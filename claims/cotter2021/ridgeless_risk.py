"""The minimum-norm interpolator with p >= n + 2 features: its risk falls again beyond the peak.

Theorem. Let x ~ N(0, I_D), y = x . beta + sigma z with z ~ N(0, 1) independent of x. A model fits the first p
features (T) to n independent points, taking the coefficients of least length that interpolate them. Then its
expected squared error at a fresh point is

    (1 - n/p) |beta_T|^2 + omega (1 + n/(p - n - 1)),    omega = sigma^2 + |beta_{p+1..D}|^2.   (1)

Hypotheses: n >= 1, p >= n + 2; Gaussian features that are independent and standard, Gaussian noise.
Checked by simulation for p >= n + 10, where the risk given the design has four moments; ridgeless_risk_edge has
p from n + 2 to n + 8.
Does not say: that more features are always better: it depends on where beta has its length.
Tight: an equality.   Proof: proofs_notes/cotter2021/ridgeless_risk.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.double_descent import RIDGELESS_PROOF, RIDGELESS_RISK
from verify import Claim


def assume(n, p):
    """The mean exists."""
    return p >= n + 2


def sample(task, n, p, rng, size):
    """`size` i.i.d. risks given the design, the noise and the fresh point integrated out."""
    return ridgeless.teacher_risks(task, n, p, rng, size)


def exact(task, n, p):
    """(1), left-hand side: the projection coordinate by coordinate, the Gram matrix by its Bartlett factor."""
    return linear_moments.ridgeless_risk(task, n, p)


def bound(task, n, p, c=1, shift=0, misfit=1):
    """(1), right-hand side; shift = 1 has p - n for p - n - 1, misfit = 0 forgets that left-out features are noise."""
    omega = task.noise(task.dim) + misfit * task.signal(first=p)
    inflated = c * Fraction(p - n - 1, p - n - 1 + shift)
    return RIDGELESS_RISK(n=n, p=p, omega=omega, beta_teacher=task.signal(p), c=inflated)


CLAIM = Claim(
    title="The minimum-norm interpolator's risk is (1 - n/p)|beta_T|^2 + (sigma^2 + |beta_rest|^2)(1 + n/(p - n - 1))",
    source="Cotter et al. 2021 (double descent of the teacher); Hastie et al. 2022; Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.interpolating(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"shift": 1}, {"c": Fraction(19, 20)}, {"misfit": 0}],
    block=256,
    proof=RIDGELESS_PROOF.read_by(linear_tables.ridgeless),
)
