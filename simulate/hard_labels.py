"""Students that learnt from a teacher's hard labels: what they lose against it on fresh points, and where they point.

Every function draws `size` i.i.d. replicates, an array of shape (size,), and raises ValueError for parameters that
don't fit. All of it is vectorised NumPy: the arrays of a block of some thousand replicates fit a cache.
"""
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulate.tasks import Binary, Finite, Number, as_floats, probabilities

Signs = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Vector = Sequence[Number]


def regrets(task: Binary, teacher: Sequence[int], student: Sequence[Number], rng: np.random.Generator,
            size: int) -> Signs:
    """1{s(X) != Y} - 1{t(X) != Y}, each -1, 0 or 1, on fresh points.

    `teacher` has one label, 0 or 1, per point; the student's label at x is 1 with probability student[x],
    independently of Y.
    """
    task.risk(teacher)
    ones = as_floats(probabilities(student, "hard_labels: student", task.points))
    mass, eta = task.arrays()
    x = rng.choice(task.points, size=size, p=mass / mass.sum())
    y, s = rng.random(size) < eta[x], rng.random(size) < ones[x]
    return (s != y).astype(np.int8) - (np.array(teacher, dtype=bool)[x] != y).astype(np.int8)


def class_regrets(task: Finite, teacher: Sequence[int], student: Sequence[int], rng: np.random.Generator,
                  size: int) -> Signs:
    """As `regrets`, for several classes and one label per point of teacher and student."""
    for labels, name in ((teacher, "teacher"), (student, "student")):
        if len(labels) != task.points or not all(0 <= label < task.classes for label in labels):
            raise ValueError(f"hard_labels: {name} = {labels!r} must be {task.points} labels from 0 to "
                             f"{task.classes - 1}; give one per point.")
    mass, law = task.arrays()
    x = rng.choice(task.points, size=size, p=mass / mass.sum())
    y = np.minimum((rng.random((size, 1)) >= np.cumsum(law, axis=1)[x]).sum(axis=1), task.classes - 1)
    return (np.array(student)[x] != y).astype(np.int8) - (np.array(teacher)[x] != y).astype(np.int8)


def sign_disagreements(first: Vector, second: Vector, rng: np.random.Generator, size: int,
                       stretch: Number = 1) -> Bools:
    """1{sign(x.a) != sign(x.b)} for x ~ N(0, I), with its first coordinate stretched; vectors a, b not 0."""
    a, b = _vectors(first, second)
    x = rng.standard_normal((size, a.size))
    x[:, 0] *= float(stretch)
    return (x @ a >= 0) != (x @ b >= 0)


def signed_products(weight: Vector, along: Vector, rng: np.random.Generator, size: int) -> Floats:
    """sign(x.w) x.v for x ~ N(0, I): the component along v of a signed vector; w not 0."""
    w, v = _vectors(weight, along, zero=True)
    x = rng.standard_normal((size, w.size))
    return np.sign(x @ w) * (x @ v)


def mean_signed_vectors(weight: Vector, m: int, rng: np.random.Generator, size: int) -> tuple[Floats, Floats]:
    """(u.z, |z|^2 - (u.z)^2) for z the mean of m vectors sign(x_i.w) x_i, x_i ~ N(0, I), and u = w/|w|.

    The component along w, and the square of what is orthogonal to it. ValueError for m < 1.
    """
    if m < 1:
        raise ValueError(f"hard_labels: m = {m} labels point nowhere; give at least 1.")
    w, _ = _vectors(weight, weight)
    x = rng.standard_normal((size, m, w.size))
    signs = np.sign(x @ w)
    mean = np.einsum("rm,rmp->rp", signs, x) / m
    along = mean @ (w / np.linalg.norm(w))
    return along, np.maximum((mean**2).sum(axis=1) - along**2, 0)


def student_angles(dim: int, m: int, rng: np.random.Generator, size: int) -> Floats:
    """Angles over pi, in [0, 1/2], between w != 0 and the z of `mean_signed_vectors`, whatever the direction of w.

    In coordinates whose first axis is w, sign(x_i.w) leaves |x_i1| along it and the law of the others, which are
    independent of it, as it is: one Gaussian number stands for the mean of each. ValueError for m < 1 and for dim < 1.
    """
    if min(m, dim) < 1:
        raise ValueError(f"hard_labels: m = {m} labels in dimension {dim}; give at least 1 of each.")
    along = np.abs(rng.standard_normal((size, m))).mean(axis=1)
    others = rng.standard_normal((size, dim - 1))
    return np.arctan2(np.sqrt(np.einsum("rj,rj->r", others, others) / m), along) / np.pi


def _vectors(first: Vector, second: Vector, zero: bool = False) -> tuple[Floats, Floats]:
    a, b = as_floats(first), as_floats(second)
    if a.shape != b.shape or not a.any() or not (zero or b.any()):
        raise ValueError(f"hard_labels: the vectors {tuple(first)} and {tuple(second)} must have one length and an "
                         "entry that isn't 0; give such vectors.")
    return a, b
