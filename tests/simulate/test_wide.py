"""Units of a wide network: means against the closed kernels, within 6.2 standard errors (1e-9 each); fixed seeds."""
from __future__ import annotations

import math

import numpy as np
import pytest

from simulate import wide

SIZE = 200_000
PAIRS = [((3, -1, 2), (1, 4, 0)), ((1, 0), (1, 1)), ((2,), (-3,)), ((1, 2), (2, 4))]


def near(draws: np.ndarray, mean: float) -> bool:
    return abs(draws.mean() - mean) <= 6.2 * draws.std() / math.sqrt(draws.size) + 1e-12


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_kernels(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    dot, lengths = float(np.dot(first, second)), math.sqrt(np.dot(first, first) * np.dot(second, second))
    t = math.acos(min(max(dot / lengths, -1), 1))
    active = (math.pi - t) / math.pi
    features = lengths * ((math.pi - t) * math.cos(t) + math.sin(t)) / math.pi
    assert near(wide.both_active(first, second, np.random.default_rng(1), SIZE), active)
    assert near(wide.feature_products(first, second, np.random.default_rng(2), SIZE), features)
    assert near(wide.gradient_products(first, second, np.random.default_rng(3), SIZE), features + dot * active)


def test_a_network_has_the_kernel_of_its_units() -> None:
    x, y, width = np.array([3.0, -1.0]), np.array([1.0, 2.0]), 50_000
    stream = np.random.default_rng(4)
    w, a = stream.standard_normal((width, 2)), stream.standard_normal(width)

    def gradient(at: np.ndarray) -> np.ndarray:
        inner = w @ at
        scale = math.sqrt(2 / width)
        outer = scale * np.maximum(inner, 0)
        return np.concatenate((outer, (scale * a[:, None] * (inner > 0)[:, None] * at).ravel()))

    draws = wide.gradient_products((3, -1), (1, 2), np.random.default_rng(5), SIZE)
    spread = draws.std() * math.sqrt(1 / width + 1 / SIZE)
    assert abs(float(gradient(x) @ gradient(y)) - draws.mean()) < 6.2 * spread


def test_inputs_need_a_direction() -> None:
    with pytest.raises(ValueError, match="isn't 0"):
        wide.both_active((0, 0), (1, 2), np.random.default_rng(0), 10)
