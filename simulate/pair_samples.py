"""Estimates of pairwise losses from samples: sampled negatives, and U-statistics of labelled points.

A loss for the pair (i, j) counts where i is positive and j is not. One-hot weights y_i (1 - y_j) use drawn labels, soft
ones p_i (1 - p_j) their probabilities. Enumerated over all labels, negatives and samples, exactly where the entries are
rational; every simulation draws `size` i.i.d. replicates.
"""
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from simulate.sums import count_vectors
from simulate.tasks import Binary, Floats, Number, as_floats, cumulate

Pairs = Sequence[Sequence[Number]]
Law = list[tuple[Number, Number]]


def label_laws(probabilities: Sequence[Number], exclusive: bool = False) -> Iterator[tuple[Number, tuple[int, ...]]]:
    """(probability, labels): independent labels, label i being 1 with its probability.

    If `exclusive`, at most one label is 1, with the same probabilities where they sum to at most 1; otherwise these are
    divided by their sum.
    """
    count = len(probabilities)
    if exclusive:
        most = max(sum(probabilities), Fraction(1))
        yield 1 - sum(probabilities) / most, (0,) * count
        for i, p in enumerate(probabilities):
            yield p / most, tuple(int(j == i) for j in range(count))
        return
    for labels in product((0, 1), repeat=count):
        yield prod((p if y else 1 - p for p, y in zip(probabilities, labels, strict=True)), start=Fraction(1)), labels


def sampled_negative(labels: Sequence[Number], weights: Sequence[Number], losses: Pairs, j: int) -> Number:
    """sum over i != j of labels[i] (1 - labels[j]) losses[i][j] / weights[j]; labels may be probabilities."""
    positive = sum((y * losses[i][j] for i, y in enumerate(labels) if i != j), Fraction(0))
    return positive * (1 - labels[j]) / weights[j]


def negative_law(probabilities: Sequence[Number], weights: Sequence[Number], losses: Pairs, *, soft: bool = False,
                 exclusive: bool = False, only_true: bool = False) -> Law:
    """(probability, estimate) for all labels and all drawn negatives j.

    `soft` puts the probabilities for the labels; `only_true` draws j among labels that are 0, in proportion to the
    weights, and the estimate is 0 where there are none.
    """
    law: Law = []
    for chance, labels in label_laws(probabilities, exclusive):
        open_to = [j for j, y in enumerate(labels) if not (only_true and y)]
        total = sum((weights[j] for j in open_to), Fraction(0))
        used = probabilities if soft else labels
        law += [(chance * weights[j] / total, sampled_negative(used, weights, losses, j)) for j in open_to if chance]
        if not open_to:
            law.append((chance, Fraction(0)))
    return law


def moments_of(law: Law) -> tuple[Number, Number]:
    """(mean, variance) of a law given as (probability, value)."""
    mean = sum((p * v for p, v in law), Fraction(0))
    return mean, sum((p * (v - mean) ** 2 for p, v in law), Fraction(0))


def negative_estimates(probabilities: Sequence[Number], weights: Sequence[Number], losses: Pairs,
                       rng: np.random.Generator, size: int, *, soft: bool = False, exclusive: bool = False,
                       only_true: bool = False) -> Floats:
    """Draws of the estimate whose law is `negative_law`."""
    p, w, loss = as_floats(probabilities), as_floats(weights), as_floats(losses)
    labels = (rng.random((size, p.size)) < p).astype(np.float64)
    if exclusive:
        cells = np.append(p / max(p.sum(), 1.0), 1 - min(p.sum(), 1.0))
        labels = (_pick(cells, rng, size)[:, None] == np.arange(p.size)).astype(np.float64)
    if only_true:
        # Exponential clocks at the rates w: the first to ring among those that are open.
        clocks = np.where(labels > 0, np.inf, rng.exponential(size=labels.shape) / w)
        j = np.argmin(clocks, axis=1)
    else:
        j = _pick(w, rng, size)
    used = np.broadcast_to(p, labels.shape) if soft else labels
    off_diagonal = loss * (1 - np.eye(p.size))
    positive = (used * off_diagonal.T[j]).sum(axis=1)
    return positive * (1 - used[np.arange(size), j]) / w[j]


def half_squares(first: Floats, second: Floats) -> Floats:
    """(Z - Z')^2/2, whose mean is the variance of independent Z and Z' of one law."""
    return (first - second) ** 2 / 2


