"""Regression by the mean response of the k nearest points, on a circle of length 1.

The regression function is the eta of a `Circle`, with values in [0, 1]; noise has a finite law on [0, 1] whose mean
is subtracted. Two settings: inputs that are given, or drawn from finitely many; and n independent uniform inputs.
For these the points within a given radius R of x are uniform on an arc, and R, the distance of the next one, has a
beta law: `mean_error` integrates over R, while `mean_change` integrates the tails of the k distances.
"""
import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, product
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt

from simulate.circle import Circle
from simulate.jit import kernel
from simulate.legendre import legendre
from simulate.streams import seed_of, start, uniform
from simulate.tasks import Number, as_floats, cumulate

Floats = npt.NDArray[np.float64]
_NODES, _WEIGHTS = legendre(40)


@kernel
def circle_eta(knots: Floats, x: float) -> float:
    """P(Y = 1 | x) of `Circle(knots)`, x taken modulo 1, inside a kernel."""
    size = knots.size
    position = (x - math.floor(x)) * size
    left = min(int(position), size - 1)
    right = left + 1 if left + 1 < size else 0
    return knots[left] + (position - left) * (knots[right] - knots[left])


@kernel
def _averages(seed: np.uint64, knots: Floats, x: float, n: int, k: int, size: int) -> Floats:
    out = np.empty(size)
    for r in range(size):
        state = start(seed, r)
        apart, values = np.empty(k), np.empty(k)
        for i in range(n):
            state, point = uniform(state)
            gap = abs(point - x)
            gap = min(gap, 1.0 - gap)
            if i >= k and gap >= apart[k - 1]:
                continue
            place = min(i, k - 1)
            while place > 0 and apart[place - 1] > gap:
                apart[place], values[place] = apart[place - 1], values[place - 1]
                place -= 1
            apart[place], values[place] = gap, circle_eta(knots, point)
        out[r] = values.mean()
    return out


def _averages_numpy(circle: Circle, x: float, n: int, k: int, rng: np.random.Generator, size: int) -> Floats:
    """Twin of the kernel: the same law, from `rng` directly."""
    points = rng.random((size, n))
    gaps = np.abs(points - x)
    nearest = np.argpartition(np.minimum(gaps, 1 - gaps), k - 1, axis=1)[:, :k]
    return circle.eta(np.take_along_axis(points, nearest, axis=1)).mean(axis=1)


def averages(circle: Circle, x: Number, n: int, k: int, rng: np.random.Generator, size: int, *,
             compiled: bool = True) -> Floats:
    """`size` means, in [0, 1], of eta at the k nearest to x in [0, 1) of n uniform points; ValueError for k > n.

    `compiled=False` draws from the NumPy twin of the kernel.
    """
    _check(x, n, k)
    if compiled:
        return _averages(seed_of(rng), circle.knot_array(), float(x), n, k, size)
    return _averages_numpy(circle, float(x), n, k, rng, size)


def noise_means(mass: Sequence[Number], values: Sequence[Number], k: int, rng: np.random.Generator,
                size: int) -> Floats:
    """`size` means of k independent noise values, centred."""
    weights, levels = as_floats(mass), as_floats(values)
    chosen = np.searchsorted(cumulate(weights), rng.random((size, k)), side="right")
    return levels[chosen].mean(axis=1) - float(mean_of(mass, values))


def mean_change(circle: Circle, x: Number, n: int, k: int) -> Fraction:
    """E (mean of eta at the k nearest) - eta(x), exactly, for a rational circle and x; ValueError for k > n.

    With f(t) = (eta(x + t) + eta(x - t))/2 it is the integral of f'(t) S(t), S(t) the mean share of the k distances
    that exceed t: the probabilities that fewer than 1, ..., k of n points are within t, averaged.
    """
    _check(x, n, k)
    total = Fraction(0)
    ends = _bends(circle, x)
    for left, right in pairwise(ends):
        slope = (_folded(circle, x, right) - _folded(circle, x, left)) / (right - left)
        total += slope * (_tail_integral(right, n, k) - _tail_integral(left, n, k))
    return total


def _tail_integral(t: Fraction, n: int, k: int) -> Fraction:
    """The integral of S from 0 to t: each binomial term integrates to a binomial tail."""
    inside = 2 * t
    at_least = [Fraction(0)] * (k + 1)
    chances = [comb(n + 1, i) * inside**i * (1 - inside) ** (n + 1 - i) for i in range(k + 1)]
    remaining = Fraction(1)
    for i in range(k):
        remaining -= chances[i]
        at_least[i] = remaining
    return sum((Fraction(k - i, k) * at_least[i] for i in range(k)), Fraction(0)) / (2 * (n + 1))


def mean_error(circle: Circle, x: Number, n: int, k: int) -> float:
    """E (mean of eta at the k nearest - eta(x))^2 by Gauss' rule over the radius R, in floats to 12 digits or so."""
    _check(x, n, k)
    ends, start_value = as_floats(_bends(circle, x)), float(circle.eta(x))
    if k == n:
        radii, chance = np.array([0.5]), np.ones(1)
    else:
        half = np.diff(ends)[:, None] / 2
        radii = (ends[:-1, None] + half * (_NODES + 1)).ravel()
        u = 2 * radii
        density = (n - k) * comb(n, k) * u**k * (1 - u) ** (n - k - 1)
        chance = (half * _WEIGHTS).ravel() * 2 * density
    first, second = _moments(circle, float(x), ends, radii, start_value)
    return float(chance @ (second / k + (1 - 1 / k) * first**2))


