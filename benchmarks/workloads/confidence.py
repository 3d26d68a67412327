"""Both confidence limits of a mean after 409,600 draws: equal groups and products, or a logarithm for each value.

NumPy's route bisects as the project does, with the same bets and as many values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from benchmarks.agreement import same_values
from benchmarks.workload import NUMPY, PROJECT, Answers, Route, Run, Workload
from verify.eprocess import BETS, BINS, BISECTIONS, log_mixture, lower_limit, upper_limit

DRAWS, LEVEL = 409_600, 0.01


def project() -> Run:
    def run(seed: int, size: int) -> Answers:
        rng, out = np.random.default_rng(seed), np.empty((size, 2))
        for r in range(size):
            ordered = np.sort(rng.random(DRAWS))
            out[r] = lower_limit(ordered, 0.0, LEVEL), upper_limit(ordered, 1.0, LEVEL)
        return out

    return run


def numpy() -> Run:
    def run(seed: int, size: int) -> Answers:
        rng, out = np.random.default_rng(seed), np.empty((size, 2))
        for r in range(size):
            draws = rng.random(DRAWS)
            out[r] = _lower(draws), 1 - _lower(1 - draws)
        return out

    return run


def _lower(draws: Answers) -> float:
    each = DRAWS // BINS
    values, excluded, allowed = np.sort(draws)[::each], 0.0, float(draws.mean())
    for _ in range(BISECTIONS):
        middle = (excluded + allowed) / 2
        wealth = each * np.log1p(np.multiply.outer(BETS, values / middle - 1)).sum(axis=1)
        excluded, allowed = (middle, allowed) if log_mixture(wealth) >= -math.log(LEVEL) else (excluded, middle)
        if allowed - excluded <= 1e-7 * allowed:
            break
    return excluded


def check(answers: Mapping[str, Answers]) -> None:
    same_values(answers, PROJECT, NUMPY, tolerance=1e-6)


WORKLOAD = Workload(
    name="confidence", title=f"both confidence limits after {DRAWS:,} draws", unit="pair of limits",
    routes={PROJECT: Route(project, 2), NUMPY: Route(numpy, 1)}, check=check,
)
