"""How far disagreement with a teacher on m unlabelled points is from disagreement on fresh ones, over a finite class.

The teacher is drawn once from a tuple of labellings, equally likely, and labels all points; hypotheses and teachers
are tuples with one label, 0 or 1, per point, and point x has probability mass[x].
"""
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import cast

import numpy as np
import numpy.typing as npt

from simulate.students import erm_law
from simulate.sums import count_vectors
from simulate.tasks import Binary, Floats, Number, as_floats, probability_vector
from simulate.totals import first_least, totals

Labels = Sequence[Sequence[int]]
Law = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]

LARGEST = 2_000
"""Count vectors that are enumerated at most for one teacher."""


def largest_deviations(mass: Sequence[Number], hypotheses: Labels, teachers: Labels, m: int, rng: np.random.Generator,
                       size: int) -> Floats:
    """`size` draws of the largest P(h != t) - (share of m fresh points on which h != t), over h, in [-1, 1].

    ValueError for m < 1, for no hypothesis or teacher, and for labels that don't fit the points.
    """
    weights = as_floats(_checked(mass, hypotheses, teachers, m))
    weights /= weights.sum()
    out = np.empty(size)
    for _, differs, drawn, seen in _seen(weights, hypotheses, teachers, m, rng, size):
        out[drawn] = ((differs @ weights)[:, None] - seen / m).max(axis=0)
    return out


def student_disagreements(mass: Sequence[Number], hypotheses: Labels, teachers: Labels, m: int,
                          rng: np.random.Generator, size: int) -> Floats:
    """`size` draws of P(s != t) in [0, 1], for the student s that disagrees least on m points; ties to the lowest.

    ValueError as `largest_deviations`.
    """
    weights = as_floats(_checked(mass, hypotheses, teachers, m))
    weights /= weights.sum()
    out = np.empty(size)
    for _, differs, drawn, seen in _seen(weights, hypotheses, teachers, m, rng, size):
        out[drawn] = (differs @ weights)[first_least(seen)]
    return out


def deviation_law(mass: Sequence[Number], hypotheses: Labels, teachers: Labels, m: int) -> Law | None:
    """(weights, values): the exact law of `largest_deviations`, from how often each point is drawn.

    None if a mass is a float or there are more than `LARGEST` count vectors. ValueError as `largest_deviations`.
    """
    masses = _checked(mass, hypotheses, teachers, m)
    if not all(isinstance(p, Fraction) for p in masses):
        return None
    return _deviation_law(cast(tuple[Fraction, ...], masses), tuple(map(tuple, hypotheses)),
                          tuple(map(tuple, teachers)), m)


@lru_cache(maxsize=512)
def _deviation_law(mass: tuple[Fraction, ...], hypotheses: tuple[tuple[int, ...], ...],
                   teachers: tuple[tuple[int, ...], ...], m: int) -> Law | None:
    unit = lcm(*(p.denominator for p in mass))
    law: dict[Fraction, Fraction] = {}
    for differs in _differs(hypotheses, teachers):
        cells = _cells(differs, mass)
        enumerated = count_vectors(tuple(cells.values()), m, LARGEST)
        if enumerated is None:
            return None
        counts, weights, total = enumerated
        expected = np.array([int(p * unit) * m for p in cells.values()], dtype=np.int64)
        gaps = ((expected - counts * unit) @ np.array(list(cells))).max(axis=1)
        order = np.argsort(gaps, kind="stable")
        values, firsts = np.unique(gaps[order], return_index=True)
        for gap, weight in zip(values, np.add.reduceat(weights[order], firsts), strict=True):
            value, share = Fraction(int(gap), unit * m), Fraction(int(weight), total * len(teachers))
            law[value] = law.get(value, Fraction(0)) + share
    return tuple(law.values()), tuple(law)


def student_law(mass: Sequence[Number], hypotheses: Labels, teachers: Labels, m: int) -> Law | None:
    """(weights, values): the exact law of `student_disagreements`, from `erm_law`; None where that is."""
    masses = _checked(mass, hypotheses, teachers, m)
    if not all(isinstance(p, Fraction) for p in masses):
        return None
    found: dict[Fraction, Fraction] = {}
    for teacher, differs in zip(teachers, _differs(hypotheses, teachers), strict=True):
        law = erm_law(Binary(masses, tuple(teacher)), hypotheses, tuple(map(Fraction, teacher)), m)
        if law is None:
            return None
        for share, row in zip(law, differs, strict=True):
            value = sum((Fraction(p) for p, d in zip(masses, row, strict=True) if d), Fraction(0))
            found[value] = found.get(value, Fraction(0)) + share / len(teachers)
    return tuple(found.values()), tuple(found)


