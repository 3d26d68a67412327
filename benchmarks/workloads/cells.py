"""The 1-NN teacher's error on the circle, integrated over the fresh point: the sum over the Voronoi cells."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.agreement import same_means, same_values
from benchmarks.compiled import function
from benchmarks.workload import NUMPY, PROJECT, Answers, C, Route, Run, Workload
from benchmarks.workloads.circle import CIRCLE, N
from simulate import cells
from simulate.streams import seed_of

KNOTS = CIRCLE.knot_array()
RING = np.append(KNOTS, KNOTS[0])


def project() -> Run:
    return lambda seed, size: np.stack(cells.circle_means(CIRCLE, N, np.random.default_rng(seed), size), axis=1)


def numpy() -> Run:
    """The error alone, from an antiderivative of eta at the cells' ends, for all training sets at once."""
    sums = np.concatenate(([0.0], np.cumsum((KNOTS + RING[1:]) / 2))) / KNOTS.size

    def below(x: Answers) -> Answers:
        whole = np.floor(x)
        position = (x - whole) * KNOTS.size
        piece = position.astype(np.int64)
        part = position - piece
        inside = part * (RING[piece] + part * (RING[piece + 1] - RING[piece]) / 2) / KNOTS.size
        return whole * sums[-1] + sums[piece] + inside

    def run(seed: int, size: int) -> Answers:
        points = np.sort(np.random.default_rng(seed).random((size, N)), axis=1)
        ends = (points + np.roll(points, -1, axis=1)) / 2
        ends[:, -1] += 0.5
        area, own = below(ends), CIRCLE.eta(points)
        length, mass = (np.diff(v, axis=1, prepend=v[:, -1:] - whole) for v, whole in ((ends, 1), (area, sums[-1])))
        return (sums[-1] + (own * (length - 2 * mass)).sum(axis=1))[:, None]

    return run


def c() -> Run:
    means = function("circle", "means")

    def run(seed: int, size: int) -> Answers:
        out = np.empty((size, 3))
        means(RING, KNOTS.size, N, int(seed_of(np.random.default_rng(seed))), size, out)
        return out

    return run


def check(answers: Mapping[str, Answers]) -> None:
    """C rounds differently where it fuses multiplications and additions."""
    same_means({name: values[:, -1] for name, values in answers.items()}, float(CIRCLE.nearest_neighbour_risk(N)))
    same_values(answers, PROJECT, C, tolerance=1e-12)


WORKLOAD = Workload(
    name="cells", title=f"1-NN teacher, circle, n = {N}, integrated",
    routes={PROJECT: Route(project, 5000, 20_000), NUMPY: Route(numpy, 2000, 5000), C: Route(c, 5000)},
    check=check, targets={C: 1.15},
)
