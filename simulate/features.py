"""Laws of feature vectors on finitely many points, and the geometry of a linearised student, in exact arithmetic.

A linearised network is w . phi(x). Its student starts at 0 and ends at the projection of the teacher's weights on the
span of the training features. Angles are compared through their squared cosines, which are rational. An angle with
the vector 0 is a right one, and a score of 0 has a sign of its own.
"""
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np
from flint import fmpq

from simulate.tasks import Floats, Number, as_floats, number, probability_vector

Vector = tuple[Fraction, ...]

_MOST_POINTS = 6  # 64 sets of training points


@dataclass(frozen=True, slots=True)
class Features:
    """The feature vector phi is vectors[x] with probability mass[x].

    `mass` is a probability vector, `vectors` has one row per point, all rows of one length >= 1; both are rational.
    Raises ValueError for values that break this and TypeError for entries that are not numbers.
    """

    mass: tuple[Fraction, ...]
    vectors: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        """Convert the entries and check them."""
        mass = probability_vector(self.mass, "Features: mass")
        vectors = tuple(vector(row, f"Features: vectors[{x}]") for x, row in enumerate(self.vectors))
        if len(vectors) != len(mass) or len({len(row) for row in vectors}) != 1:
            raise ValueError(f"Features: {len(vectors)} vectors of lengths {[len(row) for row in vectors]} for "
                             f"{len(mass)} masses; give one vector per point, all of one length.")
        if not all(isinstance(p, Fraction) for p in mass):
            raise ValueError(f"Features: mass = {mass} has floats; give fractions, so that ties are exact.")
        object.__setattr__(self, "mass", mass)
        object.__setattr__(self, "vectors", vectors)

    @property
    def points(self) -> int:
        """Number of points, those of mass 0 included."""
        return len(self.mass)

    @property
    def dim(self) -> int:
        """Dimension p of the features."""
        return len(self.vectors[0])

    def probability(self, event: Callable[[Vector], bool]) -> Fraction:
        """P(event(phi))."""
        return sum((p for p, phi in zip(self.mass, self.vectors, strict=True) if p and event(phi)), Fraction(0))

    def tail(self, teacher: Vector, cosine_squared: Number, strict: bool = False) -> Fraction:
        """p(t) = P(angle between teacher and phi >= t), > t if `strict`, for the t with that squared cosine."""
        def far(phi: Vector) -> bool:
            cosine = squared_cosine(teacher, phi)
            return cosine < cosine_squared if strict else cosine <= cosine_squared

        return self.probability(far)

    def disagreement(self, first: Vector, second: Vector) -> Fraction:
        """P(sign(first . phi) != sign(second . phi))."""
        return self.probability(lambda phi: sign(dot(first, phi)) != sign(dot(second, phi)))

    def train(self, training: Iterable[int]) -> tuple[Vector, ...]:
        """The feature vectors at these points."""
        return tuple(self.vectors[x] for x in training)

    def arrays(self) -> tuple[Floats, Floats]:
        """(mass, vectors) as float64 arrays of shapes (points,) and (points, dim)."""
        return as_floats(self.mass), as_floats(self.vectors)


def vector(values: Sequence[Number], name: str = "vector") -> Vector:
    """The rational entries as Fractions; ValueError for none or a float among them."""
    entries = tuple(number(value, f"{name}[{i}]") for i, value in enumerate(values))
    exact = tuple(value for value in entries if isinstance(value, Fraction))
    if not exact or len(exact) < len(entries):
        raise ValueError(f"{name} = {values!r} must have one rational entry or more; give ints or Fractions.")
    return exact


