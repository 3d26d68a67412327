"""1-NN teachers on the torus, each asked at m fresh points: the nearest of n points is looked for in a grid of cells.

Coordinates are fixed-point numbers, multiples of 2^-32 of a circle of length 1: their differences wrap round by
themselves, and eight fit in a vector register. A grid over the first two coordinates bounds the search: in three rows
of cells lie all points within a cell's width of the fresh one, and only where the nearest is farther are all scanned.
"""
import numba
import numpy as np
import numpy.typing as npt

from simulate.cube import Torus
from simulate.jit import kernel
from simulate.neighbours import Means
from simulate.streams import State, advance, seed_of, start
from simulate.tasks import Floats, as_floats

Words = npt.NDArray[np.uint32]
Integers = npt.NDArray[np.int64]
Axes = tuple[int, ...]
Index = int | np.uint64

# Cells are as wide as a ball that holds this many points on average: one in 400 searches must go on beyond the rows.
_EXPECTED = 6.0

# Unsigned indices: Numba would test signed ones for being negative, in every turn of a loop.
_0, _1, _2, _32 = (np.uint64(i) for i in (0, 1, 2, 32))
_LOW, _STRIDE = np.uint64(0xFFFFFFFF), np.uint64(32)
_NONE, _FARTHEST = np.uint32(0), np.uint32(0xFFFFFFFF)


@kernel
def _apart(a: np.uint32, b: np.uint32) -> np.uint32:
    """The distance along the circle: the lesser of the two ways round."""
    forth = np.uint32(a - b)
    return min(forth, np.uint32(_NONE - forth))


@kernel
def _gap(axes: Axes, points: Words, i: Index, x: Words) -> np.uint32:
    """max_k |points[k, i] - x[k]|; `axes` has one entry per coordinate, and its length is compiled in."""
    far = _apart(points[0, i], x[0])
    for k in range(1, len(axes)):
        far = max(far, _apart(points[k, i], x[k]))
    return far


