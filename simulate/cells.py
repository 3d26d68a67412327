"""1-NN teachers on the circle, each integrated over the fresh point: sums over Voronoi cells in place of draws.

The cell of a training point reaches half way to its neighbour on either side; on it the neighbour is fixed and eta is
piecewise linear, so that the integrals over the fresh point are sums over the pieces that cells and knots cut from
the circle. What is left to chance is the training set. `sampled_risks` draws m fresh points instead.
"""
import numba
import numpy as np
import numpy.typing as npt

from simulate.circle import Circle
from simulate.jit import kernel
from simulate.neighbours import Means, sorted_uniforms
from simulate.streams import State, seed_of, start, uniform
from simulate.tasks import Floats

Integers = npt.NDArray[np.int64]

# Unsigned indices: Numba would test signed ones for being negative. They are made by way of signed integers, since
# processors have no instruction for floats to unsigned ones.
_1 = np.uint64(1)
_PER_POINT = 2  # cells of the table that finds the Voronoi cell of a fresh point, for each training point


@kernel
def _eta(ring: Floats, x: float) -> float:
    """eta at x in [0, 1); `ring` holds the knots and the first one again."""
    position = x * (ring.size - 1)
    piece = np.uint64(int(position))
    return ring[piece] + (position - int(position)) * (ring[piece + _1] - ring[piece])


@kernel
def _area(first: float, last: float) -> float:
    """The integral over [0, 1] of the absolute value of the line from `first` to `last`."""
    if first * last >= 0.0:
        return abs(first + last) * 0.5
    return (first * first + last * last) / (2.0 * abs(first - last))


@kernel
def _integrals(ring: Floats, points: Floats) -> tuple[float, float, float]:
    """Means over a fresh point of distance, |eta gap| and P(label of the neighbour != Y), for sorted `points`."""
    n, knots = points.size, ring.size - 1
    distance = difference = risk = 0.0
    x = (points[n - 1] + points[0] - 1.0) * 0.5  # where the first point's cell begins, perhaps below 0
    knot = np.floor(x * knots)
    piece = int(knot) % knots
    value = ring[piece] + (x * knots - knot) * (ring[piece + 1] - ring[piece])
    for i in range(n):
        after = points[i + 1] if i + 1 < n else points[0] + 1.0
        end, own = (points[i] + after) * 0.5, _eta(ring, points[i])
        distance += (after - points[i]) ** 2 * 0.25
        while x < end:
            stop = min(end, (knot + 1.0) / knots)
            following = ring[piece] + (stop * knots - knot) * (ring[piece + 1] - ring[piece])
            mean = (value + following) * 0.5
            difference += (stop - x) * _area(value - own, following - own)
            risk += (stop - x) * (mean * (1.0 - own) + (1.0 - mean) * own)
            x, value = stop, following
            if stop < end:
                knot += 1.0
                piece = piece + 1 if piece + 1 < knots else 0
    return distance, difference, risk


@kernel(parallel=True)
def _means(ring: Floats, n: int, seed: np.uint64, out: Floats) -> None:
    for r in numba.prange(out.shape[1]):
        points = np.empty(n)
        sorted_uniforms(start(seed, r), points, np.empty(n), np.empty(n + 1, np.int64))
        out[0, r], out[1, r], out[2, r] = _integrals(ring, points)


@kernel
def _cells(ring: Floats, points: Floats, ends: Floats, etas: Floats) -> None:
    """Where in [0, 1) Voronoi cells end, in order, and eta at their points; both one longer than `points`."""
    n = points.size
    seam = (points[n - 1] + points[0] + 1.0) * 0.5
    # The last point's cell goes on beyond 0, or the first one's begins below.
    shift = int(seam >= 1.0)
    for i in range(n):
        etas[i + shift] = _eta(ring, points[i])
    for i in range(n - 1):
        ends[i + shift] = (points[i] + points[i + 1]) * 0.5
    if shift:
        ends[0], etas[0] = seam - 1.0, etas[n]
    else:
        ends[n - 1], etas[n] = seam, etas[0]
    ends[n] = 2.0


@kernel
def _table(ends: Floats, table: Integers) -> None:
    """table[g]: how many of all but the last of `ends` lie in the first g of table.size - 1 equal parts of [0, 1)."""
    parts = table.size - 1
    table[:] = 0
    for i in range(np.uint64(ends.size - 1)):
        table[np.uint64(int(ends[i] * parts)) + _1] += 1
    for g in range(_1, np.uint64(table.size)):
        table[g] += table[g - _1]


