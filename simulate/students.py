"""Students: empirical risk minimisers over a finite class, trained on labels made up by teachers.

The class is a tuple of 0/1 labellings of a `Binary` task's points, or the thresholds 1{x >= j/H} on the
circle. Ties in the empirical risk go to the lowest index.
"""
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import cast

import numba
import numpy as np
import numpy.typing as npt

from simulate.circle import Circle
from simulate.jit import kernel
from simulate.neighbours import sorted_uniforms
from simulate.streams import State, pick, seed_of, start, uniform
from simulate.sums import count_vectors
from simulate.tasks import Binary, Number, as_floats, cumulate, probabilities

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Labels = Sequence[Sequence[int]]


# Unsigned indices: Numba would test signed ones for being negative.
_0, _1 = np.uint64(0), np.uint64(1)
_CELLS_PER_POINT = 4  # of the table that finds a point's place among the teacher's label changes


@kernel(parallel=True)
def _fresh(seed: np.uint64, cumulative: Floats, wrong: Integers, excess: Floats, m: int, size: int) -> Floats:
    """`wrong[h, cell]` is 1 where hypothesis h disagrees with the cell's label; cells are (point, label)."""
    out = np.empty(size)
    for r in numba.prange(size):
        state = start(seed, r)
        counts = np.zeros(cumulative.size, np.int64)
        for _ in range(m):
            state, u = uniform(state)
            counts[pick(cumulative, u)] += 1
        student, fewest = 0, m + 1
        for h in range(excess.size):
            errors = 0
            for cell in range(counts.size):
                errors += counts[cell] * wrong[h, cell]
            if errors < fewest:
                student, fewest = h, errors
        out[r] = excess[student]
    return out


def fresh_teacher_excess(task: Binary, hypotheses: Labels, teacher: Sequence[Number], m: int,
                         rng: np.random.Generator, size: int, *, compiled: bool = True) -> Floats:
    """`size` draws of L(student) - min_H L, in [0, 1], with a fresh teacher for each of m points.

    X_i ~ mass, its label is 1 with probability teacher[X_i], independently; the student minimises the
    disagreement with these labels over `hypotheses` (each a 0/1 label per point); L is the true risk.
    ValueError for m < 1, an empty class, or entries that don't fit the task's points. `compiled=False` draws
    from the NumPy twin of the kernel.
    """
    chosen = _checked(task, hypotheses, teacher, m)
    risks = as_floats(excess_risks(task, hypotheses))
    mass, _ = task.arrays()
    if compiled:
        weights = np.stack([mass * (1 - as_floats(chosen)), mass * as_floats(chosen)], axis=1).ravel()
        return _fresh(seed_of(rng), cumulate(weights), _wrong(hypotheses), risks, m, size)
    points = rng.choice(task.points, size=(size, m), p=mass / mass.sum())
    labels = rng.random((size, m)) < as_floats(chosen)[points]
    errors = [(np.array(h)[points] != labels).sum(axis=1) for h in hypotheses]
    return risks[np.argmin(np.stack(errors, axis=1), axis=1)]


def excess_risks(task: Binary, hypotheses: Labels) -> tuple[Number, ...]:
    """L(h) - min_H L for each hypothesis; exact for a rational task."""
    risks = [task.risk(h) for h in hypotheses]
    return tuple(risk - min(risks) for risk in risks)


def _checked(task: Binary, hypotheses: Labels, teacher: Sequence[Number], m: int) -> tuple[Number, ...]:
    if m < 1:
        raise ValueError(f"students: m = {m} labelled points teach nothing; give at least 1.")
    if not hypotheses:
        raise ValueError("students: hypotheses is empty; give at least one labelling of the points.")
    return probabilities(teacher, "students: teacher", task.points)


def _wrong(hypotheses: Labels) -> Integers:
    labels = np.array(hypotheses, dtype=np.int64)
    # Cells in the order (point 0, label 0), (point 0, label 1), (point 1, label 0), ...
    return np.stack([labels, 1 - labels], axis=2).reshape(len(labels), -1)


