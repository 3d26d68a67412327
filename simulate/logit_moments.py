"""The logit that a student trained on soft and hard labels ends at, and its law over the teacher's logits.

With s(z) = 1/(1 + exp(-z)), a teacher's logit t != 0 and the hard label y = 1{t > 0}, the loss
rho c H(s(t/T), s(z/T)) + (1 - rho) H(y, s(z)) is least where, for t > 0,

    kappa (s(z/T) - s(t/T)) = s(-z),     kappa = rho c / ((1 - rho) T),                   (1)

and at the opposite z for -t. Its solution exceeds t, and increases with t and as kappa falls.
"""
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline
from scipy.special import expit

from simulate.jit import kernel
from simulate.legendre import legendre
from simulate.tasks import Number, as_floats

Floats = npt.NDArray[np.float64]
_STEPS, _CLOSE = 2000, 1e-14
_PIECES = 40  # of a tabulated labelling on each unit of length


def effective_logits(logits: Floats, soft_ratio: float, factor: float = 1.0, temperature: float = 1.0) -> Floats:
    """The minimiser in z for each teacher's logit, the hard label being the teacher's own; of the logits' shape.

    `soft_ratio` is rho in (0, 1], `factor` is c > 0. ValueError for values outside and for a logit of 0, which has no
    hard label, unless rho = 1. By Newton's steps: to about 13 digits.
    """
    if not 0 < soft_ratio <= 1 or factor <= 0 or temperature <= 0:
        raise ValueError(f"logit_moments: rho = {soft_ratio}, c = {factor}, T = {temperature}; give "
                         "0 < rho <= 1, and c and T above 0.")
    if soft_ratio == 1:
        return np.array(logits, dtype=np.float64)
    if np.any(logits == 0):
        raise ValueError("logit_moments: a teacher's logit is 0, which has no hard label; leave it out.")
    kappa = soft_ratio * factor / ((1 - soft_ratio) * temperature)
    size = np.abs(np.asarray(logits, dtype=np.float64))
    soft = expit(-size / temperature)

    z = size
    for _ in range(_STEPS):
        # Both sides of (1) as tails, which floats hold to full relative precision. Their difference is concave and
        # rises with z, so Newton's steps from the left approach the root from the left.
        distilled, hard = expit(-z / temperature), expit(-z)
        slack = kappa * (soft - distilled) - hard
        slope = kappa / temperature * distilled * (1 - distilled) + hard * (1 - hard)
        step = -slack / slope
        z = z + step
        if np.all(np.abs(step) <= _CLOSE * z):
            break
    return np.sign(logits) * z


@lru_cache(maxsize=256)
def labelling(norm: Number, soft_ratio: Number, factor: float, temperature: float) -> Callable[[Floats], Floats]:
    """The effective logit of norm * g as a function of arrays of g != 0, tabulated for |g| <= 12: to about 8 digits."""
    at = np.linspace(0, 12, 12 * _PIECES + 1)
    teacher = float(norm) * np.maximum(at, 1e-9)
    spline = CubicSpline(at, effective_logits(teacher, float(soft_ratio), factor, temperature))
    cubics = np.ascontiguousarray(spline.c.T)
    return lambda g: _odd(cubics, np.ravel(g)).reshape(np.shape(g))


@kernel
def _odd(cubics: Floats, g: Floats) -> Floats:
    """The odd continuation of a spline whose pieces, of length 1/_PIECES, start at 0; the last one goes on for ever."""
    out = np.empty(g.size)
    for i in range(g.size):
        size = abs(g[i])
        piece = int(min(size * _PIECES, cubics.shape[0] - 1.0))
        t = size - piece / _PIECES
        value = ((cubics[piece, 0] * t + cubics[piece, 1]) * t + cubics[piece, 2]) * t + cubics[piece, 3]
        out[i] = np.sign(g[i]) * value
    return out


def noise_ratio(mass: Sequence[Number] | Floats, logits: Sequence[Number] | Floats, soft_ratio: float, factor: float,
                temperature: float) -> float:
    """tau = E z^2 E t^2/(E z t)^2 - 1 of the effective logits z, t having this finite law on positive numbers.

    The law of t may be symmetric about 0 as well: z changes sign with t. ValueError unless every logit is positive.
    """
    weights, t = as_floats(mass), as_floats(logits)
    if np.any(t <= 0):
        raise ValueError(f"logit_moments: {t.min()} is not positive; give the moduli of the teacher's logits.")
    z = effective_logits(t, soft_ratio, factor, temperature)
    return float((weights @ z**2) * (weights @ t**2) / (weights @ (z * t)) ** 2 - 1)


def gaussian_logits(norm: float, nodes: int = 60) -> tuple[Floats, Floats]:
    """(weights, moduli): Gauss-Legendre's rule for |norm g|, g standard Gaussian, up to 9 deviations."""
    x, w = legendre(nodes)
    g = 4.5 * (x + 1)
    weights = 4.5 * w * np.sqrt(2 / np.pi) * np.exp(-(g**2) / 2)
    return weights, norm * g
