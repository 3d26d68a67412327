"""Students of hard labels: means against exact values, by Hoeffding's or a normal bound at 1e-9 each; fixed seeds."""
from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from simulate import hard_labels
from simulate.tasks import Binary, Finite

SIZE = 100_000
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
BINARY = Binary((THIRD, HALF, Fraction(1, 6)), (Fraction(1, 5), Fraction(3, 4), HALF))
FINITE = Finite((THIRD, 2 * THIRD), ((Fraction(1, 4), Fraction(3, 4), 0), (THIRD, THIRD, THIRD)))
WEIGHT, ALONG = (3, -1, 2), (1, 4, 0)


def near(draws: np.ndarray, mean: float) -> bool:
    """Whether the mean lies within 6.2 standard errors: a normal variable does but for 1e-9."""
    return abs(draws.mean() - mean) < 6.2 * draws.std() / math.sqrt(draws.size)


def test_a_student_loses_what_its_risk_exceeds_the_teachers_by() -> None:
    teacher, student = (0, 1, 1), (1, 1, 0)
    draws = hard_labels.regrets(BINARY, teacher, student, np.random.default_rng(1), SIZE)
    assert set(np.unique(draws)) <= {-1, 0, 1}
    assert near(draws, float(BINARY.risk(student) - BINARY.risk(teacher)))


def test_a_random_student_loses_the_mean_of_its_labels() -> None:
    draws = hard_labels.regrets(BINARY, (0, 1, 1), (0, HALF, 1), np.random.default_rng(2), SIZE)
    # At the second point the student errs half of the time, and at the others it repeats the teacher.
    assert near(draws, float(HALF * (HALF - Fraction(1, 4))))


def test_with_several_classes_too() -> None:
    draws = hard_labels.class_regrets(FINITE, (1, 0), (0, 0), np.random.default_rng(3), SIZE)
    assert near(draws, float(THIRD * HALF))
    assert not hard_labels.class_regrets(FINITE, (2, 1), (2, 1), np.random.default_rng(3), 100).any()


def test_permuting_the_classes_changes_nothing() -> None:
    turned = Finite(FINITE.mass, tuple(row[::-1] for row in FINITE.law))
    draws = hard_labels.class_regrets(turned, (1, 2), (2, 2), np.random.default_rng(4), SIZE)
    assert near(draws, float(THIRD * HALF))


@pytest.mark.parametrize(("teacher", "student"), [((0,), (0, 1)), ((0, 3), (0, 1)), ((0, 1), (-1, 0))])
def test_labels_must_fit_the_task(teacher: tuple[int, ...], student: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="labels from 0 to 2"):
        hard_labels.class_regrets(FINITE, teacher, student, np.random.default_rng(0), 10)


def test_teachers_and_students_of_two_classes_must_fit_the_task() -> None:
    for teacher, student in (((0, 1), (0, 1, 1)), ((0, 1, 2), (0, 1, 1)), ((0, 1, 1), (0, 2, 1))):
        with pytest.raises(ValueError, match=r"labels|not in"):
            hard_labels.regrets(BINARY, teacher, student, np.random.default_rng(0), 10)


def test_signs_differ_on_the_share_of_the_angle() -> None:
    angle = math.acos(-1 / math.sqrt(14 * 17))
    draws = hard_labels.sign_disagreements(WEIGHT, ALONG, np.random.default_rng(5), SIZE)
    assert near(draws, angle / math.pi)


def test_opposite_vectors_disagree_everywhere_and_equal_ones_nowhere() -> None:
    opposite = tuple(-v for v in WEIGHT)
    assert hard_labels.sign_disagreements(WEIGHT, opposite, np.random.default_rng(6), 1000).all()
    assert not hard_labels.sign_disagreements(WEIGHT, WEIGHT, np.random.default_rng(6), 1000).any()


def test_signed_products_keep_the_direction() -> None:
    draws = hard_labels.signed_products(WEIGHT, ALONG, np.random.default_rng(7), SIZE)
    assert near(draws, math.sqrt(2 / math.pi) * -1 / math.sqrt(14))
    assert not hard_labels.signed_products(WEIGHT, (0, 0, 0), np.random.default_rng(7), 100).any()


@pytest.mark.parametrize("m", [1, 3, 10])
def test_the_mean_vector_splits_into_its_two_parts(m: int) -> None:
    along, orthogonal = hard_labels.mean_signed_vectors(WEIGHT, m, np.random.default_rng(8), SIZE // 5)
    assert near(along, math.sqrt(2 / math.pi))
    assert near(orthogonal, 2 / m)
    assert along.min() > 0
    # E|mean|^2 = E|x|^2/m + (1 - 1/m) |E sign(x.w) x|^2.
    assert near(along**2 + orthogonal, 3 / m + (1 - 1 / m) * 2 / math.pi)


def test_the_teachers_length_and_turn_do_not_matter() -> None:
    one = hard_labels.mean_signed_vectors((0, 0, 5), 4, np.random.default_rng(9), SIZE // 5)[1]
    other = hard_labels.mean_signed_vectors((1, 1, 1), 4, np.random.default_rng(10), SIZE // 5)[1]
    assert near(one, 2 / 4)
    assert near(other, 2 / 4)


@pytest.mark.parametrize(("first", "second"), [((0, 0), (1, 0)), ((1, 0), (1,)), ((1, 0), (0, 0))])
def test_vectors_need_one_length_and_a_direction(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="must have one length"):
        hard_labels.sign_disagreements(first, second, np.random.default_rng(0), 10)


def test_no_labels_point_nowhere() -> None:
    with pytest.raises(ValueError, match="m = 0"):
        hard_labels.mean_signed_vectors(WEIGHT, 0, np.random.default_rng(0), 10)


@pytest.mark.parametrize(("weight", "m"), [(WEIGHT, 1), (WEIGHT, 6), ((2, 0, -1, 1, 3), 3)])
def test_angles_are_those_of_mean_signed_vectors(weight: tuple[int, ...], m: int) -> None:
    """Means and mean squares at 6.2 standard errors: 1e-9 each."""
    along, orthogonal = hard_labels.mean_signed_vectors(weight, m, np.random.default_rng(8), SIZE)
    plain = np.arctan2(np.sqrt(orthogonal), along) / np.pi
    ours = hard_labels.student_angles(len(weight), m, np.random.default_rng(9), SIZE)
    for one, other in ((plain, ours), (plain**2, ours**2)):
        assert abs(one.mean() - other.mean()) < 6.2 * math.sqrt((one.var() + other.var()) / SIZE)


def test_on_the_line_there_is_no_angle() -> None:
    assert not hard_labels.student_angles(1, 2, np.random.default_rng(0), 10).any()


@pytest.mark.parametrize(("dim", "m"), [(0, 1), (2, 0)])
def test_angles_need_a_dimension_and_a_label(dim: int, m: int) -> None:
    with pytest.raises(ValueError, match="at least 1 of each"):
        hard_labels.student_angles(dim, m, np.random.default_rng(0), 1)
