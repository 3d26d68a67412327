"""Risks of least-squares and minimum-norm teachers, and of their students, given their random designs.

The labels' noise and the fresh point are integrated out: a draw is the risk given the designs alone, in closed form,
(x_T, y) being Gaussian: y = x_T . beta_T + e with e of variance `task.noise(p)`, independent of x_T. Given an n x p
design X of the teacher with p >= n, Gram matrix K = X X' and pseudo-inverse X^+ = X' K^-1,

    E_e |beta - v|_i^2 = ((I - P) beta)_i^2 + noise (X^+ X^+')_ii,   P = X^+ X,  v = P beta + X^+ e.

A Gaussian design is K^(1/2) V with orthonormal rows V, uniform and independent of K: so |(I - P) beta|^2 is
|beta|^2 times a Beta((p - n)/2, n/2) variable, independent of tr X^+ X^+' = tr K^-1. Where only these two count, no
design is drawn.

Every function draws `size` i.i.d. replicates and checks its parameters (ValueError). `*_numpy` are twins, by
`numpy.linalg` on plainly drawn designs; `simulate.least_squares` draws the labels too. Moments of 1/chi-square
variables stop near p = n: the mean needs sizes 2 apart, the fourth moment 8 apart.
"""
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.linalg as la

from simulate.jit import kernel
from simulate.linear import Linear
from simulate.linear_moments import check_sizes
from simulate.normals import normals
from simulate.streams import seed_of
from simulate.tasks import Floats


def inverse_traces(few: int, many: int, rng: np.random.Generator, size: int) -> Floats:
    """`size` draws of tr (G G')^-1, G a few x many matrix of N(0, 1) entries, from its bidiagonal form.

    Householder reflections from both sides leave independent entries: on the diagonal the roots of chi-square variables
    with many, many - 1, ... degrees of freedom, and few - 1, few - 2, ... below it (Silverstein 1985; Dumitriu &
    Edelman 2002). With these squares a_i and b_i, row i of the inverse has the squared length (1 + b_i times that of
    row i - 1) / a_i.
    """
    check_sizes(few, many - _NEARER, "inverse_traces")
    total, row = np.zeros(size), np.zeros(size)
    for i in range(few):
        if i:
            row *= rng.chisquare(few - i, size)
        row += 1.0
        row /= rng.chisquare(many - i, size)
        total += row
    return total


def inverse_traces_numpy(few: int, many: int, rng: np.random.Generator, size: int) -> Floats:
    """Twin of `inverse_traces`: G drawn plainly, its pseudo-inverse by singular values."""
    check_sizes(few, many - _NEARER, "inverse_traces")
    return np.square(la.pinv(rng.standard_normal((size, few, many)))).sum(axis=(1, 2)) if few else np.zeros(size)


_NEARER = -2
"""A trace may be drawn for sizes that are equal, where it has no mean."""


@dataclass(frozen=True)
class Coefficients:
    """Of an interpolating teacher v with the signal beta, per feature: arrays of shape (size, p).

    missed: ((I - P) beta)_i^2; kept: (P beta)_i^2; spread: (X^+ X^+')_ii.
    """

    missed: Floats
    kept: Floats
    spread: Floats


@kernel
def _factor(x: Floats, factor: Floats) -> None:
    """Write the Cholesky factor of x x' into `factor`, below and on the diagonal."""
    for i in range(x.shape[0]):
        for j in range(i + 1):
            entry = 0.0
            for k in range(x.shape[1]):
                entry += x[i, k] * x[j, k]
            for k in range(j):
                entry -= factor[i, k] * factor[j, k]
            factor[i, j] = np.sqrt(entry) if i == j else entry / factor[j, j]


@kernel
def _reduce(x: Floats, i: int, j: int, share: float) -> None:
    """Take `share` times row j off row i."""
    for k in range(x.shape[1]):
        x[i, k] -= share * x[j, k]


@kernel
def _scale(x: Floats, i: int, by: float) -> None:
    """Divide row i."""
    for k in range(x.shape[1]):
        x[i, k] /= by


