"""Finite tasks: exact risks, conversions and errors."""
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import simulate
from simulate import strategies
from simulate.tasks import Binary, Finite

QUICK = settings(max_examples=50, database=None, derandomize=True, deadline=None)
TASK = Binary((Fraction(1, 3), Fraction(2, 3)), (Fraction(1, 4), Fraction(1, 2)))


def test_risks_of_a_small_task_are_exact() -> None:
    assert TASK.points == 2
    assert TASK.margin() == (Fraction(1, 2), 0)
    assert TASK.bayes_risk() == Fraction(5, 12)
    assert TASK.sampler_risk() == Fraction(1, 3) * Fraction(3, 8) + Fraction(2, 3) * Fraction(1, 2)
    assert TASK.bayes_classifier() == (0, 1)
    assert TASK.risk((1, 0)) == Fraction(7, 12)
    assert TASK.is_rational


def test_risks_of_several_classes_are_exact() -> None:
    third = Fraction(1, 3)
    task = Finite((third, 2 * third), ((third, third, third), (0, 1, 0)))
    assert (task.points, task.classes) == (2, 3)
    assert task.bayes_risk() == Fraction(2, 9)
    assert task.sampler_risk() == Fraction(2, 9)
    assert task.bayes_classifier() == (0, 1)


@QUICK
@given(strategies.binary_tasks())
def test_a_binary_task_is_a_finite_task_with_two_classes(task: Binary) -> None:
    twin = Finite(task.mass, tuple((1 - eta, eta) for eta in task.eta))
    assert task.bayes_risk() == twin.bayes_risk() == task.risk(task.bayes_classifier())
    assert task.sampler_risk() == twin.sampler_risk()


@QUICK
@given(strategies.binary_tasks())
def test_swapping_labels_reversing_points_and_splitting_an_atom_change_no_risk(task: Binary) -> None:
    half = task.mass[0] / 2
    for other in (Binary(task.mass, tuple(1 - eta for eta in task.eta)),
                  Binary(task.mass[::-1], task.eta[::-1]),
                  Binary((half, half, *task.mass[1:]), (task.eta[0], *task.eta))):
        assert other.bayes_risk() == task.bayes_risk()
        assert other.sampler_risk() == task.sampler_risk()


@QUICK
@given(strategies.binary_tasks())
def test_floats_give_the_same_risks_up_to_rounding(task: Binary) -> None:
    mass, eta = task.arrays()
    floating = Binary(tuple(mass), tuple(eta))
    assert isinstance(floating.sampler_risk(), float)
    assert not floating.is_rational
    assert floating.sampler_risk() == pytest.approx(float(task.sampler_risk()), abs=1e-14)
    assert floating.bayes_risk() == pytest.approx(float(task.bayes_risk()), abs=1e-14)


def test_lists_and_arrays_become_tuples_and_integers_fractions() -> None:
    listed: Any = [1, 0]
    assert Binary(listed, listed).mass == (1, 0)
    assert all(isinstance(v, Fraction) for v in Binary(listed, listed).eta)
    array: Any = np.array([0.25, 0.75])
    assert [type(v) for v in Binary(array, array).eta] == [float, float]
    rows: Any = [[0.5, 0.5]]
    assert Finite((1,), rows).law == ((0.5, 0.5),)


def test_tasks_are_values() -> None:
    same = Binary((Fraction(2, 6), Fraction(4, 6)), (Fraction(1, 4), Fraction(2, 4)))
    assert same == TASK
    assert hash(same) == hash(TASK)
    with pytest.raises(AttributeError):
        TASK.mass = (Fraction(1),)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize(("mass", "eta", "message"), [
    ((), (), "mass is empty"),
    ((Fraction(1, 2), Fraction(1, 3)), (0, 0), "sums to 5/6, not to 1"),
    ((0.5, 0.500001), (0, 0), "not to 1"),
    ((2, -1), (0, 0), "mass\\[0\\] = 2 is not in"),
    ((1,), (Fraction(3, 2),), "eta\\[0\\] = 3/2 is not in"),
    ((1,), (0, 1), "eta has 2 entries for 1 points"),
    ((1,), (float("nan"),), "nan"),
])
def test_a_wrong_binary_task_says_what_is_wrong(mass: Any, eta: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Binary(mass, eta)


@pytest.mark.parametrize(("law", "message"), [
    (((1,),), "2 or more"),
    (((1, 0), (1, 0, 0)), "lengths"),
    (((1, 0),), "one row per point"),
    (((1, 0), (1, 1)), "law\\[1\\] sums to 2"),
])
def test_a_wrong_finite_task_says_what_is_wrong(law: Any, message: str) -> None:
    mass = (1,) if law == ((1,),) else (Fraction(1, 2), Fraction(1, 2))
    with pytest.raises(ValueError, match=message):
        Finite(mass, law)


def test_entries_that_are_no_numbers_are_type_errors() -> None:
    with pytest.raises(TypeError, match="not a real number"):
        Binary(("1",), (0,))  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="not a sequence"):
        Binary(1, (0,))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("labels", [(0,), (0, 2), (0, 1, 1)])
def test_risk_takes_one_label_per_point(labels: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="one per point"):
        TASK.risk(labels)


def test_the_package_gives_its_tasks_by_name() -> None:
    assert simulate.Binary is Binary
    assert simulate.Finite is Finite
    with pytest.raises(AttributeError, match="no attribute 'Ternary'"):
        simulate.Ternary  # noqa: B018  # pyright: ignore


def test_importing_the_package_or_a_finite_task_loads_no_compiler() -> None:
    code = "import sys, simulate; simulate.Binary;print('numba' in sys.modules, 'hypothesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(simulate.__file__).parents[1],
                          capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
