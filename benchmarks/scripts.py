"""What a researcher would write in an afternoon: a grid of parameters, and a mean over replicates at each point.

Five claims, with NumPy, SciPy and scikit-learn as their documentation shows them, vectorised over replicates
wherever a short script would be. `benchmarks.verdicts` compares the time that these need with that of a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.workload import scikit_learn

Values = npt.NDArray[Any]


@dataclass(frozen=True)
class Script:
    """Parameters to try, and `draw(parameters, rng, size)`: i.i.d. values in [0, 1] whose mean the theorem bounds."""

    claim: str
    libraries: str
    grid: Callable[[], Iterator[dict[str, Any]]]
    draw: Callable[..., Values]


LEVELS = 10


def waves() -> Iterator[dict[str, Any]]:
    """eta = 1/2 + a cos(2 pi x) and n training points."""
    for a in np.linspace(0.05, 0.5, LEVELS):
        for n in np.unique(np.geomspace(1, 100, LEVELS).astype(int)):
            yield {"a": float(a), "n": int(n)}


def wave(a: float, x: Values) -> Values:
    """eta at x."""
    return 0.5 + a * np.cos(2 * np.pi * x)


def on_circle(x: Values) -> Values:
    """Points of the unit circle in the plane, where the nearest point is the same."""
    return np.stack((np.cos(2 * np.pi * x), np.sin(2 * np.pi * x)), axis=1)


def neighbour_gap(rng: np.random.Generator, size: int, a: float, n: int) -> Values:
    """|eta(nearest neighbour) - eta(x)|, a fresh training set for each value."""
    regressor = scikit_learn("neighbors").KNeighborsRegressor
    out = np.empty(size)
    for r in range(size):
        points, x = rng.random(n), rng.random(1)
        nearest = regressor(1).fit(on_circle(points), wave(a, points)).predict(on_circle(x))
        out[r] = abs(nearest[0] - wave(a, x)[0])
    return out


def torus_grid() -> Iterator[dict[str, Any]]:
    """Dimension, and n training points."""
    for dim in (1, 2, 3):
        for n in np.unique(np.geomspace(1, 60, 3 * LEVELS).astype(int)):
            yield {"dim": dim, "n": int(n)}


def torus_gap(rng: np.random.Generator, size: int, dim: int, n: int) -> Values:
    """The same on a torus of dimension d, eta the distance from a point."""
    from scipy.spatial import KDTree

    def eta(x: Values) -> Values:
        return 2 * np.abs(x - 0.5).max(axis=-1)

    out = np.empty(size)
    for r in range(size):
        points, x = rng.random((n, dim)), rng.random((1, dim))
        _, found = KDTree(points, boxsize=1.0).query(x, p=np.inf)
        out[r] = abs(eta(points[found])[0] - eta(x)[0])
    return out


def students() -> Iterator[dict[str, Any]]:
    """eta as above, |H| thresholds, n points of the teacher and m of the student."""
    for a in (0.1, 0.25, 0.5):
        for hypotheses in (2, 16, 64):
            for n in (10, 100, 400):
                for m in (1, 20, 400):
                    yield {"a": a, "hypotheses": hypotheses, "n": n, "m": m}


def student_of_one_teacher(rng: np.random.Generator, size: int, a: float, hypotheses: int, n: int, m: int) -> Values:
    """Excess risk of the threshold that fits a 1-NN teacher's labels best."""
    classifier = scikit_learn("neighbors").KNeighborsClassifier
    thresholds, dense = np.arange(hypotheses) / hypotheses, (np.arange(4000) + 0.5) / 4000
    eta = wave(a, dense)
    risk = np.array([np.where(dense >= t, 1 - eta, eta).mean() for t in thresholds])
    out = np.empty(size)
    for r in range(size):
        points, x = rng.random(n), rng.random(m)
        labels = rng.random(n) < wave(a, points)
        taught = classifier(1).fit(on_circle(points), labels).predict(on_circle(x))
        disagreement = ((x[:, None] >= thresholds) != taught[:, None]).mean(axis=0)
        out[r] = risk[disagreement.argmin()] - risk.min()
    return out


def taught() -> Iterator[dict[str, Any]]:
    """eta on k points, how far the teachers are off, and m labelled points."""
    for k in (2, 4, 6):
        for eta in (0.5, 0.6, 0.75, 0.9):
            for off in (0.0, 0.1, 0.3):
                for m in (1, 20, 400):
                    yield {"k": k, "eta": eta, "off": off, "m": m}


def student_of_fresh_teachers(rng: np.random.Generator, size: int, k: int, eta: float, off: float, m: int) -> Values:
    """1{excess risk > 2 eps + sqrt(2 ln(2|H|/delta)/m)} of a student among all 2^k classifiers, delta = 1/10."""
    hypotheses = np.array(np.meshgrid(*[[0, 1]] * k)).reshape(k, -1).T
    law, teacher = np.full(k, eta), np.full(k, max(eta - off, 0.0))
    risk = np.where(hypotheses == 1, 1 - law, law).mean(axis=1)
    radius = 2 * off + np.sqrt(2 * np.log(20 * len(hypotheses)) / m)
    points = rng.integers(k, size=(size, m))
    labels = rng.random((size, m)) < teacher[points]
    wrong = np.stack([(hypothesis[points] != labels).sum(axis=1) for hypothesis in hypotheses])
    return risk[wrong.argmin(axis=0)] - risk.min() > radius


def votes() -> Iterator[dict[str, Any]]:
    """eta and the number of votes."""
    for eta in np.linspace(0.5, 0.95, LEVELS):
        for k in (1, 3, 5, 9, 15, 25, 41, 61, 81, 101):
            yield {"eta": float(eta), "k": k}


def majority_excess(rng: np.random.Generator, size: int, eta: float, k: int) -> Values:
    """(2 eta - 1) 1{the majority of k samplers is not the Bayes label}."""
    return (2 * eta - 1) * (2 * rng.binomial(k, eta, size) < k)


SCRIPTS = (
    Script("kaplun2022.nearest_neighbour_sampler", "scikit-learn", waves, neighbour_gap),
    Script("kaplun2022.torus_nearest_neighbour_sampler", "SciPy", torus_grid, torus_gap),
    Script("kaplun2022.student_single_teacher", "scikit-learn, NumPy", students, student_of_one_teacher),
    Script("kaplun2022.student_fresh_teachers", "NumPy", taught, student_of_fresh_teachers),
    Script("kaplun2022.majority_excess_risk", "NumPy", votes, majority_excess),
)
