"""Students that a least-squares teacher teaches at its own training inputs, on a given design.

The design is a tuple of n rows of dim integers or Fractions, y = X beta + sigma z; the teacher fits the first p
features, the student the first s, to the labels y and to the teacher's labels at the same inputs. "Fits" is the
shortest least-squares solution, X^+ y; with a ridge penalty > 0, X' (X X' + ridge)^-1 y. The risk is the expected
squared error at a fresh point x ~ N(0, I), sigma^2 + |beta - w|^2, averaged over z.
"""
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from simulate.linear import Linear
from simulate.tasks import Floats, as_floats

Design = Sequence[Sequence[Any]]


def rank(design: Design, features: int) -> int:
    """Rank of the first `features` columns."""
    return int(_matrix(design, features).rref()[1])


def risk(task: Linear, design: Design, p: int, s: int, ridge: Fraction = Fraction(0)) -> Fraction:
    """Mean risk, over the noise, of the student that the teacher teaches in place; ValueError as `_check`."""
    _check(task, design, p, s)
    teacher = _matrix(design, p)
    labels = teacher * _fit(teacher, ridge)
    return _risk(task, design, _fit(_matrix(design, s), Fraction(0)) * labels)


def direct_risk(task: Linear, design: Design, s: int) -> Fraction:
    """Mean risk, over the noise, of the student trained on y itself; ValueError as `_check`."""
    _check(task, design, s, s)
    return _risk(task, design, _fit(_matrix(design, s), Fraction(0)))


def risks(task: Linear, design: Design, p: int, s: int, rng: np.random.Generator, size: int,
          ridge: float = 0.0) -> Floats:
    """`size` draws of the risk given y, for the student taught in place; by singular values, in floats."""
    _check(task, design, p, s)
    x, beta, sigma = as_floats(design), task.array(), float(task.sigma)
    y = x @ beta + sigma * rng.standard_normal((size, len(design)))
    teacher, student = x[:, :p], np.linalg.pinv(x[:, :s])
    fit = teacher.T @ np.linalg.inv(teacher @ teacher.T + ridge * np.eye(len(x))) if ridge else np.linalg.pinv(teacher)
    missed = beta - np.pad((y @ fit.T @ teacher.T) @ student.T, ((0, 0), (0, task.dim - s)))
    return sigma**2 + np.square(missed).sum(axis=1)


def _check(task: Linear, design: Design, p: int, s: int) -> None:
    if not design or any(len(row) != task.dim for row in design):
        raise ValueError(f"in_place: the design's rows have lengths {[len(row) for row in design]}; "
                         f"give one or more rows of {task.dim} entries.")
    if not (1 <= p <= task.dim and 1 <= s <= task.dim):
        raise ValueError(f"in_place: p = {p}, s = {s} of {task.dim} features; give 1 to dim.")


def _risk(task: Linear, design: Design, fit: fmpq_mat) -> Fraction:
    """sigma^2 + |beta - E w|^2 + the variance of w = fit y, an s x n matrix."""
    beta = [_rational(value) for value in task.beta]
    mean = fit * (_matrix(design, task.dim) * fmpq_mat(task.dim, 1, beta))
    miss = sum(((value - (mean[i, 0] if i < mean.nrows() else 0)) ** 2 for i, value in enumerate(beta)), fmpq(0))
    noise = _rational(task.sigma) ** 2
    total = noise + miss + noise * sum((value**2 for value in fit.entries()), fmpq(0))
    return Fraction(int(total.p), int(total.q))


def _fit(x: fmpq_mat, ridge: Fraction) -> fmpq_mat:
    """The matrix that makes coefficients of labels: X^+, or with a ridge penalty X' (X X' + ridge)^-1."""
    if ridge:
        gram, size = x * x.transpose(), x.nrows()
        penalty = [_rational(ridge) if i == j else fmpq(0) for i in range(size) for j in range(size)]
        return x.transpose() * (gram + fmpq_mat(size, size, penalty)).inv()
    # X = C F with C the columns of the pivots and F the reduced rows: X^+ = F' (F F')^-1 (C' C)^-1 C'.
    reduced, found = x.rref()
    if not found:
        return fmpq_mat(x.ncols(), x.nrows())
    pivots = [next(j for j in range(x.ncols()) if reduced[i, j] != 0) for i in range(found)]
    columns = fmpq_mat(x.nrows(), found, [x[i, j] for i in range(x.nrows()) for j in pivots])
    rows = fmpq_mat(found, x.ncols(), [reduced[i, j] for i in range(found) for j in range(x.ncols())])
    across, down = rows.transpose(), columns.transpose()
    return across * (rows * across).inv() * (down * columns).inv() * down


def _matrix(design: Design, features: int) -> fmpq_mat:
    return fmpq_mat(len(design), features, [_rational(value) for row in design for value in row[:features]])


def _rational(value: Any) -> fmpq:
    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)
