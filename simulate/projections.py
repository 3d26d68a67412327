"""Students of a linearised network on isotropic Gaussian features: the teacher's weights projected on their span.

`students` draws them with a compiled kernel, one Householder reflection for each training point; the twin
`students_numpy` solves least squares with plain NumPy and another generator.
"""
from collections.abc import Sequence
from math import cos, log, pi, sin, sqrt

import numba
import numpy as np

from simulate.jit import kernel
from simulate.streams import State, seed_of, start, uniform
from simulate.tasks import Floats, Number, as_floats


def students(teacher: Sequence[Number], n: int, rng: np.random.Generator, size: int) -> Floats:
    """`size` students, an array (size, p): projections of `teacher` on the span of n vectors from N(0, I_p) each.

    ValueError unless 1 <= n <= p, p the length of the teacher.
    """
    return _students(_checked(teacher, n), n, seed_of(rng), size)


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
    found = students(teacher, n, rng, size)
    return np.minimum(np.square(found).sum(axis=1) / (w @ w), 1.0)


def disagreements(first: Floats, second: Floats, rng: np.random.Generator, size: int) -> np.ndarray:
    """1{sign(first . phi) != sign(second . phi)}, `size` draws of phi from N(0, I_p).

    `first` and `second` have shape (p,), or (size, p) with one row for each draw.
    """
    phi = rng.standard_normal((size, first.shape[-1]))
    return np.sign((phi * first).sum(axis=1)) != np.sign((phi * second).sum(axis=1))


def _checked(teacher: Sequence[Number], n: int) -> Floats:
    w = as_floats(teacher)
    if not 1 <= n <= w.size:
        raise ValueError(f"projections: n = {n} training points in dimension {w.size}; give 1 <= n <= dimension.")
    return w


@kernel
def _normal(state: State) -> tuple[State, float, float]:
    """The next state and two independent standard normal numbers (Box & Muller 1958)."""
    state, u = uniform(state)
    state, v = uniform(state)
    radius = sqrt(-2.0 * log(1.0 - u))
    return state, radius * cos(2.0 * pi * v), radius * sin(2.0 * pi * v)


@kernel
def _reflect(axis: Floats, target: Floats, start_at: int) -> None:
    """Reflect `target` in the hyperplane across `axis`, a unit vector, both 0 before `start_at`."""
    product = 0.0
    for i in range(start_at, axis.size):
        product += axis[i] * target[i]
    for i in range(start_at, axis.size):
        target[i] -= 2.0 * product * axis[i]


@kernel(parallel=True)
def _students(teacher: Floats, n: int, seed: np.uint64, size: int) -> Floats:
    dim = teacher.size
    out = np.empty((size, dim))
    for r in numba.prange(size):
        state = start(seed, r)
        axes, drawn = np.zeros((n, dim)), np.empty(dim + 1)
        found = teacher.copy()
        for j in range(n):
            for i in range(0, dim, 2):
                state, drawn[i], drawn[i + 1] = _normal(state)
            phi = drawn[:dim]
            for k in range(j):
                _reflect(axes[k], phi, k)
            # What is left of phi beyond the first j coordinates goes to the axis j.
            norm = 0.0
            for i in range(j, dim):
                norm += phi[i] * phi[i]
            norm = sqrt(norm) if phi[j] <= 0.0 else -sqrt(norm)
            square = 0.0
            for i in range(j, dim):
                axes[j, i] = phi[i] - (norm if i == j else 0.0)
                square += axes[j, i] * axes[j, i]
            # Only a vector of zeros leaves no axis.
            for i in range(j, dim):
                axes[j, i] /= sqrt(square) if square > 0.0 else 1.0
            _reflect(axes[j], found, j)
        found[n:] = 0.0
        for k in range(n - 1, -1, -1):
            _reflect(axes[k], found, k)
        out[r] = found
    return out
