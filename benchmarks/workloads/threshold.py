"""One 1-NN teacher labels all of the student's m points; the student is ERM over thresholds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.agreement import same_means, same_values
from benchmarks.compiled import function
from benchmarks.scripts import on_circle
from benchmarks.workload import NUMPY, PROJECT, SKLEARN, Answers, C, Route, Run, Workload, scikit_learn
from benchmarks.workloads.circle import CIRCLE
from simulate import students
from simulate.streams import seed_of

N, M, HYPOTHESES = 200, 2000, 1000
RISKS = CIRCLE.threshold_risk(np.arange(HYPOTHESES) / HYPOTHESES)
EXCESS = RISKS - RISKS.min()


def project() -> Run:
    return lambda seed, size: students.single_teacher_excess(
        CIRCLE, HYPOTHESES, N, M, np.random.default_rng(seed), size)


def numpy() -> Run:
    """Batched: one sort, one search in all training sets at once, and counts per threshold by bincount."""
    def run(seed: int, size: int) -> Answers:
        rng, shift = np.random.default_rng(seed), np.arange(size)[:, None]
        points, fresh = np.sort(rng.random((size, N)), axis=1), rng.random((size, M))
        labels = rng.random((size, N)) < CIRCLE.eta(points)
        ends = (points + np.roll(points, -1, axis=1)) / 2
        ends[:, -1] += 0.5
        # Ends beyond 1 belong to the beginning of the circle.
        wrapped = np.where(fresh < ends[:, -1:] - 1, fresh + 1, fresh)
        place = np.searchsorted((ends + 2 * shift).ravel(), (wrapped + 2 * shift).ravel(), side="right")
        nearest = (place.reshape(size, M) - N * shift) % N
        balance = np.where(np.take_along_axis(labels, nearest, axis=1), 1.0, -1.0)
        cells = (fresh * HYPOTHESES).astype(np.int64) + HYPOTHESES * shift
        steps = np.bincount(cells.ravel(), balance.ravel(), size * HYPOTHESES).reshape(size, HYPOTHESES)
        errors = np.cumsum(steps, axis=1) - steps
        return EXCESS[np.argmin(errors, axis=1)]

    return run


def sklearn() -> Run:
    """The teacher by scikit-learn, on the circle in the plane; the student as in NumPy."""
    classifier = scikit_learn("neighbors").KNeighborsClassifier

    def run(seed: int, size: int) -> Answers:
        rng, out = np.random.default_rng(seed), np.empty(size)
        for r in range(size):
            points, fresh = rng.random(N), rng.random(M)
            teacher = classifier(1).fit(on_circle(points), rng.random(N) < CIRCLE.eta(points))
            balance = np.where(teacher.predict(on_circle(fresh)), 1.0, -1.0)
            steps = np.bincount((fresh * HYPOTHESES).astype(np.int64), balance, HYPOTHESES)
            out[r] = EXCESS[np.argmin(np.cumsum(steps) - steps)]
        return out

    return run


def c() -> Run:
    excesses, knots = function("threshold", "excesses"), CIRCLE.knot_array()
    ring = np.append(knots, knots[0])

    def run(seed: int, size: int) -> Answers:
        out = np.empty(size)
        excesses(ring, knots.size, EXCESS, HYPOTHESES, N, M, int(seed_of(np.random.default_rng(seed))), size, out)
        return out

    return run


def check(answers: Mapping[str, Answers]) -> None:
    """C may round eta or an end the other way, which changes no label in a check of this size."""
    same_means(answers)
    same_values(answers, PROJECT, C)


WORKLOAD = Workload(
    name="threshold", title=f"student of one 1-NN teacher, {HYPOTHESES} thresholds, n = {N}, m = {M}",
    routes={PROJECT: Route(project, 1000, 5000), NUMPY: Route(numpy, 100, 2000), SKLEARN: Route(sklearn, 10, 200),
            C: Route(c, 1000)},
    check=check, targets={NUMPY: 5, SKLEARN: 100, C: 1.25},
)
