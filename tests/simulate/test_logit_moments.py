"""Effective logits against minimisation of the loss, and the norms of what interpolates them.

False alarms: seeds are fixed; over fresh ones each comparison of draws fails with probability about 1e-9 (six standard
errors).
"""
from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit

from simulate import interpolation, logit_moments

G, WEIGHTS = interpolation.directions()


def loss(z: float, t: float, rho: float, factor: float, temperature: float) -> float:
    soft = expit(t / temperature)
    distilled = soft * np.logaddexp(0, -z / temperature) + (1 - soft) * np.logaddexp(0, z / temperature)
    return float(rho * factor * distilled + (1 - rho) * np.logaddexp(0, -z if t > 0 else z))


@pytest.mark.parametrize("t", [-7.0, -0.4, 0.01, 1.0, 5.0])
@pytest.mark.parametrize(("rho", "factor", "temperature"), [(0.2, 1.0, 1.0), (0.9, 16.0, 4.0), (0.5, 1.0, 0.5)])
def test_effective_logits_minimise_the_loss(t: float, rho: float, factor: float, temperature: float) -> None:
    found = logit_moments.effective_logits(np.array([t]), rho, factor, temperature)[0]
    best = minimize_scalar(loss, bracket=(t, 2 * t), args=(t, rho, factor, temperature), options={"xtol": 1e-10})
    assert abs(found - best.x) < 1e-5
    assert abs(found) > abs(t)


def test_at_temperature_one_the_label_is_the_mixture() -> None:
    t = np.array([0.3, 2.0, 6.0])
    mixture = 0.3 * expit(t) + 0.7
    np.testing.assert_allclose(logit_moments.effective_logits(t, 0.3), np.log(mixture / (1 - mixture)), rtol=1e-12)


def test_soft_labels_alone_give_the_teachers_logit() -> None:
    t = np.array([-3.0, 0.0, 2.0])
    np.testing.assert_array_equal(logit_moments.effective_logits(t, 1.0, 1.0, 3.0), t)


def test_factor_and_ratio_matter_through_one_number() -> None:
    t = np.array([0.5, 4.0])
    np.testing.assert_allclose(logit_moments.effective_logits(t, 0.5, 4.0, 2.0),
                               logit_moments.effective_logits(t, 0.8, 1.0, 2.0))


def test_noise_is_none_where_all_logits_are_equal_or_labels_soft() -> None:
    assert abs(logit_moments.noise_ratio((1,), (2.0,), 0.3, 1.0, 1.0)) < 1e-12
    assert abs(logit_moments.noise_ratio((0.5, 0.5), (1.0, 3.0), 1.0, 1.0, 2.0)) < 1e-12


def test_noise_does_not_depend_on_how_atoms_are_split() -> None:
    one = logit_moments.noise_ratio((0.5, 0.5), (1.0, 3.0), 0.4, 1.0, 2.0)
    split = logit_moments.noise_ratio((0.25, 0.5, 0.25), (3.0, 1.0, 3.0), 0.4, 1.0, 2.0)
    assert math.isclose(one, split, rel_tol=1e-12)


def test_labelling_is_odd_and_close_to_the_logit() -> None:
    h = logit_moments.labelling(2, 0.3, 1.0, 2.0)
    g = np.array([-5.0, -0.01, 0.2, 3.3])
    np.testing.assert_allclose(h(g), logit_moments.effective_logits(2 * g, 0.3, 1.0, 2.0), rtol=1e-8)
    np.testing.assert_array_equal(h(-g), -h(g))


@pytest.mark.parametrize(("n", "p"), [(1, 20), (2, 9), (12, 20), (14, 20)])
def test_linear_labels_span_the_share_of_the_dimension(n: int, p: int) -> None:
    assert math.isclose(interpolation.mean_square_norm(G, n, p), n / p, rel_tol=1e-7)


@pytest.mark.parametrize("n", [1, 2, 7])
def test_norms_have_the_stated_mean_square(n: int) -> None:
    p, size = 14, 20_000
    h, other = logit_moments.labelling(3, 0.2, 1.0, 1.0), logit_moments.labelling(3, 0.8, 1.0, 1.0)
    expected = interpolation.mean_square_norm(h(G), n, p)
    solved = interpolation.square_norms(n, p, h, np.random.default_rng(1), size)
    reduced = interpolation.norms(n, p, (h, other), np.random.default_rng(2), size)
    assert reduced.shape == (2, size)
    for drawn in (solved, reduced[0] ** 2):
        assert abs(drawn.mean() - expected) < 6 * drawn.std() / math.sqrt(size)


def test_reduced_norms_are_distributed_as_the_solved_ones() -> None:
    h, size = logit_moments.labelling(3, 0.2, 1.0, 1.0), 20_000
    solved = np.sqrt(interpolation.square_norms(6, 14, h, np.random.default_rng(3), size))
    (reduced,) = interpolation.norms(6, 14, (h,), np.random.default_rng(4), size)
    for level in np.quantile(solved, [0.1, 0.5, 0.9]):
        # Hoeffding for the difference of two shares.
        assert abs(np.mean(solved <= level) - np.mean(reduced <= level)) < math.sqrt(2 * math.log(2e9) / (2 * size))


def test_rescaling_labels_rescales_norms() -> None:
    values = logit_moments.effective_logits(2 * G, 0.4)
    twice = interpolation.mean_square_norm(2 * values, 5, 12)
    assert math.isclose(twice, 4 * interpolation.mean_square_norm(values, 5, 12), rel_tol=1e-12)


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="rho = 0"):
        logit_moments.effective_logits(np.ones(1), 0)
    with pytest.raises(ValueError, match="has no hard label"):
        logit_moments.effective_logits(np.zeros(1), 0.5)
    with pytest.raises(ValueError, match="not positive"):
        logit_moments.noise_ratio((1,), (-1.0,), 0.5, 1.0, 1.0)
    with pytest.raises(ValueError, match="n = 18 points in dimension p = 20"):
        interpolation.mean_square_norm(G, 18, 20)
