"""The effective logit: certified roots against a minimiser of SciPy's, and the loss's own derivatives."""
from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit

from simulate import polar
from simulate.logits import Pupil

HALF = Fraction(1, 2)
PUPILS = [Pupil(Fraction(rho), Fraction(weight), Fraction(temperature), Fraction(logit), label)
          for rho, weight, temperature, logit, label in product(
              ("1/100", "1/2", "9/10"), (1, 4), ("1/2", 1, 5), (-3, 0, "7/2"), (0, 1))]


@pytest.mark.parametrize("pupil", PUPILS[::5], ids=str)
def test_the_root_minimises_the_loss(pupil: Pupil) -> None:
    found: Any = minimize_scalar(lambda z: float(pupil.loss(polar.ball(Fraction(z)))), bounds=(-60, 60),
                                 method="bounded", options={"xatol": 1e-9})
    assert float(pupil.effective_logit()) == pytest.approx(found.x, abs=1e-5)


@pytest.mark.parametrize("pupil", PUPILS, ids=str)
def test_the_root_is_certified(pupil: Pupil) -> None:
    root = pupil.effective_logit()
    with polar.precise():
        assert root.rad() < 1e-50
        assert pupil.slope((root - 1e-40).mid()) < 0 < pupil.slope((root + 1e-40).mid())


@pytest.mark.parametrize("pupil", PUPILS[::7], ids=str)
def test_slope_and_curvature_are_derivatives(pupil: Pupil) -> None:
    with polar.precise():
        z, step = polar.ball(Fraction(3, 7)), polar.ball(Fraction(1, 2**40))
        for function, derivative in ((pupil.loss, pupil.slope), (pupil.slope, pupil.curvature)):
            difference = (function(z + step) - function(z - step)) / (2 * step)
            assert abs(difference - derivative(z)) < 1e-20


def test_a_mirror_image_has_the_opposite_logit() -> None:
    for pupil in PUPILS[::3]:
        mirrored = Pupil(pupil.soft_ratio, pupil.weight, pupil.temperature, -pupil.teacher_logit, 1 - pupil.label)
        assert abs(pupil.effective_logit() + mirrored.effective_logit()) < 1e-50


def test_without_hard_labels_the_teacher_is_copied() -> None:
    for label in (0, 1):
        root = Pupil(Fraction(1), Fraction(3), Fraction(2), Fraction(5, 4), label).effective_logit()
        assert abs(root - polar.ball(Fraction(5, 4))) < 1e-50


def test_at_temperature_one_probabilities_mix() -> None:
    root = Pupil(HALF, Fraction(1), Fraction(1), Fraction(2), 0).effective_logit()
    assert expit(float(root)) == pytest.approx(expit(2) / 2, rel=1e-14)


def test_without_soft_labels_there_is_no_minimiser() -> None:
    with pytest.raises(ValueError, match="no minimiser"):
        Pupil(Fraction(0), Fraction(1), Fraction(1), Fraction(0), 1).effective_logit()


@pytest.mark.parametrize("change", [{"soft_ratio": Fraction(2)}, {"weight": Fraction(0)}, {"temperature": Fraction(0)},
                                    {"label": 2}])
def test_bad_values_are_named(change: dict) -> None:
    given = {"soft_ratio": HALF, "weight": HALF, "temperature": HALF, "teacher_logit": HALF, "label": 0, **change}
    with pytest.raises(ValueError, match="give such values"):
        Pupil(**given)
