"""Radii of students with confidence, and that their derivations are checked."""
from fractions import Fraction
from itertools import product
from math import exp, log, sqrt

import pytest

from theory.confidence import (
    FRESH_TEACHERS,
    FRESH_TEACHERS_PROOF,
    FRESH_TEACHERS_SHARP,
    FRESH_TEACHERS_SHARP_PROOF,
    MASSART,
    MASSART_SHARP,
)

SETTING = {"hypotheses": 6, "m": 40, "delta": Fraction(1, 20), "c": 1}


def test_fresh_teachers():
    plain = FRESH_TEACHERS(eps=Fraction(1, 10), b=2, **SETTING)
    sharp = FRESH_TEACHERS_SHARP(eps=Fraction(1, 10), b=2, **SETTING)
    assert float(plain) == pytest.approx(0.2 + sqrt(2 * log(240) / 40), rel=1e-14)
    assert float(sharp) == pytest.approx(0.2 + sqrt(2 * log(100) / 40), rel=1e-14)


def test_massart():
    assert float(MASSART(margin=Fraction(1, 2), **SETTING)) == pytest.approx((4 + 4 / 3) * log(120) / 40, rel=1e-14)
    sharp = float(MASSART_SHARP(margin=Fraction(1, 2), **SETTING))
    assert sharp == pytest.approx((1 + sqrt(0.75)) * 2 * log(100) / 40, rel=1e-14)


def test_without_noise_the_sharp_constant_is_one():
    assert float(MASSART_SHARP(margin=1, **SETTING)) == pytest.approx(log(100) / 40, rel=1e-14)


@pytest.mark.parametrize(("margin", "hypotheses"), list(product((Fraction(1, 50), Fraction(1, 2), 1), (2, 9))))
def test_sharp_radii_are_smaller(margin, hypotheses):
    setting = {**SETTING, "hypotheses": hypotheses}
    assert float(MASSART_SHARP(margin=margin, **setting)) < float(MASSART(margin=margin, **setting))
    assert float(FRESH_TEACHERS_SHARP(eps=0, b=2, **setting)) < float(FRESH_TEACHERS(eps=0, b=2, **setting))


@pytest.mark.parametrize("margin", [0.1, 0.5, 0.9])
def test_moment_at_the_sharp_radius_is_the_share_of_one_rival(margin):
    # E exp(-s W) at tanh s = margin, for a rival that differs on a set of mass excess/margin.
    excess, root = 0.01, sqrt(1 - margin**2)
    moment = 1 + excess / margin * (1 / root - 1) - excess * margin / root
    assert moment == pytest.approx(1 - excess * (1 - root) / margin)
    radius = float(MASSART_SHARP(margin=margin, hypotheses=2, m=1, delta=0.05, c=1))
    assert exp(-radius * (1 - root) / margin) == pytest.approx(0.05)


@pytest.mark.parametrize("proof", [FRESH_TEACHERS_PROOF, FRESH_TEACHERS_SHARP_PROOF])
def test_derivations_are_checked(proof):
    assert proof.certificate().proved