@lru_cache(maxsize=512)
def risk_law(task: Binary, hypotheses: Labels, teacher: Sequence[Number],
             m: int) -> tuple[tuple[Fraction, ...], dict[str, list[Number]]] | None:
    """(weights, columns) of the student's risk and the least risk in the class, from `erm_law`; None where that is."""
    law = erm_law(task, hypotheses, teacher, m)
    if law is None:
        return None
    risks = [task.risk(h) for h in hypotheses]
    return law, {"student_risk": risks, "best_risk": [min(risks)] * len(risks)}


def _erm_law(task: Binary, hypotheses: tuple[tuple[int, ...], ...], teacher: tuple[Number, ...], m: int
             ) -> tuple[Fraction, ...] | None:
    mass, chance = cast(tuple[Fraction, ...], task.mass), cast(tuple[Fraction, ...], teacher)
    cells = [p * q for p, t in zip(mass, chance, strict=True) for q in (1 - t, t)]
    # Only differences between hypotheses decide, so cells that tell them apart in the same way are one cell.
    merged: dict[tuple[int, ...], Fraction] = {}
    for pattern, p in zip(_wrong(hypotheses).T, cells, strict=True):
        if p:
            key = tuple(int(v) for v in pattern - pattern.min())
            merged[key] = merged.get(key, Fraction(0)) + p
    enumerated = count_vectors(tuple(merged.values()), m)
    if enumerated is None:
        return None
    counts, weights, total = enumerated
    students = np.argmin(counts @ np.array(list(merged)), axis=1)
    return tuple(Fraction(int(weights[students == h].sum()), total) for h in range(len(hypotheses)))


def erm_law(task: Binary, hypotheses: Labels, teacher: Sequence[Number], m: int) -> tuple[Fraction, ...] | None:
    """The exact law of the student's index in the setting of `fresh_teacher_excess`.

    By enumeration of how often each (point, label) occurs, after merging those between which no two
    hypotheses distinguish. None if an entry is a float or there are more than 20,000 count vectors.
    """
    chosen = _checked(task, hypotheses, teacher, m)
    excess_risks(task, hypotheses)
    if not (task.is_rational and all(isinstance(t, Fraction) for t in chosen)):
        return None
    return _erm_law(task, tuple(tuple(h) for h in hypotheses), chosen, m)


def mean_fresh_teacher_excess(task: Binary, hypotheses: Labels, teacher: Sequence[Number], m: int
                              ) -> Fraction | None:
    """The exact mean of `fresh_teacher_excess`, from `erm_law`; None where that is None."""
    law = erm_law(task, hypotheses, teacher, m)
    if law is None:
        return None
    excess = cast(tuple[Fraction, ...], excess_risks(task, hypotheses))
    return sum((p * e for p, e in zip(law, excess, strict=True)), Fraction(0))


@kernel
def _label_changes(state: State, ring: Floats, points: Floats, changes: Floats) -> tuple[State, int, int]:
    """Label the sorted `points` by eta; write where the 1-NN teacher's label changes, in order.

    `ring` holds the knots and the first one again; `changes` has room for one more than the points. Returns
    the state, the teacher's label at 0 and the number of changes.
    """
    n, pieces = np.uint64(points.size), ring.size - 1
    first = label = found = 0
    before = 0.0
    for i in range(n):
        x = points[i]
        position = x * pieces
        piece = np.uint64(int(position))
        eta = ring[piece] + (position - int(position)) * (ring[piece + _1] - ring[piece])
        state, u = uniform(state)
        following = int(u < eta)
        if i == _0:
            first = label = following
        # Written always and kept only where the label changes: a branch would be mispredicted every other time.
        changes[np.uint64(found)] = (before + x) * 0.5
        found += following ^ label
        label, before = following, x
    if label == first:
        return state, first, found
    seam = (before + points[0] + 1.0) / 2
    if seam < 1.0:
        changes[found] = seam
        return state, first, found + 1
    for i in range(found, 0, -1):
        changes[i] = changes[i - 1]
    changes[0] = seam - 1.0
    return state, label, found + 1


@kernel
def _index(changes: Floats, found: int, table: Integers) -> None:
    """table[g] = how many changes lie in the first g of table.size - 1 equal cells of [0, 1)."""
    cells = table.size - 1
    table[:] = 0
    for i in range(np.uint64(found)):
        table[np.uint64(int(changes[i] * cells)) + _1] += 1
    for g in range(_1, np.uint64(table.size)):
        table[g] += table[g - _1]


