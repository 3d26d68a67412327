"""Hypothesis strategies for tasks and what stands on them; everything rational, hence exact.

They shrink to fewer points, equal weights and simple fractions. Each point is drawn as one record (weight,
eta, labels ...), so that deleting a point leaves the others as they are. Fractions come from a short list of
simple ones or from a fine grid, on which a search can climb step by step.
"""
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate.circle import Circle
from simulate.tasks import HALF, Binary, Finite

Instances: TypeAlias = SearchStrategy[dict[str, Any]]
_T = TypeVar("_T")

_SIMPLE = 8  # fractions with denominators up to this are listed one by one, simplest first
_WEIGHTS = (0, 100, 10_000, 1_000_000)


def fractions01(max_denominator: int = 1024) -> SearchStrategy[Fraction]:
    """Fractions in [0, 1] with denominators <= `max_denominator`, often near 0, 1/2 or 1; shrinks to 0."""
    if max_denominator < 1:
        raise ValueError(f"fractions01: max_denominator = {max_denominator} must be at least 1.")
    listed = _listed_fractions(max_denominator)

    def fraction(i: int) -> Fraction:
        return listed[i] if i < len(listed) else Fraction(i - len(listed), max_denominator)

    # Both read one numbering, the grid's after the list's: shrinking walks from the grid into the list.
    in_list, anywhere = st.integers(0, len(listed) - 1), st.integers(0, len(listed) + max_denominator)
    return st.one_of(in_list, anywhere).map(fraction)


@lru_cache(maxsize=64)
def _listed_fractions(max_denominator: int) -> tuple[Fraction, ...]:
    """Simple fractions by denominator, then those a power of 1/2 away from 0, 1/2 or 1."""
    simple = [Fraction(i, d) for d in range(1, min(max_denominator, _SIMPLE) + 1) for i in range(d + 1)]
    steps = [Fraction(1, 2**j) for j in range(2, max_denominator.bit_length())]
    near = [v for step in steps for v in (HALF + step, HALF - step, step, 1 - step)]
    return tuple(dict.fromkeys([*simple, *near]))


