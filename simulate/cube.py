"""X uniform on the unit cube, or on its torus, and 1-NN there: eta is a ridge function, or depends on one distance.

A ridge function sees a point of the cube through t = sum_i v_i u_i alone, v_i >= 0 of sum 1 and u_i independent and
uniform, so means of piecewise polynomials of t are sums over the cube's vertices:

    E (t - c)_+^p = p!/(p + r)! / (v_1 ... v_r) sum_S (-1)^(r - |S|) (v(S) - c)_+^(p + r),               (1)

r the number of v_i > 0 and S any set of them.
"""
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from simulate.circle import Circle
from simulate.jit import kernel
from simulate.streams import seed_of, start, uniform
from simulate.tasks import HALF, Floats, Number, as_floats, number, probabilities

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cube:
    """X is uniform on [0, 1]^dim; eta is linear between its values `knots`, equally spaced along `direction`.

    The first knot is eta at the vertex where direction . x is least, the last where it is largest; one knot makes eta
    constant. Entries are kept as tuples, of Fractions where they are rational, and then every risk is exact. Raises
    ValueError for a direction that is 0 or not of `dim` >= 1 entries, and for knots that are no probabilities.
    """

    dim: int
    direction: tuple[Number, ...]
    knots: tuple[Number, ...]

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        direction = tuple(number(v, "Cube: direction") for v in self.direction)
        object.__setattr__(self, "direction", direction)
        object.__setattr__(self, "knots", probabilities(self.knots, "Cube: knots"))
        if self.dim < 1 or len(direction) != self.dim or not any(direction):
            raise ValueError(f"Cube: direction = {self.direction!r} must have dim = {self.dim} >= 1 entries, "
                             "not all 0; give one per coordinate.")

    def slopes(self) -> tuple[Number, ...]:
        """The slope of eta in t on each piece."""
        return tuple((len(self.knots) - 1) * (b - a) for a, b in pairwise(self.knots))

    def lipschitz(self) -> Number:
        """The least lambda with |eta(x) - eta(x')| <= lambda |x - x'|, Euclidean; a Fraction where it is rational."""
        steepest = max((abs(slope) for slope in self.slopes()), default=Fraction(0))
        return steepest * root(sum((v * v for v in self.direction), Fraction(0))) / sum(map(abs, self.direction))

    def mean_eta(self) -> Number:
        """P(Y = 1)."""
        return self._mean([Fraction(j, max(len(self.knots) - 1, 1)) for j in range(len(self.knots))], list(self.knots))

    def bayes_risk(self) -> Number:
        """E min(eta, 1 - eta), each piece split where eta crosses 1/2."""
        places: list[Number] = [Fraction(0)]
        values: list[Number] = [min(self.knots[0], 1 - self.knots[0])]
        for j, (low, high) in enumerate(pairwise(self.knots)):
            if (2 * low - 1) * (2 * high - 1) < 0:
                places.append((j + (HALF - low) / (high - low)) / (len(self.knots) - 1))
                values.append(HALF)
            places.append(Fraction(j + 1, len(self.knots) - 1))
            values.append(min(high, 1 - high))
        return self._mean(places, values)

    def sampler_risk(self) -> Number:
        """P(Y != Z) with Y, Z independent draws from the law at X: E[2 eta (1 - eta)]."""
        weights, slopes = self._weights(), (Fraction(0), *self.slopes())
        # eta^2 has, at a knot, a jump of its slope 2 eta eta' and one of its second derivative 2 eta'^2.
        square = self.knots[0] ** 2
        for j, (before, after) in enumerate(pairwise(slopes)):
            at = Fraction(j, len(self.knots) - 1)
            square += 2 * self.knots[j] * (after - before) * truncated_mean(weights, at, 1)
            square += (after**2 - before**2) * truncated_mean(weights, at, 2)
        return 2 * (self.mean_eta() - square)

    def _weights(self) -> tuple[Number, ...]:
        total = sum(map(abs, self.direction))
        return tuple(abs(v) / total for v in self.direction if v)

    def _mean(self, places: list[Number], values: list[Number]) -> Number:
        """E of the function of t that is linear between its values at places, the first of which is 0."""
        weights, total, slope = self._weights(), values[0], Fraction(0)
        for (left, right), (low, high) in zip(pairwise(places), pairwise(values), strict=True):
            steeper = (high - low) / (right - left)
            total += (steeper - slope) * truncated_mean(weights, left, 1)
            slope = steeper
        return total


@dataclass(frozen=True, slots=True)
class Torus:
    """X is uniform on the product of dim circles of length 1; eta depends on r = 2 max_i |x_i| alone, r in [0, 1].

    |x_i| is the distance to 0 along its circle. eta is linear in r between its values `knots`, equally spaced from
    r = 0 to r = 1; one knot makes it constant. Raises ValueError for dim < 1 and knots that are no probabilities.
    """

    dim: int
    knots: tuple[Number, ...]

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        object.__setattr__(self, "knots", probabilities(self.knots, "Torus: knots"))
        if self.dim < 1:
            raise ValueError(f"Torus: dim = {self.dim} leaves no circle; give at least 1.")

    def lipschitz(self) -> Number:
        """The least lambda with |eta(x) - eta(x')| <= lambda max_i |x_i - x'_i|."""
        return max((2 * (len(self.knots) - 1) * abs(b - a) for a, b in pairwise(self.knots)), default=Fraction(0))

    def circle(self) -> Circle:
        """The same task as a `Circle`; ValueError unless dim is 1."""
        if self.dim != 1:
            raise ValueError(f"Torus: dim = {self.dim} is no circle; only dim = 1 is.")
        return Circle((*self.knots, *self.knots[-2:0:-1]))


