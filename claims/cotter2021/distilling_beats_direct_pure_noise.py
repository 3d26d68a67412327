"""Pure noise: distilling beats training directly iff n (n - s - 1) < p (p - n - 1).

Theorem. In the setting of distilling_beats_direct let beta = 0 and m -> infinity. Then

    direct risk - distilled risk = sigma^2 s (p (p - n - 1) - n (n - s - 1)) / (p (p - n - 1)(n - s - 1)).   (1)

So for sigma > 0, s >= 1 distilling wins iff n (n - s - 1) < p (p - n - 1): the larger the interpolating teacher, the
less noise it keeps. It is enough that p >= (1 + sqrt 5)/2 n + 1.
Hypotheses: beta = 0, p >= n + 2, 0 <= s <= n - 2.
Checked exactly, up to the edges.
Does not say: anything when there is a signal, of which the interpolator loses a part.
Tight: an equality.   Proof: proofs_notes/cotter2021/distilling_beats_direct_pure_noise.md
"""
from fractions import Fraction

from simulate import linear_moments, linear_strategies, linear_tables
from theory.distilled_regression import PURE_NOISE_GAIN, PURE_NOISE_PROOF
from verify import Claim


def assume(n, p, s):
    """All means exist."""
    return p >= n + 2 and s <= n - 2


def exact(task, n, p, s):
    """(1), left-hand side, by the Bartlett factors of the Gram matrices, in fractions."""
    return linear_moments.least_squares_risk(task, n, s) - linear_moments.distilled_risk(task, n, p, s, None)


def bound(task, n, p, s, c=1):
    """(1), right-hand side; c multiplies n (n - s - 1)."""
    return PURE_NOISE_GAIN(n=n, p=p, s=s, sigma=task.sigma, c=c)


CLAIM = Claim(
    title="Distilling pure noise wins iff n(n - s - 1) < p(p - n - 1)",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.direct(gap=2, features=8, signal=False), assume=assume,
    exact=exact, bound=bound, relation="==",
    controls=[{"c": Fraction(19, 20)}, {"given": linear_strategies.direct(gap=2, features=8)}],
    proof=PURE_NOISE_PROOF.read_by(linear_tables.direct_limit),
)
