"""A student whose size is within one of its n points should be distilled: its direct risk is infinite.

Theorem. A student has s features with |n - s| <= 1 and omega_S = sigma^2 + |beta_{s+1..D}|^2 > 0. Let d be the mean
excess risk, over omega_S and in units of it, of distilling it from a ridgeless teacher (distilled_student_risk). If it
is trained directly on n points, its excess risk Z given its design, in the same units, has

    E min(Z, K) >= d    for K = (exp(2d) - 1)/2.                                           (1)

So training directly loses already when its risk is capped; without the cap its mean is infinite.
Hypotheses: |n - s| <= 1, omega_S > 0, p >= n + 2, s <= p, m >= s + 2; those of distilled_student_risk.
Checked for d <= 4, where the cap is at most 1490.
Does not say: that a direct student is worse with probability near 1.
Tight: s = 1, n = 2 and a large d.   Proof: proofs_notes/cotter2021/distilling_beats_direct_at_peak.md
"""
from fractions import Fraction
from math import exp

import numpy as np

from simulate import Linear, linear_moments, linear_strategies, ridgeless
from theory.distilled_regression import distilled_risk
from verify import Claim


def excess(task, n, p, s, m):
    """d: exact, by the closed form."""
    return distilled_risk(task.beta, task.sigma, n, p, s, m) / task.noise(s) - 1


def assume(task, n, p, s, m):
    """Training directly has no mean, distilling has one, and it is not too large."""
    return abs(n - s) <= 1 and _meaningful(task, n, p, s, m)


def _meaningful(task, n, p, s, m):
    return p >= max(n + 2, s) and m >= s + 2 and task.noise(s) > 0 and 0 < excess(task, n, p, s, m) <= 4


def cap(task, n, p, s, m):
    """K."""
    return (exp(2 * excess(task, n, p, s, m)) - 1) / 2


def sample(task, n, p, s, m, rng, size):
    """`size` i.i.d. capped excess risks of directly trained students, given their designs."""
    return np.minimum(ridgeless.excess_risks(task, n, s, rng, size) / float(task.noise(s)), cap(task, n, p, s, m))


def exact(task, n, p, s, m):
    """(1), left-hand side, by quadrature for one feature; None elsewhere."""
    return linear_moments.capped_inverse_trace(s, n, cap(task, n, p, s, m)) if s <= n else None


def bound(task, n, p, s, m, c=1):
    """(1), right-hand side, c times."""
    return c * excess(task, n, p, s, m)


def support(task, n, p, s, m):
    """A capped excess risk lies between 0 and the cap."""
    return (0, cap(task, n, p, s, m))


def two_apart(task, n, p, s, m):
    """The direct risk has a mean: n = s + 2."""
    return n - s == 2 and _meaningful(task, n, p, s, m)


CLAIM = Claim(
    title="With s within one of n, training directly loses to distilling even where its risk is capped",
    source="after Cotter et al. 2021; new",
    fidelity="reconstructed",
    given=linear_strategies.at_the_peak(), assume=assume,
    sample=sample, exact=exact, bound=bound, relation=">=", support=support,
    controls=[{"c": Fraction(11, 10)},
              {"given": linear_strategies.at_the_peak(-2, -2), "assume": two_apart}],
    tight_at={"task": Linear((2, 0, 0, 0), 1), "n": 2, "p": 4, "s": 1, "m": 3},
    block=1024,
)