def root(square: Number) -> Number:
    """The square root of a number >= 0; a Fraction where that is exact."""
    if isinstance(square, Fraction):
        top, bottom = math.isqrt(square.numerator), math.isqrt(square.denominator)
        if top * top == square.numerator and bottom * bottom == square.denominator:
            return Fraction(top, bottom)
    return math.sqrt(square)


@lru_cache(maxsize=4096)
def truncated_mean(weights: tuple[Number, ...], c: Number, power: int) -> Number:
    """E (t - c)_+^power for t = sum_i weights[i] u_i, by (1); the weights are positive."""
    size = len(weights)
    total: Number = Fraction(0)
    for count in range(size + 1):
        for chosen in combinations(weights, count):
            reach = sum(chosen, Fraction(0)) - c
            if reach > 0:
                total += (-1) ** (size - count) * reach ** (power + size)
    return total * Fraction(math.factorial(power), math.factorial(power + size)) / math.prod(weights)


@kernel
def _nearest(seed: np.uint64, dim: int, n: int, wrapped: bool, size: int) -> tuple[Floats, Floats, Floats, Floats]:
    """A fresh point and its nearest of n, (size, dim) each; their distance; two further uniforms."""
    fresh, found = np.empty((size, dim)), np.empty((size, dim))
    distance, labels = np.empty(size), np.empty((size, 2))
    x, point = np.empty(dim), np.empty(dim)
    for r in range(size):
        state, best = start(seed, r), np.inf
        for i in range(dim):
            state, x[i] = uniform(state)
        for _ in range(n):
            far = 0.0
            for i in range(dim):
                state, point[i] = uniform(state)
                gap = abs(point[i] - x[i])
                if wrapped:
                    far = max(far, min(gap, 1.0 - gap))
                else:
                    far += gap * gap
            if far < best:
                best = far
                found[r] = point
        fresh[r], distance[r] = x, best if wrapped else math.sqrt(best)
        state, labels[r, 0] = uniform(state)
        state, labels[r, 1] = uniform(state)
    return fresh, found, distance, labels


def _nearest_numpy(dim: int, n: int, wrapped: bool, rng: np.random.Generator, size: int
                   ) -> tuple[Floats, Floats, Floats, Floats]:
    """Twin of the kernel: the same law, from `rng` directly."""
    fresh, points = rng.random((size, dim)), rng.random((size, n, dim))
    gaps = np.abs(points - fresh[:, None])
    far = np.minimum(gaps, 1 - gaps).max(axis=2) if wrapped else np.sqrt((gaps**2).sum(axis=2))
    index = np.argmin(far, axis=1)
    return fresh, points[np.arange(size), index], far.min(axis=1), rng.random((size, 2))


def _replicates(dim: int, n: int, wrapped: bool, rng: np.random.Generator, size: int, compiled: bool
                ) -> tuple[Floats, Floats, Floats, Floats]:
    if n < 1:
        raise ValueError(f"cube: n = {n} training points have no nearest one; give at least 1.")
    if compiled:
        return _nearest(seed_of(rng), dim, n, wrapped, size)
    return _nearest_numpy(dim, n, wrapped, rng, size)


def cube_errors(cube: Cube, n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Bools:
    """`size` draws of 1{label of the nearest of n >= 1 points of the cube != Y}, Euclidean; else ValueError.

    `compiled=False`, here and below, draws from the NumPy twin of the kernel.
    """
    fresh, found, _, labels = _replicates(cube.dim, n, False, rng, size, compiled)
    return (labels[:, 0] < _ridge(cube, fresh)) != (labels[:, 1] < _ridge(cube, found))


def cube_risks(cube: Cube, n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Floats:
    """As `cube_errors`, with both labels integrated out: `size` draws in [0, 1] with the same mean."""
    fresh, found, _, _ = _replicates(cube.dim, n, False, rng, size, compiled)
    eta, other = _ridge(cube, fresh), _ridge(cube, found)
    return eta * (1 - other) + (1 - eta) * other


def torus_distances(dim: int, n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Floats:
    """`size` distances max_i |x_i - x'_i|, in [0, 1/2], from a fresh point to the nearest of n >= 1 on the torus."""
    return _replicates(dim, n, True, rng, size, compiled)[2]


def torus_eta_gaps(torus: Torus, n: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Floats:
    """`size` draws of |eta(neighbour) - eta(x)|, in [0, 1], for the nearest of n >= 1 points; else ValueError."""
    fresh, found, _, _ = _replicates(torus.dim, n, True, rng, size, compiled)
    return np.abs(_radial(torus, found) - _radial(torus, fresh))


def _ridge(cube: Cube, x: Floats) -> Floats:
    direction = as_floats(cube.direction)
    low, span = np.minimum(direction, 0).sum(), np.abs(direction).sum()
    return _interpolated(cube.knots, (x @ direction - low) / span)


def _radial(torus: Torus, x: Floats) -> Floats:
    return _interpolated(torus.knots, 2 * np.minimum(x, 1 - x).max(axis=1))


def _interpolated(knots: tuple[Number, ...], t: Floats) -> Floats:
    values = as_floats(knots)
    return np.interp(t, np.linspace(0, 1, values.size), values) if values.size > 1 else np.full(t.shape, values[0])
