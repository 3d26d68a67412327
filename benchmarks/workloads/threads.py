"""Two threads against one, on the clock on the wall: the circle's, the threshold student's and the torus's kernels."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numba
import numpy as np

from benchmarks.agreement import same_values
from benchmarks.workload import PROJECT, Answers, Route, Run, Unavailable, Workload
from benchmarks.workloads.circle import CIRCLE
from simulate import Torus, cells, grids, students

TORUS = Torus(2, (Fraction(0), Fraction(1)))


def one_thread() -> Run:
    def run(seed: int, size: int) -> Answers:
        rng = np.random.default_rng(seed)
        return np.concatenate((cells.sampled_risks(CIRCLE, 200, 200, rng, 20 * size),
                               students.single_teacher_excess(CIRCLE, 1000, 200, 2000, rng, 5 * size),
                               *grids.torus_means(TORUS, 1000, 1000, rng, size)))

    return run


def two_threads() -> Run:
    if numba.get_num_threads() < 2:
        raise Unavailable("there is one processor")
    return one_thread()


def check(answers: Mapping[str, Answers]) -> None:
    same_values(answers, PROJECT, "one thread")


WORKLOAD = Workload(
    name="threads", title="two threads: circle, threshold and torus2, a third of a second in all", unit="training set",
    routes={PROJECT: Route(two_threads, 1000, threads=2), "one thread": Route(one_thread, 1000)},
    check=check, targets={"one thread": 1.8},
)