@kernel
def _least(axes: Axes, points: Words, first: Index, last: Index, x: Words) -> np.uint32:
    """The least gap among points first, ..., last - 1 and, to a whole number of strides, the points beyond them.

    With its index the loop would not be vectorised; with an end of its own much of it would not either.
    """
    least, begin = _FARTHEST, np.uint64(first)
    for i in range(begin, begin + (np.uint64(last) - begin + _STRIDE - _1) // _STRIDE * _STRIDE):
        least = min(least, _gap(axes, points, i, x))
    return least


@kernel
def _radius(axes: Axes, points: Words, first: Index, last: Index, x: Words, gap: np.uint32) -> np.uint32:
    """The least radius of the points in the same range with that gap: there is but one such point, but for ties."""
    radius, begin = _FARTHEST, np.uint64(first)
    for i in range(begin, begin + (np.uint64(last) - begin + _STRIDE - _1) // _STRIDE * _STRIDE):
        radius = min(radius, points[len(axes), i] if _gap(axes, points, i, x) == gap else _FARTHEST)
    return radius


@kernel
def _cell(word: np.uint32, cells: Index) -> np.uint64:
    return (np.uint64(word) * np.uint64(cells)) >> _32


@kernel
def _draw(state: State, drawn: Words, dim: int) -> State:
    """Fill the first `dim` rows of `drawn` with random coordinates, the last with radii, and those between with 0.

    The number of columns is even; a radius is the distance to 0, the largest of the coordinates'.
    """
    drawn[dim:] = _NONE
    radius = drawn[drawn.shape[0] - 1]
    for k in range(dim):
        row = drawn[k]
        for i in range(_0, np.uint64(row.size), _2):
            state, bits = advance(state)
            row[i] = np.uint32(bits >> _32)
            row[i + _1] = np.uint32(bits & _LOW)
        for i in range(np.uint64(row.size)):
            radius[i] = max(radius[i], _apart(row[i], _NONE))
    return state


@kernel
def _copy(cell: np.uint64, column: np.uint64, cells: np.uint64) -> np.uint64:
    """The cell at the other end of the row where a point of this cell is repeated; else the cell itself."""
    if cells > _1 and column == _0:
        return cell + cells
    if cells > _1 and column == cells - _1:
        return cell - cells
    return cell


@kernel
def _put(axes: Axes, drawn: Words, i: Index, cell: Index, points: Words, starts: Integers) -> None:
    place = np.uint64(starts[cell + _1])
    starts[cell + _1] += 1
    for k in range(len(axes) + 1):
        points[k, place] = drawn[k, i]


@kernel
def _place(axes: Axes, cells: np.uint64, drawn: Words, n: int, points: Words, starts: Integers) -> None:
    """Sort the first n columns of `drawn` by cell into `points`; cell c has points starts[c], ..., starts[c + 1] - 1.

    Each row of the grid has one cell more at either end, for copies of the points from the row's other end.
    """
    starts[:] = 0
    # Counts stand two places on: each point placed then moves its cell's start to where the next cell's belongs.
    for i in range(np.uint64(n)):
        column = _cell(drawn[1, i], cells)
        cell = _cell(drawn[0, i], cells) * (cells + _2) + column + _1
        copy = _copy(cell, column, cells)
        starts[cell + _2] += 1
        if copy != cell:
            starts[copy + _2] += 1
    for c in range(_1, np.uint64(starts.size)):
        starts[c] += starts[c - _1]
    for i in range(np.uint64(n)):
        column = _cell(drawn[1, i], cells)
        cell = _cell(drawn[0, i], cells) * (cells + _2) + column + _1
        copy = _copy(cell, column, cells)
        _put(axes, drawn, i, cell, points, starts)
        if copy != cell:
            _put(axes, drawn, i, copy, points, starts)
    # Searches look a stride beyond the last point.
    end = starts[starts.size - 2]
    points[:, end:end + 32] = points[:, :1]


@kernel
def _nearest(axes: Axes, cells: np.uint64, points: Words, starts: Integers, x: Words) -> tuple[np.uint32, np.uint32]:
    """The gap to the nearest point, and that point's radius."""
    row, column = _cell(x[0], cells), _cell(x[1], cells)
    three, rows = np.uint64(3), cells + _2
    here = row * rows + column
    above = here - rows if row > _0 else here + (cells - _1) * rows
    below = here + rows if row + _1 < cells else here - row * rows
    # The order of the rows matters for ties alone.
    gap, best = _least(axes, points, starts[here], starts[here + three], x), here
    for beside in (above, below):
        if beside != here:  # as it is where there is but one cell
            least = _least(axes, points, starts[beside], starts[beside + three], x)
            best = beside if least < gap else best
            gap = min(gap, least)
    first, last = starts[best], starts[best + three]
    # All points within a cell's width have been seen.
    if np.uint64(gap) * cells > _LOW:
        first, last = 0, starts[starts.size - 2]
        gap = _least(axes, points, first, last, x)
    return gap, _radius(axes, points, first, last, x, gap)


@kernel
def _eta(ring: Floats, radius: np.uint32) -> float:
    """eta at that radius, at most half a circle; `ring` holds the knots and the last one again."""
    position = radius * (2.0**-31 * (ring.size - 2))
    piece = np.uint64(int(position))  # by way of a signed integer, which takes one instruction
    return ring[piece] + (position - int(position)) * (ring[piece + _1] - ring[piece])


@kernel
def _replicate(axes: Axes, dim: int, ring: Floats, cells: int, n: int, m: int, state: State
               ) -> tuple[float, float, float]:
    """Means over m fresh points: distance, |eta gap|, P(label of the neighbour != Y)."""
    rows = len(axes)
    drawn, fresh = np.empty((rows + 1, n + n % 2), np.uint32), np.empty((rows + 1, m + m % 2), np.uint32)
    points, x = np.empty((rows + 1, 2 * n + 32), np.uint32), np.empty(rows, np.uint32)
    starts = np.empty(cells * (cells + 2) + 2, np.int64)
    state = _draw(state, drawn, dim)
    _draw(state, fresh, dim)
    _place(axes, np.uint64(cells), drawn, n, points, starts)
    gaps, radii = np.empty(m, np.uint32), np.empty(m, np.uint32)
    for t in range(np.uint64(m)):
        for k in range(rows):
            x[k] = fresh[k, t]
        gaps[t], radii[t] = _nearest(axes, np.uint64(cells), points, starts, x)
    return _averages(ring, fresh[rows], gaps, radii)


@kernel
def _averages(ring: Floats, fresh: Words, gaps: Words, radii: Words) -> tuple[float, float, float]:
    """The three means from the gaps, and from the radii of fresh points and of their neighbours."""
    distance = difference = risk = 0.0
    m = gaps.size
    for t in range(np.uint64(m)):
        eta, other = _eta(ring, fresh[t]), _eta(ring, radii[t])
        distance += gaps[t] * 2.0**-32
        difference += abs(other - eta)
        risk += eta * (1.0 - other) + (1.0 - eta) * other
    return distance / m, difference / m, risk / m


@kernel(parallel=True)
def _means(axes: Axes, dim: int, ring: Floats, cells: int, n: int, m: int, seed: np.uint64, out: Floats) -> None:
    for r in numba.prange(out.shape[1]):
        out[0, r], out[1, r], out[2, r] = _replicate(axes, dim, ring, cells, n, m, start(seed, r))


def _means_numpy(torus: Torus, n: int, m: int, rng: np.random.Generator, size: int) -> Floats:
    """Twin of the kernel: the same law, from `rng` directly; memory of n * m * dim numbers."""
    knots = as_floats(torus.knots)

    def eta(x: Floats) -> Floats:
        return np.interp(2 * np.minimum(x, 1 - x).max(axis=1), np.linspace(0, 1, max(knots.size, 2)),
                         knots if knots.size > 1 else np.repeat(knots, 2))

    out = np.empty((3, size))
    for column in out.T:
        points, fresh = rng.random((n, torus.dim)), rng.random((m, torus.dim))
        apart = np.abs(points - fresh[:, None])
        far = np.minimum(apart, 1 - apart).max(axis=2)
        own, other = eta(fresh), eta(points[np.argmin(far, axis=1)])
        column[:] = (far.min(axis=1).mean(), np.abs(other - own).mean(),
                     (own * (1 - other) + (1 - own) * other).mean())
    return out


def torus_means(torus: Torus, n: int, m: int, rng: np.random.Generator, size: int, *, compiled: bool = True) -> Means:
    """Means over m fresh points, for `size` independent training sets of n points; distances are max_i |x_i - x'_i|.

    Their expectations are those of one fresh point: points that share a training set cost less than those with sets
    of their own. Coordinates are uniform multiples of 2^-32. ValueError unless n and m are at least 1.
    `compiled=False` draws from the NumPy twin of the kernel.
    """
    if min(n, m) < 1:
        raise ValueError(f"grids: n = {n} training points and m = {m} fresh ones must each be at least 1.")
    if not compiled:
        return Means(*_means_numpy(torus, n, m, rng, size))
    knots, out = as_floats(torus.knots), np.empty((3, size))
    _means(_axes(torus.dim), torus.dim, np.append(knots, knots[-1]), cells_along(torus.dim, n), n, m, seed_of(rng), out)
    return Means(*out)


def _axes(dim: int) -> Axes:
    """As many entries as coordinates are stored, where those beyond `dim` are 0: few numbers mean few compilations."""
    return (0,) * next((stored for stored in (2, 5) if dim <= stored), dim)


def cells_along(dim: int, n: int) -> int:
    """Cells along each of the first two coordinates; 1 where three rows would be most of the points."""
    cells = int(2 * (n / _EXPECTED) ** (1 / dim))
    return cells if dim > 1 and cells > 3 else 1
