"""Gaussian classes of unit covariance: Y is y with probability weights[y], and X given Y = y is N(means[y], I).

The Bayes risk is 1 - integral of max_y weights[y] phi(x - means[y]). Where the means lie on one line the coordinates
across it carry no information, and one integral along the line is left.
"""
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate.legendre import legendre
from simulate.strategies import by_size, fractions01
from simulate.tasks import HALF, Floats, Number, as_floats, number, probability_vector

_REACH = 14.0  # the standard normal tail beyond it is below 1e-43


@dataclass(frozen=True, slots=True)
class Gaussians:
    """Y is y with probability weights[y]; X given Y = y is Gaussian with mean means[y] and covariance I.

    `means` has one row per class, all of the same length >= 1, of finite real numbers; `weights` is a probability
    vector with as many entries, 2 or more. Kept as tuples. Raises ValueError for values that break this, TypeError for
    entries that are not numbers.
    """

    means: tuple[tuple[Number, ...], ...]
    weights: tuple[Number, ...]

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        means = tuple(_row(row, f"Gaussians: means[{y}]") for y, row in enumerate(self.means))
        weights = probability_vector(self.weights, "Gaussians: weights")
        if len(means) != len(weights) or len(means) < 2:
            raise ValueError(f"Gaussians: {len(means)} means for {len(weights)} weights; give one mean and one weight "
                             "for each of 2 classes or more.")
        if len({len(row) for row in means}) > 1:
            raise ValueError(f"Gaussians: the means have lengths {[len(row) for row in means]}; all have the dimension "
                             "of X.")
        object.__setattr__(self, "means", means)
        object.__setattr__(self, "weights", weights)

    @property
    def classes(self) -> int:
        """Number of classes, at least 2."""
        return len(self.means)

    @property
    def dim(self) -> int:
        """Dimension of X."""
        return len(self.means[0])

    def squared_distance(self, first: int = 0, second: int = 1) -> Number:
        """|means[first] - means[second]|^2, exact where rational."""
        pairs = zip(self.means[first], self.means[second], strict=True)
        return sum(((a - b) ** 2 for a, b in pairs), Fraction(0))

    def on_line(self) -> Floats | None:
        """Coordinates of the means along the line through them, the first mean at 0; None if there is no such line."""
        steps = [[a - b for a, b in zip(row, self.means[0], strict=True)] for row in self.means]
        along = next((step for step in steps if any(step)), None)
        if along is None:
            return np.zeros(self.classes)
        for step in steps:
            minors = [step[i] * along[j] - step[j] * along[i] for i in range(self.dim) for j in range(i)]
            if any(abs(minor) > 1e-12 for minor in minors):
                return None
        length = math.sqrt(sum(v * v for v in along))
        return np.array([float(sum(u * v for u, v in zip(step, along, strict=True))) / length for step in steps])

    def bayes_risk(self) -> float | None:
        """Least possible P(h(X) != Y) by Gauss-Legendre panels, 13 digits; None unless the means lie on one line.

        Integrated is what the likeliest class leaves to the others, split where two weighted densities are equal.
        """
        places = self.on_line()
        if places is None:
            return None
        weights = as_floats(self.weights)
        places, weights = places[weights > 0], weights[weights > 0]

        low, high = float(places.min()) - _REACH, float(places.max()) + _REACH
        cuts = sorted({low, *places.tolist(), *_ties(places, weights, low, high), high})
        edges = np.concatenate([np.linspace(a, b, 2 + int(b - a))[:-1] for a, b in pairwise(cuts)] + [[high]])
        nodes, panel = legendre(24)
        half = np.diff(edges)[:, None] / 2
        x = (edges[:-1, None] + edges[1:, None]) / 2 + half * nodes
        densities = weights * np.exp(-((x[..., None] - places) ** 2) / 2) / math.sqrt(2 * math.pi)
        missed = np.sort(densities, axis=-1)[..., :-1].sum(axis=-1)
        return float(np.sum(half * panel * missed))

    def bayes_classifier(self, x: Floats) -> npt.NDArray[np.int64]:
        """For each row of x, of shape (size, dim), the class with the largest weighted density (ties: the lowest)."""
        return np.argmax(self.scores(x), axis=1)

    def scores(self, x: Floats) -> Floats:
        """Logarithms of the weighted densities but for a term that no class has to itself: (size, classes)."""
        means = as_floats(self.means)
        with np.errstate(divide="ignore"):
            return x @ means.T - (means**2).sum(axis=1) / 2 + np.log(as_floats(self.weights))

    def draw(self, rng: np.random.Generator, size: int) -> tuple[Floats, npt.NDArray[np.int64]]:
        """`size` i.i.d. pairs: features of shape (size, dim), and labels."""
        labels = rng.choice(self.classes, size=size, p=as_floats(self.weights))
        return as_floats(self.means)[labels] + rng.standard_normal((size, self.dim)), labels


