"""Hypothesis strategies for laws on the unit cube and its torus, mostly with an eta that changes little."""
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from simulate.cube import Cube, Torus
from simulate.strategies import Instances, by_size, fractions01, weights
from simulate.tasks import Binary

_GRID = 8  # coordinates of points are multiples of 1/8


def _calm(base: Fraction, level: int, parts: list[Fraction]) -> tuple[Fraction, ...]:
    """base + 2^-level (part - base): values that part from `base` by at most 2^-level, in [0, 1] as both are."""
    return tuple(base + (part - base) / 2**level for part in parts)


def _values(most: int) -> st.SearchStrategy[tuple[Fraction, ...]]:
    return st.builds(_calm, fractions01(40), st.integers(0, 9), st.lists(fractions01(16), min_size=1, max_size=most))


def cubes(max_dim: int = 3, max_knots: int = 5) -> st.SearchStrategy[Cube]:
    """`Cube` tasks with 1 to `max_dim` dimensions; shrinks to a constant eta on an interval."""
    def drawn(dim: int) -> st.SearchStrategy[Cube]:
        direction = st.tuples(*[st.integers(-3, 3)] * dim).filter(any)
        return st.builds(lambda way, knots: Cube(dim, tuple(map(Fraction, way)), knots), direction, _values(max_knots))

    steps = st.builds(_step, st.integers(1, max_dim), st.integers(1, 4), st.integers(1, 4))
    return st.one_of(by_size(st.integers(1, max_dim), drawn), steps)


def _step(dim: int, zeros: int, ones: int) -> Cube:
    """eta rises from 0 to 1 on one of several pieces along the first coordinate: labels are nearly certain."""
    return Cube(dim, (Fraction(1),) + (Fraction(0),) * (dim - 1), (Fraction(0),) * zeros + (Fraction(1),) * ones)


def tori(max_dim: int = 3, max_knots: int = 5) -> st.SearchStrategy[Torus]:
    """`Torus` tasks with 1 to `max_dim` dimensions; shrinks to a constant eta on a circle."""
    knots = st.lists(fractions01(100), min_size=1, max_size=max_knots)
    return st.builds(lambda dim, values: Torus(dim, tuple(values)), st.integers(1, max_dim), knots)


def clouds(max_dim: int = 3, max_points: int = 6) -> Instances:
    """{"task", "places"}: a `Binary` task whose points lie at distinct places of the unit cube, on a grid.

    In some every label is certain.
    """
    def drawn(dim: int) -> Instances:
        place = st.tuples(*[st.integers(0, _GRID)] * dim)

        def records(etas: st.SearchStrategy[Fraction]) -> st.SearchStrategy[list[tuple[Any, ...]]]:
            return st.lists(st.tuples(weights(), etas, place), min_size=1, max_size=max_points,
                            unique_by=lambda record: record[2]).filter(lambda found: any(r[0] for r in found))

        certain = st.sampled_from((Fraction(0), Fraction(1)))
        return st.one_of(st.builds(_cloud, records(fractions01(16)), fractions01(40), st.integers(0, 9)),
                         st.builds(_cloud, records(certain), st.just(Fraction(0)), st.just(0)))

    return by_size(st.integers(1, max_dim), drawn)


def _cloud(records: list[tuple[int, Fraction, tuple[int, ...]]], base: Fraction, level: int) -> dict[str, Any]:
    total = sum(weight for weight, _, _ in records)
    task = Binary(tuple(Fraction(weight, total) for weight, _, _ in records),
                  _calm(base, level, [eta for _, eta, _ in records]))
    return {"task": task, "places": tuple(tuple(Fraction(v, _GRID) for v in place) for *_, place in records)}
