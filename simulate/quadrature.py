"""Laws of nearest neighbours on a circle as finite tables, exact for the means that proofs speak of.

Each table is (weights, columns): a discrete law under which the means of a proof's expressions are those of the true
law, up to rounding. They are Gauss rules, placed between the points where the expressions aren't smooth, so nothing
here shares its route with the closed forms of `simulate.circle`.
"""
from functools import lru_cache
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from simulate.circle import Circle
from simulate.legendre import legendre

Floats = npt.NDArray[np.float64]
Table: TypeAlias = tuple[Floats, dict[str, Floats]]

_SPARSE = 1e-30
"""Pieces of less mass than this are left out."""


def distances(n: int) -> dict[str, Any]:
    """N: the distance D from a point to the nearest of n >= 1 uniform points."""
    values, weights = _distances(n, np.array([0.0, 0.5]))
    return {"N": (weights, {"D": values})}


def gaps(n: int) -> dict[str, Any]:
    """G: the gaps before and after one of n >= 1 uniform points; a single point has one gap, of length 1."""
    if n == 1:
        return {"G": (np.ones(1), {"before": np.ones(1), "after": np.ones(1)})}
    first, chance = _broken_off(n - 1)
    # What is left of the circle is broken again, for the other n - 2 points; without any, the rest is the gap.
    share, among = _broken_off(n - 2) if n > 2 else (np.ones(1), np.ones(1))
    after = np.repeat(first, share.size)
    before = (1 - after) * np.tile(share, first.size)
    return {"G": (np.outer(chance, among).ravel(), {"before": before, "after": after})}


def _broken_off(m: int) -> tuple[Floats, Floats]:
    """Two nodes and weights that are exact for cubics of the least of m uniform variables, a Beta(1, m) variable."""
    mean, spread = 1 / (m + 1), np.sqrt(m / (m + 2)) / (m + 1)
    skew = 2 * (m - 1) * np.sqrt(m + 2) / ((m + 3) * np.sqrt(m))
    return _two_nodes(np.array([1.0]), np.array([mean]), np.array([spread]), np.array([skew]))


def neighbours(circle: Circle, n: int) -> dict[str, Any]:
    """XN: a = eta at a uniform point, b = eta at the nearest of n >= 1 points, D their distance; w = (b - a)/lipschitz.

    Exact for |a - b|, for quadratic functions of a and b, and for D.
    """
    knots = circle.knot_array()
    t, chance = _distances(n, _bends(knots))
    size = knots.size
    corners = np.arange(size) / size
    # For a fixed t both are linear in x between the knots and the knots shifted by t.
    x = np.concatenate((np.broadcast_to(corners, (t.size, size)), (corners - t[:, None]) % 1.0), axis=1)
    x.sort(axis=1)
    x = np.concatenate((x, x[:, :1] + 1), axis=1)
    here, there = circle.eta(x), circle.eta(x + t[:, None])
    change = there - here
    crossed = change[:, :-1] * change[:, 1:] < 0
    cut = np.where(crossed, change[:, :-1] / np.where(crossed, change[:, :-1] - change[:, 1:], 1.0), 0.5)
    nodes = np.stack([cut * z for z in _HALVES] + [cut + (1 - cut) * z for z in _HALVES])
    length = np.diff(x, axis=1) * chance[:, None] / 4
    weights = np.stack([length * cut] * 2 + [length * (1 - cut)] * 2).ravel()
    a, b = ((left[:, :-1] + nodes * np.diff(left, axis=1)).ravel() for left in (here, there))
    lipschitz = circle.lipschitz()
    distance = np.broadcast_to(t[:, None], nodes.shape).ravel()
    # The neighbour lies on either side; on the other one the two points change places.
    a, b, distance = np.concatenate((a, b)), np.concatenate((b, a)), np.concatenate((distance, distance))
    columns = {"a": a, "b": b, "D": distance, "w": (b - a) / float(lipschitz) if lipschitz else np.zeros_like(a)}
    return {"lipschitz": lipschitz, "XN": (np.concatenate((weights, weights)), columns)}


_HALVES = ((1 - 1 / np.sqrt(3)) / 2, (1 + 1 / np.sqrt(3)) / 2)
"""Gauss nodes on [0, 1], exact for cubics."""


def answers(circle: Circle, n: int) -> dict[str, Any]:
    """X: a = eta at a uniform point and q, the mean of eta at the nearest of n >= 1 points, given that point.

    For |q - a|, to about 8 digits.
    """
    knots = circle.knot_array()
    points, chance = _legendre(32)
    ends = np.arange(2 * knots.size + 1) / (2 * knots.size)
    grid = np.sort(np.concatenate((ends, _spread(ends, points))))
    gap = _mean_change(circle, n, grid)
    turns = np.flatnonzero(gap[:-1] * gap[1:] < 0)
    low, high, below = grid[turns], grid[turns + 1], gap[turns]
    for _ in range(12 if turns.size else 0):
        middle = (low + high) / 2
        same = _mean_change(circle, n, middle) * below > 0
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    ends = np.sort(np.concatenate((ends, (low + high) / 2)))
    x = _spread(ends, points)
    a = circle.eta(x)
    q = np.clip(a + _mean_change(circle, n, x), 0.0, 1.0)
    return {"lipschitz": circle.lipschitz(), "X": (np.outer(np.diff(ends), chance).ravel(), {"a": a, "q": q})}