@kernel
def _project(basis: Floats, vector: Floats, projected: Floats) -> None:
    """Write the projection of a vector on the span of orthonormal rows into `projected`."""
    projected[:] = 0.0
    for i in range(basis.shape[0]):
        along = 0.0
        for k in range(vector.size):
            along += basis[i, k] * vector[k]
        for k in range(vector.size):
            projected[k] += along * basis[i, k]


@kernel
def _coefficients(designs: Floats, beta: Floats, out: Floats) -> None:
    """Write missed, kept and spread into out[0], out[1], out[2], by the Cholesky factor L of each Gram matrix."""
    size, n, p = designs.shape
    factor, projected = np.empty((n, n)), np.empty(p)
    for r in range(size):
        x = designs[r].copy()
        _factor(x, factor)
        # The rows of L^-1 X are orthonormal and span those of X.
        for i in range(n):
            for j in range(i):
                _reduce(x, i, j, factor[i, j])
            _scale(x, i, factor[i, i])
        _project(x, beta, projected)
        # X^+' = L'^-1 (L^-1 X).
        for i in range(n - 1, -1, -1):
            for j in range(i + 1, n):
                _reduce(x, i, j, factor[j, i])
            _scale(x, i, factor[i, i])
        out[0, r] = (beta - projected) ** 2
        out[1, r] = projected**2
        out[2, r] = (x * x).sum(axis=0)


def coefficients(designs: Floats, beta: Floats) -> Coefficients:
    """The teacher's coefficients on each n x p design, p >= n; designs has shape (size, n, p), beta shape (p,)."""
    _, n, p = designs.shape
    if n > p or beta.shape != (p,):
        raise ValueError(f"coefficients: {n} points, {p} features and {beta.shape} coefficients; give n <= p and "
                         "one coefficient per feature.")
    out = np.empty((3, *designs.shape[::2]))
    _coefficients(np.ascontiguousarray(designs), np.ascontiguousarray(beta), out)
    return Coefficients(out[0], out[1], out[2])


def coefficients_numpy(designs: Floats, beta: Floats) -> Coefficients:
    """Twin of `coefficients`, by pseudo-inverses."""
    inverse = la.pinv(designs)
    projected = np.einsum("rpn,rn->rp", inverse, designs @ beta)
    return Coefficients((beta - projected) ** 2, projected**2, np.square(inverse).sum(axis=2))


def teacher_risks(task: Linear, n: int, p: int, rng: np.random.Generator, size: int, *,
                  compiled: bool = True) -> Floats:
    """`size` risks of the teacher with the first p features and n points, p and n at least 2 apart."""
    noise = float(task.noise(p))
    if p < n:
        draw = inverse_traces if compiled else inverse_traces_numpy
        check_sizes(p, n, "teacher_risks")
        return noise * (1 + draw(p, n, rng, size))
    check_sizes(n, p, "teacher_risks")
    if compiled:
        return noise + _excess(_signal(task, p), noise, n, p, rng, size)
    found = _teachers(task, n, p, rng, size, compiled)
    return found.missed.sum(axis=1) + noise * (1 + found.spread.sum(axis=1))


def _excess(signal: Floats | float, noise: Floats | float, n: int, p: int, rng: np.random.Generator,
            size: int) -> Floats:
    """Risks less `noise` of interpolators with p > n features of squared length `signal`."""
    missed = rng.beta((p - n) / 2, n / 2, size) if n else np.ones(size)
    return signal * missed + noise * inverse_traces(n, p, rng, size)


def _signal(task: Linear, p: int) -> float:
    _check_features(task, p)
    return float(np.square(task.array()[:p]).sum())


def excess_risks(task: Linear, n: int, p: int, rng: np.random.Generator, size: int) -> Floats:
    """`size` risks as `teacher_risks`, less `task.noise(p)`; any p and n, also near each other (no mean)."""
    noise = float(task.noise(p))
    if p <= n:
        return noise * inverse_traces(p, n, rng, size)
    return _excess(_signal(task, p), noise, n, p, rng, size)


