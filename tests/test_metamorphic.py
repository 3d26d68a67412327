"""What doesn't change a theorem doesn't change its numbers.

Labels renamed, points in another order, an atom split in two, a point of mass 0, a hypothesis listed twice, a circle
turned, reflected or with more knots, features rotated: both sides of every claim whose instances are made of tasks and
of what stands on them must stay as they are, exactly in fractions and within 1e-12 in floats.

A transformation is applied where every parameter of an instance is known here by its name, numbers and texts apart;
claims of unknown parameters are not covered. What is left out on purpose is listed in LEFT_OUT, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from numbers import Number
from pathlib import Path
from typing import Any

import flint
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import verify
from simulate import Binary, Circle, Finite, Gaussians
from verify.claim import Claim
from verify.loading import catalogue, load
from verify.terms import Relation

Values = dict[str, Any]
TARGETS = {target.id: target for target in catalogue(Path(verify.__file__).resolve().parent.parent / "claims")}
INSTANCES = 10
FLOAT = 1e-12

# Parameters by the shape they have next to a task: an entry for each point, or a row of such entries for each member.
BY_POINT = {"teacher", "student", "classifier", "loss"}
BY_MEMBER = {"hypotheses"}
# The same next to a bare `mass`.
BY_ATOM = {"values", "predictions", "law"}

THRESHOLDS = "the class of thresholds 1{x >= a} is another one after that"
LEFT_OUT = {
    ("labels swapped", "kaplun2022.student_beats_teacher"): THRESHOLDS,
    ("the circle turned", "kaplun2022.student_beats_teacher"): THRESHOLDS,
    ("the circle reflected", "kaplun2022.student_beats_teacher"): THRESHOLDS,
    ("labels swapped", "menon2020.accuracy_is_not_enough"): "eta is at most 1/2 by the choice of the labels' names",
    ("labels swapped", "classics.k_nearest_bias"): "the bias turns its sign, which is a parameter",
    **{(f"the circle {how}", f"classics.k_nearest_{what}"): "the point x would have to move along"
       for how in ("turned", "reflected") for what in ("bias", "error")},
}
"""(transformation, claim): why it does not apply."""


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


def number(value: Any) -> float:
    return float(value)


def same(first: Any, second: Any) -> bool:
    """Equal: exactly for fractions, within rounding for balls and floats."""
    if isinstance(first, Fraction | int) and isinstance(second, Fraction | int):
        return first == second
    if isinstance(first, flint.arb) and isinstance(second, flint.arb) and first.overlaps(second):
        return True
    return abs(number(first) - number(second)) <= FLOAT * max(1.0, abs(number(first)))


def examples(claim: Claim, check: Callable[[Values], None], count: int = INSTANCES) -> None:
    """Run `check` on instances that hold the claim's hypotheses, always the same ones."""
    statement = claim.statement()

    @settings(derandomize=True, max_examples=count, database=None, deadline=None,
              suppress_health_check=(HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large))
    @given(statement.strategy)
    def drawn(values: Values) -> None:
        assume(statement.holds_hypotheses(values))
        check(values)

    drawn()


@lru_cache
def claim_of(name: str) -> Claim:
    return load(TARGETS[name])


@lru_cache
def covered() -> tuple[tuple[str, str], ...]:
    """(claim, transformation) for all that apply, by the first instances of each claim."""
    return tuple((name, title) for name in TARGETS for title in applicable(name))


@lru_cache
def applicable(name: str) -> tuple[str, ...]:
    """The transformations that change the first instance of a claim."""
    seen: list[Values] = []
    examples(claim_of(name), seen.append, 1)
    return tuple(title for title, change in TRANSFORMATIONS.items() if (title, name) not in LEFT_OUT
                 and all(is_known(values) and change(values) is not None for values in seen) and seen)


@pytest.mark.parametrize("name", TARGETS)
def test_both_sides_stay(name: str) -> None:
    changes = {title: TRANSFORMATIONS[title] for title in applicable(name)}
    statement = claim_of(name).statement()

    def check(values: Values) -> None:
        left, right = statement.exact(values), statement.bound(values)
        for title, change in changes.items():
            new = change(values)
            assert new is not None
            assert statement.holds_hypotheses(new), f"{title}: {new} breaks the hypotheses"
            after = statement.exact(new)
            # The task may have grown beyond what can be enumerated.
            assert left is None or after is None or same(left, after), f"{title}: {left} becomes {after} at {new}"
            if title != "a hypothesis twice":
                assert same(right, statement.bound(new)), f"{title}: {right} becomes {statement.bound(new)} at {new}"
            elif statement.relation is Relation.AT_MOST:
                # |H| has grown, and a bound with it.
                assert number(statement.bound(new)) >= number(right)

    if changes:
        examples(claim_of(name), check)


def test_every_transformation_meets_a_claim() -> None:
    assert {title for _, title in covered()} == set(TRANSFORMATIONS)
    assert len(covered()) >= 100
    assert len({name for name, _ in covered()}) >= 30


def test_what_is_left_out_has_a_reason() -> None:
    assert {title for title, _ in LEFT_OUT} <= set(TRANSFORMATIONS)
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize(("wrong", "title"), [
    (lambda task: task.eta[0], "points in reverse"), (lambda task: sum(task.mass[i] for i in (0,)), "an atom split"),
    (lambda task: sum(task.eta) / task.points, "a point of mass 0"),
    (lambda task: sum(p * e for p, e in zip(task.mass, task.eta, strict=True)), "labels swapped"),
])
def test_a_quantity_that_depends_on_the_representation_is_found(wrong: Callable[[Binary], Any], title: str) -> None:
    task = Binary((Fraction(1, 4), Fraction(3, 4)), (Fraction(1, 3), Fraction(1, 8)))
    changed = TRANSFORMATIONS[title]({"task": task})
    assert changed is not None
    assert not same(wrong(task), wrong(changed["task"]))


def test_unknown_parameters_are_not_covered() -> None:
    task = Binary((1,), (Fraction(1, 2),))
    assert is_known({"task": task, "teacher": (1,), "m": 3})
    assert not is_known({"task": task, "something": (1,)})
    assert not is_known({"knots": (1, 2)})


def test_equal_numbers() -> None:
    assert same(Fraction(1, 3), Fraction(2, 6))
    assert not same(Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**30))
    assert same(0.1 + 0.2, 0.3)
    assert not same(1.0, 1.0 + 1e-9)


def test_instances_are_the_same_every_time() -> None:
    runs: list[list[int]] = [[], []]
    claim = Claim(title="t", source="s", given={"n": st.integers(1, 1000)}, bound=lambda n: n, exact=lambda n: n,
                  relation="==", controls=[{"relation": "<="}])
    for run in runs:
        examples(claim, lambda values, run=run: run.append(values["n"]))
    assert runs[0] == runs[1] and len(runs[0]) == INSTANCES