def _mean_change(circle: Circle, n: int, x: Floats) -> Floats:
    """The mean of eta at the nearest of n points less eta(x): eta is linear in the distance between its knots."""
    size = circle.knot_array().size
    here, total = circle.eta(x), np.zeros_like(x)
    for side in (1.0, -1.0):
        to_knots = np.minimum(side * (np.arange(size) / size - x[:, None]) % 1.0, 0.5)
        ends = np.sort(np.concatenate((np.zeros((x.size, 1)), to_knots, np.full((x.size, 1), 0.5)), axis=1), axis=1)
        reach = 1 - 2 * ends
        survival = reach**n
        # Of a distance D: the tail's integral, from each end on, and the mean where D lies between two ends.
        beyond = ends * survival + survival * reach / (2 * (n + 1))
        mass = -np.diff(survival, axis=1)
        mean = np.where(mass > _SPARSE, -np.diff(beyond, axis=1) / np.maximum(mass, _SPARSE), ends[:, :-1])
        total += (mass * (circle.eta(x[:, None] + side * mean) - here[:, None])).sum(axis=1) / 2
    return total


def cosine(n: int) -> dict[str, Any]:
    """XD: a uniform point x, the distance D to the nearest of n >= 1 points, and its side; U: a uniform variable."""
    points, chance = _legendre(48)
    distance, chance = points / 2, n * (1 - points)**(n - 1) * chance
    # Equally spaced points are exact for waves of up to four periods.
    x = (np.arange(5) + 0.5) / 5
    places, sides, apart = (each.ravel() for each in np.meshgrid(x, np.array([0.0, 1.0]), distance, indexing="ij"))
    weights = np.tile(chance / (2 * x.size), 2 * x.size)
    u, uniform = _legendre(80)
    return {"XD": (weights, {"x": places, "side": sides, "D": apart}), "U": (uniform, {"u": u})}


@lru_cache(maxsize=8)
def _legendre(size: int) -> tuple[Floats, Floats]:
    """Gauss nodes and weights on [0, 1]."""
    nodes, weights = legendre(size)
    return (nodes + 1) / 2, weights / 2


def _spread(ends: Floats, points: Floats) -> Floats:
    """The points of [0, 1], put between all neighbouring ends."""
    return (ends[:-1, None] + np.diff(ends)[:, None] * points).ravel()


def _bends(knots: Floats) -> Floats:
    """Distances t, 0 to 1/2, where the integral over x of |eta(x + t) - eta(x)| is no smooth function of t.

    Those where a knot shifted by t meets a knot, and those where eta agrees at a knot and at distance t from it.
    """
    size = knots.size
    shifted = knots[(np.arange(size)[:, None] + np.arange(size + 1)) % size] - knots[:, None]
    first, last = shifted[:, :-1], shifted[:, 1:]
    crossed = first * last < 0
    t = ((np.arange(size) + first / np.where(crossed, first - last, 1.0)) / size)[crossed]
    # Seen from the other side of the knot, a distance beyond 1/2 is one below.
    t = np.concatenate((np.arange(size + 1) / size, t))
    # Two of these closer than rounding are one.
    return cast(Floats, np.unique(np.round(np.concatenate((np.minimum(t, 1 - t), [0.0, 0.5])), 13)))


def _distances(n: int, ends: Floats) -> tuple[Floats, Floats]:
    """Two nodes and weights between all neighbouring ends, exact for cubics of the distance there.

    The density is 2n(1 - 2t)^(n-1); its moments between two ends are integrated by Gauss, about their mean.
    """
    points, chance = _legendre(48)
    t = ends[:-1, None] + np.diff(ends)[:, None] * points
    weights = 2 * n * (1 - 2 * t)**(n - 1) * chance * np.diff(ends)[:, None]
    kept = weights.sum(axis=1) > _SPARSE
    t, weights = t[kept], weights[kept]
    mass = weights.sum(axis=1)
    weights = weights / mass[:, None]
    mean = (weights * t).sum(axis=1)
    apart = t - mean[:, None]
    spread = np.sqrt((weights * apart**2).sum(axis=1))
    skew = (weights * apart**3).sum(axis=1) / spread**3
    return _two_nodes(mass, mean, spread, skew)


def _two_nodes(mass: Floats, mean: Floats, spread: Floats, skew: Floats) -> tuple[Floats, Floats]:
    """The two-point laws with these masses, means, deviations and skewnesses, one after the other."""
    root = np.sqrt(skew**2 + 4)
    nodes = mean + spread * np.stack((skew - root, skew + root)) / 2
    weights = mass * np.stack((1 + skew / root, 1 - skew / root)) / 2
    return nodes.ravel(), weights.ravel()
