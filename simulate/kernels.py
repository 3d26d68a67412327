"""Kernel machines that interpolate labels +-1, in rational arithmetic on a grid and in floats on a line.

On the grid of integers k(x, x') = base^-d(x, x') with base > 1: d is the sum over coordinates of |x_i - x'_i| (power 1,
a Laplace kernel) or of their squares (power 2, a Gaussian kernel). All values are rational, so the machine
f(x) = k(x, .) K^-1 y is known exactly. On the line k(x, x') = exp(-(x - x')^2 / h).
"""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from flint import fmpq, fmpq_mat
from scipy.optimize import brentq

from simulate.tasks import Floats, Number

Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """An interpolating kernel machine on the integer grid: `points` with `labels` -1 or 1, see above.

    Raises ValueError for points that are not distinct or not of one dimension, labels that don't fit, a base <= 1 or a
    power other than 1 and 2.
    """

    points: tuple[Place, ...]
    labels: tuple[int, ...]
    base: Fraction
    power: int

    def __post_init__(self) -> None:
        """Check the fields."""
        points = tuple(tuple(int(v) for v in point) for point in self.points)
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "labels", tuple(self.labels))
        object.__setattr__(self, "base", Fraction(self.base))
        if not points or len(set(points)) < len(points) or len({len(point) for point in points}) > 1:
            raise ValueError(f"Machine: points = {points!r} must be distinct and of one dimension; give at least one.")
        if len(self.labels) != len(points) or any(label not in (-1, 1) for label in self.labels):
            raise ValueError(f"Machine: labels = {self.labels!r} must be {len(points)} labels, each -1 or 1.")
        if self.base <= 1 or self.power not in (1, 2):
            raise ValueError(f"Machine: base = {self.base} must exceed 1 and power = {self.power} be 1 or 2; "
                             "give a decaying Laplace or Gaussian kernel.")

    def kernel(self, x: Place, other: Place) -> Fraction:
        """k(x, other), in (0, 1]."""
        return self.base ** -sum(abs(a - b) ** self.power for a, b in zip(x, other, strict=True))

    def kernels(self, x: Place) -> tuple[Fraction, ...]:
        """k(x, x_i) for every training point."""
        return tuple(self.kernel(x, point) for point in self.points)

    def nearest(self, x: Place) -> int:
        """The index of the training point with the largest k(x, x_i); ties go to the lowest."""
        values = self.kernels(x)
        return values.index(max(values))

    def crowding(self) -> Fraction:
        """q, the largest sum over a row of the kernel matrix off the diagonal."""
        return max(sum(self.kernels(point), Fraction(-1)) for point in self.points)

    def value(self, x: Place) -> Fraction:
        """f(x), by solving the linear system; ZeroDivisionError for a singular kernel matrix."""
        weights = _weights(self)
        return sum((k * w for k, w in zip(self.kernels(x), weights, strict=True)), Fraction(0))

    def rest(self, x: Place) -> Fraction:
        """W, the kernel weight at x of all training points but the nearest."""
        values = self.kernels(x)
        return sum(values, Fraction(0)) - max(values)


@lru_cache(maxsize=1024)
def _weights(machine: Machine) -> tuple[Fraction, ...]:
    """K^-1 y."""
    matrix = fmpq_mat([[fmpq(v.numerator, v.denominator) for v in machine.kernels(point)] for point in machine.points])
    found = matrix.solve(fmpq_mat([[label] for label in machine.labels]))
    return tuple(Fraction(int(found[i, 0].p), int(found[i, 0].q)) for i in range(len(machine.points)))


def line_weights(points: Sequence[Number], labels: Sequence[int], bandwidth: float) -> Floats:
    """K^-1 y for k(x, x') = exp(-(x - x')^2 / bandwidth) on the line."""
    places = np.array(points, dtype=float)
    return np.linalg.solve(np.exp(-((places[:, None] - places) ** 2) / bandwidth), np.array(labels, dtype=float))


def line_mismatches(points: Sequence[Number], labels: Sequence[int], bandwidth: float, rng: np.random.Generator,
                    size: int) -> npt.NDArray[np.bool_]:
    """`size` indicators, for X uniform on [0, 1], that the machine's sign is not the label of the nearest point."""
    places, x = np.array(points, dtype=float), rng.random(size)
    gaps = np.abs(x[:, None] - places)
    signs = np.exp(-(gaps**2) / bandwidth) @ line_weights(points, labels, bandwidth) > 0
    return signs != (np.array(labels)[np.argmin(gaps, axis=1)] > 0)


def line_mismatch(points: Sequence[Number], labels: Sequence[int], bandwidth: float) -> float:
    """The mean of `line_mismatches`, from the machine's zeros.

    For sorted points with |f - sign| so small that f has one zero between neighbours of different labels, and none
    elsewhere: a kernel that decays fast. That zero is found to 1e-13; the mismatch lies between it and the midpoint.
    """
    places, weights = np.array(points, dtype=float), line_weights(points, labels, bandwidth)

    def value(x: float) -> float:
        return float(np.exp(-((x - places) ** 2) / bandwidth) @ weights)

    total = 0.0
    for (left, one), (right, other) in pairwise(zip(points, labels, strict=True)):
        if one != other:
            total += abs(float(_zero(value, float(left), float(right))) - float(left + right) / 2)
    return total


def _zero(function: Callable[[float], float], left: float, right: float) -> float:
    found: Any = brentq(function, left, right, xtol=1e-14)
    return float(found)
