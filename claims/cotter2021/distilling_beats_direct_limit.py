"""With unlimited fresh inputs distilling beats training directly iff E_S < omega_S s/(n - s - 1).

Theorem. In the setting of distilling_beats_direct let m -> infinity: the student takes over the teacher's coefficients
on its features. Then

    direct risk - distilled risk = omega_S s/(n - s - 1) - E_S.                            (1)

So distilling wins for some m iff E_S < omega_S s/(n - s - 1).
Hypotheses: p >= n + 2, s <= n - 2; those of distilled_student_risk.
Checked exactly, up to the edges p = n + 2 and s = n - 2.
Does not say: how many fresh points are needed (distilling_beats_direct).
Tight: an equality.   Proof: proofs_notes/cotter2021/distilling_beats_direct_limit.md
"""
from fractions import Fraction

from simulate import linear_moments, linear_strategies, linear_tables
from theory.distilled_regression import DIRECT_GAIN_LIMIT, DIRECT_GAIN_LIMIT_PROOF, student_error
from verify import Claim


def assume(n, p, s):
    """All means exist."""
    return p >= n + 2 and s <= n - 2


def exact(task, n, p, s):
    """(1), left-hand side: the projection coordinate by coordinate, Gram matrices by their Bartlett factors."""
    return linear_moments.least_squares_risk(task, n, s) - linear_moments.distilled_risk(task, n, p, s, None)


def bound(task, n, p, s, shift=0, crossed=1):
    """(1), right-hand side; shift = 1 has n - s for n - s - 1, crossed multiplies the b of E_S."""
    error = student_error(task.beta, task.sigma, n, p, s, crossed)
    return DIRECT_GAIN_LIMIT(n=n + shift, s=s, omega_student=task.noise(s), student_error=error)


CLAIM = Claim(
    title="With unlimited inputs distilling gains omega_S s/(n - s - 1) - E_S over training directly",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.direct(gap=2, features=8), assume=assume,
    exact=exact, bound=bound, relation="==",
    controls=[{"shift": 1}, {"crossed": Fraction(9, 10)}],
    proof=DIRECT_GAIN_LIMIT_PROOF.read_by(linear_tables.direct_limit),
)
