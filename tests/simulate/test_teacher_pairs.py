"""Misranked pairs of teachers: simulation against its twin and against exact integrals."""
from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from simulate import teacher_pairs

SIZE = 60_000


@pytest.mark.parametrize(("classes", "value"), [(2, Fraction(1, 12)), (3, Fraction(14281, 46656))])
def test_the_frequency_is_the_integral(classes: int, value: Fraction) -> None:
    assert teacher_pairs.frequency(classes) == value


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("draw", [teacher_pairs.misranked, teacher_pairs.misranked_numpy])
def test_draws_have_the_exact_frequency(draw, classes: int) -> None:
    # Six standard errors: 2e-9 each.
    exact = float(teacher_pairs.frequency(classes))
    found = draw(classes, np.random.default_rng(4), SIZE, zero_one=True).mean()
    assert abs(found - exact) < 6 * (exact * (1 - exact) / SIZE) ** 0.5


@pytest.mark.parametrize("classes", [2, 4])
def test_draws_agree_with_their_twin_under_random_losses(classes: int) -> None:
    # Six standard errors of a difference: 2e-9 each.
    one = teacher_pairs.misranked(classes, np.random.default_rng(5), SIZE, zero_one=False)
    other = teacher_pairs.misranked_numpy(classes, np.random.default_rng(6), SIZE, zero_one=False)
    assert len(other) == SIZE
    assert abs(one.mean() - other.mean()) < 6 * (0.5 / SIZE) ** 0.5


def test_with_two_classes_the_losses_do_not_matter() -> None:
    # Six standard errors: 2e-9.
    found = teacher_pairs.misranked(2, np.random.default_rng(7), SIZE, zero_one=False).mean()
    assert abs(found - 1 / 12) < 6 * (11 / 144 / SIZE) ** 0.5


def test_bad_numbers_of_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="classes = 1"):
        teacher_pairs.misranked(1, np.random.default_rng(), 1, zero_one=True)
    with pytest.raises(ValueError, match="classes = 4"):
        teacher_pairs.frequency(4)
