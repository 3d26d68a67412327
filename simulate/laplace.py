"""Two Laplace classes on the line: density exp(-|x|)/2 with probability `weight` (Y = 0), else its translate."""
import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulate.legendre import legendre
from simulate.tasks import Number, number

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_REACH = 45.0  # the density beyond it is below 1e-19


def bayes_risk(distance: Number, weight: Number) -> float:
    """The integral of the smaller weighted density, by Gauss-Legendre panels between all kinks: 13 digits."""
    gap, odds = _checked(distance, weight)
    cuts = {-_REACH, 0.0, gap, gap + _REACH, _boundary(gap, odds)} if abs(odds) < gap else {
        -_REACH, 0.0, gap, gap + _REACH}
    nodes, weights = legendre(40)
    total = 0.0
    for low, high in pairwise(sorted({c for a, b in pairwise(sorted(cuts)) for c in np.linspace(a, b, 5)})):
        x = (low + high) / 2 + (high - low) / 2 * nodes
        smaller = np.minimum(float(weight) * np.exp(-np.abs(x)), float(1 - weight) * np.exp(-np.abs(x - gap))) / 2
        total += float(weights @ smaller) * (high - low) / 2
    return total


def bayes_risks(distance: Number, weight: Number, rng: np.random.Generator, size: int) -> Floats:
    """P(f*(X) != Y | X), in [0, 1/2], `size` draws of X: the less likely class' share of the density."""
    gap, odds = _checked(distance, weight)
    x = rng.laplace(size=size) + gap * (rng.random(size) >= float(weight))
    lead = np.abs(odds + np.abs(x - gap) - np.abs(x))
    return 1 / (1 + np.exp(lead))


def bayes_errors(distance: Number, weight: Number, rng: np.random.Generator, size: int) -> Bools:
    """1{f*(X) != Y}, f* being 1 beyond the boundary, or one class where it wins everywhere."""
    gap, odds = _checked(distance, weight)
    labels = rng.random(size) >= float(weight)
    x = rng.laplace(size=size) + gap * labels
    says = x > _boundary(gap, odds) if abs(odds) < gap else np.full(size, odds < 0)
    return says != labels


def bayes_errors_numpy(distance: Number, weight: Number, rng: np.random.Generator, size: int) -> Bools:
    """Twin of `bayes_errors`, through the two densities; a Laplace variable is a difference of two exponential ones."""
    gap, _ = _checked(distance, weight)
    labels = rng.binomial(1, float(1 - weight), size=size).astype(bool)
    x = rng.exponential(size=size) - rng.exponential(size=size) + gap * labels
    zero, one = float(weight) * np.exp(-np.abs(x)), float(1 - weight) * np.exp(-np.abs(x - gap))
    return (one > zero) != labels


def _boundary(gap: float, odds: float) -> float:
    return (gap + odds) / 2


def _checked(distance: Number, weight: Number) -> tuple[float, float]:
    """The distance, and the logarithm of weight/(1 - weight)."""
    gap, share = float(number(distance, "laplace: distance")), float(number(weight, "laplace: weight"))
    if not gap >= 0 or math.isinf(gap):
        raise ValueError(f"laplace: distance = {distance} is no distance; give a finite number >= 0.")
    if not 0 < share < 1:
        raise ValueError(f"laplace: weight = {weight} is not strictly between 0 and 1; both classes must occur.")
    return gap, math.log(share / (1 - share))
