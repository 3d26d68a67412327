"""Students on many labelled points, from tallies: how often each kind of labelled point is seen, not which comes when.

A labelled point matters to empirical risk minimisation only through the hypotheses that are wrong on it. Kinds that no
two hypotheses tell apart are merged, and the errors of all hypotheses are drawn as totals over the m points.
"""
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from simulate.students import excess_risks
from simulate.tasks import Binary, Floats, Number, as_floats, probabilities
from simulate.totals import first_least, totals


def student_excess(task: Binary, hypotheses: Sequence[Sequence[int]], teacher: Sequence[Number], m: int,
                   rng: np.random.Generator, size: int) -> Floats:
    """`size` draws of L(student) - min_H L, with the law of `students.fresh_teacher_excess`, faster.

    The student minimises over `hypotheses` its disagreement with m labels, each 1 with probability teacher[X] at an
    independent X ~ mass; ties go to the lowest index. ValueError for m < 1 or entries that don't fit the task's points.
    """
    weights, wrong, excess = _kinds(task, hypotheses, teacher, m)
    return excess[first_least(totals(weights, wrong, m, rng, size))]


def student_excess_numpy(task: Binary, hypotheses: Sequence[Sequence[int]], teacher: Sequence[Number], m: int,
                         rng: np.random.Generator, size: int) -> Floats:
    """Twin of `student_excess`, through NumPy's multinomial numbers."""
    weights, wrong, excess = _kinds(task, hypotheses, teacher, m)
    counts = rng.multinomial(m, weights / weights.sum(), size=size)
    return excess[np.argmin(counts @ wrong, axis=1)]


def _kinds(task: Binary, hypotheses: Sequence[Sequence[int]], teacher: Sequence[Number], m: int
           ) -> tuple[Floats, Floats, Floats]:
    """(probability of each kind, a row per kind that is 1 for a wrong hypothesis, excess risks), without mass 0."""
    if m < 1:
        raise ValueError(f"tallies: m = {m} labelled points teach nothing; give at least 1.")
    return _merged(task, tuple(map(tuple, hypotheses)), probabilities(teacher, "tallies: teacher", task.points))


@lru_cache(maxsize=64)
def _merged(task: Binary, hypotheses: tuple[tuple[int, ...], ...], chances: tuple[Number, ...]
            ) -> tuple[Floats, Floats, Floats]:
    excess = as_floats(excess_risks(task, hypotheses))
    kinds: dict[tuple[int, ...], float] = {}
    for x, (p, chance) in enumerate(zip(task.mass, chances, strict=True)):
        for label, share in ((0, 1 - chance), (1, chance)):
            pattern = tuple(int(h[x] != label) for h in hypotheses)
            least = min(pattern)
            key = tuple(value - least for value in pattern)
            kinds[key] = kinds.get(key, 0.0) + float(p * share)
    seen = {key: weight for key, weight in kinds.items() if weight > 0}
    return np.array(list(seen.values())), np.array(list(seen), dtype=np.float64), excess
