"""X uniform on a circle of length 1, eta periodic and piecewise linear: every 1-NN quantity in closed form.

Let s_j be the jump of eta's slope at the knot x_j, so that eta'' = sum_j s_j delta_{x_j}, and let n training
points be i.i.d. uniform. The displacement t from x to the nearest of them has density n (1 - 2|t|)^(n-1) on
[-1/2, 1/2]; averaging eta over it, and integrating by parts twice, gives with |.| the distance on the circle

    q(x) - eta(x) = sum_j s_j G(|x - x_j|),              G(t) = (1-2t)^(n+1) / (4(n+1)),                   (1)
    P(1-NN label != Y) = E[2 eta (1-eta)] - 2 sum_ij s_i s_j G4(|x_i - x_j|),                              (2)
    G4(t) = (1-2t)^(n+3) / (16(n+1)(n+2)(n+3)) + (t - t^2) / (8(n+1)(n+2)),      G4'' = G - mean of G.

Here q(x) is the probability that the nearest neighbour's label is 1. Rational knots make all of it exact.
"""
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import overload

import numpy as np
import numpy.typing as npt

from simulate.tasks import HALF, Floats, Number, as_floats, number, probabilities


@dataclass(frozen=True, slots=True)
class Circle:
    """X is uniform on [0, 1), whose ends are joined; P(Y = 1 | x) is eta(x), with eta(i/K) = knots[i].

    `knots` is a sequence of K >= 1 numbers in [0, 1], kept as a tuple; between them eta is linear, and from
    the last it goes back to knots[0]. `Circle((0, 1))` is the triangle wave. Raises ValueError or TypeError
    for entries that are no probabilities.
    """

    knots: tuple[Number, ...]

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        object.__setattr__(self, "knots", probabilities(self.knots, "Circle: knots"))

    @property
    def is_rational(self) -> bool:
        """Whether every knot is a Fraction, so that every closed form is exact."""
        return all(isinstance(v, Fraction) for v in self.knots)

    @overload
    def eta(self, x: npt.NDArray[np.floating]) -> Floats: ...
    @overload
    def eta(self, x: Number) -> Number: ...

    def eta(self, x: Number | npt.NDArray[np.floating]) -> Number | Floats:
        """P(Y = 1 | x), x taken modulo 1: exact at a rational x, an array for an array."""
        if isinstance(x, np.ndarray):
            knots = self.knot_array()
            position = (x - np.floor(x)) * knots.size
            left = np.minimum(position.astype(np.int64), knots.size - 1)
            return knots[left] + (position - left) * (knots[(left + 1) % knots.size] - knots[left])
        position = number(x, "Circle.eta: x") % 1 * len(self.knots)
        left = min(math.floor(position), len(self.knots) - 1)
        low, high = self._pieces()[left]
        return low + (position - left) * (high - low)

    def lipschitz(self) -> Number:
        """The least lambda with |eta(x) - eta(x')| <= lambda |x - x'|."""
        return max(abs(slope) for slope in self.slopes())

    def slopes(self) -> tuple[Number, ...]:
        """The slope of eta from knot i to the next one."""
        return tuple(len(self.knots) * (high - low) for low, high in self._pieces())

    def slope_jumps(self) -> tuple[Number, ...]:
        """s_j, the slope right of knot j minus the slope left of it; they sum to 0."""
        slopes = self.slopes()
        return tuple(right - left for left, right in zip((slopes[-1], *slopes[:-1]), slopes, strict=True))

    def mean_eta(self) -> Number:
        """P(Y = 1) = integral of eta."""
        return sum(self.knots, Fraction(0)) / len(self.knots)

    def bayes_risk(self) -> Number:
        """Integral of min(eta, 1 - eta), each piece split where eta crosses 1/2."""
        means = (_mean_of_minimum(low, high) for low, high in self._pieces())
        return sum(means, Fraction(0)) / len(self.knots)

    def sampler_risk(self) -> Number:
        """P(Y != Z) with Y, Z independent draws from the law at X: integral of 2 eta (1 - eta)."""
        squares = sum((low * low + low * high + high * high for low, high in self._pieces()), Fraction(0))
        return 2 * (self.mean_eta() - squares / (3 * len(self.knots)))

    @overload
    def threshold_risk(self, a: npt.NDArray[np.floating]) -> Floats: ...
    @overload
    def threshold_risk(self, a: Number) -> Number: ...

    def threshold_risk(self, a: Number | npt.NDArray[np.floating]) -> Number | Floats:
        """P(h(X) != Y) of h(x) = 1{x >= a} on [0, 1), for 0 <= a <= 1: exact at a rational a, arrays too."""
        if isinstance(a, np.ndarray):
            if not np.all((a >= 0) & (a <= 1)):
                raise ValueError("Circle.threshold_risk: a has entries outside [0, 1]; give some within.")
            knots = self.knot_array()
            sums = np.concatenate(([0.0], np.cumsum((knots + np.roll(knots, -1)) / 2)))
            left = np.minimum((a * knots.size).astype(np.int64), knots.size - 1)
            part = a * knots.size - left
            slope = knots[(left + 1) % knots.size] - knots[left]
            below = (sums[left] + part * (knots[left] + part * slope / 2)) / knots.size
            return 2 * below + 1 - a - sums[-1] / knots.size
        a = number(a, "Circle.threshold_risk: a")
        if not 0 <= a <= 1:
            raise ValueError(f"Circle.threshold_risk: a = {a} is not in [0, 1]; give a threshold within.")
        return 2 * self._integral_of_eta(a) + 1 - a - self.mean_eta()

    def nearest_neighbour_law(self, x: Number, n: int) -> Number:
        """q(x), equation (1), for n >= 1 training points; exact at a rational x."""
        _check_count(n)
        x = number(x, "Circle.nearest_neighbour_law: x")
        distances = (_distance(x, Fraction(j, len(self.knots))) for j in range(len(self.knots)))
        terms = (s * (1 - 2 * t) ** (n + 1) for s, t in zip(self.slope_jumps(), distances, strict=True))
        return self.eta(x) + sum(terms, Fraction(0)) / (4 * (n + 1))

    def nearest_neighbour_risk(self, n: int) -> Number:
        """P(the 1-NN label != Y) with n >= 1 training points, equation (2)."""
        _check_count(n)
        jumps, size = self.slope_jumps(), len(self.knots)
        total: Number = Fraction(0)
        for lag in range(size):  # the double sum depends on i - j only through this lag
            weight = sum((jumps[i] * jumps[(i + lag) % size] for i in range(size)), Fraction(0))
            t = Fraction(min(lag, size - lag), size)
            power = (1 - 2 * t) ** (n + 3) / (2 * (n + 3))
            total += weight * (power + t - t * t) / (8 * (n + 1) * (n + 2))
        return self.sampler_risk() - 2 * total

    def nearest_neighbour_distance(self, n: int) -> float:
        """E |q(X) - eta(X)| with n >= 1 training points: the 1-NN teacher's distance from a sampler.

        In floating point, from the antiderivative of (1) between its sign changes: about 12 digits.
        """
        _check_count(n)
        return _mean_absolute_gap(as_floats(self.slope_jumps()), n)

    def knot_array(self) -> Floats:
        """The knots as a float64 vector, for kernels."""
        return as_floats(self.knots)

    def _pieces(self) -> list[tuple[Number, Number]]:
        return list(zip(self.knots, (*self.knots[1:], self.knots[0]), strict=True))

    def _integral_of_eta(self, a: Number) -> Number:
        position = a * len(self.knots)
        whole = min(math.floor(position), len(self.knots) - 1)
        pieces = self._pieces()
        area = sum(((low + high) * HALF for low, high in pieces[:whole]), Fraction(0))
        low, high = pieces[whole]
        part = position - whole
        return (area + part * (low + part * (high - low) * HALF)) / len(self.knots)


