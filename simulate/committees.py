"""Ensembles on a task with two classes: members predict a number at every point, and so does their mean."""
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from simulate import classifiers, ensembles, strategies
from simulate.tasks import Binary, Floats, Number, as_floats

Rows = Sequence[Sequence[Number]]


def committees(max_points: int = 3, max_members: int = 4) -> strategies.Instances:
    """{"task": Binary, "weights", "predictions": for each member a number in [-1, 2] per point}."""
    number = strategies.fractions01(64).map(lambda share: 3 * share - 1)
    row = st.tuples(*[number] * max_points)

    def instance(drawn: tuple[Binary, dict[str, Any]]) -> dict[str, Any]:
        task, members = drawn
        return {"task": task, "weights": members["mass"],
                "predictions": tuple(each[:task.points] for each in members["predictions"])}

    return st.tuples(strategies.binary_tasks(max_points), ensembles.members(row, max_members)).map(instance)


def ensemble(weights: Sequence[Number], predictions: Rows) -> tuple[Number, ...]:
    """The weighted mean prediction at every point."""
    return tuple(ensembles.average(weights, column) for column in zip(*predictions, strict=True))


def loss(task: Binary, prediction: Sequence[Number]) -> Number:
    """E (prediction(X) - Y)^2."""
    rows = zip(task.mass, classifiers.law_of(task), prediction, strict=True)
    return sum((p * share * (value - y) ** 2 for p, row, value in rows for y, share in enumerate(row)), Fraction(0))


def ensemble_loss(task: Binary, weights: Sequence[Number], predictions: Rows) -> Number:
    """The loss of the weighted mean."""
    return loss(task, ensemble(weights, predictions))


def member_losses(task: Binary, predictions: Rows) -> list[Number]:
    """The loss of every member."""
    return [loss(task, each) for each in predictions]


def triples(task: Binary, weights: Sequence[Number], predictions: Rows) -> list[tuple[Number, ...]]:
    """The joint law of (a random member's prediction, the ensemble's, the label): rows (probability, ...)."""
    mean = ensemble(weights, predictions)
    return [(w * p * share, row[x], mean[x], y) for w, row in zip(weights, predictions, strict=True)
            for x, (p, shares) in enumerate(zip(task.mass, classifiers.law_of(task), strict=True))
            for y, share in enumerate(shares)]


def loss_range(predictions: Rows) -> tuple[float, float]:
    """From 0 to the largest (value - y)^2 for a value in the range of the predictions."""
    return 0.0, max(float((value - y) ** 2) for row in predictions for value in row for y in (0, 1))


def squared_errors(task: Binary, weights: Sequence[Number], predictions: Rows, rng: np.random.Generator,
                   size: int) -> Floats:
    """`size` i.i.d. draws of (fbar(X) - Y)^2."""
    mass, eta = task.arrays()
    points = rng.choice(task.points, size=size, p=mass / mass.sum())
    mean = as_floats(weights) @ np.array([as_floats(row) for row in predictions])
    return (mean[points] - (rng.random(size) < eta[points])) ** 2


def squared_errors_numpy(task: Binary, weights: Sequence[Number], predictions: Rows, rng: np.random.Generator,
                         size: int) -> Floats:
    """Twin of `squared_errors`: from the joint law of the point and the label."""
    mean = ensemble(weights, predictions)
    cells = [(p * share, float((mean[x] - y) ** 2))
             for x, (p, row) in enumerate(zip(task.mass, classifiers.law_of(task), strict=True))
             for y, share in enumerate(row)]
    joint = as_floats([p for p, _ in cells])
    return np.array([value for _, value in cells])[rng.choice(len(cells), size=size, p=joint / joint.sum())]
