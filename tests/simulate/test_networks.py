"""Trained networks: the kernel against its twin, start by start, and both against what is known of one step.

False alarms: seeds are fixed; over fresh ones each comparison of draws fails with probability at most 1e-9, by
Hoeffding's inequality for draws in the stated interval.
"""
from __future__ import annotations

import math

import numpy as np
import pytest

from simulate import networks

ANGLES, LABELS = (0.1, 0.4, 0.75), (1.0, -0.5, 0.3)


def start(pairs: int, seed: int = 0) -> np.ndarray:
    return np.repeat(np.random.default_rng(seed).standard_normal((pairs, 2)), 2, axis=0)


@pytest.mark.parametrize("activation", networks.ACTIVATIONS)
@pytest.mark.parametrize("steps", [0, 1, 4])
def test_kernel_and_twin_agree_from_every_start(activation: str, steps: int) -> None:
    for weights in (start(5), np.random.default_rng(1).standard_normal((6, 2))):
        compiled, plain = (networks.gaps(activation, weights, ANGLES, LABELS, 0.7, steps, compiled=compiled)
                           for compiled in (True, False))
        np.testing.assert_allclose(compiled, plain, atol=1e-12)
        assert compiled.shape == (3,)


def test_no_step_leaves_the_linearisation() -> None:
    np.testing.assert_allclose(networks.gaps("tanh", start(3), ANGLES, LABELS, 1.0, 0), 0, atol=1e-14)


def test_the_weights_given_are_not_changed() -> None:
    weights = start(3)
    before = weights.copy()
    networks.gaps("relu", weights, ANGLES, LABELS, 1.0, 2)
    np.testing.assert_array_equal(weights, before)


def test_a_step_from_the_kink_is_known() -> None:
    # One input, w . x = 0: each neuron moves by 1/sqrt(8), and bent(u) = u - u^2/2 above 0.
    gap = networks.gaps("bent", np.zeros((8, 2)), (0.3,), (1.0,), 1.0, 1)
    assert math.isclose(-gap[0], math.sqrt(8) * (1 / 8) / 2, rel_tol=1e-12)


@pytest.mark.parametrize("activation", networks.ACTIVATIONS)
def test_turning_all_inputs_and_weights_changes_nothing(activation: str) -> None:
    angle = 2 * np.pi * 0.2
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = networks.gaps(activation, start(4) @ turn, tuple(a + 0.2 for a in ANGLES), LABELS, 0.5, 3)
    np.testing.assert_allclose(turned, networks.gaps(activation, start(4), ANGLES, LABELS, 0.5, 3), atol=1e-12)


@pytest.mark.parametrize("activation", networks.ACTIVATIONS)
def test_repeating_every_input_changes_nothing(activation: str) -> None:
    twice = networks.gaps(activation, start(4), ANGLES * 2, LABELS * 2, 0.5, 3)
    once = networks.gaps(activation, start(4), ANGLES, LABELS, 0.5, 3)
    np.testing.assert_allclose(twice, np.tile(once, 2), atol=1e-12)


@pytest.mark.parametrize("paired", [True, False])
def test_drawn_networks_of_kernel_and_twin_have_one_mean(paired: bool) -> None:
    size = 20_000
    means = [np.minimum(networks.mean_gaps("relu", 4, ANGLES, LABELS, 0.5, 2, np.random.default_rng(2), size,
                                           paired=paired, compiled=compiled), 1.0).mean() for compiled in (True, False)]
    assert abs(means[0] - means[1]) < math.sqrt(2 * math.log(2e9) / (2 * size))


def test_one_step_of_relu_has_the_stated_mean() -> None:
    size, width = 100_000, 8
    drawn = networks.mean_gaps("relu", width, (0.0,), (1.0,), 1.0, 1, np.random.default_rng(3), size)
    reach = 1 / math.sqrt(width)
    part = reach * math.erf(reach / math.sqrt(2)) - math.sqrt(2 / math.pi) * (1 - math.exp(-(reach**2) / 2))
    assert 0 <= drawn.min() <= drawn.max() <= 0.5
    assert abs(drawn.mean() - math.sqrt(width) / 4 * part) < 0.5 * math.sqrt(math.log(2e9) / (2 * size))


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="'sine' is none of"):
        networks.gaps("sine", start(2), ANGLES, LABELS, 1.0, 1)
    with pytest.raises(ValueError, match="a width of 3"):
        networks.gaps("relu", np.zeros((3, 2)), ANGLES, LABELS, 1.0, 1)
    with pytest.raises(ValueError, match="3 inputs, 1 labels"):
        networks.gaps("relu", start(2), ANGLES, (1.0,), 1.0, 1)