def student_excesses(task: Binary, hypotheses: Labels, teachers: Labels, m: int, rng: np.random.Generator,
                     size: int) -> Floats:
    """`size` draws of L(s) - L(t) - (share of m fresh points on which s != t), in [-2, 1], L being the risk.

    s is the student that disagrees least on the m points, as in `student_disagreements`; ValueError as there.
    """
    weights = as_floats(_checked(task.mass, hypotheses, teachers, m))
    weights /= weights.sum()
    risks = as_floats(task.risk(h) for h in hypotheses)
    out = np.empty(size)
    for index, _, drawn, seen in _seen(weights, hypotheses, teachers, m, rng, size):
        out[drawn] = risks[first_least(seen)] - float(task.risk(teachers[index])) - seen.min(axis=0) / m
    return out


def student_excess_law(task: Binary, hypotheses: Labels, teachers: Labels, m: int
                       ) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...], tuple[Fraction, ...]] | None:
    """(weights, values of L(s) - L(t), shares of the m points on which s != t): the exact joint law.

    None if an entry is a float or there are more than `LARGEST` count vectors. ValueError as `student_disagreements`.
    """
    masses = _checked(task.mass, hypotheses, teachers, m)
    if not task.is_rational:
        return None
    found: dict[tuple[Fraction, Fraction], Fraction] = {}
    for teacher, differs in zip(teachers, _differs(hypotheses, teachers), strict=True):
        cells = _cells(differs, cast(tuple[Fraction, ...], masses))
        enumerated = count_vectors(tuple(cells.values()), m, LARGEST)
        if enumerated is None:
            return None
        counts, weights, total = enumerated
        seen = counts @ np.array(list(cells))
        # One number tells the student and how often it disagrees.
        keys = seen.argmin(axis=1) * (m + 1) + seen.min(axis=1)
        for key in np.unique(keys):
            student, count = divmod(int(key), m + 1)
            pair = Fraction(task.risk(hypotheses[student]) - task.risk(teacher)), Fraction(count, m)
            share = Fraction(int(weights[keys == key].sum()), total * len(teachers))
            found[pair] = found.get(pair, Fraction(0)) + share
    return tuple(found.values()), tuple(excess for excess, _ in found), tuple(share for _, share in found)


def _seen(weights: Floats, hypotheses: Labels, teachers: Labels, m: int, rng: np.random.Generator, size: int
          ) -> Iterator[tuple[int, npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]]:
    """(teacher, where hypotheses differ from it, the draws it teaches, on how many of their m points), by teacher."""
    teacher = rng.integers(len(teachers), size=size)
    for index, differs in enumerate(_differs(hypotheses, teachers)):
        drawn = np.flatnonzero(teacher == index)
        yield index, differs, drawn, totals(weights, differs.T.astype(np.float64), m, rng, drawn.size)


def _cells(differs: npt.NDArray[np.int64], mass: Sequence[Fraction]) -> dict[tuple[int, ...], Fraction]:
    """The mass of all points on which the same hypotheses differ from the teacher, by which these are."""
    cells: dict[tuple[int, ...], Fraction] = {}
    for pattern, p in zip(differs.T, mass, strict=True):
        if p:
            key = tuple(int(v) for v in pattern)
            cells[key] = cells.get(key, Fraction(0)) + p
    return cells


def _differs(hypotheses: Labels, teachers: Labels) -> npt.NDArray[np.int64]:
    """1 where a hypothesis differs from a teacher: teacher, hypothesis, point."""
    class_, taught = np.array(hypotheses, dtype=np.int64), np.array(teachers, dtype=np.int64)
    return np.abs(class_[None] - taught[:, None])


def _checked(mass: Sequence[Number], hypotheses: Labels, teachers: Labels, m: int) -> tuple[Number, ...]:
    masses = probability_vector(mass, "disagreement: mass")
    if m < 1:
        raise ValueError(f"disagreement: m = {m} unlabelled points show nothing; give at least 1.")
    for rows, name in ((hypotheses, "hypotheses"), (teachers, "teachers")):
        if not rows or any(len(row) != len(masses) or any(label not in (0, 1) for label in row) for row in rows):
            raise ValueError(f"disagreement: {name} = {rows!r} must be labellings of {len(masses)} points by 0 and 1; "
                             "give at least one.")
    return masses
