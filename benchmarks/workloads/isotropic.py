"""Risks of ridgeless teachers on Gaussian designs: drawn in law, and from designs and labels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.agreement import same_means
from benchmarks.least_squares import GRAM, POINTS, gram_risks, task
from benchmarks.workload import PROJECT, Answers, Route, Run, Workload
from simulate import ridgeless
from simulate.linear_moments import teacher_risk

SIZES = (20, 100, 300)


def project() -> Run:
    def run(seed: int, size: int) -> Answers:
        rng = np.random.default_rng(seed)
        return np.sum([ridgeless.teacher_risks(task(p), POINTS, p, rng, size) for p in SIZES], axis=0)

    return run


def gram() -> Run:
    def run(seed: int, size: int) -> Answers:
        rng = np.random.default_rng(seed)
        return np.sum([gram_risks(p, rng, size) for p in SIZES], axis=0)

    return run


def check(answers: Mapping[str, Answers]) -> None:
    same_means(answers, exact=sum(float(teacher_risk(task(p), POINTS, p)) for p in SIZES))


WORKLOAD = Workload(
    name="isotropic", title=f"ridgeless teachers in law, n = {POINTS}, one each of p = 20, 100, 300",
    routes={PROJECT: Route(project, 4096), GRAM: Route(gram, 100)}, check=check, targets={GRAM: 20},
)
