"""The student's best logit for one teacher's logit and one label, found by certified root finding.

The loss of a logit z is rho c H(s(z_t/T), s(z/T)) + (1 - rho) H(y, s(z)), see `Pupil`; it is strictly convex, so that a
change of sign of its slope encloses its only minimiser.
"""
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import expm1
from typing import Any

from flint import arb
from scipy.optimize import brentq
from scipy.special import expit

from simulate.polar import ball, precise

FARTHEST = 1000
"""Minimisers are looked for this far from 0."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """What one student's logit is trained on.

    soft_ratio is rho in [0, 1], weight is c > 0, temperature is T > 0, teacher_logit is z_t and label is y, 0 or 1; all
    rational. Raises ValueError for other values.
    """

    soft_ratio: Fraction
    weight: Fraction
    temperature: Fraction
    teacher_logit: Fraction
    label: int

    def __post_init__(self) -> None:
        """Check the ranges."""
        if not 0 <= self.soft_ratio <= 1 or self.weight <= 0 or self.temperature <= 0 or self.label not in (0, 1):
            raise ValueError(f"{self}: soft_ratio must lie in [0, 1], weight and temperature above 0, and label must "
                             "be 0 or 1; give such values.")

    def slope(self, z: arb) -> arb:
        """The derivative of the loss at z."""
        unit, rho = ball(self.temperature), ball(self.soft_ratio)
        soft = _sigmoid(z / unit) - _sigmoid(ball(self.teacher_logit) / unit)
        return rho * ball(self.weight) / unit * soft + (1 - rho) * (_sigmoid(z) - self.label)

    def curvature(self, z: arb) -> arb:
        """The second derivative of the loss at z, positive for soft_ratio < 1."""
        unit, rho = ball(self.temperature), ball(self.soft_ratio)
        soft, hard = _sigmoid(z / unit), _sigmoid(z)
        return rho * ball(self.weight) / unit**2 * soft * (1 - soft) + (1 - rho) * hard * (1 - hard)

    def loss(self, z: arb) -> arb:
        """The loss at z."""
        unit, rho = ball(self.temperature), ball(self.soft_ratio)
        soft = _cross_entropy(_sigmoid(ball(self.teacher_logit) / unit), z / unit)
        return rho * ball(self.weight) * soft + (1 - rho) * _cross_entropy(arb(self.label), z)

    def effective_logit(self) -> arb:
        """The minimiser of the loss, as a ball: the slope is certified negative before it and positive beyond.

        Raises ValueError where there is none within `FARTHEST` of 0, as for soft_ratio = 0.
        """
        return _root(self)

    def _near(self) -> float:
        """The minimiser in floating point."""
        unit, rho, teacher = float(self.temperature), float(self.soft_ratio), float(self.teacher_logit)
        solve: Any = brentq

        def slope(z: float) -> float:
            # s(a) - s(b) = s(a) s(-b) (1 - exp(b - a)) keeps its digits where both are near 0 or 1.
            gap = (teacher - z) / unit
            soft = -expit(z / unit) * expit(-teacher / unit) * expm1(gap) if gap < 700 else -1.0
            return rho * float(self.weight) / unit * soft + (1 - rho) * (-expit(-z) if self.label else expit(z))

        if not slope(-FARTHEST) < 0 < slope(FARTHEST):
            raise ValueError(f"{self}: the slope does not change its sign within {FARTHEST} of 0; the loss has no "
                             "minimiser there. Take 0 < soft_ratio < 1 and moderate numbers.")
        return float(solve(slope, -FARTHEST, FARTHEST, xtol=1e-13))


@lru_cache(maxsize=4096)
def _root(pupil: Pupil) -> arb:
    with precise():
        z = arb(pupil._near())
        for _ in range(6):
            z = (z - pupil.slope(z) / pupil.curvature(z)).mid()
        radius = arb(2) ** -180 * (1 + abs(z))
        if not pupil.slope((z - radius).mid()) < 0 < pupil.slope((z + radius).mid()):
            raise ValueError(f"{pupil}: the slope's signs near {float(z)} are not certified; use moderate numbers.")
        return z + radius * arb(0, 1)


def _sigmoid(u: arb) -> arb:
    return 1 / (1 + (-u).exp())


def _cross_entropy(q: arb, u: arb) -> arb:
    # Written for u of either sign, so that nothing large cancels.
    return u.exp().log1p() - q * u if u < 0 else (-u).exp().log1p() + (1 - q) * u