def dot(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    """The scalar product."""
    # Whole numbers, and many zeros: fewer sums of fractions.
    return sum((a * b for a, b in zip(first, second, strict=True) if a and b), Fraction(0))


def sign(value: Fraction) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def squared_cosine(first: Vector, second: Vector) -> Fraction:
    """cos^2 of the angle between two vectors, in [0, 1]; 0 where either is 0."""
    product = dot(first, second)
    # A product other than 0 is one of vectors other than 0.
    return product**2 / (dot(first, first) * dot(second, second)) if product else Fraction(0)


def minus(first: Vector, second: Vector, factor: Number = 1) -> Vector:
    """first - factor * second."""
    return tuple(a - factor * b for a, b in zip(first, second, strict=True))  # type: ignore[misc]


def project(teacher: Sequence[Number], training: Iterable[Vector]) -> Vector:
    """The projection of `teacher` on the span of `training`, by Gram and Schmidt in fractions."""
    goal = vector(teacher, "teacher")
    return minus(goal, _outside(goal, _basis(tuple(training))))


Axes = list[tuple[list[fmpq], fmpq]]


def _basis(training: Iterable[Vector]) -> Axes:
    """Orthogonal vectors with the span of `training`, and their squared lengths."""
    axes: Axes = []
    for phi in training:
        rest = _less(_rational(phi), axes)
        square = sum((x * x for x in rest), fmpq(0))
        if square:
            axes.append((rest, square))
    return axes


def _less(values: list[fmpq], axes: Axes) -> list[fmpq]:
    for axis, square in axes:
        share = sum((x * y for x, y in zip(values, axis, strict=True)), fmpq(0)) / square
        if share:
            values = [x - share * y for x, y in zip(values, axis, strict=True)]
    return values


def _outside(target: Vector, axes: Axes) -> Vector:
    """What is left of `target` outside the span of the axes."""
    return tuple(Fraction(int(x.p), int(x.q)) for x in _less(_rational(target), axes))


def _rational(values: Vector) -> list[fmpq]:
    return [fmpq(x.numerator, x.denominator) for x in values]


def project_by_equations(teacher: Sequence[Number], training: Iterable[Vector]) -> Vector:
    """As `project`, by the normal equations: sum of a_i phi_i with (phi_i . phi_j) a = (phi_i . teacher)."""
    goal, rows = vector(teacher, "teacher"), tuple(training)
    system = [[dot(a, b) for b in rows] + [dot(a, goal)] for a in rows]
    pivots: list[int] = []
    for column in range(len(rows)):
        top = len(pivots)
        below = next((r for r in range(top, len(rows)) if system[r][column]), None)
        if below is None:
            continue
        system[top], system[below] = system[below], system[top]
        system[top] = [value / system[top][column] for value in system[top]]
        for r, row in enumerate(system):
            if r != top and row[column]:
                system[r] = [a - row[column] * b for a, b in zip(row, system[top], strict=True)]
        pivots.append(column)
    # The others stay 0: they belong to vectors that depend on those before.
    total = (Fraction(0),) * len(goal)
    for row, column in zip(system, pivots, strict=False):
        total = minus(total, rows[column], -row[-1])
    return total


def spans(training: Iterable[Vector], targets: Iterable[Vector]) -> bool:
    """Whether every target lies in the span of `training`."""
    axes = _basis(training)
    return not any(any(_outside(target, axes)) for target in targets)


@lru_cache(maxsize=512)
def training_law(mass: tuple[Fraction, ...], n: int) -> dict[tuple[int, ...], Fraction]:
    """P(the distinct points among n independent draws are exactly these), by inclusion and exclusion.

    ValueError for n < 1 or more than 6 points of positive mass.
    """
    support = [x for x, p in enumerate(mass) if p]
    if n < 1 or len(support) > _MOST_POINTS:
        raise ValueError(f"training_law: n = {n} draws from {len(support)} points; give n >= 1 and at most "
                         f"{_MOST_POINTS} points of positive mass.")
    within = {chosen: sum((mass[x] for x in chosen), Fraction(0)) ** n
              for size in range(1, len(support) + 1) for chosen in combinations(support, size)}
    exactly: dict[tuple[int, ...], Fraction] = {}
    for chosen, probability in within.items():
        smaller = sum((p for drawn, p in exactly.items() if set(drawn) < set(chosen)), Fraction(0))
        exactly[chosen] = probability - smaller
    return {chosen: p for chosen, p in exactly.items() if p}


@lru_cache(maxsize=512)
def mean_transfer_risk(features: Features, teacher: Vector, n: int,
                       drawn_from: tuple[Fraction, ...] | None = None) -> Fraction:
    """E R_n: the mean disagreement of teacher and student over n independent training points; see `training_law`.

    The training points have the masses `drawn_from`, by default those of the features.
    """
    law = training_law(features.mass if drawn_from is None else drawn_from, n)
    return sum((p * transfer_risk(features, teacher, training) for training, p in law.items()), Fraction(0))


@lru_cache(maxsize=4096)
def transfer_risk(features: Features, teacher: Vector, training: tuple[int, ...]) -> Fraction:
    """R_n = P(sign(w_n . phi) != sign(w* . phi)) for the student w_n trained at these points."""
    return features.disagreement(project(teacher, features.train(training)), vector(teacher))


def transfer_risks(features: Features, teacher: Vector, n: int, rng: np.random.Generator, size: int,
                   drawn_from: tuple[Fraction, ...] | None = None) -> Floats:
    """`size` draws of R_n, in [0, 1], each with n fresh training points; the student solves the normal equations.

    The training points have the masses `drawn_from`, by default those of the features.
    """
    drawn = training_sets(features.mass if drawn_from is None else drawn_from, n, rng, size)
    kinds, which = np.unique(drawn, return_inverse=True)
    risks = []
    for kind in kinds:
        training = tuple(x for x in range(features.points) if int(kind) >> x & 1)
        risks.append(_risk_by_equations(features, teacher, training))
    return np.array(risks)[which]


@lru_cache(maxsize=4096)
def _risk_by_equations(features: Features, teacher: Vector, training: tuple[int, ...]) -> float:
    return float(features.disagreement(project_by_equations(teacher, features.train(training)), vector(teacher)))


def training_sets(mass: tuple[Fraction, ...], n: int, rng: np.random.Generator, size: int) -> np.ndarray:
    """`size` sets of the distinct points among n independent draws with these masses, as bits of integers."""
    if n < 1 or len(mass) > 62:
        raise ValueError(f"training_sets: n = {n} draws from {len(mass)} points; give n >= 1 and at most 62.")
    weights = as_floats(mass)
    points = rng.choice(len(mass), size=(size, n), p=weights / weights.sum())
    return np.bitwise_or.reduce(np.int64(1) << points, axis=1)


def disagreements(features: Features, first: Vector, second: Vector, rng: np.random.Generator, size: int) -> np.ndarray:
    """1{sign(first . phi) != sign(second . phi)}, `size` draws of phi."""
    mass, _ = features.arrays()
    differ = np.array([sign(dot(first, phi)) != sign(dot(second, phi)) for phi in features.vectors])
    return differ[rng.choice(features.points, size=size, p=mass / mass.sum())]


def scores(features: Features, teacher: Vector, student: Vector) -> dict[str, list[Fraction]]:
    """The columns `student`, `score` (the teacher's), `rest` (their difference) and `square` = |phi|^2, by point."""
    pairs = [(dot(student, phi), dot(teacher, phi)) for phi in features.vectors]
    return {"student": [s for s, _ in pairs], "score": [t for _, t in pairs], "rest": [t - s for s, t in pairs],
            "square": [dot(phi, phi) for phi in features.vectors]}


@lru_cache(maxsize=512)
def transfer_law(features: Features, teacher: Vector, n: int) -> tuple[list[Fraction], dict[str, list[Fraction]]]:
    """(weights, columns) of the law of n training points and a fresh one, equal rows merged.

    Columns: those of `scores`, `residual` = |w* - w_n|^2, `reach` = the largest squared length of projections of the
    teacher on single training features, and `distance` = the fresh feature's squared distance from their span.
    """
    rows: dict[tuple[Fraction, ...], Fraction] = {}
    names = ("student", "score", "rest", "square", "distance", "residual", "reach")
    for training, p in training_law(features.mass, n).items():
        chosen = features.train(training)
        axes = _basis(chosen)
        rest = _outside(teacher, axes)
        found = scores(features, teacher, minus(teacher, rest))
        reach = max(squared_cosine(teacher, phi) for phi in chosen) * dot(teacher, teacher)
        for x, (mass, phi) in enumerate(zip(features.mass, features.vectors, strict=True)):
            away = _outside(phi, axes)
            row = (*(found[name][x] for name in names[:4]), dot(away, away), dot(rest, rest), reach)
            rows[row] = rows.get(row, Fraction(0)) + p * mass
    weights = list(rows.values())
    columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    return weights, columns