@kernel
def _risk(state: State, ring: Floats, ends: Floats, etas: Floats, table: Integers, m: int) -> float:
    """The mean over m fresh points of P(label of the neighbour != Y)."""
    parts, total = table.size - 1, 0.0
    for _ in range(m):
        state, x = uniform(state)
        cell = np.uint64(table[np.uint64(int(x * parts))])
        # Most parts have at most one end: counting it without a branch leaves the loop almost never entered.
        cell += np.uint64(ends[cell] <= x)
        while ends[cell] <= x:
            cell += _1
        eta, other = _eta(ring, x), etas[cell]
        total += eta + other - 2.0 * eta * other
    return total / m


@kernel(parallel=True)
def _sampled(ring: Floats, n: int, m: int, seed: np.uint64, out: Floats) -> None:
    for r in numba.prange(out.size):
        points, ends, etas = np.empty(n), np.empty(n + 1), np.empty(n + 1)
        table = np.empty(_PER_POINT * n + 1, np.int64)
        state = sorted_uniforms(start(seed, r), points, etas[:n], table[:n + 1])
        _cells(ring, points, ends, etas)
        _table(ends, table)
        out[r] = _risk(state, ring, ends, etas, table, m)


def circle_means(circle: Circle, n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Means:
    """Integrals over the fresh point, for `size` independent training sets of n points; distances are at most 1/4.

    ValueError for n < 1. `compiled=False` draws from the NumPy twin of the kernel.
    """
    _check(n, 1)
    if not compiled:
        return Means(*_means_numpy(circle, n, rng, size))
    out = np.empty((3, size))
    _means(_ring(circle), n, seed_of(rng), out)
    return Means(*out)


def sampled_risks(circle: Circle, n: int, m: int, rng: np.random.Generator, size: int, *, compiled: bool = True
                  ) -> Floats:
    """`size` draws of the risk in `circle_means`, in [0, 1], from means over m fresh points in place of the integral.

    The plain route: every fresh point is looked up. ValueError unless n and m are at least 1.
    """
    _check(n, m)
    if compiled:
        out = np.empty(size)
        _sampled(_ring(circle), n, m, seed_of(rng), out)
        return out
    points, fresh = np.sort(rng.random((size, n)), axis=1), rng.random((size, m))
    # One search for all replicates: replicate r's numbers are moved to [2r, 2r + 2).
    shift = np.arange(size)[:, None]
    ends = (points + np.roll(points, -1, axis=1)) / 2
    ends[:, -1] += 0.5
    # Where the last point's cell goes on beyond 0, what lies there is moved to its end.
    wrapped = np.where(fresh < ends[:, -1:] - 1, fresh + 1, fresh)
    place = np.searchsorted((ends + 2 * shift).ravel(), (wrapped + 2 * shift).ravel(), side="right")
    nearest = np.take_along_axis(points, (place.reshape(size, m) - n * shift) % n, axis=1)
    eta, other = circle.eta(fresh), circle.eta(nearest)
    return (eta + other - 2 * eta * other).mean(axis=1)


def _means_numpy(circle: Circle, n: int, rng: np.random.Generator, size: int) -> Floats:
    """Twin of the kernel: the same law, from `rng` directly."""
    knots = np.arange(circle.knot_array().size) / circle.knot_array().size
    out = np.empty((3, size))
    for column in out.T:
        points = np.sort(rng.random(n))
        after = np.append(points[1:], points[0] + 1)
        ends = (points + after) / 2 % 1
        cuts = np.unique(np.concatenate(([0.0, 1.0], knots, ends, points)))
        apart = np.abs((cuts[1:] + cuts[:-1])[:, None] / 2 - points)
        other = circle.eta(points[np.argmin(np.minimum(apart, 1 - apart), axis=1)])
        length, middle = np.diff(cuts), circle.eta((cuts[1:] + cuts[:-1]) / 2)
        # Between cuts eta is linear, and so is eta less the neighbour's, whose sign may change within.
        slope = circle.eta(cuts[:-1] + 0.75 * length) - circle.eta(cuts[:-1] + 0.25 * length)
        first, last = middle - slope - other, middle + slope - other
        mixed = first * last < 0
        areas = np.where(mixed, (first**2 + last**2) / np.where(mixed, 2 * np.abs(first - last), 1),
                         np.abs(first + last) / 2)
        column[:] = (((after - points)**2).sum() / 4, length @ areas, length @ (middle + other - 2 * middle * other))
    return out


def _ring(circle: Circle) -> Floats:
    knots = circle.knot_array()
    return np.append(knots, knots[0])


def _check(n: int, m: int) -> None:
    if min(n, m) < 1:
        raise ValueError(f"cells: n = {n} training points and m = {m} fresh ones must each be at least 1.")
