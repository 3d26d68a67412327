"""Students that learnt from a teacher's hard labels: what they lose against it on fresh points, and where they point.

Every function draws `size` i.i.d. replicates, an array of shape (size,), and raises ValueError for parameters that
don't fit. All of it is vectorised NumPy: the arrays of a block of some thousand replicates fit a cache.
"""
from collections.abc import Sequence
from fractions import Fraction

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
