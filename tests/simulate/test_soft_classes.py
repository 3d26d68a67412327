"""Failing samples: enumeration against its definition, draws against both."""
from __future__ import annotations

from fractions import Fraction
from itertools import product
from statistics import mean, variance

import numpy as np
import pytest

from simulate import Finite, soft_classes

F = Fraction
TASK = Finite((F(1, 2), F(1, 3), F(1, 6)), ((F(1), F(0)), (F(1, 4), F(3, 4)), (F(0), F(1))))
TEACHER = ((F(1), F(0)), (F(1, 2), F(1, 2)), (F(0), F(1)))
LOSSES = (((F(0), F(1)), (F(0), F(1)), (F(0), F(1))), ((F(1), F(0)), (F(1, 3), F(1, 2)), (F(1), F(1))))
RADIUS = (0.31, [0.123, 0.077])


def by_definition(n: int) -> Fraction:
    """P(failure) over all ordered samples, with the standard library's sample variance."""
    values = [[float(sum(t * v for t, v in zip(TEACHER[x], table[x], strict=True))) for x in range(3)]
              for table in LOSSES]
    risks = [float(soft_classes.risk(TASK, table)) for table in LOSSES]
    total = F(0)
    for sample in product(range(3), repeat=n):
        fails = any(risk > mean(row[x] for x in sample) + RADIUS[0] * variance([row[x] for x in sample]) ** 0.5 + rest
                    for row, risk, rest in zip(values, risks, RADIUS[1], strict=True))
        if fails:
            chance = F(1)
            for x in sample:
                chance *= F(TASK.mass[x])
            total += chance
    return total


@pytest.mark.parametrize("n", [2, 3, 5])
def test_the_failure_is_that_of_all_ordered_samples(n: int) -> None:
    found = soft_classes.failure(TASK, LOSSES, TEACHER, n, *RADIUS)
    assert found == by_definition(n)
    assert found is not None
    assert 0 < found < 1


@pytest.mark.parametrize("draw", [soft_classes.fails, soft_classes.fails_numpy])
def test_draws_fail_as_often(draw) -> None:
    # Six standard errors: 2e-9.
    exact, size = float(by_definition(4)), 40_000
    drawn = draw(TASK, LOSSES, TEACHER, 4, *RADIUS, np.random.default_rng(3), size)
    assert abs(drawn.mean() - exact) < 6 * (exact * (1 - exact) / size) ** 0.5


def test_repeating_a_hypothesis_and_adding_a_point_of_no_mass_change_nothing() -> None:
    once = soft_classes.failure(TASK, LOSSES, TEACHER, 4, *RADIUS)
    assert soft_classes.failure(TASK, (*LOSSES, LOSSES[0]), TEACHER, 4, RADIUS[0], [*RADIUS[1], RADIUS[1][0]]) == once
    wider = Finite((*TASK.mass, F(0)), (*TASK.law, (F(1), F(0))))
    losses = tuple((*table, (F(1), F(1))) for table in LOSSES)
    assert soft_classes.failure(wider, losses, (*TEACHER, (F(1), F(0))), 4, *RADIUS) == once


def test_what_is_too_large_or_not_rational_is_not_enumerated() -> None:
    assert soft_classes.failure(TASK, LOSSES, TEACHER, 1000, *RADIUS) is None
    assert soft_classes.failure(Finite((0.5, 0.25, 0.25), TASK.law), LOSSES, TEACHER, 3, *RADIUS) is None


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="n = 1 points"):
        soft_classes.failure(TASK, LOSSES, TEACHER, 1, *RADIUS)
    with pytest.raises(ValueError, match="at least one hypothesis"):
        soft_classes.failure(TASK, (), TEACHER, 2, *RADIUS)
