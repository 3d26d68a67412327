"""The second descent ends below the first iff B (D - n - 1) > sigma^2 D.

Theorem. Let R be the risk with random features of D (random_features_risk_under and random_features_risk_over). With
B = |beta|^2, what interpolating with all D features gains over the best under-parameterised model, which has none, is

    R(0) - R(D) = n (B (D - n - 1) - sigma^2 D) / (D (D - n - 1)).                       (1)

So for D >= n + 2 it is a gain iff B (D - n - 1) > sigma^2 D.
Hypotheses: n >= 1, D >= n + 2; Gaussian features that are independent and standard.
Checked by simulation for D >= n + 10, where the risk given the design has four moments.
Does not say: that interpolating is the best one can do: ridge regression with the right penalty is better.
Tight: an equality.   Proof: proofs_notes/cotter2021/second_descent_wins.md
"""
from fractions import Fraction
from math import inf

from simulate import linear_moments, linear_strategies, linear_tables, ridgeless
from theory.double_descent import SECOND_DESCENT_GAIN, SECOND_DESCENT_PROOF
from verify import Claim


def assume(task, n):
    """The interpolator's risk has a mean."""
    return task.dim >= n + 2


def sample(task, n, rng, size):
    """`size` i.i.d. draws of E y^2 less the interpolator's risk given its design."""
    return float(task.noise(0)) - ridgeless.teacher_risks(task, n, task.dim, rng, size)


def exact(task, n):
    """(1), left-hand side: E y^2, less the risk by coordinates of the projection and the Bartlett factor."""
    return task.noise(0) - linear_moments.ridgeless_risk(task, n, task.dim)


def bound(task, n, c=1, shift=0):
    """(1), right-hand side; shift = 1 has D - n for D - n - 1."""
    freedom = task.dim - n - 1
    return SECOND_DESCENT_GAIN(n=n, dim=task.dim, beta_all=task.signal(), sigma=task.sigma,
                               c=c * Fraction(freedom, freedom + shift))


CLAIM = Claim(
    title="The second descent gains n(B(D - n - 1) - sigma^2 D)/(D(D - n - 1)) over no features",
    source="Cotter et al. 2021 (double descent of the teacher); Belkin, Hsu & Xu 2020",
    fidelity="reconstructed",
    given=linear_strategies.interpolating(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation="==", support=(-inf, inf),
    controls=[{"shift": 1}, {"c": Fraction(21, 20)}],
    block=256,
    proof=SECOND_DESCENT_PROOF.read_by(linear_tables.all_features),
)