def student_parts(task: Linear, n: int, p: int, s: int, rng: np.random.Generator, size: int, *,
                  compiled: bool = True) -> tuple[Floats, Floats]:
    """`size` draws of |beta_S - v_S|^2 and |v_{T without S}|^2 for the teacher's coefficients v, given its design.

    S are the first s <= p of the teacher's p features; p and n are at least 2 apart.
    """
    if not 0 <= s <= p:
        raise ValueError(f"student with {s} features of a teacher with {p}; give 0 <= s <= p.")
    noise = float(task.noise(p))
    if p < n:
        check_sizes(p, n, "student_parts")
        designs = rng.standard_normal((size, p, n))
        # For least squares X^+ X^+' = (X' X)^-1, and the mean of b is beta_T: the roles of rows and columns change.
        spread = _inverse_diagonals(designs, compiled) * noise
        return spread[:, :s].sum(axis=1), float(task.signal(p, s)) + spread[:, s:].sum(axis=1)
    check_sizes(n, p, "student_parts")
    found = _teachers(task, n, p, rng, size, compiled)
    error, beyond = found.missed + noise * found.spread, found.kept + noise * found.spread
    return error[:, :s].sum(axis=1), beyond[:, s:].sum(axis=1)


def _inverse_diagonals(designs: Floats, compiled: bool) -> Floats:
    """Diagonals of (X X')^-1 for p x n matrices X."""
    if not designs.shape[1]:
        return np.zeros(designs.shape[:2])
    if not compiled:
        return np.square(la.pinv(designs)).sum(axis=1)
    grams = designs @ designs.swapaxes(1, 2)
    return cast(Floats, np.diagonal(la.inv(grams), axis1=1, axis2=2))


def _teachers(task: Linear, n: int, p: int, rng: np.random.Generator, size: int, compiled: bool) -> Coefficients:
    _check_features(task, p)
    beta = task.array()[:p]
    if compiled:
        return coefficients(normals(seed_of(rng), size, n * p).reshape(size, n, p), beta)
    return coefficients_numpy(rng.standard_normal((size, n, p)), beta)


def _check_features(task: Linear, p: int) -> None:
    if p > task.dim:
        raise ValueError(f"a teacher with {p} features of {task.dim}; give p <= dim.")


def distilled_risks(task: Linear, n: int, p: int, s: int, m: int | None, rng: np.random.Generator, size: int, *,
                    compiled: bool = True) -> Floats:
    """`size` risks of students: least squares on the first s features and m >= s + 2 points that a teacher labels.

    Each has a teacher of its own (`teacher_risks`, s <= p); m None is the limit m -> oo, where the student has the
    teacher's first s coefficients.
    """
    error, beyond = student_parts(task, n, p, s, rng, size, compiled=compiled)
    limit = float(task.noise(s)) + error
    if m is None:
        return limit
    check_sizes(s, m, "distilled_risks")
    return limit + beyond * (inverse_traces if compiled else inverse_traces_numpy)(s, m, rng, size)


def random_features_risks(task: Linear, n: int, p: int, rng: np.random.Generator, size: int, *,
                          compiled: bool = True) -> Floats:
    """`size` risks of teachers with p features chosen at random, each with a choice of its own; p, n 2 apart."""
    if not 0 <= p <= task.dim:
        raise ValueError(f"random_features_risks: p = {p} of {task.dim} features; give 0 <= p <= dim.")
    beta = rng.permuted(np.tile(task.array(), (size, 1)), axis=1)
    noise = float(task.sigma) ** 2 + np.square(beta[:, p:]).sum(axis=1)
    if p < n:
        check_sizes(p, n, "random_features_risks")
        return noise * (1 + (inverse_traces if compiled else inverse_traces_numpy)(p, n, rng, size))
    check_sizes(n, p, "random_features_risks")
    # The projection is isotropic: what it misses depends on the length of the chosen coefficients alone.
    signal = np.square(beta[:, :p]).sum(axis=1)
    if compiled:
        return noise + _excess(signal, noise, n, p, rng, size)
    axis = np.zeros(p)
    axis[0] = 1.0
    found = coefficients_numpy(rng.standard_normal((size, n, p)), axis)
    return signal * found.missed.sum(axis=1) + noise * (1 + found.spread.sum(axis=1))
