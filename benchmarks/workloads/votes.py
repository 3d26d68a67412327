"""Is the majority of 101 coins wrong? By one comparison, from NumPy's binomial numbers, and in C."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from benchmarks.agreement import same_means, same_values
from benchmarks.compiled import function
from benchmarks.workload import NUMPY, PROJECT, Answers, C, Route, Run, Workload
from simulate import votes
from simulate.streams import seed_of

ETA, VOTERS = 0.55, 101


def project() -> Run:
    return partial(_drawn, votes.majority_errors)


def numpy() -> Run:
    return partial(_drawn, votes.majority_errors_numpy)


def _drawn(draw: Callable[..., Any], seed: int, size: int) -> Answers:
    return draw(ETA, VOTERS, np.random.default_rng(seed), size)


def c() -> Run:
    minorities = function("votes", "minorities")

    def run(seed: int, size: int) -> Answers:
        out: Any = np.empty(size, np.bool_)
        minorities(ETA, VOTERS, int(seed_of(np.random.default_rng(seed))), size, out)
        return out

    return run


def check(answers: Mapping[str, Answers]) -> None:
    found = {name: wrong.astype(np.float64) for name, wrong in answers.items()}
    same_means(found)
    same_values(found, PROJECT, C)


WORKLOAD = Workload(
    name="votes", title=f"majority of {VOTERS} coins",
    routes={PROJECT: Route(project, 4_000_000), NUMPY: Route(numpy, 200_000), C: Route(c, 4_000_000)},
    check=check, targets={NUMPY: 20},
)
