"""Students who see tallies: kernel, twin, the students who see points, and enumeration agree.

Means are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction

import numpy as np
import pytest

from simulate import Binary, student_strategies, students, tallies

TASK = Binary((Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)), (Fraction(1, 5), Fraction(2, 3), Fraction(1, 2)))
CLASS = ((0, 0, 0), (1, 1, 1), (0, 1, 0), (1, 0, 1))
TEACHER = (Fraction(1, 3), Fraction(1, 2), Fraction(3, 4))
DRAWS = 60_000


def known(value):
    assert value is not None
    return value


@pytest.mark.parametrize("draw", [tallies.student_excess, tallies.student_excess_numpy])
@pytest.mark.parametrize("m", [1, 2, 9])
def test_draws_have_their_exact_mean(draw, m):
    draws = draw(TASK, CLASS, TEACHER, m, np.random.default_rng(1), DRAWS)
    exact = known(students.mean_fresh_teacher_excess(TASK, CLASS, TEACHER, m))
    assert abs(draws.mean() - float(exact)) < 6.5 * draws.std() / np.sqrt(DRAWS)


def test_many_points_as_students_who_see_them_one_by_one():
    ours = tallies.student_excess(TASK, CLASS, TEACHER, 150, np.random.default_rng(2), DRAWS)
    theirs = students.fresh_teacher_excess(TASK, CLASS, TEACHER, 150, np.random.default_rng(3), DRAWS)
    spread = ours.var() / ours.size + theirs.var() / theirs.size
    assert abs(ours.mean() - theirs.mean()) < 6.5 * np.sqrt(spread)


def test_a_point_without_mass_is_never_seen():
    wider = Binary((*TASK.mass, 0), (*TASK.eta, 1))
    longer = tuple((*h, 0) for h in CLASS)
    same = tallies.student_excess(wider, longer, (*TEACHER, 1), 7, np.random.default_rng(4), 500)
    assert np.array_equal(same, tallies.student_excess(TASK, CLASS, TEACHER, 7, np.random.default_rng(4), 500))


def test_ties_go_to_the_first_hypothesis():
    task = Binary((1,), (Fraction(1, 2),))
    assert not tallies.student_excess(task, ((1,), (1,)), (0,), 3, np.random.default_rng(5), 50).any()


def test_no_points_teach_nothing():
    with pytest.raises(ValueError, match="m = 0"):
        tallies.student_excess(TASK, CLASS, TEACHER, 0, np.random.default_rng(0), 1)
    with pytest.raises(ValueError, match="teacher"):
        tallies.student_excess(TASK, CLASS, TEACHER[:2], 1, np.random.default_rng(0), 1)


def test_rivals_differ_on_their_share():
    instance = student_strategies.rivals(Fraction(1, 4), Fraction(1, 2), 10, Fraction(1, 10))
    assert students.excess_risks(instance["task"], instance["hypotheses"]) == (Fraction(1, 8), 0)


def test_misled_students_follow_teachers_that_lean_to_the_wrong_label():
    instance = student_strategies.misled(Fraction(0), Fraction(1), 400, Fraction(1, 10))
    law = known(students.erm_law(instance["task"], instance["hypotheses"], instance["teacher"], 400))
    assert law[0] > Fraction(99, 100)