def _mean_of_minimum(low: Number, high: Number) -> Number:
    """Mean of min(eta, 1 - eta) as eta goes linearly from `low` to `high`."""
    ends = min(low, 1 - low), min(high, 1 - high)
    if (2 * low - 1) * (2 * high - 1) >= 0:
        return (ends[0] + ends[1]) * HALF
    crossing = (HALF - low) / (high - low)
    return (crossing * (ends[0] + HALF) + (1 - crossing) * (HALF + ends[1])) * HALF


def _distance(x: Number, y: Number) -> Number:
    apart = (x - y) % 1
    return min(apart, 1 - apart)


def _check_count(n: int) -> None:
    if n < 1:
        raise ValueError(f"Circle: n = {n} training points have no nearest one; give n >= 1.")


def _mean_absolute_gap(jumps: Floats, n: int) -> float:
    """Integral over the circle of |sum_j s_j G(|x - x_j|)|, G as in (1)."""
    size = jumps.size
    halves = np.unique(np.concatenate((2 * np.arange(size), (2 * np.arange(size) + size) % (2 * size))))
    breaks = np.append(halves, 2 * size) / (2 * size)
    return sum(_absolute_gap(jumps, n, left, right) for left, right in pairwise(breaks.tolist()))


def _absolute_gap(jumps: Floats, n: int, left: float, right: float) -> float:
    """The same from `left` to `right`, neighbours among the knots and their antipodes.

    There every |x - x_j| is x or -x up to a constant: a power of 1 - 2 |x - x_j| is integrated by the next.
    """
    middle = (left + right) / 2
    apart = (middle - np.arange(jumps.size) / jumps.size) % 1.0
    side = np.where(apart < 0.5, 1.0, -1.0)
    reach = 1 - 2 * np.minimum(apart, 1 - apart)

    def powers(x: Floats, exponent: int, weights: Floats) -> Floats:
        return np.maximum(reach - 2 * side * (x[:, None] - middle), 0.0) ** exponent @ weights

    def gap(x: Floats) -> Floats:
        return powers(x, n + 1, jumps)

    def slope(x: Floats) -> Floats:
        return powers(x, n, -side * jumps)

    ends = _sign_changes(gap, slope, left, right, n)
    return float(np.abs(np.diff(powers(ends, n + 2, side * jumps))).sum()) / (8 * (n + 1) * (n + 2))


