"""Hypothesis strategies for finite laws of feature vectors with a teacher; small whole numbers, hence exact.

Each point is drawn as one record (weight, vector, whether it is trained on), so that deleting a point leaves the
others as they are. They shrink to fewer points in the plane.
"""
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate.features import Features, squared_cosine, vector
from simulate.strategies import Instances, by_size, fractions01, weights
from simulate.tasks import Number, probability_vector

_DIGITS = (0, 1, -1, 2, -2, 3, -3)


def vectors(dim: int) -> SearchStrategy[tuple[int, ...]]:
    """Vectors of `dim` integers from -3 to 3; shrinks to 0."""
    # One number for all entries: drawing is what costs a search most of its time.
    return st.integers(0, len(_DIGITS) ** dim - 1).map(
        lambda code: tuple(_DIGITS[code // len(_DIGITS) ** i % len(_DIGITS)] for i in range(dim)))


def teachers(dim: int) -> SearchStrategy[tuple[int, ...]]:
    """Vectors of `dim` integers from -3 to 3, not all 0; shrinks to the first axis."""
    return st.integers(1, len(_DIGITS) ** dim - 1).map(
        lambda code: tuple(_DIGITS[code // len(_DIGITS) ** i % len(_DIGITS)] for i in range(dim)))


def with_training(max_points: int = 6, max_dim: int = 4, others: int = 0) -> Instances:
    """{"features", "teacher", "training"}: training is a tuple of points; `others` more teachers in "others".

    The points of mass 0 are trained on as well: a training set need not come from the law.
    """
    def instances(dim: int) -> Instances:
        records = st.lists(st.tuples(weights(), vectors(dim), st.integers(0, 2)), max_size=max_points)
        return st.builds(_with_training, records.filter(_any_mass), teachers(dim),
                         st.tuples(*[vectors(dim)] * others))

    return by_size(st.integers(2, max_dim), instances)


def with_size(max_points: int = 4, max_dim: int = 4, max_n: int = 8, min_dim: int = 2) -> Instances:
    """{"features", "teacher", "n"}, with at most `max_points` points, and a teacher other than 0."""
    def instances(dim: int) -> Instances:
        records = st.lists(st.tuples(weights(), vectors(dim)), max_size=max_points)
        return st.builds(lambda rows, teacher, n: {"features": _features(rows), "teacher": vector(teacher), "n": n},
                         records.filter(_any_mass), teachers(dim), st.integers(1, max_n))

    return by_size(st.integers(min_dim, max_dim), instances)


def with_threshold(max_points: int = 4, max_dim: int = 3, max_n: int = 8) -> Instances:
    """As `with_size`, and "cosine_squared" in [0, 1]: that of teacher and some point, or its complement, or any.

    Mostly one for which p(t) + p(pi/2 - t)^n is small, and the teacher near the heaviest feature: else that sum would
    mostly exceed 1.
    """
    draws = st.tuples(turned(with_size(max_points, max_dim, max_n)), st.integers(0, 1), fractions01(64))
    return draws.map(lambda drawn: _with_threshold(*drawn))


def turned(instances: Instances) -> Instances:
    """The instances with multiples of the heaviest feature added to the teacher, unless nothing is left of it."""
    return st.tuples(instances, st.integers(0, 3)).map(lambda drawn: _turned(*drawn))


def _turned(drawn: dict[str, Any], times: int) -> dict[str, Any]:
    features, teacher = drawn["features"], drawn["teacher"]
    heaviest = features.vectors[max(range(features.points), key=lambda x: features.mass[x])]
    turned = tuple(w + times * x for w, x in zip(teacher, heaviest, strict=True))
    return {**drawn, "teacher": turned if any(turned) else teacher}


def isotropic(max_dim: int = 12, complete: bool = False) -> Instances:
    """{"n", "teacher"}: a teacher other than 0 in dimension 2 to `max_dim`, 1 <= n < dimension; = if `complete`."""
    def instances(dim: int) -> Instances:
        return st.fixed_dictionaries({"n": st.integers(1, dim if complete else dim - 1), "teacher": teachers(dim)})

    return by_size(st.integers(2, max_dim), instances)


def counts() -> SearchStrategy[int]:
    """Whole numbers from 1 to 2000, mostly small."""
    return st.one_of(st.integers(1, 40), st.integers(1, 2000))


def spanning(max_points: int = 4, max_dim: int = 3) -> Instances:
    """As `with_training`, mostly with a training set that spans the other features."""
    whole = with_training(max_points, max_dim).map(
        lambda drawn: {**drawn, "training": tuple(range(drawn["features"].points))})
    return st.one_of(with_training(max_points, max_dim).map(_repeated), whole)


def nearly_spanning(max_points: int = 6, max_dim: int = 4) -> Instances:
    """As `with_training`, trained on as many points as there are dimensions but one, where there are so many."""
    def cut(drawn: dict[str, Any]) -> dict[str, Any]:
        features = drawn["features"]
        return {**drawn, "training": tuple(range(min(features.points, features.dim - 1)))}

    return with_training(max_points, max_dim).map(cut)


def _repeated(drawn: dict[str, Any]) -> dict[str, Any]:
    """With the first training point added once for each dimension: no new direction, but more points."""
    return {**drawn, "training": drawn["training"] + drawn["training"][:1] * drawn["features"].dim}


def symmetric(max_points: int = 3, max_dim: int = 4) -> Instances:
    """As `with_training`, where the law is symmetric about the teacher's axis: phi and its mirror image weigh alike."""
    return with_training(max_points, max_dim).map(_symmetric)


def _with_threshold(instance: dict[str, Any], choice: int, anywhere: Fraction) -> dict[str, Any]:
    known = [squared_cosine(instance["teacher"], phi) for phi in instance["features"].vectors]
    candidates = {*known, *(1 - value for value in known), anywhere}

    def size(value: Fraction) -> tuple[Fraction, Fraction]:
        near, far = (instance["features"].tail(instance["teacher"], each) for each in (value, 1 - value))
        return near + far ** instance["n"], value

    return {**instance, "cosine_squared": sorted(candidates, key=size)[choice % len(candidates)]}


def _any_mass(records: list[tuple[Any, ...]]) -> bool:
    return any(record[0] for record in records)


def _features(records: list[tuple[Any, ...]]) -> Features:
    total = sum(record[0] for record in records)
    return Features(tuple(Fraction(record[0], total) for record in records), tuple(record[1] for record in records))


def _with_training(records: list[tuple[Any, ...]], teacher: tuple[int, ...],
                   others: tuple[tuple[int, ...], ...]) -> dict[str, Any]:
    found = {"features": _features(records), "teacher": vector(teacher),
             "training": tuple(x for x, record in enumerate(records) if record[2] == 1)}
    return {**found, "others": tuple(map(vector, others))} if others else found


def mirrored(phi: tuple[Number, ...], teacher: tuple[Number, ...]) -> tuple[Number, ...]:
    """The mirror image of phi in the teacher's axis: 2 (w . phi)/|w|^2 w - phi; phi itself for the teacher 0."""
    square = sum(w * w for w in teacher)
    if not square:
        return phi
    shift = 2 * sum(w * x for w, x in zip(teacher, phi, strict=True)) / square
    return tuple(shift * w - x for w, x in zip(teacher, phi, strict=True))


def _symmetric(instance: dict[str, Any]) -> dict[str, Any]:
    features, teacher = instance["features"], instance["teacher"]
    images = tuple(mirrored(phi, teacher) for phi in features.vectors)
    mass = probability_vector([p / 2 for p in (*features.mass, *features.mass)], "symmetric: mass")
    return {**instance, "features": Features(mass, features.vectors + images)}  # type: ignore[arg-type]
