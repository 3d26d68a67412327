"""Students: kernel, NumPy twin and enumeration agree.

Means are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction
from itertools import product
from math import prod

import numba
import numpy as np
import pytest

from simulate import Binary, Circle, students

TASK = Binary((Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)), (Fraction(1, 5), Fraction(2, 3), Fraction(1, 2)))
CLASS = ((0, 0, 0), (1, 1, 1), (0, 1, 0), (1, 0, 1))
TEACHER = (Fraction(1, 3), Fraction(1, 2), Fraction(3, 4))
WAVE = Circle((0, 1))
ROUGH = Circle((Fraction(1, 5), Fraction(9, 10), Fraction(1, 2), Fraction(1, 3), Fraction(3, 4)))
DRAWS = 60_000


def apart(first, second):
    """Difference of two means in standard errors."""
    spread = first.var() / first.size + second.var() / second.size
    return abs(first.mean() - second.mean()) / np.sqrt(spread + 1e-24)


def enumerated_law(task, hypotheses, teacher, m):
    """The student's law by going through every sequence of labelled points."""
    cells = [(x, y, task.mass[x] * (teacher[x] if y else 1 - teacher[x]))
             for x in range(task.points) for y in (0, 1)]
    law = [Fraction(0)] * len(hypotheses)
    for sample in product(cells, repeat=m):
        errors = [sum(h[x] != y for x, y, _ in sample) for h in hypotheses]
        law[errors.index(min(errors))] += prod(p for _, _, p in sample)
    return tuple(law)


def known(value):
    """The value, where this instance is small enough for there to be one."""
    assert value is not None
    return value


@pytest.mark.parametrize("m", [1, 2, 4])
def test_erm_law_is_the_sum_over_all_samples(m):
    assert students.erm_law(TASK, CLASS, TEACHER, m) == enumerated_law(TASK, CLASS, TEACHER, m)


def test_a_repeated_hypothesis_is_never_chosen():
    law = students.erm_law(TASK, (*CLASS, CLASS[0]), TEACHER, 3)
    assert law == (*known(students.erm_law(TASK, CLASS, TEACHER, 3)), 0)


def test_splitting_a_point_changes_nothing():
    split = Binary((Fraction(1, 4), Fraction(1, 4), *TASK.mass[1:]), (TASK.eta[0], *TASK.eta))
    wider = tuple((h[0], *h) for h in CLASS)
    assert (students.mean_fresh_teacher_excess(split, wider, (TEACHER[0], *TEACHER), 5)
            == students.mean_fresh_teacher_excess(TASK, CLASS, TEACHER, 5))


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("m", [1, 2, 9])
def test_fresh_teacher_excess_has_its_exact_mean(m, compiled):
    draws = students.fresh_teacher_excess(
        TASK, CLASS, TEACHER, m, np.random.default_rng(1), DRAWS, compiled=compiled)
    exact = known(students.mean_fresh_teacher_excess(TASK, CLASS, TEACHER, m))
    assert abs(draws.mean() - float(exact)) < 6.5 * draws.std() / np.sqrt(DRAWS)


def test_draws_are_excess_risks_of_the_class():
    draws = students.fresh_teacher_excess(TASK, CLASS, TEACHER, 3, np.random.default_rng(2), 2000)
    assert set(draws) == {float(e) for e in students.excess_risks(TASK, CLASS)}


def test_the_best_hypothesis_has_no_excess_risk():
    assert min(students.excess_risks(TASK, CLASS)) == 0


@pytest.mark.parametrize("points", [1, 3, 6])
def test_one_point_teaches_a_specialist(points):
    task, hypotheses = students.specialists(points)
    mean = students.mean_fresh_teacher_excess(task, hypotheses, task.eta, 1)
    assert mean == 1 - Fraction(1, points)


def test_enumeration_declines_floats_and_large_samples():
    assert students.erm_law(Binary((0.5, 0.5), (0.25, 1.0)), ((0, 1), (1, 1)), (0.5, 0.5), 2) is None
    assert students.erm_law(TASK, CLASS, TEACHER, 500) is None