def _sign_changes(gap: Callable[[Floats], Floats], slope: Callable[[Floats], Floats],
                  left: float, right: float, n: int) -> Floats:
    """`left`, the places where `gap` changes sign, `right`, in order; `slope` has the sign of its derivative.

    `gap` is large only within some 1/n of the ends, so the grid is finest there. Between two of its points of
    equal sign the function is followed to its extremum, which finds a pair of zeros that the grid steps over.
    """
    fine = np.linspace(0, min(right - left, 20 / (n + 1)), 129)
    grid = np.unique(np.concatenate((left + fine, np.linspace(left, right, 65), right - fine)))
    values, slopes = gap(grid), slope(grid)
    same = values[:-1] * values[1:] > 0
    dips = same & (values[:-1] * slopes[:-1] < 0) & (values[1:] * slopes[1:] > 0)
    grid = np.unique(np.concatenate((grid, _zeros(slope, grid[:-1][dips], grid[1:][dips]))))
    values = gap(grid)
    crossed = values[:-1] * values[1:] < 0
    zeros = _zeros(gap, grid[:-1][crossed], grid[1:][crossed])
    return np.unique(np.concatenate(([left], zeros, grid[values == 0], [right])))


def _zeros(function: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """A zero in each bracket [low, high], by bisection of all of them at once."""
    rising = function(high) > 0
    for _ in range(52):
        middle = (low + high) / 2
        beyond = (function(middle) > 0) == rising
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return (low + high) / 2
