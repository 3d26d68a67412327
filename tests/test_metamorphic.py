"""What doesn't change a theorem doesn't change its numbers.

Labels renamed, points in another order, an atom split in two, a point of mass 0, a hypothesis listed twice, a circle
turned, reflected or with more knots, features rotated: both sides of every claim whose instances are made of tasks and
of what stands on them must stay as they are, exactly in fractions and within 1e-12 in floats.

A transformation is applied where every parameter of an instance is known here by its name, numbers and texts apart;
claims of unknown parameters are not covered. What is left out on purpose is listed in LEFT_OUT, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import flint
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from transformations import TRANSFORMATIONS, Values, is_known

import verify
from simulate import Binary
from verify.claim import Claim
from verify.loading import catalogue, load
from verify.terms import Relation

TARGETS = {target.id: target for target in catalogue(Path(verify.__file__).resolve().parent.parent / "claims")}
INSTANCES = 10
FLOAT = 1e-12

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
