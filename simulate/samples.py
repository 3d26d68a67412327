"""Empirical risks of a fixed classifier on n examples: drawn, and exactly by going through all samples.

The classifier enters by its losses alone: `loss[x][y]` in [0, 1] is l(y, f(x)). An example (x, y) then carries the
numbers

    hard      l(y, f(x))                     what a one-hot label charges,
    soft      sum_y p*_y(x) l(y, f(x))       what the Bayes probabilities charge,
    taught    sum_y t_y(x) l(y, f(x))        what a teacher's probabilities t(x) charge,
    plain     the mean of l(y, f(x)) over y  what uniform labels charge,

and an empirical risk is the average of one of them over the sample. `Examples` is a law of such numbers; the law of
their averages over n independent examples is another one.
"""
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from types import MappingProxyType
from typing import Any

import numpy as np

from simulate.sums import count_vectors
from simulate.tasks import Finite, Floats, Number, as_floats, probabilities, probability_vector
from simulate.totals import totals

Table = Sequence[Sequence[Number]]

MOST = 1_000
"""Samples, but for the order of their examples, that are enumerated at most."""


@dataclass(frozen=True)
class Examples:
    """A finite law of named numbers: row i has probability weights[i] and the values columns[name][i].

    Raises ValueError for columns of another length than `weights`.
    """

    weights: tuple[Number, ...]
    columns: Mapping[str, tuple[Number, ...]]

    def __post_init__(self) -> None:
        """Check the lengths."""
        for name, column in self.columns.items():
            if len(column) != len(self.weights):
                raise ValueError(f"Examples: column {name} has {len(column)} entries for {len(self.weights)} weights; "
                                 "give one per row.")
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))

    def table(self) -> tuple[tuple[Number, ...], dict[str, tuple[Number, ...]]]:
        """(weights, columns), as a proof reads a law."""
        return self.weights, dict(self.columns)

    def mean(self, values: str | Iterable[Number]) -> Number:
        """E of a column, or of one value per row."""
        chosen = self.columns[values] if isinstance(values, str) else values
        return sum((p * v for p, v in zip(self.weights, chosen, strict=True)), Fraction(0))

    def covariance(self, first: str, second: str) -> Number:
        """E (U - E U)(V - E V) of two columns."""
        means = self.mean(first), self.mean(second)
        pairs = zip(self.columns[first], self.columns[second], strict=True)
        return self.mean((u - means[0]) * (v - means[1]) for u, v in pairs)

    def variance(self, name: str) -> Number:
        """E (U - E U)^2 of a column."""
        return self.covariance(name, name)

    def square_error(self, name: str, about: Number) -> Number:
        """E (U - about)^2 of a column."""
        return self.mean((u - about) ** 2 for u in self.columns[name])

    def with_mixture(self, ratio: Number, other: str = "taught") -> "Examples":
        """The same with the column "mixed": (1 - ratio) hard + ratio times the column `other`."""
        mixed = tuple((1 - ratio) * h + ratio * t
                      for h, t in zip(self.columns["hard"], self.columns[other], strict=True))
        return Examples(self.weights, {**self.columns, "mixed": mixed})


def check_losses(task: Finite, loss: Table, name: str = "loss") -> tuple[tuple[Number, ...], ...]:
    """The losses as tuples: a row per point, an entry in [0, 1] per class; else ValueError."""
    if len(loss) != task.points:
        raise ValueError(f"samples: {name} has {len(loss)} rows for {task.points} points; give one row per point.")
    return tuple(probabilities(row, f"samples: {name}[{x}]", task.classes) for x, row in enumerate(loss))


def check_teacher(task: Finite, teacher: Table) -> tuple[tuple[Number, ...], ...]:
    """The teacher's laws as tuples: a probability vector over the classes per point; else ValueError."""
    rows = check_losses(task, teacher, "teacher")
    return tuple(probability_vector(row, f"samples: teacher[{x}]") for x, row in enumerate(rows))