def pairs(equal: bool = False) -> SearchStrategy[Gaussians]:
    """Two classes in dimension 1 to 3, coordinates in [-2, 2]; `equal` weights, or any positive ones."""
    coordinates = fractions01(32).map(lambda share: 4 * share - 2)
    halves = st.just(HALF)
    weights = halves if equal else st.one_of(fractions01(64).filter(lambda w: 0 < w < 1), halves)

    def tasks(dim: int) -> SearchStrategy[Gaussians]:
        row = st.tuples(*[coordinates] * dim)
        return st.builds(lambda first, second, w: Gaussians((first, second), (w, 1 - w)), row, row, weights)

    return by_size(st.integers(1, 3), tasks)


def bayes_risks(task: Gaussians, rng: np.random.Generator, size: int) -> Floats:
    """P(f*(X) != Y | X), in [0, 1], `size` i.i.d. draws of X: what is left to all classes but the likeliest."""
    scores = task.scores(task.draw(rng, size)[0])
    scores.sort(axis=1)
    # Relative to the largest, so that small risks keep their digits.
    others = np.exp(scores[:, :-1] - scores[:, -1:]).sum(axis=1)
    return others / (1 + others)


def bayes_errors(task: Gaussians, rng: np.random.Generator, size: int) -> npt.NDArray[np.bool_]:
    """1{f*(X) != Y}, `size` i.i.d. draws; the mean is the Bayes risk, as that of `bayes_risks`."""
    features, labels = task.draw(rng, size)
    return task.bayes_classifier(features) != labels


def bayes_errors_numpy(task: Gaussians, rng: np.random.Generator, size: int) -> npt.NDArray[np.bool_]:
    """Twin of `bayes_errors`: class by class, from the densities themselves."""
    from scipy import stats

    counts = rng.multinomial(size, as_floats(task.weights))
    centres = [stats.multivariate_normal(mean=as_floats(row)) for row in task.means]
    wrong = []
    for label, count in enumerate(counts):
        features = np.reshape(centres[label].rvs(size=int(count), random_state=rng), (int(count), task.dim))
        densities = [float(w) * np.reshape(centre.pdf(features), int(count))
                     for w, centre in zip(task.weights, centres, strict=True)]
        wrong.append(np.argmax(densities, axis=0) != label)
    return rng.permutation(np.concatenate(wrong))


def _row(values: Iterable[object], name: str) -> tuple[Number, ...]:
    row = tuple(number(value, f"{name}[{i}]") for i, value in enumerate(values))
    if not row or not all(math.isfinite(value) for value in row):
        raise ValueError(f"{name} = {row} must hold one finite number or more, the coordinates of a mean; mend it.")
    return row


def _ties(places: Floats, weights: Floats, low: float, high: float) -> list[float]:
    """Where two weighted densities are equal, within the range."""
    found = []
    for i in range(len(places)):
        for j in range(i):
            gap = float(places[i] - places[j])
            if gap != 0:
                tie = (float(places[i] + places[j]) + 2 * math.log(float(weights[j] / weights[i])) / gap) / 2
                found += [tie] if low < tie < high else []
    return found
