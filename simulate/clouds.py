"""1-NN on a finite law: its risk in closed form, whatever the points, their masses and eta.

Seen from x the points are ranked by distance, ties by their index. With F_j the mass of the j nearest ones, the nearest
of n training points is the j-th with probability (1 - F_(j-1))^n - (1 - F_j)^n.
"""
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from simulate.cube import root
from simulate.tasks import Binary, Number, as_floats

Places = Sequence[Sequence[Number]]
Bools = npt.NDArray[np.bool_]


def squared_distance(one: Sequence[Number], other: Sequence[Number]) -> Number:
    """|one - other|^2."""
    return sum(((a - b) ** 2 for a, b in zip(one, other, strict=True)), Fraction(0))


def _ranking(places: Places, x: int) -> list[int]:
    return sorted(range(len(places)), key=lambda i: (squared_distance(places[x], places[i]), i))


def _check(task: Binary, places: Places, n: int) -> None:
    if len(places) != task.points or n < 1:
        raise ValueError(f"clouds: {len(places)} places for {task.points} points, n = {n}; give a place per point and "
                         "n >= 1.")


def lipschitz(task: Binary, places: Places) -> Number:
    """The least lambda with |eta(x) - eta(x')| <= lambda |x - x'| over all pairs; ValueError for a repeated place."""
    _check(task, places, 1)
    squares: list[Number] = [Fraction(0)]
    for i, place in enumerate(places):
        for j in range(i):
            apart = squared_distance(place, places[j])
            if apart == 0:
                raise ValueError(f"clouds: places {j} and {i} are both {place!r}; merge them.")
            squares.append((task.eta[i] - task.eta[j]) ** 2 / apart)
    return root(max(squares))


def neighbour_risk(task: Binary, places: Places, n: int) -> Number:
    """P(label of the nearest of n i.i.d. points != Y), exactly for a rational task; ValueError for misfits."""
    _check(task, places, n)
    total: Number = Fraction(0)
    for x, (p, eta) in enumerate(zip(task.mass, task.eta, strict=True)):
        left: Number = Fraction(1)
        for i in _ranking(places, x):
            after = left - task.mass[i]
            other = task.eta[i]
            total += p * (left**n - after**n) * (eta * (1 - other) + (1 - eta) * other)
            left = after
    return total


def neighbour_errors(task: Binary, places: Places, n: int, rng: np.random.Generator, size: int) -> Bools:
    """`size` draws of the error whose mean is `neighbour_risk`, a new training set for each."""
    _check(task, places, n)
    mass, eta = task.arrays()
    ranks = np.argsort(as_floats(_ranking(places, x) for x in range(task.points)), axis=1)
    drawn = rng.choice(task.points, size=(size, n + 1), p=mass / mass.sum())
    fresh, training = drawn[:, 0], drawn[:, 1:]
    best = np.argmin(ranks[fresh[:, None], training], axis=1)
    nearest = training[np.arange(size), best]
    return (rng.random(size) < eta[fresh]) != (rng.random(size) < eta[nearest])
