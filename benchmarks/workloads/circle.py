"""The 1-NN teacher's error on the circle: n training points, m fresh ones, labels integrated out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from benchmarks.agreement import same_means, same_values
from benchmarks.compiled import function
from benchmarks.scripts import on_circle
from benchmarks.workload import NUMPY, PROJECT, SKLEARN, Answers, C, Route, Run, Workload, scikit_learn
from simulate import Circle, cells
from simulate.streams import seed_of

N = M = 200
CIRCLE = Circle((Fraction(0), Fraction(1), Fraction(1, 4), Fraction(3, 4)))


def project() -> Run:
    return lambda seed, size: cells.sampled_risks(CIRCLE, N, M, np.random.default_rng(seed), size)


def numpy() -> Run:
    return lambda seed, size: cells.sampled_risks(CIRCLE, N, M, np.random.default_rng(seed), size, compiled=False)


def sklearn() -> Run:
    """On the circle in the plane, where the nearest point is the same."""
    regressor = scikit_learn("neighbors").KNeighborsRegressor

    def run(seed: int, size: int) -> Answers:
        rng, out = np.random.default_rng(seed), np.empty(size)
        for r in range(size):
            points, fresh = rng.random(N), rng.random(M)
            other = regressor(1).fit(on_circle(points), CIRCLE.eta(points)).predict(on_circle(fresh))
            eta = CIRCLE.eta(fresh)
            out[r] = (eta + other - 2 * eta * other).mean()
        return out

    return run


def c() -> Run:
    sampled, knots = function("circle", "sampled"), CIRCLE.knot_array()
    ring = np.append(knots, knots[0])

    def run(seed: int, size: int) -> Answers:
        out = np.empty(size)
        sampled(ring, knots.size, N, M, int(seed_of(np.random.default_rng(seed))), size, out)
        return out

    return run


def check(answers: Mapping[str, Answers]) -> None:
    """C rounds differently where it fuses multiplications and additions."""
    same_means(answers, exact=float(CIRCLE.nearest_neighbour_risk(N)))
    same_values(answers, PROJECT, C, tolerance=1e-12)


WORKLOAD = Workload(
    name="circle", title=f"1-NN teacher, circle, n = m = {N}",
    routes={PROJECT: Route(project, 5000, 20_000), NUMPY: Route(numpy, 500, 5000), SKLEARN: Route(sklearn, 20, 200),
            C: Route(c, 5000)},
    check=check, targets={NUMPY: 5, SKLEARN: 100, C: 1.15},
)