@pytest.mark.parametrize("arguments", [(ROUGH, 7, 1, 5), (ROUGH, 7, 2, 5), (WAVE, 10, 9, 7), (ROUGH, 5, 30, 20)])
def test_single_teacher_excess_has_the_mean_of_its_twin(arguments):
    rng = np.random.default_rng(3)
    kernel = students.single_teacher_excess(*arguments, rng=rng, size=DRAWS)
    twin = students.single_teacher_excess(*arguments, rng=rng, size=DRAWS // 4, compiled=False)
    assert apart(kernel, twin) < 6.5


@pytest.mark.parametrize("arguments", [(WAVE, 4, 3, 6), (ROUGH, 6, 12, 3)])
def test_single_teacher_excess_has_the_law_of_its_twin(arguments):
    rng = np.random.default_rng(4)
    kernel = students.single_teacher_excess(*arguments, rng=rng, size=DRAWS)
    twin = students.single_teacher_excess(*arguments, rng=rng, size=DRAWS // 4, compiled=False)
    for value in np.unique(twin):
        assert apart((kernel == value).astype(float), (twin == value).astype(float)) < 6.5


@pytest.mark.parametrize("compiled", [True, False])
def test_a_certain_label_leaves_nothing_to_lose(compiled):
    draws = students.single_teacher_excess(
        Circle((1,)), 5, 2, 50, np.random.default_rng(5), 200, compiled=compiled)
    assert not draws.any()


@pytest.mark.parametrize("compiled", [True, False])
def test_one_labelled_point_gives_the_excess_that_ties_make(compiled):
    # eta = 0: the student sees one 0 at x and takes the least threshold above x, or 0 if there is none.
    draws = students.single_teacher_excess(
        Circle((0,)), 3, 200, 1, np.random.default_rng(6), 3000, compiled=compiled)
    shares = [np.mean(np.isclose(draws, k / 3)) for k in range(3)]
    assert shares == pytest.approx([1 / 3] * 3, abs=6.5 * np.sqrt(2 / 9 / 3000))


def test_many_points_and_labels_make_a_good_student():
    draws = students.single_teacher_excess(WAVE, 20, 2000, 2000, np.random.default_rng(7), 200)
    assert draws.mean() < 0.01


def test_draws_do_not_depend_on_the_number_of_threads():
    before = numba.get_num_threads()
    results = []
    for threads in (1, before):
        numba.set_num_threads(threads)
        results.append((
            students.single_teacher_excess(ROUGH, 9, 20, 20, np.random.default_rng(8), 3000),
            students.fresh_teacher_excess(TASK, CLASS, TEACHER, 4, np.random.default_rng(8), 3000)))
    for one, many in zip(*results, strict=True):
        assert one.tobytes() == many.tobytes()


@pytest.mark.parametrize(("hypotheses", "teacher", "m", "message"), [
    (CLASS, TEACHER, 0, "m = 0"),
    ((), TEACHER, 3, "hypotheses is empty"),
    (((0, 1),), TEACHER, 3, "3 labels"),
    (((0, 1, 2),), TEACHER, 3, "each 0 or 1"),
    (CLASS, (0, 1), 3, "2 entries for 3 points"),
    (CLASS, (0, 1, 2), 3, r"not in \[0, 1\]"),
])
def test_unusable_classes_and_teachers_are_errors(hypotheses, teacher, m, message):
    with pytest.raises(ValueError, match=message):
        students.fresh_teacher_excess(TASK, hypotheses, teacher, m, np.random.default_rng(0), 5)


@pytest.mark.parametrize("arguments", [(0, 5, 5), (5, 0, 5), (5, 5, 0)])
def test_nothing_to_choose_from_or_to_learn_from_is_an_error(arguments):
    with pytest.raises(ValueError, match="at least 1"):
        students.single_teacher_excess(WAVE, *arguments, rng=np.random.default_rng(0), size=5)


def test_no_specialists_is_an_error():
    with pytest.raises(ValueError, match="at least 1 point"):
        students.specialists(0)
