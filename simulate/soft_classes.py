"""Finite classes of hypotheses judged by a teacher's soft labels: does an empirical Bernstein bound fail?

A hypothesis enters by its losses, `losses[h][x][y]` in [0, 1]; its soft risk over n points is the average of
s_h(x) = sum_y t_y(x) losses[h][x][y] under the teacher's laws t, its risk R(h) the mean of p*.l, p* the true laws. The
sample fails where for some h the risk exceeds soft risk + first sqrt(V) + rest(h), V the sample variance of s_h with
divisor n - 1. Tables are tuples of tuples.
"""
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simulate.samples import Table, check_losses, check_teacher, dot
from simulate.sums import chance_of_counts
from simulate.tasks import Finite, Floats, Number, as_floats
from simulate.totals import totals

Bools = npt.NDArray[np.bool_]

MOST = 3_000
"""Samples, but for the order of their points, that are enumerated at most."""


def fails(task: Finite, losses: Sequence[Table], teacher: Table, n: int, first: float, rest: Sequence[float],
          rng: np.random.Generator, size: int) -> Bools:
    """`size` draws of 1{the sample of n points fails}; ValueError for n < 2 and tables that don't fit the task."""
    values, risks = _table(task, losses, teacher, n)
    sums = totals(as_floats(task.mass), _rows(values), n, rng, size).T
    return _failing(sums, values, risks, n, first, rest)


def fails_numpy(task: Finite, losses: Sequence[Table], teacher: Table, n: int, first: float, rest: Sequence[float],
                rng: np.random.Generator, size: int) -> Bools:
    """Twin of `fails`, point by point and with NumPy's variance; of memory size * n * hypotheses."""
    values, risks = _table(task, losses, teacher, n)
    mass = as_floats(task.mass)
    drawn = values[:, rng.choice(task.points, size=(size, n), p=mass / mass.sum())]
    radius = first * drawn.std(axis=2, ddof=1) + np.array(rest)[:, None]
    return (risks[:, None] > drawn.mean(axis=2) + radius).any(axis=0)


def failure(task: Finite, losses: Sequence[Table], teacher: Table, n: int, first: float,
            rest: Sequence[float]) -> Fraction | None:
    """P(the sample of n points fails), from all samples; None if a mass is a float or there are more than `MOST`."""
    values, risks = _table(task, losses, teacher, n)
    if not all(isinstance(p, Fraction) for p in task.mass):
        return None
    present = [x for x, p in enumerate(task.mass) if p]
    return chance_of_counts(
        tuple(Fraction(task.mass[x]) for x in present), n,
        lambda counts: _failing(counts @ _rows(values)[present], values, risks, n, first, rest), MOST)


def _table(task: Finite, losses: Sequence[Table], teacher: Table, n: int) -> tuple[Floats, Floats]:
    """s_h(x), a row per hypothesis, and R(h)."""
    if n < 2:
        raise ValueError(f"soft_classes: n = {n} points have no sample variance; give at least 2.")
    if not losses:
        raise ValueError("soft_classes: losses is empty; give at least one hypothesis.")
    return _values_and_risks(task, tuple(losses), teacher)


@lru_cache(maxsize=64)
def _values_and_risks(task: Finite, losses: tuple[Table, ...], teacher: Table) -> tuple[Floats, Floats]:
    laws, tables = check_teacher(task, teacher), [check_losses(task, table) for table in losses]
    values = [[dot(law, row) for law, row in zip(laws, table, strict=True)] for table in tables]
    return as_floats(values), as_floats(risk(task, table) for table in tables)


def risk(task: Finite, loss: Table) -> Number:
    """R(h) = E p*(X).l."""
    return dot(task.mass, [dot(law, row) for law, row in zip(task.law, loss, strict=True)])


def _rows(values: Floats) -> Floats:
    """At every point s_h and the square of its distance from h's middle, for all h: shape (points, 2 hypotheses)."""
    return np.concatenate((values, (values - _middle(values)) ** 2)).T


def _middle(values: Floats) -> Floats:
    """A number near all of s_h, so that little is lost to cancellation."""
    return values.mean(axis=1, keepdims=True)


def _failing(sums: Floats, values: Floats, risks: Floats, n: int, first: float, rest: Sequence[float]) -> Bools:
    """Whether each sample fails, from its sums of `_rows`."""
    means, squares = sums[:, :len(values)] / n, sums[:, len(values):]
    spread = (squares - n * (means - _middle(values)[:, 0]) ** 2) / (n - 1)
    radius = first * np.sqrt(np.maximum(spread, 0)) + np.array(rest)
    return np.asarray((risks > means + radius).any(axis=1))