def odd(max_value: int) -> SearchStrategy[int]:
    """Odd integers from 1 to `max_value` >= 1; shrinks to 1."""
    if max_value < 1:
        raise ValueError(f"odd: max_value = {max_value} leaves no odd integer; give at least 1.")
    return st.integers(0, (max_value - 1) // 2).map(lambda i: 2 * i + 1)


def weights() -> SearchStrategy[int]:
    """Unnormalised weights: mostly small integers, sometimes 0 or huge, so that masses can be unequal."""
    return st.one_of(st.integers(1, 8), st.integers(1, 1000), st.sampled_from(_WEIGHTS))


def binary_tasks(max_points: int = 6) -> SearchStrategy[Binary]:
    """`Binary` tasks with 1 to `max_points` points; shrinks to one point."""
    return _records(max_points, fractions01()).map(_binary)


def finite_tasks(max_points: int = 4, max_classes: int = 5) -> SearchStrategy[Finite]:
    """`Finite` tasks, up to `max_points` points and `max_classes` >= 2 classes; uniform laws are simplest."""
    def tasks(classes: int) -> SearchStrategy[Finite]:
        certain = st.integers(0, classes - 1).map(lambda y: tuple(Fraction(z == y) for z in range(classes)))
        mixed = st.tuples(*[weights()] * classes).filter(any).map(_normalised)
        records = _records(max_points, st.one_of(mixed, certain))
        return records.map(
            lambda drawn: Finite(_normalised([r[0] for r in drawn]), tuple(r[1] for r in drawn)))

    return by_size(st.integers(2, max_classes), tasks)


def circles(max_knots: int = 8) -> SearchStrategy[Circle]:
    """`Circle` tasks with 1 to `max_knots` knots; shrinks to a constant eta."""
    return st.lists(fractions01(), min_size=1, max_size=max_knots).map(lambda knots: Circle(tuple(knots)))


def binary_with_teacher(max_points: int = 6) -> Instances:
    """{"task": Binary, "teacher": P(the teacher's label = 1) at each point}: at eta, near it or anywhere."""
    def instance(records: list[tuple[Any, ...]]) -> dict[str, Any]:
        return {"task": _binary(records), "teacher": tuple(_teacher(r[1], r[2]) for r in records)}

    return _records(max_points, fractions01(), _teachers()).map(instance)


def binary_with_class(max_points: int = 4, max_hypotheses: int = 8) -> Instances:
    """{"task": Binary, "hypotheses": distinct tuples of labels 0/1, one label per point}."""
    def instance(drawn: tuple[int, list[tuple[Any, ...]]]) -> dict[str, Any]:
        count, records = drawn
        return {"task": _binary(records), "hypotheses": _hypotheses(count, [r[2] for r in records])}

    records = _records(max_points, fractions01(), _columns(max_hypotheses))
    return _with_count(max_hypotheses, records).map(instance)


def binary_with_class_and_teacher(max_points: int = 4, max_hypotheses: int = 8) -> Instances:
    """{"task", "hypotheses", "teacher"}, as in the two strategies above."""
    def instance(drawn: tuple[int, list[tuple[Any, ...]]]) -> dict[str, Any]:
        count, records = drawn
        return {"task": _binary(records), "hypotheses": _hypotheses(count, [r[2] for r in records]),
                "teacher": tuple(_teacher(r[1], r[3]) for r in records)}

    records = _records(max_points, fractions01(), _columns(max_hypotheses), _teachers())
    return _with_count(max_hypotheses, records).map(instance)


def bounded_laws(max_atoms: int = 4) -> Instances:
    """{"mass", "values"}: a law on 1 to `max_atoms` points of [0, 1], which need not be distinct."""
    def instance(records: list[tuple[Any, ...]]) -> dict[str, Any]:
        return {"mass": _normalised([r[0] for r in records]), "values": tuple(r[1] for r in records)}

    return _records(max_atoms, fractions01()).map(instance)


def by_size(sizes: SearchStrategy[int], make: Callable[[int], SearchStrategy[_T]]) -> SearchStrategy[_T]:
    """What `make` draws, given a size; a strategy that is made anew for every instance is validated anew, too."""
    return sizes.flatmap(cache(make))


def merged(*dict_strategies: Instances) -> Instances:
    """One strategy of dicts out of several, whose keys must differ (ValueError when they are drawn)."""
    def merge(parts: tuple[dict[str, Any], ...]) -> dict[str, Any]:
        union: dict[str, Any] = {}
        for part in parts:
            shared = sorted(union.keys() & part.keys())
            if shared:
                raise ValueError(f"merged: the key {shared[0]!r} comes from two strategies; rename one.")
            union |= part
        return union

    return st.tuples(*dict_strategies).map(merge)


def _records(max_points: int, *fields: SearchStrategy[Any]) -> SearchStrategy[list[tuple[Any, ...]]]:
    """Lists of (weight, field, ...), one per point, whose weights are not all 0."""
    # The filter rejects the empty list; with min_size=1 shrinking often fails to delete the first record.
    records = st.lists(st.tuples(weights(), *fields), max_size=max_points)
    return records.filter(lambda drawn: any(record[0] for record in drawn))


def _normalised(numbers: Sequence[int]) -> tuple[Fraction, ...]:
    total = sum(numbers)
    return tuple(Fraction(value, total) for value in numbers)


def _binary(records: list[tuple[Any, ...]]) -> Binary:
    return Binary(_normalised([record[0] for record in records]), tuple(record[1] for record in records))


def _teachers() -> SearchStrategy[tuple[int | None, Fraction]]:
    """(target, share), see `_teacher`; the simplest is (None, 0), a perfect sampler."""
    return st.one_of(st.just((None, Fraction(0))), st.tuples(st.sampled_from((0, 1)), fractions01()),
                     st.tuples(st.none(), fractions01()))


def _teacher(eta: Fraction, drawn: tuple[int | None, Fraction]) -> Fraction:
    """eta moved by a share towards the label `target`; without target, towards 1 - eta."""
    target, share = drawn
    return eta + share * ((1 - eta if target is None else target) - eta)


def _with_count(most: int, records: SearchStrategy[Any]) -> SearchStrategy[tuple[int, Any]]:
    return st.tuples(st.integers(1, most), records)


def _columns(max_hypotheses: int) -> SearchStrategy[int]:
    """The labels at one point under every hypothesis, as the bits of an integer."""
    return st.integers(0, 2**max_hypotheses - 1)


def _hypotheses(count: int, columns: list[int]) -> tuple[tuple[int, ...], ...]:
    """The first `count` rows of the labels, without repetitions."""
    return tuple(dict.fromkeys(tuple(column >> j & 1 for column in columns) for j in range(count)))