def _moments(circle: Circle, x: float, ends: Floats, radii: Floats, level: float) -> tuple[Floats, Floats]:
    """Mean and mean square of eta - level over the arc of each radius; Simpson's rule is exact between bends."""
    totals = []
    for power in (1, 2):
        def change(t: Floats, power: int = power) -> Floats:
            sides: Any = [(circle.eta(x + sign * t) - level) ** power for sign in (1.0, -1.0)]
            return (sides[0] + sides[1]) / 2

        def simpson(a: Floats, b: Floats, of: Any = change) -> Floats:
            return (b - a) * (of(a) + 4 * of((a + b) / 2) + of(b)) / 6

        before = np.concatenate(([0.0], np.cumsum(simpson(ends[:-1], ends[1:]))))
        piece = np.minimum(np.searchsorted(ends, radii, side="right") - 1, ends.size - 2)
        totals.append((before[piece] + simpson(ends[piece], radii)) / radii)
    return totals[0], totals[1]


def _bends(circle: Circle, x: Number) -> list[Fraction]:
    """Distances from 0 to 1/2 at which eta bends on either side of x."""
    size = len(circle.knots)
    apart = {(side * (Fraction(j, size) - Fraction(x))) % 1 for j in range(size) for side in (1, -1)}
    return sorted({Fraction(0), Fraction(1, 2), *(t for t in apart if t <= Fraction(1, 2))})


def _folded(circle: Circle, x: Number, t: Fraction) -> Fraction:
    return Fraction(circle.eta(x + t) + circle.eta(x - t)) / 2


def mean_of(mass: Sequence[Number], values: Sequence[Number]) -> Number:
    """The mean of a finite law."""
    return sum((p * v for p, v in zip(mass, values, strict=True)), Fraction(0))


def variance_of(mass: Sequence[Number], values: Sequence[Number]) -> Number:
    """The variance of a finite law: exact where it is rational."""
    centre = mean_of(mass, values)
    return sum((p * (v - centre) ** 2 for p, v in zip(mass, values, strict=True)), Fraction(0))


def neighbours_of(inputs: Sequence[Number], x: Number, k: int) -> tuple[int, ...]:
    """Indices of the k nearest inputs on the circle, the lower index first where distances are equal."""
    _check(x, len(inputs), k)
    gaps = [min((each - x) % 1, (x - each) % 1) for each in inputs]
    return tuple(sorted(range(len(inputs)), key=lambda i: (gaps[i], i))[:k])


def designs(inputs: Sequence[Number], n: int, redrawn: bool) -> list[tuple[Number, ...]]:
    """The designs of n inputs that are equally likely: the given ones, or every way to redraw them from themselves."""
    return list(product(inputs, repeat=n)) if redrawn else [tuple(inputs[:n])]


@lru_cache(maxsize=64)
def estimates_law(circle: Circle, inputs: Sequence[Number], x: Number, k: int, mass: Sequence[Number],
                  values: Sequence[Number], *, redrawn: bool = False, shared: bool = False
                  ) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """(weights, estimates): every design with every assignment of noise to the k neighbours; `shared`: one for all.

    Inputs and law are tuples.
    """
    weights: list[Number] = []
    estimates: list[Number] = []
    whole = designs(inputs, len(inputs), redrawn)
    for design in whole:
        chosen = neighbours_of(design, x, k)
        level = sum((circle.eta(design[i]) for i in chosen), Fraction(0)) / k
        for atoms in product(range(len(mass)), repeat=1 if shared else k):
            weight: Number = Fraction(1, len(whole))
            for a in atoms:
                weight *= mass[a]
            weights.append(weight)
            estimates.append(level + sum((values[a] for a in atoms), Fraction(0)) / len(atoms))
    return tuple(weights), tuple(estimates)


def estimates(circle: Circle, inputs: Sequence[Number], x: Number, k: int, mass: Sequence[Number],
              values: Sequence[Number], rng: np.random.Generator, size: int, *, redrawn: bool = False,
              shared: bool = False) -> Floats:
    """`size` draws of the estimate whose law `estimates_law` enumerates."""
    whole = as_floats(inputs)
    noise = noise_means(mass, values, 1 if shared else k, rng, size) + float(mean_of(mass, values))
    if not redrawn:
        chosen = neighbours_of(inputs, x, k)
        return circle.eta(whole[list(chosen)]).mean() + noise
    # Places in the order of distances, which are exact for rational inputs; equal ones share a place.
    gaps = [min((each - x) % 1, (x - each) % 1) for each in inputs]
    places = np.array([sorted(set(gaps)).index(gap) for gap in gaps])
    drawn = rng.integers(0, whole.size, (size, whole.size))
    # Nearer inputs first, and of equally near ones the first drawn.
    nearest = np.sort(places[drawn] * whole.size + np.arange(whole.size), axis=1)[:, :k] % whole.size
    return circle.eta(whole)[np.take_along_axis(drawn, nearest, axis=1)].mean(axis=1) + noise


def _check(x: Number, n: int, k: int) -> None:
    if not 1 <= k <= n:
        raise ValueError(f"nearest_average: k = {k} neighbours of n = {n} points; give 1 <= k <= n.")
    if not 0 <= x < 1:
        raise ValueError(f"nearest_average: x = {x} is not in [0, 1); take it modulo 1.")
