"""Ridge regression distilled into itself, in rational linear algebra on designs whose eigenvectors are rational.

A design is reflected into general position by Householder reflections 1 - 2 v v'/(v'v), which are orthogonal and
rational; everything else is done with the whole matrices (FLINT's rational ones), never direction by direction.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from flint import fmpq, fmpq_mat
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate.strategies import Instances

Rationals = tuple[Fraction, ...]
Floats = npt.NDArray[np.float64]


def reflection(vector: Sequence[int | Fraction]) -> fmpq_mat:
    """The Householder reflection that turns `vector` round; the identity for a vector of zeros."""
    entries = [_fmpq(v) for v in vector]
    square = sum((v * v for v in entries), fmpq(0))
    size = len(entries)
    rows = [[fmpq(int(i == j)) - (2 * entries[i] * entries[j] / square if square else 0) for j in range(size)]
            for i in range(size)]
    return fmpq_mat(rows)


def directions(vector: Sequence[int | Fraction]) -> tuple[Rationals, ...]:
    """The orthonormal columns of `reflection(vector)`, the directions of `gram`."""
    matrix = reflection(vector)
    return tuple(tuple(_fraction(matrix[i, j]) for i in range(len(vector))) for j in range(len(vector)))


def gram(spectrum: Sequence[Fraction], vector: Sequence[int | Fraction]) -> fmpq_mat:
    """The symmetric matrix with these eigenvalues in these directions; ValueError for two lengths."""
    if len(spectrum) != len(vector):
        raise ValueError(f"distilled_ridge: {len(spectrum)} eigenvalues and a vector of {len(vector)} entries; give "
                         "one entry per eigenvalue.")
    turn = reflection(vector)
    return turn * _diagonal(spectrum) * turn.transpose()


def rounds_of_ridge(kernel: fmpq_mat, labels: Sequence[Fraction], penalties: Sequence[Fraction]) -> Rationals:
    """Predictions on the training inputs after kernel ridge regression has been fitted to its own predictions.

    One round per penalty c > 0: predictions K (K + c)^(-1) u for the predictions u of the round before, the labels
    at first. ValueError for a penalty that isn't positive.
    """
    shown = fmpq_mat([[_fmpq(label)] for label in labels])
    size = len(labels)
    for penalty in penalties:
        if penalty <= 0:
            raise ValueError(f"distilled_ridge: the penalty {penalty} must be positive, for K may be singular.")
        shown = kernel * (kernel + _diagonal([penalty] * size)).solve(shown)
    return tuple(_fraction(shown[i, 0]) for i in range(size))


@dataclass(frozen=True, slots=True)
class RidgeTask:
    """y = X theta + sigma e, e of independent entries with mean 0 and variance 1; X = P diag(singular) Q.

    P and Q are the reflections of `left` and `right`; all four are tuples of one length >= 1, singular values > 0 and
    sigma >= 0. ValueError otherwise.
    """

    singular: Rationals
    left: tuple[int, ...]
    right: tuple[int, ...]
    truth: Rationals
    sigma: Fraction

    def __post_init__(self) -> None:
        """Check lengths and signs."""
        sizes = {len(each) for each in (self.singular, self.left, self.right, self.truth)}
        if len(sizes) > 1 or not self.singular:
            raise ValueError(f"RidgeTask: lengths {sorted(sizes)}; give singular values, left, right and truth of one "
                             "length, at least 1.")
        if min(self.singular) <= 0 or self.sigma < 0:
            raise ValueError(f"RidgeTask: singular = {self.singular} must be positive and sigma = {self.sigma} not "
                             "negative.")

    def columns(self) -> tuple[Rationals, Rationals]:
        """(spectrum, squared coefficients of the truth), one entry per direction of X'X."""
        turn = reflection(self.right)
        along = turn * fmpq_mat([[_fmpq(v)] for v in self.truth])
        return (tuple(v * v for v in self.singular),
                tuple(_fraction(along[i, 0]) ** 2 for i in range(len(self.truth))))

    def design(self) -> fmpq_mat:
        """X."""
        return reflection(self.left) * _diagonal(self.singular) * reflection(self.right)

    def student(self, penalty: Fraction, imitation: Fraction) -> fmpq_mat:
        """The matrix that turns y into the student's coefficients.

        The teacher is ridge with this penalty on y, the student the same on (1 - imitation) y + imitation times the
        teacher's predictions.
        """
        if penalty <= 0:
            raise ValueError(f"distilled_ridge: the penalty {penalty} must be positive.")
        ridge, again = _ridge_and_its_square(self, penalty)
        return ridge * _fmpq(1 - imitation) + again * _fmpq(imitation)

    def risk(self, penalty: Fraction, imitation: Fraction) -> Fraction:
        """E |student's coefficients - theta|^2: squared bias and variance from the whole matrices."""
        matrix = self.student(penalty, imitation)
        truth = fmpq_mat([[_fmpq(v)] for v in self.truth])
        bias = matrix * self.design() * truth - truth
        square = (bias.transpose() * bias)[0, 0]
        spread = matrix * matrix.transpose()
        variance = sum((spread[i, i] for i in range(len(self.truth))), fmpq(0))
        return _fraction(square) + self.sigma**2 * _fraction(variance)

    def errors(self, penalty: Fraction, imitations: Sequence[Fraction], rng: np.random.Generator, size: int) -> Floats:
        """`size` i.i.d. squared errors per share of imitation, shape (shares, size).

        All shares see the same labels; the entries of e are +1 or -1.
        """
        truth = np.array([float(v) for v in self.truth])
        signs = 2.0 * rng.integers(0, 2, (len(truth), size)) - 1.0
        out = np.empty((len(imitations), size))
        for row, imitation in enumerate(imitations):
            bias, matrix = self._floats(penalty, imitation)
            error = bias[:, None] + matrix @ signs
            out[row] = (error**2).sum(axis=0)
        return out

    def largest_error(self, penalty: Fraction, imitation: Fraction) -> float:
        """A bound on every draw of `errors`: the norm of the bias and of the matrix, added."""
        bias, matrix = self._floats(penalty, imitation)
        return float((np.linalg.norm(bias) + np.linalg.norm(matrix) * np.sqrt(len(self.truth))) ** 2) * (1 + 1e-9)

    def _floats(self, penalty: Fraction, imitation: Fraction) -> tuple[Floats, Floats]:
        """The student's bias, and its error per entry of e."""
        matrix = self.student(penalty, imitation)
        truth = fmpq_mat([[_fmpq(v)] for v in self.truth])
        bias = matrix * self.design() * truth - truth
        return _array(bias)[:, 0], float(self.sigma) * _array(matrix)


