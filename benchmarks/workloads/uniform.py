"""Uniform variates: the mean of 1000 of them, from the project's streams, from NumPy's generator, and from C."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.agreement import same_means, same_values
from benchmarks.compiled import function
from benchmarks.workload import NUMPY, PROJECT, Answers, C, Route, Run, Workload
from simulate.jit import kernel
from simulate.streams import start, uniform

DRAWS = 1000


@kernel
def _means(seed: np.uint64, draws: int, size: int) -> Answers:
    out = np.empty(size)
    for r in range(size):
        state, total = start(seed, r), 0.0
        for _ in range(draws):
            state, x = uniform(state)
            total += x
        out[r] = total / draws
    return out


def project() -> Run:
    return lambda seed, size: _means(np.uint64(seed), DRAWS, size)


def numpy() -> Run:
    return lambda seed, size: np.random.default_rng(seed).random((size, DRAWS)).mean(axis=1)


def c() -> Run:
    means = function("uniform", "means")

    def run(seed: int, size: int) -> Answers:
        out = np.empty(size)
        means(seed, DRAWS, size, out)
        return out

    return run


def check(answers: Mapping[str, Answers]) -> None:
    same_means(answers, exact=0.5)
    same_values(answers, PROJECT, C)


WORKLOAD = Workload(
    name="uniform", title="the mean of 1000 uniform variates", unit="mean",
    routes={PROJECT: Route(project, 10_000), NUMPY: Route(numpy, 10_000), C: Route(c, 10_000)},
    check=check, targets={NUMPY: 1, C: 1.15},
)
