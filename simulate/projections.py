"""Students of a linearised network on isotropic Gaussian features: the teacher's weights projected on their span.

`students` draws them with a compiled kernel, one Householder reflection for each training point, whose axis is drawn
where the reflections before it would have put it (Stewart 1980, "The efficient generation of random orthogonal
matrices"); the twin `students_numpy` solves least squares with plain NumPy and another generator.
"""
from collections.abc import Sequence
from math import sqrt

import numba
import numpy as np

from simulate.jit import kernel
from simulate.tasks import Floats, Number, as_floats


def students(teacher: Sequence[Number], n: int, rng: np.random.Generator, size: int) -> Floats:
    """`size` students, an array (size, p): projections of `teacher` on the span of n vectors from N(0, I_p) each.

    ValueError unless 1 <= n <= p, p the length of the teacher.
    """
    w = _checked(teacher, n)
    return _students(w, n, _normal(w.size, n, rng, size), True)


def students_numpy(teacher: Sequence[Number], n: int, rng: np.random.Generator, size: int) -> Floats:
    """Twin of `students`, by least squares: the student is the shortest vector that agrees with the teacher."""
    w = _checked(teacher, n)
    features = rng.standard_normal((size, n, w.size))
    return np.stack([np.linalg.lstsq(phi, phi @ w, rcond=None)[0] for phi in features])


def squared_cosines(teacher: Sequence[Number], n: int, rng: np.random.Generator, size: int) -> Floats:
    """`size` draws of cos^2 of the angle between teacher and student, in [0, 1]; the teacher is not 0."""
    w = _checked(teacher, n)
    if not w.any():
        raise ValueError(f"projections: the teacher {teacher} has no direction; give one that is not 0.")
    return np.minimum(np.square(lengths(teacher, n, rng, size)) / (w @ w), 1.0)


def lengths(teacher: Sequence[Number], n: int, rng: np.random.Generator, size: int) -> Floats:
    """The lengths of what `students` draws from the same generator; their directions need not be known."""
    w = _checked(teacher, n)
    found = _students(w, n, _normal(w.size, n, rng, size), False)
    return np.sqrt(np.einsum("rj,rj->r", found, found))


def disagreements(first: Floats, second: Floats, rng: np.random.Generator, size: int) -> np.ndarray:
    """1{sign(first . phi) != sign(second . phi)}, `size` draws of phi from N(0, I_p).

    `first` and `second` have shape (p,), or (size, p) with one row for each draw.
    """
    phi = rng.standard_normal((size, first.shape[-1]))
    return np.sign((phi * first).sum(axis=1)) != np.sign((phi * second).sum(axis=1))


def _normal(dim: int, n: int, rng: np.random.Generator, size: int) -> Floats:
    """A row of standard normal numbers for each replicate: as many as n axes take."""
    return rng.standard_normal((size, n * dim - n * (n - 1) // 2))


def _checked(teacher: Sequence[Number], n: int) -> Floats:
    w = as_floats(teacher)
    if not 1 <= n <= w.size:
        raise ValueError(f"projections: n = {n} training points in dimension {w.size}; give 1 <= n <= dimension.")
    return w


@kernel
def _reflect(axis: Floats, target: Floats, start_at: int) -> None:
    """Reflect `target` in the hyperplane across `axis`, a unit vector, both 0 before `start_at`."""
    product = 0.0
    for i in range(start_at, axis.size):
        product += axis[i] * target[i]
    for i in range(start_at, axis.size):
        target[i] -= 2.0 * product * axis[i]


@kernel(parallel=True)
def _students(teacher: Floats, n: int, normal: Floats, back: bool) -> Floats:
    """The projections; unless `back`, only their n coordinates in an orthonormal basis of the span."""
    size, dim = normal.shape[0], teacher.size
    out = np.empty((size, dim if back else n))
    for r in numba.prange(size):
        axes, found, used = np.empty((n, dim)), teacher.copy(), 0
        for j in range(n):
            # Reflected in the axes before, a Gaussian vector is one still: it is drawn so, without its first j entries.
            norm = 0.0
            for i in range(j, dim):
                axes[j, i] = normal[r, used]
                norm += axes[j, i] * axes[j, i]
                used += 1
            # What is left of it beyond the first j coordinates goes to the axis j; only a vector of zeros leaves none.
            norm = sqrt(norm) if axes[j, j] <= 0.0 else -sqrt(norm)
            axes[j, j] -= norm
            square = 0.0
            for i in range(j, dim):
                square += axes[j, i] * axes[j, i]
            for i in range(j, dim):
                axes[j, i] /= sqrt(square) if square > 0.0 else 1.0
            _reflect(axes[j], found, j)
        if back:
            found[n:] = 0.0
            for k in range(n - 1, -1, -1):
                _reflect(axes[k], found, k)
        out[r] = found[:out.shape[1]]
    return out
