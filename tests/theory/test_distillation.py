"""Bounds on students: their values, and how they order."""
from fractions import Fraction
from itertools import product
from math import log, sqrt

import pytest

from theory.distillation import (
    FRESH_TEACHERS_MEAN,
    FRESH_TEACHERS_MEAN_SHARP,
    SINGLE_TEACHER,
    SINGLE_TEACHER_SHARP,
)


def test_fresh_teachers():
    values = {"eps": Fraction(1, 10), "hypotheses": 6, "m": 20, "b": 2, "c": 1}
    assert float(FRESH_TEACHERS_MEAN(**values)) == pytest.approx(0.2 + sqrt(2 * log(12) / 20), rel=1e-14)
    assert float(FRESH_TEACHERS_MEAN_SHARP(**values)) == pytest.approx(0.2 + sqrt(log(6) / 40), rel=1e-14)


def test_single_teacher():
    values = {"hypotheses": 10, "lipschitz": 2, "n": 11, "m": 20, "b": 1, "c": 1}
    plain = 2 * (sqrt(log(20) / 40) + sqrt(3 * log(20) / 48) + 2 / 24)
    sharp = sqrt(log(10) / 40) + sqrt(3 * log(10) / 48) + 2 / 12
    assert float(SINGLE_TEACHER(**values)) == pytest.approx(plain, rel=1e-14)
    assert float(SINGLE_TEACHER_SHARP(**values)) == pytest.approx(sharp, rel=1e-14)


def test_one_hypothesis_and_constant_eta_leave_nothing_to_lose():
    assert SINGLE_TEACHER_SHARP(hypotheses=1, lipschitz=0, n=2, m=1, b=1, c=1) == 0
    assert FRESH_TEACHERS_MEAN_SHARP(eps=0, hypotheses=1, m=1, b=2, c=1) == 0


@pytest.mark.parametrize(("hypotheses", "n", "m"), list(product((1, 2, 100), (2, 50), (1, 1000))))
def test_sharper_bound_is_smaller(hypotheses, n, m):
    values = {"hypotheses": hypotheses, "lipschitz": 3, "n": n, "m": m, "b": 1, "c": 1}
    assert float(SINGLE_TEACHER_SHARP(**values)) < float(SINGLE_TEACHER(**values))


def test_many_training_and_labelled_points_make_the_single_teacher_bound_vanish():
    values = {"hypotheses": 100, "lipschitz": 5, "b": 1, "c": 1}
    assert float(SINGLE_TEACHER(n=10**9, m=10**9, **values)) < 1e-3


def test_labelled_points_alone_do_not_help():
    values = {"hypotheses": 100, "lipschitz": 5, "n": 4, "b": 1, "c": 1}
    assert float(SINGLE_TEACHER_SHARP(m=10**12, **values)) > 1
