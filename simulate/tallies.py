"""Students on many labelled points, from tallies: how often each kind of labelled point is seen, not which comes when.

A labelled point matters to empirical risk minimisation only through the hypotheses that are wrong on it. Kinds that no
two hypotheses tell apart are merged, and the numbers of each kind are drawn as binomials, 64 trials at a time.
"""
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulate.jit import kernel
from simulate.streams import seed_of, start, successes
from simulate.students import excess_risks
from simulate.tasks import Binary, Floats, Number, as_floats, probabilities

Integers = npt.NDArray[np.int64]


@kernel
def _tallied(seed: np.uint64, shares: Floats, wrong: Integers, excess: Floats, m: int, size: int) -> Floats:
    """`shares[k]` is the probability of kind k given that it is none of those before; wrong[h, k] as 0 or 1."""
    out, errors = np.empty(size), np.empty(excess.size, np.int64)
    for r in range(size):
        state, left = start(seed, r), m
        errors[:] = 0
        for kind in range(shares.size):
            state, count = successes(state, shares[kind], left)
            left -= count
            for h in range(excess.size):
                errors[h] += count * wrong[h, kind]
        student = 0
        for h in range(1, excess.size):
            if errors[h] < errors[student]:
                student = h
        out[r] = excess[student]
    return out


def student_excess(task: Binary, hypotheses: Sequence[Sequence[int]], teacher: Sequence[Number], m: int,
                   rng: np.random.Generator, size: int) -> Floats:
    """`size` draws of L(student) - min_H L, with the law of `students.fresh_teacher_excess`, faster for large m.

    The student minimises over `hypotheses` its disagreement with m labels, each 1 with probability teacher[X] at an
    independent X ~ mass; ties go to the lowest index. ValueError for m < 1 or entries that don't fit the task's points.
    """
    weights, wrong, excess = _kinds(task, hypotheses, teacher, m)
    rest = np.cumsum(weights[::-1])[::-1]
    shares = np.minimum(weights / rest, 1.0)
    shares[-1] = 1.0
    return _tallied(seed_of(rng), shares, wrong, excess, m, size)


def student_excess_numpy(task: Binary, hypotheses: Sequence[Sequence[int]], teacher: Sequence[Number], m: int,
                         rng: np.random.Generator, size: int) -> Floats:
    """Twin of `student_excess`, through NumPy's multinomial numbers."""
    weights, wrong, excess = _kinds(task, hypotheses, teacher, m)
    counts = rng.multinomial(m, weights / weights.sum(), size=size)
    return excess[np.argmin(counts @ wrong.T, axis=1)]


def _kinds(task: Binary, hypotheses: Sequence[Sequence[int]], teacher: Sequence[Number], m: int
           ) -> tuple[Floats, Integers, Floats]:
    """(probability of each kind, whether hypothesis h is wrong on it, excess risks), kinds of mass 0 left out."""
    if m < 1:
        raise ValueError(f"tallies: m = {m} labelled points teach nothing; give at least 1.")
    chances = probabilities(teacher, "tallies: teacher", task.points)
    excess = as_floats(excess_risks(task, hypotheses))
    kinds: dict[tuple[int, ...], float] = {}
    for x, (p, chance) in enumerate(zip(task.mass, chances, strict=True)):
        for label, share in ((0, 1 - chance), (1, chance)):
            pattern = tuple(int(h[x] != label) for h in hypotheses)
            least = min(pattern)
            key = tuple(value - least for value in pattern)
            kinds[key] = kinds.get(key, 0.0) + float(p * share)
    seen = {key: weight for key, weight in kinds.items() if weight > 0}
    return np.array(list(seen.values())), np.array(list(seen), dtype=np.int64).T.copy(), excess
