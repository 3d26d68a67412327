"""What the proofs about linear teachers conclude, at laws of drawn designs instead of their exact means.

A goal's left-hand side, averaged over drawn designs, is compared with its right-hand side at 6.1 standard errors, a
false alarm of 1e-9 each for normal means; seeds are fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from simulate import Linear, linear_tables, ridgeless
from simulate.linear_moments import label_noise, student_error
from theory.derivations import distilled, distilling_gains, linear
from theory.goal import Goal

N, P, S, M, DRAWS = 4, 15, 5, 16, 6000
TASK = Linear(tuple(Fraction(v, 2) for v in (2, -1, 0, 3, 1, -2, 4, 0, 1, 1, -3, 2, 1, 0, 1, 2, -1)), Fraction(1, 2))
SIZES = {"n": N, "p": P, "s": S, "m": M}


def drawn(task: Linear = TASK, n: int = N, p: int = P, seed: int = 0) -> dict[str, Any]:
    """The random quantities of a ridgeless teacher and of students, from drawn designs, by name."""
    rng = np.random.default_rng(seed)
    designs, beta = rng.standard_normal((DRAWS, n, p)), task.array()[:p]
    found = ridgeless.coefficients_numpy(designs, beta)
    projected = np.einsum("rpn,rn->rp", np.linalg.pinv(designs), designs @ beta)
    return {
        "missed": found.missed[:, :S].sum(axis=1), "trace": found.spread[:, :S].sum(axis=1),
        "kept": found.kept[:, S:].sum(axis=1), "extra_trace": found.spread[:, S:].sum(axis=1),
        "product": (projected * beta)[:, S:].sum(axis=1), "all_missed": found.missed.sum(axis=1),
        "all_trace": found.spread.sum(axis=1), "student_trace": ridgeless.inverse_traces_numpy(S, M, rng, DRAWS)}


def holds(goal: Goal, instance: dict[str, Any], columns: dict[str, Any]) -> None:
    """The goal's sides agree over the draws; their spread is that of fifty parts."""
    (law,) = goal.laws

    def at(part: slice) -> Any:
        chosen = {name: values[part] for name, values in columns.items()}
        count = len(next(iter(chosen.values())))
        return goal.sides({**instance, law.name: (np.full(count, 1 / count), chosen)}, None, 1e-9)

    sides = at(slice(None))
    assert sides.outside == ""
    error = np.std([at(slice(part, None, 50)).left for part in range(50)], ddof=1) / 50**0.5
    assert abs(float(sides.left) - float(sides.right)) <= 6.1 * error


PARAMETERS = {"omega": TASK.noise(P), "beta_student": TASK.signal(S), "beta_extra": TASK.signal(P, S)}


@pytest.mark.parametrize("goal", [
    distilled.student_error_goal, distilled.label_noise_goal, distilled.student_goal,
    distilling_gains.teacher_gain_goal])
def test_conclusions_about_students_hold_for_drawn_designs(goal: Callable[[], Goal]) -> None:
    stated, values = goal(), drawn()
    (law,) = stated.laws
    holds(stated, {**SIZES, **PARAMETERS}, {symbol.name: values[symbol.name] for symbol in law.variables})


def test_the_conclusion_about_interpolators_holds_for_drawn_designs() -> None:
    values = drawn(seed=1)
    holds(linear.ridgeless_goal(), {"n": N, "p": P, "omega": TASK.noise(P), "beta_teacher": TASK.signal(P)},
          {"missed": values["all_missed"], "trace": values["all_trace"]})


def test_the_conclusion_about_least_squares_holds_for_drawn_designs() -> None:
    traces = ridgeless.inverse_traces_numpy(4, 16, np.random.default_rng(2), DRAWS)
    holds(linear.least_squares_goal(), {"n": 16, "p": 4, "omega": 3}, {"trace": traces})


def test_the_conclusion_about_random_features_holds_for_drawn_choices() -> None:
    rng = np.random.default_rng(3)
    lengths = np.square(rng.permuted(np.tile(TASK.array(), (DRAWS, 1)), axis=1)[:, :P]).sum(axis=1)
    instance = {"n": N, "p": P, "dim": TASK.dim, "beta_all": TASK.signal(), "sigma": TASK.sigma}
    unit = Linear((1, *[0] * (P - 1)), 0)
    values = drawn(unit, seed=4)
    holds(linear.random_features_over_goal(), instance,
          {"length": lengths, "share": values["all_missed"], "trace": values["all_trace"]})


def test_goals_do_not_speak_of_sizes_without_a_mean() -> None:
    outside = linear.ridgeless_goal().sides(
        {"n": 4, "p": 5, "omega": 1, "beta_teacher": 1}, lambda: {"OV": ([1], {"missed": [1], "trace": [1]})}, 1e-9)
    assert outside.outside != ""


def test_a_goal_about_coordinates_without_signal_is_not_read_with_one() -> None:
    instance = {"n": 4, "p": 9, "s": 0, "omega": 1, "beta_student": 1, "beta_extra": 1}
    table = {"E": ([1], {"missed": [1], "trace": [1]})}
    assert distilled.student_error_goal().sides(instance, lambda: table, 1e-9).outside != ""


def test_readings_are_made_of_the_means_that_claims_use() -> None:
    found = linear_tables.student(TASK, N, P, S, M)
    _, row = found["S"]
    omega = found["omega"]
    assert row["missed"][0] + omega * row["trace"][0] == student_error(TASK, N, P, S)
    assert row["kept"][0] + omega * row["extra_trace"][0] == label_noise(TASK, N, P, S)
    assert row["product"][0] == TASK.signal(P, S) * Fraction(N, P)
    under = linear_tables.student_under(TASK, 16, 4, 2, 9)
    assert under["SU"][1]["trace"] == under["SU"][1]["extra_trace"]


@pytest.mark.parametrize("derivation", ["least_squares", "random_features_under"])
def test_derivations_conclude_their_goals(derivation: str) -> None:
    fact, goal = getattr(linear, derivation)(), getattr(linear, f"{derivation}_goal")()
    goal.must_be(fact)
    assert any("integrated out" in premise.text for premise in fact.premises)
