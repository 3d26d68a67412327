"""The nearest neighbour of a fresh point among n uniform points of a circle of length 1, simulated.

Everything here is a function of four numbers per replicate: the fresh point, its nearest neighbour, and two
uniforms that decide their labels. One kernel makes them; the quantities themselves are array arithmetic.
"""
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, cast

import numba
import numpy as np
import numpy.typing as npt

from simulate.circle import Circle
from simulate.jit import kernel
from simulate.streams import State, seed_of, start, uniform

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Unsigned indices: Numba would test signed ones for being negative.
_0, _1 = np.uint64(0), np.uint64(1)


class Means(NamedTuple):
    """Means over fresh points, one entry per training set; rows of one array.

    `distance` to the nearest training point, in [0, 1/2]; `eta_gap` = |eta(neighbour) - eta(x)| and `risk` =
    P(label of the neighbour != Y | x, neighbour), both in [0, 1].
    """

    distance: Floats
    eta_gap: Floats
    risk: Floats


@kernel(parallel=True)
def _pairs(seed: np.uint64, n: int, size: int) -> Floats:
    """Rows: fresh point, its nearest neighbour, two further uniforms; one column per replicate."""
    out = np.empty((4, size))
    for r in numba.prange(size):
        state = start(seed, r)
        state, x = uniform(state)
        nearest, best = x, 2.0
        for _ in range(n):
            state, point = uniform(state)
            gap = abs(point - x)
            gap = min(gap, 1.0 - gap)
            if gap < best:
                nearest, best = point, gap
        out[0, r], out[1, r] = x, nearest
        state, out[2, r] = uniform(state)
        state, out[3, r] = uniform(state)
    return out


def _pairs_numpy(n: int, rng: np.random.Generator, size: int) -> Floats:
    """Twin of the kernel: the same law, from `rng` directly."""
    x, points = rng.random(size), rng.random((size, n))
    gaps = np.abs(points - x[:, None])
    nearest = np.argmin(np.minimum(gaps, 1 - gaps), axis=1)
    return np.stack([x, points[np.arange(size), nearest], rng.random(size), rng.random(size)])


def _replicates(n: int, rng: np.random.Generator, size: int, compiled: bool) -> Floats:
    _at_least_one("n", n)
    return _pairs(seed_of(rng), n, size) if compiled else _pairs_numpy(n, rng, size)


def _at_least_one(name: str, value: int) -> None:
    if value < 1:
        raise ValueError(f"neighbours: {name} = {value} points; give at least 1.")


