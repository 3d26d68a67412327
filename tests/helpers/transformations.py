"""Transformations of an instance that leave both sides of its theorem as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from numbers import Number
from typing import Any

from simulate import Binary, Circle, Finite, Gaussians

Values = dict[str, Any]

# Parameters by the shape they have next to a task: an entry for each point, or a row of such entries for each member.
BY_POINT = {"teacher", "student", "classifier", "loss"}
BY_MEMBER = {"hypotheses"}
# The same next to a bare `mass`.
BY_ATOM = {"values", "predictions", "law"}


def reindexed(values: Values, order: list[int], mass: list[Any]) -> Values | None:
    """The points (or atoms) in another order, some of them several times, with other masses; None if there are none."""
    task = values.get("task")
    if not isinstance(task, Binary | Finite):
        return atoms_reindexed(values, order, mass)
    new = dict(values)
    if isinstance(task, Binary):
        new["task"] = Binary(tuple(mass), tuple(task.eta[i] for i in order))
    else:
        new["task"] = Finite(tuple(mass), tuple(task.law[i] for i in order))
    for name, by_member in tables(values):
        old = values[name]
        new[name] = tuple(tuple(row[i] for i in order) for row in old) if by_member else tuple(old[i] for i in order)
    return new


def tables(values: Values) -> Iterator[tuple[str, bool]]:
    """The parameters that are indexed by the points, and whether they are rows for each member."""
    for name in sorted(set(values) & (BY_POINT | BY_MEMBER | {"predictions"})):
        if isinstance(values[name], tuple):
            yield name, name in BY_MEMBER or (name == "predictions" and "weights" in values)


def atoms_reindexed(values: Values, order: list[int], mass: list[Any]) -> Values | None:
    if "mass" not in values or "task" in values:
        return None
    # A law that is no list of laws belongs to the labels, not to the atoms.
    names = [n for n in set(values) & BY_ATOM if n != "law" or isinstance(values["law"][0], tuple)]
    return {**values, "mass": tuple(mass), **{n: tuple(values[n][i] for i in order) for n in names}}


def masses(values: Values) -> list[Any]:
    """The masses of the points or atoms; empty if there are none."""
    task = values.get("task")
    return list(task.mass if isinstance(task, Binary | Finite) else values.get("mass", ()))


def points_reversed(values: Values) -> Values | None:
    mass = masses(values)
    return reindexed(values, list(range(len(mass)))[::-1], mass[::-1])


def atom_split(values: Values) -> Values | None:
    mass = masses(values)
    return reindexed(values, [0, *range(len(mass))], [mass[0] / 2, mass[0] / 2, *mass[1:]]) if mass else None


def mass_zero_added(values: Values) -> Values | None:
    mass = masses(values)
    return reindexed(values, [*range(len(mass)), len(mass) - 1], [*mass, Fraction(0)]) if mass else None


def labels_swapped(values: Values) -> Values | None:
    """1 and 0 exchanged, or the classes in reverse order, in everything that speaks of labels."""
    task, new = values.get("task"), dict(values)
    if isinstance(task, Binary):
        new["task"] = Binary(task.mass, tuple(1 - eta for eta in task.eta))
    elif isinstance(task, Finite):
        new["task"] = Finite(task.mass, tuple(row[::-1] for row in task.law))
    elif isinstance(values.get("circle"), Circle):
        new["circle"] = Circle(tuple(1 - knot for knot in values["circle"].knots))
    elif isinstance(values.get("eta"), Number):
        return {**values, "eta": 1 - values["eta"]}
    else:
        return None
    classes = task.classes if isinstance(task, Finite) else 2

    def swapped(entry: Any) -> Any:
        if isinstance(entry, tuple):
            return entry[::-1]
        return classes - 1 - entry

    for name, by_member in tables(values):
        rows = values[name] if by_member else (values[name],)
        rows = tuple(tuple(swapped(entry) for entry in row) for row in rows)
        new[name] = rows if by_member else rows[0]
    return new


def hypothesis_twice(values: Values) -> Values | None:
    """A copy put last, as ties go to the lowest; not in events of probability delta, which have ln|H| in them."""
    listed = values.get("hypotheses") if "delta" not in values else None
    return {**values, "hypotheses": (*listed, listed[0])} if isinstance(listed, tuple) else None


def on_circle(change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Callable[[Values], Values | None]:
    def changed(values: Values) -> Values | None:
        circle = values.get("circle")
        return {**values, "circle": Circle(change(circle.knots))} if isinstance(circle, Circle) else None

    return changed


def refined(knots: tuple[Any, ...]) -> tuple[Any, ...]:
    pairs = zip(knots, (*knots[1:], knots[0]), strict=True)
    return tuple(value for low, high in pairs for value in (low, (low + high) / 2))


def on_means(change: Callable[[Gaussians], Gaussians]) -> Callable[[Values], Values | None]:
    def changed(values: Values) -> Values | None:
        task = values.get("task")
        return {**values, "task": change(task)} if isinstance(task, Gaussians) else None

    return changed


def rotated(task: Gaussians) -> Gaussians:
    """By the angle whose cosine is 3/5, in the first two coordinates; in one dimension, a reflection."""
    if task.dim == 1:
        return Gaussians(tuple((-row[0],) for row in task.means), task.weights)
    return Gaussians(tuple((Fraction(3, 5) * a - Fraction(4, 5) * b, Fraction(4, 5) * a + Fraction(3, 5) * b, *rest)
                           for a, b, *rest in task.means), task.weights)


TRANSFORMATIONS: dict[str, Callable[[Values], Values | None]] = {
    "labels swapped": labels_swapped,
    "points in reverse": points_reversed,
    "an atom split": atom_split,
    "a point of mass 0": mass_zero_added,
    "a hypothesis twice": hypothesis_twice,
    "the circle turned": on_circle(lambda knots: (*knots[1:], knots[0])),
    "the circle reflected": on_circle(lambda knots: knots[::-1]),
    "more knots": on_circle(refined),
    "features rotated": on_means(rotated),
    "features shifted": on_means(lambda task: Gaussians(
        tuple(tuple(v + i + Fraction(1, 3) for i, v in enumerate(row)) for row in task.means), task.weights)),
    "classes exchanged": on_means(lambda task: Gaussians(task.means[::-1], task.weights[::-1])),
}


def is_known(values: Values) -> bool:
    """Whether every parameter is a number, a text, a task, or of a shape known by its name."""
    beside = "task" in values
    names = BY_POINT | BY_MEMBER | {"predictions", "weights"} if beside else BY_ATOM | {"mass"}
    return all(isinstance(value, Number | str | Binary | Finite | Circle | Gaussians | None) or name in names
               for name, value in values.items())
