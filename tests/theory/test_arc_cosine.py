"""Kernels of wide ReLU networks: values by numerical integration and special inputs."""
from __future__ import annotations

from math import cos, pi, sqrt

import pytest
from scipy.integrate import quad

from theory import arc_cosine
from theory.derivations.radius import mean_length, mean_square


@pytest.mark.parametrize("t", [0.1, 1.0, pi / 2, 2.5, 3.1])
def test_kernels_by_integration_over_the_direction(t: float) -> None:
    lengths = 6.0
    given = {"dot": lengths * cos(t), "squares": lengths**2}
    shares = [quad(function, t - pi / 2, pi / 2)[0] / (2 * pi)
              for function in (lambda turn: 1.0, lambda turn: cos(turn) * cos(turn - t))]
    active, features = 2 * shares[0], 2 * 2 * lengths * shares[1]
    assert arc_cosine.ACTIVE(**given, c=1) == pytest.approx(active)
    assert arc_cosine.FEATURES(**given, c=1) == pytest.approx(features)
    assert arc_cosine.TANGENT(**given, b=1, c=1) == pytest.approx(features + given["dot"] * active)


def test_special_inputs() -> None:
    assert float(arc_cosine.FEATURES(dot=9, squares=81, c=1)) == 9
    assert float(arc_cosine.FEATURES(dot=-9, squares=81, c=1)) == pytest.approx(0, abs=1e-30)
    assert float(arc_cosine.FEATURES(dot=0, squares=4, c=1)) == pytest.approx(2 / pi)
    assert float(arc_cosine.TANGENT(dot=9, squares=81, b=1, c=1)) == 18


def test_rescaling_inputs_rescales_all_but_the_active_share() -> None:
    one, other = {"dot": 2, "squares": 9}, {"dot": 6, "squares": 81}
    active, features = ([float(kernel(**given, c=1)) for given in (one, other)]
                        for kernel in (arc_cosine.ACTIVE, arc_cosine.FEATURES))
    assert active[0] == pytest.approx(active[1], rel=1e-14)
    assert 3 * features[0] == pytest.approx(features[1], rel=1e-14)


def test_moments_of_a_planar_gaussian_vector() -> None:
    assert float(mean_length().right) == pytest.approx(sqrt(pi / 2))
    assert mean_square().right == 2