@lru_cache(maxsize=256)
def _ridge_and_its_square(task: RidgeTask, penalty: Fraction) -> tuple[fmpq_mat, fmpq_mat]:
    """What turns y into ridge's coefficients, and into those of ridge fitted to ridge's predictions."""
    x = task.design()
    ridge = (x.transpose() * x + _diagonal([penalty] * len(task.truth))).solve(x.transpose())
    return ridge, ridge * x * ridge


def rationals(low: int = 1, high: int = 24, denominator: int = 8) -> SearchStrategy[Fraction]:
    """Multiples of 1/denominator or whole numbers from low to high; shrinks to the least whole one."""
    return st.one_of(st.integers(low, high).map(Fraction),
                     st.integers(low * denominator if low > 0 else low, high * denominator).map(
                         lambda v: Fraction(v, denominator)),
                     st.integers(max(low, 1), high).map(lambda v: Fraction(1, v)))


def regressions(most: int = 3) -> SearchStrategy[RidgeTask]:
    """`RidgeTask`s in 1 to `most` dimensions; shrinks to one direction without noise."""
    record = st.tuples(rationals(), st.integers(-3, 3), st.integers(-3, 3), st.integers(-8, 8).map(
        lambda v: Fraction(v, 2)))
    noise = st.integers(0, 40).map(lambda v: Fraction(v, 8))
    return st.builds(_regression, st.lists(record, min_size=1, max_size=most), noise)


def kernels(most: int = 4) -> Instances:
    """{"spectrum", "vector", "labels"}: eigenvalues > 0, a reflection and labels of one length, 1 to `most`."""
    record = st.tuples(rationals(), st.integers(-3, 3), st.integers(-6, 6).map(Fraction))
    return st.lists(record, min_size=1, max_size=most).map(lambda rows: {
        "spectrum": tuple(r[0] for r in rows), "vector": tuple(r[1] for r in rows),
        "labels": tuple(r[2] for r in rows)})


def _regression(rows: list[tuple[Any, ...]], sigma: Fraction) -> RidgeTask:
    singular, left, right, truth = (tuple(column) for column in zip(*rows, strict=True))
    return RidgeTask(singular, left, right, truth, sigma)


def _diagonal(entries: Sequence[int | Fraction]) -> fmpq_mat:
    size = len(entries)
    return fmpq_mat([[_fmpq(entries[i]) if i == j else fmpq(0) for j in range(size)] for i in range(size)])


def _fmpq(value: int | Fraction) -> fmpq:
    exact = Fraction(value)
    return fmpq(exact.numerator, exact.denominator)


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _array(matrix: fmpq_mat) -> Floats:
    rows = [[float(_fraction(cast(fmpq, entry))) for entry in row] for row in matrix.tolist()]
    return np.array(rows)
