"""A minimum-norm teacher fitted to n drawn points and labels, by three routes, and its risk."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.agreement import same_means
from benchmarks.workload import PROJECT, Answers, Route, Run, Workload
from simulate import Linear, least_squares
from simulate.linear_moments import teacher_risk

POINTS = 60
GRAM, LSTSQ = "NumPy, batched Gram", "NumPy, lstsq"


def task(p: int) -> Linear:
    """A signal on p features, noise of variance 1."""
    return Linear((1, -1, 2, 0, 1) * (p // 5), 1)


def gram_risks(p: int, rng: np.random.Generator, size: int) -> Answers:
    """Risks as `least_squares.fitted_risks`, all Gram matrices at once."""
    beta = task(p).array()
    x = rng.standard_normal((size, POINTS, p))
    y = (x @ beta + rng.standard_normal((size, POINTS)))[..., None]
    rows = x.swapaxes(1, 2)
    fit = np.linalg.solve(rows @ x, rows @ y) if p < POINTS else rows @ np.linalg.solve(x @ rows, y)
    return 1 + np.square(beta - fit[..., 0]).sum(axis=1)


def workload(p: int, size: int) -> Workload:
    """A teacher with p features; `size` replicates per timed call of the project."""
    features = task(p)

    def project() -> Run:
        return lambda seed, size: least_squares.fitted_risks(features, POINTS, p, np.random.default_rng(seed), size)

    def gram() -> Run:
        return lambda seed, size: gram_risks(p, np.random.default_rng(seed), size)

    def lstsq() -> Run:
        return lambda seed, size: least_squares.fitted_risks_numpy(features, POINTS, p, np.random.default_rng(seed),
                                                                   size)

    def check(answers: Mapping[str, Answers]) -> None:
        same_means(answers, exact=float(teacher_risk(features, POINTS, p)))

    return Workload(
        name=f"ridgeless{p}", title=f"ridgeless teacher fitted to drawn labels, n = {POINTS}, p = {p}", check=check,
        routes={PROJECT: Route(project, size), GRAM: Route(gram, size // 2), LSTSQ: Route(lstsq, size // 10)},
        targets={GRAM: 1.8, LSTSQ: 6},
    )
