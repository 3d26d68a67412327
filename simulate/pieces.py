"""One piece of a circle, on which eta goes from `start` to `end` at a constant rate; whole circles by their pieces."""
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from simulate.circle import Circle
from simulate.tasks import HALF, Floats, Number, probabilities

Bools = npt.NDArray[np.bool_]


def bayes_risks(start: Number, end: Number, rng: np.random.Generator, size: int) -> Floats:
    """P(f*(X) != Y | X), in [0, 1/2], for X uniform on the piece, f* = 1{eta >= 1/2}."""
    eta = _etas(start, end, rng, size)
    return np.minimum(eta, 1 - eta)


def bayes_errors(start: Number, end: Number, rng: np.random.Generator, size: int) -> Bools:
    """1{f*(X) != Y} for X uniform on the piece, f* = 1{eta >= 1/2}."""
    eta = _etas(start, end, rng, size)
    return (rng.random(size) < eta) != (eta >= 0.5)


def bayes_errors_numpy(start: Number, end: Number, rng: np.random.Generator, size: int) -> Bools:
    """Twin of `bayes_errors`: the less likely label comes with its probability."""
    eta = _etas(start, end, rng, size)
    return rng.binomial(1, np.minimum(eta, 1 - eta)).astype(bool)


def sampler_errors(start: Number, end: Number, rng: np.random.Generator, size: int) -> Bools:
    """1{teacher(X) != Y} for X uniform on the piece and two independent draws from the law at X."""
    eta = _etas(start, end, rng, size)
    return (rng.random(size) < eta) != (rng.random(size) < eta)


def sampler_errors_numpy(start: Number, end: Number, rng: np.random.Generator, size: int) -> Bools:
    """Twin of `sampler_errors`: the two labels differ with probability 2 eta (1 - eta)."""
    eta = _etas(start, end, rng, size)
    return rng.binomial(1, 2 * eta * (1 - eta)).astype(bool)


def circle_risks(circle: Circle, rng: np.random.Generator, size: int) -> Floats:
    """P(f*(X) != Y | X), in [0, 1/2], for X uniform on the circle, f* = 1{eta >= 1/2}."""
    eta = circle.eta(rng.random(size))
    return np.minimum(eta, 1 - eta)


def circle_errors(circle: Circle, rng: np.random.Generator, size: int) -> Bools:
    """1{f*(X) != Y} for X uniform on the circle, f* = 1{eta >= 1/2}."""
    eta = circle.eta(rng.random(size))
    return (rng.random(size) < eta) != (eta >= 0.5)


def circle_errors_numpy(circle: Circle, rng: np.random.Generator, size: int) -> Bools:
    """Twin of `circle_errors`: a piece is drawn, then a place on it."""
    knots = circle.knot_array()
    piece = rng.integers(knots.size, size=size)
    share = rng.random(size)
    eta = (1 - share) * knots[piece] + share * np.roll(knots, -1)[piece]
    return rng.binomial(1, np.minimum(eta, 1 - eta)).astype(bool)


def area_from_half(circle: Circle) -> Number:
    """E |eta - 1/2|, the area between eta and the line 1/2: of trapezoids, and of two triangles where they cross."""
    knots, total = circle.knots, Fraction(0)
    for low, high in zip(knots, (*knots[1:], knots[0]), strict=True):
        a, b = low - HALF, high - HALF
        total += abs(a + b) / 2 if a * b >= 0 else (a * a + b * b) / (2 * (abs(a) + abs(b)))
    return total / len(knots)


def _etas(start: Number, end: Number, rng: np.random.Generator, size: int) -> Floats:
    """eta at uniform points of the piece."""
    low, high = (float(v) for v in probabilities((start, end), "pieces: (start, end)"))
    return low + (high - low) * rng.random(size)
