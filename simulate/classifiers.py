"""Classifiers given by one label per point of a finite task: their errors, what they lose, strategies for them.

Every function of a generator draws `size` i.i.d. replicates and has a twin `*_numpy` of no shared code beside it.
"""
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from simulate import strategies
from simulate.tasks import Binary, Finite, Floats, Number

Task = Binary | Finite


def binary_with_classifier(max_points: int = 6) -> strategies.Instances:
    """{"task": Binary, "classifier": a label 0 or 1 per point}."""
    def instance(drawn: dict[str, Any]) -> dict[str, Any]:
        return {"task": drawn["task"], "classifier": drawn["hypotheses"][0]}

    return strategies.binary_with_class(max_points, 1).map(instance)


def finite_with_classifier(max_points: int = 4, max_classes: int = 5) -> strategies.Instances:
    """{"task": Finite, "classifier": a class per point}."""
    def instance(drawn: tuple[Finite, tuple[int, ...]]) -> dict[str, Any]:
        task, numbers = drawn
        return {"task": task, "classifier": tuple(v % task.classes for v in numbers[:task.points])}

    numbers = st.tuples(*[st.integers(0, 59)] * max_points)
    return st.tuples(strategies.finite_tasks(max_points, max_classes), numbers).map(instance)


def risk(task: Task, classifier: Sequence[int]) -> Number:
    """P(classifier[X] != Y), exact where the task is rational. Raises ValueError for other than one class per point."""
    rows = law_of(task)
    if len(classifier) != task.points or any(not 0 <= label < len(rows[0]) for label in classifier):
        raise ValueError(f"classifiers: classifier = {tuple(classifier)} must be {task.points} classes, each from 0 to "
                         f"{len(rows[0]) - 1}; give one per point.")
    return sum(p * (1 - row[label]) for p, row, label in zip(task.mass, rows, classifier, strict=True))


def least_risk(task: Task, constant: bool = False) -> Number:
    """The smallest risk by trying every classifier; with `constant`, every one that ignores x."""
    classes = range(len(law_of(task)[0]))
    tried = ((label,) * task.points for label in classes) if constant else product(classes, repeat=task.points)
    return min(risk(task, labels) for labels in tried)


def best_constant(task: Task) -> tuple[int, ...]:
    """The best of the classifiers that ignore x (ties: the lowest class)."""
    totals = [sum(p * row[y] for p, row in zip(task.mass, law_of(task), strict=True))
              for y in range(len(law_of(task)[0]))]
    return (totals.index(max(totals)),) * task.points


def law_of(task: Task) -> tuple[tuple[Number, ...], ...]:
    """P(Y = class | x), one row per point."""
    return task.law if isinstance(task, Finite) else tuple((1 - eta, eta) for eta in task.eta)


def errors(task: Task, classifier: Sequence[int], rng: np.random.Generator, size: int) -> npt.NDArray[np.bool_]:
    """1{classifier[X] != Y}; the mean is `risk(task, classifier)`."""
    points, labels = _draw(task, rng, size)
    return np.asarray(classifier)[points] != labels


def errors_numpy(task: Task, classifier: Sequence[int], rng: np.random.Generator, size: int) -> npt.NDArray[np.bool_]:
    """Twin of `errors`: from the joint law of the point and the label."""
    rows = law_of(task)
    cells = [(x, y) for x in range(task.points) for y in range(len(rows[0]))]
    joint = np.array([float(task.mass[x] * rows[x][y]) for x, y in cells])
    wrong = np.array([classifier[x] != y for x, y in cells])
    return wrong[rng.choice(len(cells), size=size, p=joint / joint.sum())]


def excess(task: Task, classifier: Sequence[int], rng: np.random.Generator, size: int) -> npt.NDArray[np.int8]:
    """1{classifier[X] != Y} - 1{f*(X) != Y}, each -1, 0 or 1; the mean is the excess risk."""
    points, labels = _draw(task, rng, size)
    mine, best = (np.asarray(each)[points] != labels for each in (classifier, task.bayes_classifier()))
    return mine.astype(np.int8) - best.astype(np.int8)


def excess_numpy(task: Task, classifier: Sequence[int], rng: np.random.Generator, size: int) -> npt.NDArray[np.int8]:
    """Twin of `excess`: from the joint law of the point and the label."""
    rows, best = law_of(task), task.bayes_classifier()
    cells = [(x, y) for x in range(task.points) for y in range(len(rows[0]))]
    joint = np.array([float(task.mass[x] * rows[x][y]) for x, y in cells])
    lost = np.array([int(classifier[x] != y) - int(best[x] != y) for x, y in cells], dtype=np.int8)
    return lost[rng.choice(len(cells), size=size, p=joint / joint.sum())]


def _draw(task: Task, rng: np.random.Generator, size: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    mass, law = task.arrays()
    rows: Floats = law if isinstance(task, Finite) else np.column_stack((1 - law, law))
    points = rng.choice(task.points, size=size, p=mass / mass.sum())
    sums = np.cumsum(rows, axis=1)
    # The last sum rounds; every draw stays below it.
    labels = (rng.random(size)[:, None] * sums[points, -1:] >= sums[points, :-1]).sum(axis=1)
    return points, labels
