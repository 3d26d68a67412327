"""Strategies of losses and teachers give valid instances, small enough to enumerate, and shrink to the simplest."""
from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import Phase, find, given, settings

from simulate import loss_strategies, samples
from simulate.tasks import Finite

QUICK = settings(max_examples=25, database=None, derandomize=True, deadline=None)


@QUICK
@given(loss_strategies.classifiers_with_teacher())
def test_teachers_are_laws_and_all_samples_can_be_enumerated(drawn: dict[str, Any]) -> None:
    assert set(drawn) == {"task", "loss", "n", "teacher"}
    law = samples.over(samples.examples(drawn["task"], drawn["loss"], drawn["teacher"]), drawn["n"])
    assert law is not None
    assert sum(law.weights) == 1


@QUICK
@given(loss_strategies.cell_classifiers())
def test_losses_depend_on_the_cell(drawn: dict[str, Any]) -> None:
    pairs = list(zip(drawn["cells"], drawn["loss"], strict=True))
    assert all(loss == other for cell, loss in pairs for again, other in pairs if cell == again)


@QUICK
@given(loss_strategies.predictions())
def test_predictions_are_positive_laws(drawn: dict[str, Any]) -> None:
    assert all(sum(row) == 1 and min(row) > 0 for row in drawn["predicted"])


@QUICK
@given(loss_strategies.classes_with_teacher())
def test_every_hypothesis_has_a_loss_per_point_and_class(drawn: dict[str, Any]) -> None:
    task: Finite = drawn["task"]
    assert 1 <= len(drawn["losses"]) == len(set(drawn["losses"])) <= 4
    assert all(samples.check_losses(task, table) == table for table in drawn["losses"])
    assert samples.check_teacher(task, drawn["teacher"]) == drawn["teacher"]


def test_the_simplest_law_is_uniform_and_the_simplest_loss_none() -> None:
    quick = settings(database=None, max_examples=30)
    assert find(loss_strategies.laws(3), lambda row: True, random=Random(0), settings=quick) == (Fraction(1, 3),) * 3
    assert find(loss_strategies.losses(2), lambda row: row[0] == row[1], random=Random(0), settings=quick) == (0, 0)


def test_points_may_be_told_apart_within_a_cell() -> None:
    found = find(loss_strategies.cell_classifiers(by_cell=False),
                 lambda drawn: len(set(drawn["loss"])) > len(set(drawn["cells"])), random=Random(0),
                 settings=settings(database=None, max_examples=500, phases=[Phase.generate]))
    assert set(found["cells"]) == {0}