@kernel
def _student(state: State, changes: Floats, table: Integers, label: int, m: int, balance: Integers) -> int:
    """The threshold, as an index, that ERM chooses on m fresh points labelled by the teacher.

    `changes` ends in a sentinel above 1.
    """
    cells, hypotheses = table.size - 1, balance.size
    balance[:] = 0
    for _ in range(m):
        state, x = uniform(state)
        below = np.uint64(table[np.uint64(int(x * cells))])
        # Most cells hold at most one change: counting it without a branch leaves the loop almost never entered.
        below += np.uint64(changes[below] <= x)
        while changes[below] <= x:
            below += _1
        balance[np.uint64(int(x * hypotheses))] += 1 - 2 * np.int64((np.uint64(label) + below) & _1)
    # Raising the threshold past a point costs an error where its label is 1 and saves one where it is 0.
    student, errors, fewest = 0, 0, 0
    for j in range(1, hypotheses):
        errors -= balance[np.uint64(j - 1)]
        if errors < fewest:
            student, fewest = j, errors
    return student


@kernel(parallel=True)
def _single(seed: np.uint64, ring: Floats, excess: Floats, n: int, m: int, size: int) -> Floats:
    out = np.empty(size)
    for r in numba.prange(size):
        points, changes = np.empty(n), np.empty(n + 2)
        state = sorted_uniforms(start(seed, r), points, changes[:n], np.empty(n + 1, np.int64))
        state, label, found = _label_changes(state, ring, points, changes)
        changes[found] = 2.0
        table = np.empty(_CELLS_PER_POINT * n + 1, np.int64)
        _index(changes, found, table)
        out[r] = excess[_student(state, changes, table, label, m, np.empty(excess.size, np.int64))]
    return out


def single_teacher_excess(circle: Circle, hypotheses: int, n: int, m: int, rng: np.random.Generator, size: int,
                          *, compiled: bool = True) -> Floats:
    """`size` draws of L(student) - min_H L, in [0, 1]: one 1-NN teacher labels all m points, a new one per draw.

    The teacher has n uniform points of the circle with labels from eta; the student minimises its
    disagreement with the teacher on m fresh uniform points over 1{x >= j / hypotheses}, j = 0, ...,
    hypotheses - 1, x in [0, 1); L is the true risk (`Circle.threshold_risk`). ValueError unless n, m and
    `hypotheses` are at least 1. `compiled=False` draws from the NumPy twin, of memory size * n * m.
    """
    if min(hypotheses, n, m) < 1:
        raise ValueError(f"students: hypotheses = {hypotheses}, n = {n}, m = {m} must each be at least 1.")
    risks = circle.threshold_risk(np.arange(hypotheses) / hypotheses)
    excess = risks - risks.min()
    if compiled:
        knots = circle.knot_array()
        return _single(seed_of(rng), np.append(knots, knots[0]), excess, n, m, size)
    points, fresh = rng.random((size, n)), rng.random((size, m))
    labels = rng.random((size, n)) < circle.eta(points)
    gaps = np.abs(points[:, :, None] - fresh[:, None, :])
    nearest = np.argmin(np.minimum(gaps, 1 - gaps), axis=1)
    taught = np.take_along_axis(labels, nearest, axis=1)
    errors = [((fresh >= j / hypotheses) != taught).sum(axis=1) for j in range(hypotheses)]
    return excess[np.argmin(np.stack(errors, axis=1), axis=1)]


def specialists(points: int) -> tuple[Binary, tuple[tuple[int, ...], ...]]:
    """A task on which ERM from m = 1 point does as badly as a class of that size allows, ties to the lowest.

    All labels are 1 on equally likely points; hypothesis i is right at point i alone and a last one is right
    everywhere. From one point ERM takes the specialist for it: excess risk 1 - 1/points. ValueError for
    points < 1.
    """
    if points < 1:
        raise ValueError(f"students: {points} specialists leave nothing to learn; give at least 1 point.")
    task = Binary((Fraction(1, points),) * points, (1,) * points)
    rows = [tuple(int(i == x) for x in range(points)) for i in range(points)]
    return task, (*rows, (1,) * points)
