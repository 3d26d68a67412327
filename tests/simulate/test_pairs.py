"""Strategies of teachers and students: valid instances, that reach what matters and shrink to little."""
from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from simulate import pairs
from simulate.logits import Pupil

QUICK = settings(max_examples=40, database=None, derandomize=True, deadline=None)


def some(strategy: st.SearchStrategy[Any], wanted: Callable[[Any], bool]) -> Any:
    return find(strategy, wanted, random=Random(0), settings=settings(
        database=None, max_examples=300, phases=[Phase.generate]))


@QUICK
@given(pairs.binary_pairs(), pairs.finite_pairs())
def test_pairs_fit_their_tasks(binary: dict[str, Any], finite: dict[str, Any]) -> None:
    assert len(binary["teacher"]) == len(binary["student"]) == binary["task"].points
    assert len(finite["teacher"]) == len(finite["student"]) == finite["task"].points
    assert max(*finite["teacher"], *finite["student"]) < finite["task"].classes


@QUICK
@given(pairs.class_and_teachers())
def test_teachers_label_every_point(drawn: dict[str, Any]) -> None:
    assert sum(drawn["mass"]) == 1
    assert 1 <= len(drawn["teachers"]) <= 3
    assert {len(row) for row in (*drawn["hypotheses"], *drawn["teachers"])} == {len(drawn["mass"])}


@pytest.mark.parametrize("inside", [True, False])
def test_teachers_lie_in_the_class_or_beside_it(inside: bool) -> None:
    found = some(pairs.class_and_teachers(),
                 lambda drawn: (set(drawn["teachers"]) <= set(drawn["hypotheses"])) is inside)
    assert len(found["teachers"]) >= 1


@QUICK
@given(pairs.two_vectors("a", "b"), pairs.vectors(2, 3))
def test_vectors_have_a_direction(two: dict[str, Any], one: tuple[int, ...]) -> None:
    assert len(two["a"]) == len(two["b"]) <= 5
    assert any(two["a"])
    assert any(two["b"])
    assert 2 <= len(one) <= 3


@QUICK
@given(pairs.pupils())
def test_pupils_can_be_trained(drawn: dict[str, Any]) -> None:
    pupil = Pupil(**drawn)
    assert 0 < pupil.soft_ratio < 1
    assert pupil.effective_logit().is_finite()


@QUICK
@given(pairs.quotients(-6, 9, 4))
def test_quotients_lie_on_their_grid(value: Fraction) -> None:
    assert Fraction(-6, 4) <= value <= Fraction(9, 4)
    assert 4 % value.denominator == 0


def test_quotients_need_a_whole_number() -> None:
    with pytest.raises(ValueError, match="between 1/4 and 3/4"):
        pairs.quotients(1, 3, 4)
