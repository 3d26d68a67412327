"""Disagreement on samples: simulations against the exact laws (1e-9 each, fixed seeds); what leaves those alone."""
from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from simulate import disagreement
from simulate.tasks import Binary

SIZE = 50_000
MASS = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
CLASS = ((0, 0, 1), (0, 1, 0), (1, 1, 1))
TEACHERS = ((0, 1, 0), (1, 0, 1))

LAWS = {disagreement.deviation_law: disagreement.largest_deviations,
        disagreement.student_law: disagreement.student_disagreements}


def as_dict(law: disagreement.Law | None) -> dict[Fraction, Fraction]:
    assert law is not None
    found: dict[Fraction, Fraction] = {}
    for weight, value in zip(*law, strict=True):
        found[value] = found.get(value, Fraction(0)) + weight
    return {value: weight for value, weight in found.items() if weight}


@pytest.mark.parametrize("exact", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("m", [1, 4, 9])
def test_simulation_follows_the_exact_law(exact, m: int) -> None:
    law = as_dict(exact(MASS, CLASS, TEACHERS, m))
    assert sum(law.values()) == 1
    draws = LAWS[exact](MASS, CLASS, TEACHERS, m, np.random.default_rng(m), SIZE)
    radius = math.sqrt(math.log(2 / 1e-9) / (2 * SIZE))
    # At most 60 values in all.
    for value, weight in law.items():
        assert abs(np.mean(np.abs(draws - float(value)) < 1e-9) - float(weight)) < radius


@pytest.mark.parametrize("m", [1, 3])
def test_the_laws_are_those_of_all_samples(m: int) -> None:
    largest: dict[Fraction, Fraction] = {}
    chosen: dict[Fraction, Fraction] = {}
    for teacher in TEACHERS:
        apart = [sum(p for p, h, t in zip(MASS, row, teacher, strict=True) if h != t) for row in CLASS]
        for points in product(range(3), repeat=m):
            weight = Fraction(math.prod(MASS[x] for x in points)) / len(TEACHERS)
            seen = [sum(row[x] != teacher[x] for x in points) for row in CLASS]
            gap = max(whole - Fraction(count, m) for whole, count in zip(apart, seen, strict=True))
            largest[gap] = largest.get(gap, Fraction(0)) + weight
            student = Fraction(apart[seen.index(min(seen))])
            chosen[student] = chosen.get(student, Fraction(0)) + weight
    assert as_dict(disagreement.deviation_law(MASS, CLASS, TEACHERS, m)) == largest
    assert as_dict(disagreement.student_law(MASS, CLASS, TEACHERS, m)) == chosen


@pytest.mark.parametrize("m", [1, 6])
def test_excess_risks_follow_their_exact_law(m: int) -> None:
    task = Binary(MASS, (Fraction(1, 4), Fraction(2, 3), Fraction(1)))
    law = disagreement.student_excess_law(task, CLASS, TEACHERS, m)
    assert law is not None
    weights, excess, seen = law
    assert sum(weights) == 1
    mean = float(sum(p * (value - share) for p, value, share in zip(weights, excess, seen, strict=True)))
    draws = disagreement.student_excesses(task, CLASS, TEACHERS, m, np.random.default_rng(m), SIZE)
    # Draws lie in [-2, 1].
    assert abs(draws.mean() - mean) < 3 * math.sqrt(math.log(2 / 1e-9) / (2 * SIZE))
    known = {round(float(value - share), 9) for value, share in zip(excess, seen, strict=True)}
    assert set(np.round(draws, 9)) <= known


def test_the_teachers_own_truth_makes_the_excess_a_disagreement() -> None:
    teacher = TEACHERS[0]
    weights, excess, _ = disagreement.student_excess_law(Binary(MASS, teacher), CLASS, (teacher,), 5) or ((), (), ())
    assert as_dict((weights, excess)) == as_dict(disagreement.student_law(MASS, CLASS, (teacher,), 5))


@pytest.mark.parametrize("exact", LAWS, ids=lambda law: law.__name__)
def test_splitting_a_point_changes_nothing(exact) -> None:
    split = (MASS[0] / 3, *MASS[1:], 2 * MASS[0] / 3)
    rows = [tuple((*row, row[0]) for row in labels) for labels in (CLASS, TEACHERS)]
    assert as_dict(exact(split, *rows, 5)) == as_dict(exact(MASS, CLASS, TEACHERS, 5))


@pytest.mark.parametrize("exact", LAWS, ids=lambda law: law.__name__)
def test_swapping_the_labels_and_listing_a_hypothesis_twice_change_nothing(exact) -> None:
    rows = [tuple(tuple(1 - label for label in row) for row in labels) for labels in (CLASS, TEACHERS)]
    assert as_dict(exact(MASS, *rows, 5)) == as_dict(exact(MASS, CLASS, TEACHERS, 5))
    assert as_dict(exact(MASS, (*CLASS, CLASS[0]), TEACHERS, 5)) == as_dict(exact(MASS, CLASS, TEACHERS, 5))


def test_a_teacher_in_the_class_of_one_is_imitated() -> None:
    assert as_dict(disagreement.student_law(MASS, (CLASS[0],), (CLASS[0],), 3)) == {Fraction(0): Fraction(1)}


def test_what_is_not_rational_or_too_much_is_not_enumerated() -> None:
    assert disagreement.deviation_law((0.5, 0.5), ((0, 1),), ((1, 1),), 3) is None
    assert disagreement.student_law((0.5, 0.5), ((0, 1),), ((1, 1),), 3) is None
    assert disagreement.deviation_law(MASS, CLASS, TEACHERS, 500) is None


@pytest.mark.parametrize(("change", "match"), [
    ({"m": 0}, "m = 0"), ({"hypotheses": ()}, "hypotheses"), ({"teachers": ((0, 1),)}, "teachers"),
    ({"teachers": ((0, 1, 2),)}, "teachers"), ({"mass": (1, 1, 1)}, "sums to 3")])
def test_bad_input_is_named(change: dict, match: str) -> None:
    given = {"mass": MASS, "hypotheses": CLASS, "teachers": TEACHERS, "m": 2, **change}
    for function in (disagreement.deviation_law, disagreement.student_law):
        with pytest.raises(ValueError, match=match):
            function(**given)
