"""Below temperature 1 softer labels may hold more noise, whatever the temperature.

Theorem. In the setting of `soft_labels_noise_falls` let T < 1, let |t| be L or 3L with equal chances, and let rho and
rho' be such that kappa = rho c/((1 - rho) T) is 1 and some kappa' > 1. For L large enough, checked for 1/4 <= T <= 0.9,
L (1/T - 1) >= 8 and 2 <= kappa' <= 8,

    1 + tau(rho') >= 1 + tau(rho).                                                       (1)

So the hypothesis T >= 1 of `soft_labels_noise_falls` can't be weakened to any T >= T_0 with T_0 < 1.
Hypotheses: T < 1; large logits; kappa <= kappa'.
Does not say: that labels of temperature below 1 hurt: for small logits tau falls at these temperatures too.
Tight: no.   Proof: proofs_notes/ji2020/soft_labels_noise_rises.md
"""
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from simulate import logit_moments
from theory.soft_ratio import NOISE
from verify import Claim

GIVEN = {"temperature": st.integers(5, 18).map(lambda v: Fraction(v, 20)), "kappa": st.integers(4, 16).map(
    lambda v: Fraction(v, 2)), "scale": st.integers(8, 16)}


def logits(temperature, scale, reach):
    """L and 3L, for L (1/T - 1) = scale."""
    size = reach * float(scale / (1 / temperature - 1))
    return np.array([size, 3 * size])


def effective(temperature, scale, kappa, lift, reach):
    """(t, z) at the two logits, for c = 1; `lift` multiplies the temperature."""
    t, temperature = logits(temperature, scale, reach), lift * float(temperature)
    soft_ratio = float(kappa) * temperature / (1 + float(kappa) * temperature)
    return t, logit_moments.effective_logits(t, soft_ratio, 1.0, temperature)


def exact(temperature, scale, kappa, lift=1, reach=1):
    """(1), left-hand side: the squared sine of the angle between t and z gives 1 + tau = 1/cos^2."""
    t, z = effective(temperature, scale, kappa, lift, reach)
    across = t[0] * z[1] - t[1] * z[0]
    return 1 + float(across**2 / (t @ z) ** 2)


def bound(temperature, scale, lift=1, reach=1):
    """(1), right-hand side, at kappa = 1."""
    t, z = effective(temperature, scale, 1, lift, reach)
    return 1 + NOISE(effective_square=float(z @ z) / 2, logit_square=float(t @ t) / 2, cross=float(z @ t) / 2)


CLAIM = Claim(
    title="Below temperature 1 the noise in the effective logits may rise as labels become softer",
    source="ours, the limit of soft_labels_noise_falls",
    given=GIVEN, exact=exact, bound=bound, relation=">=",
    controls=[{"reach": 0.05}, {"lift": 2}, {"relation": "<="}],
)