@lru_cache(maxsize=256)
def examples(task: Finite, loss: Table, teacher: Table | None = None) -> Examples:
    """The law of one example's columns hard, soft, plain and, where there is a teacher, taught.

    `loss` has a row per point with an entry in [0, 1] per class, `teacher` a probability vector per point (tuples of
    tuples both); else ValueError. Rows of probability 0 are left out, equal ones added up.
    """
    losses = check_losses(task, loss)
    rows = None if teacher is None else check_teacher(task, teacher)
    merged: dict[tuple[Number, ...], Number] = {}
    for x, (p, law) in enumerate(zip(task.mass, task.law, strict=True)):
        soft, plain = dot(law, losses[x]), sum(losses[x], Fraction(0)) / task.classes
        given = (soft, plain) if rows is None else (soft, plain, dot(rows[x], losses[x]))
        for share, hard in zip(law, losses[x], strict=True):
            if p * share:
                merged[(hard, *given)] = merged.get((hard, *given), Fraction(0)) + p * share
    names = ("hard", "soft", "plain", "taught")[: 4 if rows else 3]
    return Examples(tuple(merged.values()), dict(zip(names, zip(*merged, strict=True), strict=True)))


def noisy(task: Finite, noise: Number) -> Finite:
    """The task with every label replaced by class 0 with probability `noise` in [0, 1], else ValueError."""
    return Finite(task.mass, moved(task.law, noise)) if noise else task


def moved(law: Table, noise: Number) -> tuple[tuple[Number, ...], ...]:
    """Each row moved by the share `noise`, in [0, 1] or ValueError, towards class 0."""
    probabilities((noise,), "samples: noise")
    return tuple(tuple((1 - noise) * p + noise * (y == 0) for y, p in enumerate(row)) for row in law)


def label_laws(task: Finite, loss: Table, n: int) -> dict[str, Any]:
    """What proofs about labels read: `teacher_laws` without a teacher."""
    return _laws(task, loss, n, None)


def teacher_laws(task: Finite, loss: Table, n: int, teacher: Table) -> dict[str, Any]:
    """What proofs about teachers read: the law XY of one example, and S of the averages, None where they are many."""
    return _laws(task, loss, n, teacher)


def _laws(task: Finite, loss: Table, n: int, teacher: Table | None) -> dict[str, Any]:
    one = examples(task, loss, teacher)
    sampled = over(one, n)
    averages = sampled and (sampled.weights, {f"{name}_risk": v for name, v in sampled.columns.items()})
    return {"XY": one.table(), "S": averages}


def calibrated(task: Finite, cells: Sequence[int]) -> tuple[tuple[Number, ...], ...]:
    """The teacher that knows no more of x than its cell: E[p*(X) | cell of X] at every point.

    `cells` has one label per point, else ValueError; where a cell has no mass the teacher is p* itself.
    """
    if len(cells) != task.points:
        raise ValueError(f"samples: cells has {len(cells)} entries for {task.points} points; give one per point.")
    mass = {cell: sum((p for p, c in zip(task.mass, cells, strict=True) if c == cell), Fraction(0)) for cell in cells}
    pooled = {cell: tuple(sum((p * row[y] for p, row, c in zip(task.mass, task.law, cells, strict=True) if c == cell),
                              Fraction(0)) / mass[cell] for y in range(task.classes)) for cell in cells if mass[cell]}
    return tuple(pooled.get(cell, row) for cell, row in zip(cells, task.law, strict=True))


def squared_norms(task: Finite, loss: Table, teacher: Table, *, centred: bool
                  ) -> tuple[list[Number], Number, list[Number]]:
    """|p_t - p*|_2^2 at every point, the largest |loss - centre|_2^2 of positive mass, and the centres.

    A centre is the mean of the losses over the classes, or 0.
    """
    centres = [sum(row, Fraction(0)) / task.classes if centred else Fraction(0) for row in loss]
    apart = [sum(((q - p) ** 2 for q, p in zip(*rows, strict=True)), Fraction(0))
             for rows in zip(teacher, task.law, strict=True)]
    wide = [sum(((v - centre) ** 2 for v in row), Fraction(0)) for row, centre in zip(loss, centres, strict=True)]
    return apart, max(square for p, square in zip(task.mass, wide, strict=True) if p), centres


