"""Bounds on kernel machines against the inequalities that they sum up."""
from fractions import Fraction
from math import exp, log

import pytest

from theory.kernels import KERNEL_MARGIN, KERNEL_MISMATCH


@pytest.mark.parametrize("q", [Fraction(0), Fraction(1, 10), Fraction(2, 5)])
def test_margin_is_the_least_that_the_weights_allow(q):
    top, least = 1 / (1 - q), 1 - q / (1 - q)
    near, rest = Fraction(1, 2), Fraction(1, 7)
    assert KERNEL_MARGIN(crowding=q, near=near, rest=rest, c=2) == near * least - rest * top


def test_mismatch_solves_the_premise_with_equality():
    s, h = 0.3, 0.02
    p = exp(-s * s / h)
    sigma = p / (1 - p**3)
    ratio = (1 - 5 * sigma) / (1 + sigma)
    assert ratio + (1 + ratio) * sigma == pytest.approx(1 - 4 * sigma)
    value = KERNEL_MISMATCH(changes=3, separation=s, bandwidth=h, c=1)
    assert value == pytest.approx(3 * h / s * log(1 / ratio), rel=1e-12)


def test_mismatch_vanishes_with_the_bandwidth_and_without_changes():
    values = [KERNEL_MISMATCH(changes=1, separation=0.2, bandwidth=h, c=1) for h in (0.01, 0.005, 0.001)]
    assert values[0] > 10 * values[1] > 100 * values[2]
    assert KERNEL_MISMATCH(changes=0, separation=0.2, bandwidth=0.01, c=1) == 0
