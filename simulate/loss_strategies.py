"""Hypothesis strategies for classifiers known by their losses, and for teachers that give probabilities.

Everything is rational. Each point is drawn as one record (weight, law, losses, teacher), so that deleting a point
leaves the others as they are; instances shrink to one point, uniform laws and losses 0. Sizes are such that
`samples.over` can go through all samples of n examples.
"""
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from simulate.strategies import Instances, by_size, fractions01, weights
from simulate.tasks import Finite

Row = tuple[Fraction, ...]

_GRID = 64  # of the losses
_PLACES = 16  # points times classes at most times n - 1 or so: what `samples.over` enumerates grows fast in both


def laws(classes: int) -> SearchStrategy[Row]:
    """Probability vectors over `classes` >= 2 classes: uniform (the simplest), one-hot, or with any weights."""
    uniform = st.just((Fraction(1, classes),) * classes)
    certain = st.integers(0, classes - 1).map(lambda y: tuple(Fraction(z == y) for z in range(classes)))
    mixed = st.tuples(*[weights()] * classes).filter(any).map(_normalised)
    return st.one_of(uniform, certain, mixed)


def losses(classes: int) -> SearchStrategy[Row]:
    """l(y, f(x)) for every class y, in [0, 1]; often 0 or 1."""
    zero_one = st.integers(0, classes - 1).map(lambda y: tuple(Fraction(z != y) for z in range(classes)))
    return st.one_of(st.tuples(*[fractions01(_GRID)] * classes), zero_one)


def classifiers(max_points: int = 3, max_classes: int = 3, max_n: int = 4) -> Instances:
    """{"task": Finite, "loss": a row of losses per point, "n": examples}."""
    return _instances(max_points, max_classes, max_n, lambda classes: st.none(), ())


def classifiers_with_teacher(max_points: int = 3, max_classes: int = 3, max_n: int = 4) -> Instances:
    """{"task", "loss", "n", "teacher": a probability vector per point}: at the true law, near it or anywhere."""
    return _instances(max_points, max_classes, max_n, _moves, ("teacher",))


def cell_classifiers(max_points: int = 4, max_classes: int = 3, max_n: int = 4, *, by_cell: bool = True) -> Instances:
    """{"task", "loss", "n", "cells": a label per point}; the losses depend on the cell, unless not `by_cell`."""
    def pooled(drawn: dict[str, Any]) -> dict[str, Any]:
        marks = drawn.pop("marks")
        cells = marks if by_cell else (0,) * len(marks)
        first = {cell: x for x, cell in reversed(list(enumerate(cells)))}
        loss = tuple(drawn["loss"][first[cell]] for cell in cells) if by_cell else drawn["loss"]
        return {**drawn, "loss": loss, "cells": cells}

    def extra(classes: int) -> SearchStrategy[int]:
        return st.integers(0, 1)

    return _instances(max_points, max_classes, max_n, extra, ("marks",)).map(pooled)


def _moves(classes: int) -> SearchStrategy[tuple[Row, Fraction]]:
    """(target, share): the teacher is the true law moved by the share towards the target; the simplest is not."""
    return st.tuples(laws(classes), fractions01(_GRID))


def _instances(max_points: int, max_classes: int, max_n: int, extra: Any, names: tuple[str, ...]) -> Instances:
    def build(drawn: tuple[int, list[tuple[Any, ...]]]) -> dict[str, Any]:
        n, records = drawn
        instance = {"task": Finite(_normalised([r[0] for r in records]), tuple(r[1] for r in records)),
                    "loss": tuple(r[2] for r in records), "n": _fitting(n, records)}
        return {**instance, **{name: tuple(_moved(r[1], *r[3]) if name == "teacher" else r[3] for r in records)
                               for name in names}}

    def of(classes: int) -> Instances:
        record = st.tuples(weights(), laws(classes), losses(classes), extra(classes))
        # The filter rejects the empty list; with min_size=1 shrinking often fails to delete the first record.
        records = st.lists(record, max_size=max_points).filter(lambda rows: any(row[0] for row in rows))
        return st.tuples(st.integers(1, max_n), records).map(build)

    return by_size(st.integers(2, max_classes), of)


def _fitting(n: int, records: list[tuple[Any, ...]]) -> int:
    """n, or fewer examples where there are many points and classes."""
    places = sum(1 for row in records if row[0] for p in row[1] if p)
    return min(n, max(2, _PLACES // max(places - 1, 1)))


def _moved(law: Row, target: Row, share: Fraction) -> Row:
    return tuple(p + share * (t - p) for p, t in zip(law, target, strict=True))


def _normalised(numbers: Sequence[int]) -> Row:
    total = sum(numbers)
    return tuple(Fraction(value, total) for value in numbers)


def classes_with_teacher(max_points: int = 3, max_classes: int = 3, max_hypotheses: int = 4) -> Instances:
    """{"task", "losses": a table of losses per hypothesis, "teacher"}, as in `classifiers_with_teacher`."""
    def of(classes: int) -> Instances:
        columns = st.tuples(*[losses(classes)] * max_hypotheses)
        record = st.tuples(weights(), laws(classes), columns, _moves(classes))
        records = st.lists(record, max_size=max_points).filter(lambda rows: any(row[0] for row in rows))
        return st.tuples(st.integers(1, max_hypotheses), records).map(build)

    def build(drawn: tuple[int, list[tuple[Any, ...]]]) -> dict[str, Any]:
        count, records = drawn
        return {"task": Finite(_normalised([r[0] for r in records]), tuple(r[1] for r in records)),
                "losses": tuple(dict.fromkeys(tuple(r[2][h] for r in records) for h in range(count))),
                "teacher": tuple(_moved(r[1], *r[3]) for r in records)}

    return by_size(st.integers(2, max_classes), of)


def predictions(max_points: int = 3, max_classes: int = 4) -> Instances:
    """{"task": Finite, "predicted": a probability vector without zeros per point}: at the true law, near it or not."""
    def build(drawn: dict[str, Any]) -> dict[str, Any]:
        task = drawn["task"]
        inner = tuple(tuple(_kept_off_zero(p, task.classes, drawn["shift"]) for p in row) for row in drawn["teacher"])
        return {"task": task, "predicted": inner}

    shift = st.sampled_from((Fraction(1, 8), Fraction(1, 100)))
    drawn = st.tuples(classifiers_with_teacher(max_points, max_classes, 1), shift)
    return drawn.map(lambda pair: build({**pair[0], "shift": pair[1]}))


def _kept_off_zero(p: Fraction, classes: int, shift: Fraction) -> Fraction:
    return (1 - shift) * p + shift / classes
