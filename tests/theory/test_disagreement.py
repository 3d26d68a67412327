"""Radii of disagreement: values by other routes."""
from __future__ import annotations

from fractions import Fraction
from math import e, exp, log, sqrt

import pytest

from theory import disagreement


@pytest.mark.parametrize("hypotheses", [1, 7, 1000])
def test_at_the_radius_hoeffdings_bound_is_delta_shared_out(hypotheses: int) -> None:
    radius = disagreement.DISAGREEMENT_RADIUS(hypotheses=hypotheses, delta=Fraction(1, 20), m=30, c=1)
    assert hypotheses * exp(-2 * 30 * float(radius) ** 2) == pytest.approx(1 / 20)
    assert float(radius) == pytest.approx(sqrt(log(20 * hypotheses) / 60))


@pytest.mark.parametrize("m", [1, 5, 100])
def test_the_lower_bound_is_below_the_chance_of_unseen_points(m: int) -> None:
    bound = float(disagreement.DISAGREEMENT_LOWER(points=2, m=m, c=1))
    assert bound == pytest.approx(2 / (e * (m + 1)))
    assert bound <= 2 / (m + 1) * (m / (m + 1)) ** m


def test_the_lower_bound_is_tight_for_many_points() -> None:
    sides = disagreement.DISAGREEMENT_LOWER_PROOF.sides(
        {"points": 1, "m": 10**4, "draws": ((Fraction(36790, 10**5), Fraction(63210, 10**5)), {"unseen": (1, 0)})})
    assert float(sides.right) == pytest.approx(1 / (e * (10**4 + 1)))
    assert float(sides.left) < 1.001 * float(sides.right)
