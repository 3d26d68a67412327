"""Planes in polar coordinates: angles and means in balls, and the rules that proofs average with."""
from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import ctx

from simulate import polar

PAIRS = [((3, -1, 2), (1, 4, 0)), ((1, 0), (0, 1)), ((1, 2), (2, 4)), ((1, 2), (-1, -2)), ((5,), (7,)),
         ((1, 0), (1, 1))]


def by_numpy(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    one, other = (np.array(row) / np.linalg.norm(row) for row in (first, second))
    return 2 * math.atan2(float(np.linalg.norm(one - other)), float(np.linalg.norm(one + other)))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_angles(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    assert float(polar.angle(first, second)) == pytest.approx(by_numpy(first, second), abs=1e-14)
    cos, length = polar.cosine(first, second)
    assert float(cos) * float(length) == pytest.approx(float(np.dot(first, second)), abs=1e-13)


def test_rescaling_a_vector_leaves_the_angle() -> None:
    assert abs(polar.angle((3, -1), (1, 4)) - polar.angle((6, -2), (Fraction(1, 2), 2))) < 1e-60


def test_an_arc_has_its_mean() -> None:
    with polar.precise():
        pi = polar.ball(1).pi()
        found = polar.arc_mean(lambda turn: turn.cos() ** 2, -pi / 2, pi)
    assert float(found) == pytest.approx(3 / 8, rel=1e-15)
    assert found.rad() < 1e-50


def test_precision_is_put_back() -> None:
    before = ctx.prec
    with polar.precise():
        assert ctx.prec == polar.PRECISION
    assert ctx.prec == before


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_rules_average_over_the_line(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    angle = by_numpy(first, second)
    for rule in (polar.line, polar.line_in_floats, polar.line_with_events):
        read = rule(first, second)
        weights, u = (np.array([float(value) for value in row]) for row in (read["U"][0], read["U"][1]["u"]))
        assert weights.sum() == pytest.approx(1, abs=1e-14)
        here = weights > 1e-15
        assert np.all(np.abs(u[here]) < 0.5)
        differ = np.cos(np.pi * u - angle) < 0
        assert weights[differ & here].sum() == pytest.approx(angle / math.pi, abs=1e-12)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_fine_rules_integrate_products_of_cosines(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    angle = by_numpy(first, second)
    exact = ((1 - angle / math.pi) * math.cos(angle) + math.sin(angle) / math.pi) / 2
    for rule in (polar.line_in_floats, polar.line_with_events):
        read = rule(first, second)
        weights, u = (np.array([float(value) for value in row]) for row in (read["U"][0], read["U"][1]["u"]))
        product = np.cos(np.pi * u) * np.maximum(np.cos(np.pi * u - angle), 0)
        assert weights @ product == pytest.approx(exact, abs=1e-11)


def test_the_length_in_a_plane_has_its_moments() -> None:
    weights, columns = polar.line_in_floats((1, 0), (1, 1))["R"]
    assert [float(weights @ columns["r"] ** k) for k in range(3)] == pytest.approx([1, math.sqrt(math.pi / 2), 2])


@pytest.mark.parametrize(("first", "second", "match"), [((1, 2), (1,), "different lengths"), ((0, 0), (1, 1), "is 0")])
def test_bad_vectors_are_named(first: tuple[int, ...], second: tuple[int, ...], match: str) -> None:
    for function in (polar.angle, polar.cosine, polar.line):
        with pytest.raises(ValueError, match=match):
            function(first, second)
