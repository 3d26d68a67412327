"""Hypothesis strategies for kernel machines: on the integer grid, where all is rational, and on a line."""
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from simulate.kernels import Machine
from simulate.strategies import Instances, by_size

_BASES = tuple(Fraction(*pair) for pair in ((2, 1), (4, 1), (3, 1), (3, 2), (5, 4), (8, 1), (64, 1)))


def machines(powers: tuple[int, ...] = (1, 2), max_dim: int = 2) -> Instances:
    """{"machine", "query"}: up to six training points in `max_dim` dimensions at most, and a point to ask."""
    def built(dim: int) -> Instances:
        place = st.tuples(*[st.integers(-6, 6)] * dim)
        record = st.tuples(place, st.sampled_from((1, -1)))
        records = st.lists(record, min_size=1, max_size=6, unique_by=lambda pair: pair[0])
        return st.builds(_instance, records, st.sampled_from(_BASES), st.sampled_from(powers), place)

    return by_size(st.integers(1, max_dim), built)


def _instance(records: list[tuple[tuple[int, ...], int]], base: Fraction, power: int, query: tuple[int, ...]
              ) -> dict[str, Any]:
    points, labels = zip(*records, strict=True)
    return {"machine": Machine(points, labels, base, power), "query": query}


def crowds(power: int, dim: int) -> Instances:
    """{"machine", "query"}: four to six points close together, under a kernel that decays slowly."""
    place = st.tuples(*[st.integers(-3, 3)] * dim)
    record = st.tuples(place, st.sampled_from((1, -1)))
    records = st.lists(record, min_size=4, max_size=6, unique_by=lambda pair: pair[0])
    query = st.tuples(*[st.integers(-6, 6)] * dim)
    return st.builds(_instance, records, st.just(Fraction(9, 8)), st.just(power), query)


def beyond(distance: int, label: int, query: int, base: Fraction) -> dict[str, Any]:
    """Two points of a line under a Gaussian kernel, and a query on the far side of the first."""
    return {"machine": Machine(((0,), (distance,)), (1, label), base, 2), "query": (-query,)}


def pairs() -> Instances:
    """Instances of `beyond`."""
    return st.builds(beyond, st.integers(1, 5), st.sampled_from((1, -1)), st.integers(0, 5), st.sampled_from(_BASES))


def stars() -> Instances:
    """{"machine", "query"}: at the origin, with a nearest point and two or three rivals one step farther away.

    The points lie on different axes and are far from one another; the rivals have the other label.
    """
    axes = ((1, 0), (-1, 0), (0, 1), (0, -1))

    def star(distance: int, rivals: int, twentieths: int) -> dict[str, Any]:
        lengths = (distance, *[distance + 1] * rivals)
        points = tuple((x * far, y * far) for far, (x, y) in zip(lengths, axes, strict=False))
        machine = Machine(points, (1,) + (-1,) * rivals, rivals * Fraction(twentieths, 20), 1)
        return {"machine": machine, "query": (0, 0)}

    return st.builds(star, st.integers(3, 8), st.integers(2, 3), st.integers(11, 30))


def lines(overstated: int = 1) -> Instances:
    """{"points", "labels", "separation", "bandwidth"}: sorted points of [0, 1] at least `separation` apart.

    Or, if `overstated` > 1, the separation is said to be so many times what it is.

    The bandwidth makes exp(-separation^2/bandwidth) about 2^-j, 3 <= j <= 10.
    """
    def line(gaps: list[int], labels: list[int], power: int) -> dict[str, Any]:
        total = sum(gaps) + 2
        places = [1]
        for gap in gaps:
            places.append(places[-1] + gap)
        separation = Fraction(min(gaps), total)
        bandwidth = (separation**2 * Fraction(10, 7 * power)).limit_denominator(10**6)
        return {"points": tuple(Fraction(place, total) for place in places),
                "labels": tuple(1 if label else -1 for label in labels[:len(places)]),
                "separation": overstated * separation, "bandwidth": bandwidth}

    return st.builds(line, st.lists(st.integers(3, 9), min_size=1, max_size=6),
                     st.lists(st.integers(0, 1), min_size=7, max_size=7), st.integers(3, 10))
