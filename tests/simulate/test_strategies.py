"""Strategies give valid rational instances, reach the extremes and shrink to what a person would write."""
from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from simulate import strategies
from simulate.circle import Circle
from simulate.tasks import Binary, Finite

QUICK = settings(max_examples=60, database=None, derandomize=True, deadline=None)
HALF = Fraction(1, 2)


def simplest(strategy: st.SearchStrategy[Any], wanted: Callable[[Any], bool], seed: int = 0) -> Any:
    return find(strategy, wanted, random=Random(seed), settings=settings(database=None, max_examples=300))


@QUICK
@given(strategies.fractions01(100))
def test_fractions_lie_in_the_unit_interval_with_small_denominators(value: Fraction) -> None:
    assert 0 <= value <= 1
    assert value.denominator <= 100


@pytest.mark.parametrize("wanted", [Fraction(0), Fraction(1), HALF, HALF + Fraction(1, 1024),
                                    HALF - Fraction(1, 512), Fraction(1, 1024), Fraction(1023, 1024)])
def test_fractions_include_the_extremes_and_their_neighbours(wanted: Fraction) -> None:
    assert simplest(strategies.fractions01(), lambda value: value == wanted) == wanted


def test_fractions_with_tiny_denominators_work() -> None:
    assert simplest(strategies.fractions01(1), lambda value: value > 0) == 1
    with pytest.raises(ValueError, match="max_denominator = 0"):
        strategies.fractions01(0)


@QUICK
@given(strategies.odd(8))
def test_odd_integers_stay_below_their_maximum(k: int) -> None:
    assert k in (1, 3, 5, 7)


def test_odd_needs_room() -> None:
    assert simplest(strategies.odd(1), lambda k: True) == 1
    with pytest.raises(ValueError, match="max_value = 0"):
        strategies.odd(0)


@QUICK
@given(strategies.binary_tasks(5), strategies.finite_tasks(3, 4), strategies.circles(7))
def test_tasks_are_rational_and_within_their_sizes(binary: Binary, finite: Finite, circle: Circle) -> None:
    assert binary.is_rational and 1 <= binary.points <= 5
    assert finite.is_rational and 1 <= finite.points <= 3 and 2 <= finite.classes <= 4
    assert circle.is_rational and 1 <= len(circle.knots) <= 7


@QUICK
@given(strategies.binary_with_class_and_teacher(3, 6))
def test_classes_and_teachers_fit_their_task(drawn: dict[str, Any]) -> None:
    task, hypotheses, teacher = drawn["task"], drawn["hypotheses"], drawn["teacher"]
    assert 1 <= len(hypotheses) == len(set(hypotheses)) <= 6
    assert all(len(labels) == task.points and set(labels) <= {0, 1} for labels in hypotheses)
    assert len(teacher) == task.points
    assert all(isinstance(v, Fraction) and 0 <= v <= 1 for v in teacher)


@QUICK
@given(strategies.bounded_laws(3))
def test_bounded_laws_are_laws(drawn: dict[str, Any]) -> None:
    assert sum(drawn["mass"]) == 1
    assert 1 <= len(drawn["mass"]) == len(drawn["values"]) <= 3
    assert all(0 <= value <= 1 for value in drawn["values"])


def one(eta: Fraction) -> Binary:
    return Binary((Fraction(1),), (eta,))


def above(task: Binary) -> bool:
    return task.sampler_risk() > Fraction(19, 10) * task.bayes_risk() * (1 - task.bayes_risk())


@pytest.mark.parametrize(("strategy", "wanted", "expected"), [
    (strategies.binary_tasks(), above, one(HALF)),
    (strategies.binary_with_teacher(), lambda d: d["task"].eta != d["teacher"],
     {"task": one(Fraction(0)), "teacher": (1,)}),
    (strategies.binary_with_class(), lambda d: len(d["hypotheses"]) > 1,
     {"task": one(Fraction(0)), "hypotheses": ((1,), (0,))}),
    (strategies.finite_tasks(), lambda task: task.sampler_risk() > HALF,
     Finite((1,), ((Fraction(1, 3),) * 3,))),
    (strategies.circles(), lambda circle: circle.lipschitz() > 0, Circle((0, 1))),
], ids=["binary", "teacher", "class", "finite", "circle"])
def test_counterexamples_shrink_to_what_a_person_would_write(
        strategy: st.SearchStrategy[Any], wanted: Callable[[Any], bool], expected: Any) -> None:
    assert simplest(strategy, wanted) == expected


def test_masses_can_be_very_unequal() -> None:
    task = simplest(strategies.binary_tasks(), lambda t: 0 < min(t.mass) < Fraction(1, 10_000))
    assert task.points == 2


def test_merged_joins_the_keys_of_its_parts() -> None:
    both = strategies.merged(strategies.bounded_laws(), st.fixed_dictionaries({"k": strategies.odd(9)}))
    assert simplest(both, lambda d: True) == {"mass": (1,), "values": (0,), "k": 1}


def test_merged_refuses_a_key_that_comes_twice() -> None:
    @settings(QUICK, max_examples=1, phases=[Phase.generate])
    @given(strategies.merged(strategies.bounded_laws(), strategies.bounded_laws()))
    def draw(drawn: dict[str, Any]) -> None:
        raise NotImplementedError

    with pytest.raises(ValueError, match="'mass' comes from two strategies"):
        draw()


def test_a_strategy_that_depends_on_a_size_is_made_once_for_each_size() -> None:
    made: list[int] = []

    def lists(size: int) -> st.SearchStrategy[list[int]]:
        made.append(size)
        return st.lists(st.integers(), min_size=size, max_size=size)

    @QUICK
    @given(strategies.by_size(st.integers(1, 4), lists))
    def draw(values: list[int]) -> None:
        assert 1 <= len(values) <= 4

    draw()
    assert sorted(made) == [1, 2, 3, 4]
