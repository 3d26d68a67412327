"""The 1-NN teacher on a torus by four routes: means over m fresh points of distance, |eta gap| and error.

All routes integrate the labels out. scikit-learn knows no torus: it is given copies of the points within `margin` of
the borders, no less than any distance to a nearest point.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from scipy.spatial import cKDTree  # pyright: ignore[reportAttributeAccessIssue]

from benchmarks.agreement import same_means, same_values
from benchmarks.compiled import function
from benchmarks.workload import NUMPY, PROJECT, SKLEARN, Answers, C, Route, Run, Workload, scikit_learn
from simulate import Torus, grids
from simulate.tasks import as_floats

KNOTS = (Fraction(0), Fraction(1), Fraction(1, 4), Fraction(3, 4))


def project(dim: int, n: int) -> Run:
    task = Torus(dim, KNOTS)
    return lambda seed, size: np.stack(grids.torus_means(task, n, n, np.random.default_rng(seed), size), axis=1)


def scipy(dim: int, n: int) -> Run:
    def run(seed: int, size: int) -> Answers:
        rng = np.random.default_rng(seed)
        return np.stack([_scipy_replicate(dim, n, rng) for _ in range(size)])

    return run


def _scipy_replicate(dim: int, n: int, rng: np.random.Generator) -> Answers:
    points, fresh = rng.random((n, dim)), rng.random((n, dim))
    distance, index = cKDTree(points, boxsize=1).query(fresh, p=np.inf)
    return _means(np.asarray(distance), points[index], fresh)


def sklearn(dim: int, n: int, margin: float) -> Run:
    tree = scikit_learn("neighbors").KDTree

    def run(seed: int, size: int) -> Answers:
        rng, out = np.random.default_rng(seed), []
        for _ in range(size):
            points, fresh = rng.random((n, dim)), rng.random((n, dim))
            for k in range(dim):
                near, far = points[points[:, k] < margin], points[points[:, k] > 1 - margin]
                shift = np.eye(dim)[k]
                points = np.concatenate((points, near + shift, far - shift))
            distance, index = tree(points, metric="chebyshev").query(fresh)
            out.append(_means(distance[:, 0], points[index[:, 0]] % 1, fresh))
        return np.stack(out)

    return run


def c(dim: int, n: int) -> Run:
    means = function("torus", f"means{dim}")
    knots = as_floats(KNOTS)
    ring = np.append(knots, knots[-1])

    def run(seed: int, size: int) -> Answers:
        out = np.empty((size, 3))
        word = int(grids.seed_of(np.random.default_rng(seed)))
        means(ring, knots.size, grids.cells_along(dim, n), n, n, word, size, out)
        return out

    return run


def workload(dim: int, n: int, size: int, margin: float) -> Workload:
    """n points and n fresh ones; `size` replicates per timed call of the project."""
    return Workload(
        name=f"torus{dim}", title=f"1-NN teacher, torus, d = {dim}, n = m = {n}", check=check,
        routes={PROJECT: Route(lambda: project(dim, n), size, 10 * size),
                NUMPY: Route(lambda: scipy(dim, n), max(size // 10, 2), 40),
                SKLEARN: Route(lambda: sklearn(dim, n, margin), max(size // 20, 1), 20),
                C: Route(lambda: c(dim, n), size)},
        targets={NUMPY: 8, SKLEARN: 20, C: 1.15})


def check(answers: Mapping[str, Answers]) -> None:
    """Means column by column; C rounds differently where it fuses multiplications and additions."""
    for column in range(3):
        same_means({name: values[:, column] for name, values in answers.items()})
    same_values(answers, PROJECT, C, tolerance=1e-12)


def _means(distance: Answers, neighbour: Answers, fresh: Answers) -> Answers:
    own, other = _eta(fresh), _eta(neighbour)
    return np.array((distance.mean(), np.abs(other - own).mean(), (own * (1 - other) + (1 - own) * other).mean()))


def _eta(x: Answers) -> Answers:
    return np.interp(2 * np.minimum(x, 1 - x).max(axis=1), np.linspace(0, 1, len(KNOTS)), as_floats(KNOTS))