def statistic_law(task: Binary, losses: Pairs, n: int, *, soft: bool, diagonal: int = 0) -> Law | None:
    """(probability, statistic): (1/(n (n - 1))) sum over i != j of weight losses[x_i][x_j] on n labelled points.

    Soft weights are eta_i (1 - eta_j), else y_i (1 - y_j). With diagonal = 1 the pairs i = j take part. By summing over
    how often each (x, y) occurs; None where there are too many ways or a float among the entries.
    """
    if not task.is_rational or n < 2:
        return None
    cells = [(x, y) for x in range(task.points) for y in (0, 1)]
    mass = [task.mass[x] * (task.eta[x] if y else 1 - task.eta[x]) for x, y in cells]
    occurring = [(cell, Fraction(p)) for cell, p in zip(cells, mass, strict=True) if p]
    enumerated = count_vectors([p for _, p in occurring], n, largest=1000)
    if enumerated is None:
        return None
    counts, chances, total = enumerated
    law: Law = []
    for row, chance in zip(counts.tolist(), chances, strict=True):
        drawn = {cell: count for (cell, _), count in zip(occurring, row, strict=True) if count}
        value = sum((count * (other - (1 - diagonal) * (a == b)) * _weight(task, a, b, soft) * losses[a[0]][b[0]]
                     for a, count in drawn.items() for b, other in drawn.items()
                     if not (a == b and diagonal and not soft)), Fraction(0))
        law.append((Fraction(int(chance), total), value / (n * (n - 1))))
    return law


def _weight(task: Binary, first: tuple[int, int], second: tuple[int, int], soft: bool) -> Number:
    if soft:
        return task.eta[first[0]] * (1 - task.eta[second[0]])
    return first[1] * (1 - second[1])


def statistics(task: Binary, losses: Pairs, n: int, rng: np.random.Generator, size: int, *, soft: bool,
               diagonal: int = 0) -> Floats:
    """Draws of the statistic whose law is `statistic_law`."""
    mass, eta = task.arrays()
    x = _pick(mass, rng, size * n).reshape(size, n)
    positive = eta[x] if soft else (rng.random((size, n)) < eta[x]).astype(np.float64)
    weights = positive[:, :, None] * (1 - positive)[:, None, :] * as_floats(losses)[x[:, :, None], x[:, None, :]]
    if not diagonal:
        weights = weights * (1 - np.eye(n))
    return weights.sum(axis=(1, 2)) / (n * (n - 1))


def _pick(weights: Floats, rng: np.random.Generator, size: int) -> npt.NDArray[np.int64]:
    return np.searchsorted(cumulate(weights), rng.random(size), side="right")


def negative_table(probabilities: Sequence[Number], weights: Sequence[Number], losses: Pairs
                   ) -> tuple[list[Number], dict[str, list[Number]]]:
    """(weights, columns) of a pair i != j drawn uniformly, its labels, and whether j is the drawn negative.

    Columns: positive, label and drawn (0 or 1), first, second and weight (their probabilities), inverse (1/weight) and
    loss.
    """
    chances: list[Number] = []
    rows: list[tuple[Number, ...]] = []
    count = len(probabilities)
    for i, j in ((i, j) for i in range(count) for j in range(count) if i != j):
        coins = (probabilities[i], probabilities[j], weights[j])
        for chance, bits in label_laws(coins):
            chances.append(chance / (count * (count - 1)))
            rows.append((*bits, *coins, 1 / Fraction(weights[j]), losses[i][j]))
    names = ("positive", "label", "drawn", "first", "second", "weight", "inverse", "loss")
    return chances, {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def statistic_table(task: Binary, losses: Pairs, n: int) -> tuple[list[Number], dict[str, list[Number]]]:
    """(weights, columns) of n points and the labels of the first two of them.

    Columns: statistic (the soft one), value (its term for the first two points), positive and label (their labels),
    first and second (their probabilities), loss.
    """
    chances: list[Number] = []
    rows: list[tuple[Number, ...]] = []
    for points in product(range(task.points), repeat=n):
        terms = {(a, b): task.eta[points[a]] * (1 - task.eta[points[b]]) * losses[points[a]][points[b]]
                 for a in range(n) for b in range(n) if a != b}
        chance = prod((task.mass[x] for x in points), start=Fraction(1))
        pair = (task.eta[points[0]], task.eta[points[1]])
        for share, bits in label_laws(pair):
            chances.append(chance * share)
            rows.append((sum(terms.values(), Fraction(0)) / len(terms), terms[0, 1], *bits, *pair,
                         losses[points[0]][points[1]]))
    names = ("statistic", "value", "positive", "label", "first", "second", "loss")
    return chances, {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def components(task: Binary, losses: Pairs) -> tuple[Number, Number]:
    """(Var E(h | z), Var h) of h = (y (1 - y') loss(x, x') + y' (1 - y) loss(x', x))/2 at labelled points z, z'."""
    points = [(task.mass[x] * (task.eta[x] if y else 1 - task.eta[x]), x, y)
              for x in range(task.points) for y in (0, 1)]
    kernel = [[(y * (1 - other) * losses[x][a] + other * (1 - y) * losses[a][x]) * Fraction(1, 2)
               for _, a, other in points] for _, x, y in points]
    chances = [p for p, _, _ in points]
    projected = [(p, sum((q * h for q, h in zip(chances, row, strict=True)), Fraction(0)))
                 for p, row in zip(chances, kernel, strict=True)]
    whole = [(p * q, h) for p, row in zip(chances, kernel, strict=True) for q, h in zip(chances, row, strict=True)]
    return moments_of(projected)[1], moments_of(whole)[1]
