"""Distances from the linearisation against their recursions, and the formulas of soft labels in fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theory import linearisation, soft_ratio

shares = st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20)
noises = st.fractions(0, 5, max_denominator=20)


@pytest.mark.parametrize(("step", "steps", "width"), [(0.5, 1, 16), (0.25, 4, 64), (1.0, 2, 400)])
def test_smooth_bound_solves_the_recursion(step: float, steps: int, width: int) -> None:
    curvature, residual = 0.8, 1.5
    bound = linearisation.SMOOTH(curvature=curvature, residual=residual, step_size=step, steps=steps, width=width,
                                 power=0.5, c=1)
    small, moved, error = curvature * residual / math.sqrt(width), 0.0, 0.0
    for _ in range(steps):
        moved, error = moved + step * (1 + error), error + small * (2 * step * moved + step**2 * (1 + error) ** 2 / 2)
    assert residual * error <= bound
    strength = small * step**2 * steps * (steps - 0.5)
    assert math.isclose(bound / residual, strength * (1 + bound / residual) ** 2, rel_tol=1e-12)


@pytest.mark.parametrize(("step", "steps"), [(Fraction(1, 2), 1), (Fraction(1, 4), 5), (Fraction(1), 3)])
def test_relu_bound_sums_its_steps(step: Fraction, steps: int) -> None:
    growth = 1 + step
    total = sum(growth ** (steps - 1) * step * (2 * (growth**t - 1) + growth ** (t + 1) - 1) for t in range(steps))
    bound = linearisation.RELU(residual=3.0, step_size=float(step), steps=steps, width=25, power=0.5, c=1)
    assert math.isclose(bound, 2 / math.sqrt(2 * math.pi) * 9 * float(total) / 5, rel_tol=1e-12)


def test_first_steps_are_what_the_docstrings_say() -> None:
    step = linearisation.RELU_STEP(residual=2.0, step_size=0.5, width=9, power=0.5, c=1)
    assert math.isclose(step, 1 / (4 * math.sqrt(2 * math.pi * 9)), rel_tol=1e-12)
    assert linearisation.SYMMETRIC(third=2, residual=3, step_size=1, width=6, power=1, c=1) == Fraction(27, 18)


@settings(deadline=None, max_examples=40)
@given(shares, noises)
def test_inefficiency_is_the_stated_fraction(load: Fraction, noise: Fraction) -> None:
    expected = Fraction(1, 2) + load / 2 * noise / ((1 - load) * (1 - load + noise))
    assert soft_ratio.INEFFICIENCY(load=load, noise_share=noise) == expected


def test_noise_is_none_for_proportional_logits() -> None:
    assert soft_ratio.NOISE(effective_square=12, logit_square=3, cross=6) == 0
    assert soft_ratio.NOISE(effective_square=20, logit_square=3, cross=6) == Fraction(2, 3)