def class_table(task: Finite, loss: Table, teacher: Table, norm: Callable[..., Any], ratio_root: Callable[..., Any], *,
                centred: bool) -> dict[str, Any]:
    """What proofs about norms over the classes read: the law XK of an example and a class drawn uniformly.

    `norm` takes a square and `ratio_root` the squares of two norms, whose ratio's root it returns.
    """
    apart, largest, centres = squared_norms(task, loss, teacher, centred=centred)
    rows, k = [], task.classes
    for x, (mass, law) in enumerate(zip(task.mass, task.law, strict=True)):
        wide = sum(((v - centres[x]) ** 2 for v in loss[x]), Fraction(0))
        roots = (ratio_root(square=wide, other=apart[x]), ratio_root(square=apart[x], other=wide)) \
            if wide * apart[x] else (Fraction(0), Fraction(0))
        shares = (dot(teacher[x], loss[x]) / k, dot(law, loss[x]) / k, apart[x] / k, wide / k, Fraction(0))
        at_point = (centres[x], *shares, norm(square=apart[x]), norm(square=wide), *roots)
        rows += [(mass / k, q, p, v, *at_point) for q, p, v in zip(teacher[x], law, loss[x], strict=True) if mass]
    names = ("told", "chance", "loss", "centre", "told_share", "true_share", "apart", "wide", "even", "distance",
             "size", "lean", "back")
    weights, *columns = zip(*rows, strict=True)
    return {"classes": k, "top": norm(square=largest), "XK": (weights, dict(zip(names, columns, strict=True)))}


def dot(probabilities_of: Iterable[Number], values: Iterable[Number]) -> Number:
    """The sum of probability times value."""
    return sum((p * v for p, v in zip(probabilities_of, values, strict=True)), Fraction(0))


def over(one: Examples, n: int, most: int = MOST) -> Examples | None:
    """The law of the averages of the columns over n independent examples, by going through all samples.

    Samples that differ in the order of their examples are one row. None if an entry is a float or there are more than
    `most` rows; ValueError for n < 1.
    """
    if n < 1:
        raise ValueError(f"samples: n = {n} examples have no average; give at least 1.")
    return _over(one.weights, tuple(one.columns), tuple(one.columns.values()), n, most)


@lru_cache(maxsize=256)
def _over(weights: tuple[Fraction, ...], names: tuple[str, ...], columns: tuple[tuple[Fraction, ...], ...], n: int,
          most: int) -> Examples | None:
    if not all(isinstance(v, Fraction) for column in (weights, *columns) for v in column):
        return None
    enumerated = count_vectors(weights, n, most)
    if enumerated is None:
        return None
    counts, chances, total = enumerated
    averages = {}
    for name, column in zip(names, columns, strict=True):
        unit = lcm(*(value.denominator for value in column))
        steps = np.array([int(value * unit) for value in column], dtype=object)
        averages[name] = tuple(Fraction(int(v), unit * n) for v in counts.astype(object) @ steps)
    return Examples(tuple(Fraction(int(chance), total) for chance in chances), averages)


def draw(one: Examples, n: int, rng: np.random.Generator, size: int) -> dict[str, Floats]:
    """`size` draws of the averages of all columns over n independent examples, by name; ValueError for n < 1."""
    if n < 1:
        raise ValueError(f"samples: n = {n} examples have no average; give at least 1.")
    rows = np.stack([as_floats(column) for column in one.columns.values()], axis=1)
    return dict(zip(one.columns, totals(as_floats(one.weights), rows, n, rng, size) / n, strict=True))


def draw_numpy(one: Examples, n: int, rng: np.random.Generator, size: int) -> dict[str, Floats]:
    """Twin of `draw`, example by example; of memory size * n."""
    weights = as_floats(one.weights)
    rows = rng.choice(len(weights), size=(size, n), p=weights / weights.sum())
    return {name: as_floats(column)[rows].mean(axis=1) for name, column in one.columns.items()}