def nearest_distances(n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Floats:
    """`size` distances, in [0, 1/2], from a fresh point to the nearest of n >= 1 points; else ValueError.

    `compiled=False`, here and below, draws from the NumPy twin of the kernel.
    """
    x, neighbour, _, _ = _replicates(n, rng, size, compiled)
    gap = np.abs(neighbour - x)
    return np.minimum(gap, 1 - gap)


def eta_gaps(circle: Circle, n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Floats:
    """`size` draws of |eta(neighbour) - eta(x)|, in [0, 1], for n >= 1 points; else ValueError."""
    x, neighbour, _, _ = _replicates(n, rng, size, compiled)
    return np.abs(_eta(circle, neighbour) - _eta(circle, x))


def neighbour_errors(circle: Circle, n: int, rng: np.random.Generator, size: int, *,
                     compiled: bool = True) -> Bools:
    """`size` draws of 1{label of the nearest of n >= 1 points != Y}; ValueError for n < 1."""
    x, neighbour, u, v = _replicates(n, rng, size, compiled)
    return (u < _eta(circle, x)) != (v < _eta(circle, neighbour))


def cosine_risks(a: float | Fraction, n: int, rng: np.random.Generator, size: int, *,
                 compiled: bool = True) -> Floats:
    """`size` draws of P(label of the neighbour != Y | x, neighbour), in [0, 1], for eta = 1/2 + a cos(2 pi x).

    Labels are integrated out: the variance is that of eta alone. ValueError unless |a| <= 1/2 and n >= 1.
    """
    x, neighbour, _, _ = _replicates(n, rng, size, compiled)
    eta, other = _cosine(a, x), _cosine(a, neighbour)
    return eta * (1 - other) + (1 - eta) * other


def cosine_errors(a: float | Fraction, n: int, rng: np.random.Generator, size: int, *,
                  compiled: bool = True) -> Bools:
    """As `cosine_risks`, with both labels drawn: `size` indicators of an error, with the same mean."""
    x, neighbour, u, v = _replicates(n, rng, size, compiled)
    return (u < _cosine(a, x)) != (v < _cosine(a, neighbour))


def _eta(circle: Circle, x: Floats) -> Floats:
    return cast(Floats, circle.eta(x))


def _cosine(a: float | Fraction, x: Floats) -> Floats:
    if not -0.5 <= a <= 0.5:
        raise ValueError(f"neighbours: a = {a} makes 1/2 + a cos leave [0, 1]; keep |a| at most 1/2.")
    return 0.5 + float(a) * np.cos(2 * np.pi * x)


@kernel
def sorted_uniforms(state: State, points: Floats, scratch: Floats, starts: Integers) -> State:
    """Fill `points` with sorted uniforms in [0, 1); `scratch` is as long, `starts` longer by one.

    A bucket per point and one pass of insertion, which moves each point O(1) places on average. The state is
    advanced by one uniform per point.
    """
    n = np.uint64(points.size)
    starts[:] = 0
    for i in range(n):
        state, scratch[i] = uniform(state)
        starts[_bucket(scratch[i], n) + _1] += 1
    for b in range(n):
        starts[b + _1] += starts[b]
    for i in range(n):
        b = _bucket(scratch[i], n)
        place = np.uint64(starts[b])
        starts[b] = place + _1
        points[place] = scratch[i]
    for i in range(_1, n):
        x = points[i]
        j = i
        while j > _0 and points[j - _1] > x:
            points[j] = points[j - _1]
            j -= _1
        points[j] = x
    return state


@kernel
def _bucket(x: float, n: np.uint64) -> np.uint64:
    # By way of a signed integer: processors have no instruction for floats to unsigned ones.
    return np.uint64(int(x * np.int64(n)))


@kernel(parallel=True)
def _voronoi_squares(seed: np.uint64, n: int, size: int) -> Floats:
    out = np.empty(size)
    for r in numba.prange(size):
        points, scratch, starts = np.empty(n), np.empty(n), np.empty(n + 1, np.int64)
        sorted_uniforms(start(seed, r), points, scratch, starts)
        before = points[0] - points[n - 1] + 1.0
        total = 0.0
        for i in range(n):
            after = points[i + 1] - points[i] if i + 1 < n else points[0] - points[i] + 1.0
            total += (before + after) ** 2
            before = after
        out[r] = total / 4.0
    return out


def voronoi_squares(n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Floats:
    """`size` sums of squared Voronoi lengths of n points, in [1/n, 1]; ValueError for n < 1.

    A point's cell reaches half way to its neighbour on either side; a single point owns the whole circle.
    """
    _at_least_one("n", n)
    if compiled:
        return _voronoi_squares(seed_of(rng), n, size)
    points = np.sort(rng.random((size, n)), axis=1)
    gaps = np.diff(points, axis=1, append=points[:, :1] + 1)
    return np.sum(((gaps + np.roll(gaps, 1, axis=1)) / 2) ** 2, axis=1)


def mean_eta_gap(circle: Circle, n: int, max_knots: int = 8) -> Fraction | None:
    """E |eta(neighbour) - eta(x)| exactly; None if a knot is not rational or there are more than `max_knots`.

    V(t), the integral over x of |eta(x + t) - eta(x)|, is quadratic in t between multiples of 1/K and the
    zeros in t of the difference at the knots; it is integrated there against the distance's density
    2n (1 - 2t)^(n-1). The route shares nothing with the draws of `eta_gaps`. ValueError for n < 1.
    """
    _at_least_one("n", n)
    if len(circle.knots) > max_knots or not all(isinstance(v, Fraction) for v in circle.knots):
        return None
    knots = cast(tuple[Fraction, ...], circle.knots)
    total = Fraction(0)
    for low, high in pairwise(_breakpoints(knots)):
        middle = (low + high) / 2
        values = [_shifted_difference(knots, t) for t in (low, middle, high)]
        total += _against_density(n, [1 - 2 * t for t in (low, middle, high)], values)
    return total


def _breakpoints(knots: tuple[Fraction, ...]) -> list[Fraction]:
    count = len(knots)
    points = {Fraction(0), Fraction(1, 2)} | {Fraction(i, count) for i in range(count // 2 + 1)}
    for shift in range((count + 1) // 2):
        for j in range(count):
            # At x_j, and at x_j - t, eta(x + t) - eta(x) is linear in t from `first` to `last` on this interval.
            for first, last in ((knots[(j + shift) % count] - knots[j], knots[(j + shift + 1) % count] - knots[j]),
                                (knots[j] - knots[(j - shift) % count], knots[j] - knots[(j - shift - 1) % count])):
                if first * last < 0:
                    points.add((shift + first / (first - last)) / count)
    return sorted(t for t in points if t <= Fraction(1, 2))


def _shifted_difference(knots: tuple[Fraction, ...], t: Fraction) -> Fraction:
    """V(t): the integral over the circle of |eta(x + t) - eta(x)|, for 0 <= t <= 1/2."""
    count = len(knots)
    shift, part = divmod(t * count, 1)
    total = Fraction(0)
    for j in range(count):
        left = knots[(j + shift) % count]
        middle = knots[(j + shift + 1) % count]
        right = knots[(j + shift + 2) % count]
        here, there = knots[j], knots[(j + 1) % count]
        first = left + (middle - left) * part - here
        turn = middle - (here + (there - here) * (1 - part))
        last = middle + (right - middle) * part - there
        total += _area(first, turn) * (1 - part) + _area(turn, last) * part
    return total / count


def _area(first: Fraction, last: Fraction) -> Fraction:
    """The integral over [0, 1] of the absolute value of the line from `first` to `last`."""
    if first * last >= 0:
        return abs(first + last) / 2
    return (first * first + last * last) / (2 * abs(first - last))


def _against_density(n: int, s: list[Fraction], values: list[Fraction]) -> Fraction:
    """The integral of n s^(n-1) times the parabola through (s, values), from s[2] up to s[0]."""
    first = (values[0] - values[1]) / (s[0] - s[1])
    second = ((values[2] - values[1]) / (s[2] - s[1]) - first) / (s[2] - s[0])
    slope = first - second * (s[0] + s[1])
    constant = values[0] - slope * s[0] - second * s[0] ** 2

    def primitive(x: Fraction) -> Fraction:
        return x**n * (constant + slope * x * Fraction(n, n + 1) + second * x * x * Fraction(n, n + 2))

    return primitive(s[0]) - primitive(s[2])
