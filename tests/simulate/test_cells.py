"""1-NN teachers on the circle, integrated over the fresh point: kernel, twin, plain sampling and exact value agree.

Means are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction

import numba
import numpy as np
import pytest

from simulate import Circle, cells, neighbours

WAVE = Circle((0, 1))
ROUGH = Circle((Fraction(1, 5), Fraction(9, 10), Fraction(1, 2), Fraction(1, 3), Fraction(3, 4)))
FLAT = Circle((Fraction(1, 3),))


def expected(circle, n):
    return (Fraction(1, 2 * (n + 1)), neighbours.mean_eta_gap(circle, n), circle.nearest_neighbour_risk(n))


def standard_errors(draws, mean):
    """Rounding may move a draw whose variance is 0."""
    return abs(draws.mean() - float(mean)) / (draws.std() / np.sqrt(draws.size) + 1e-12)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("circle", [WAVE, ROUGH, FLAT])
@pytest.mark.parametrize("n", [1, 2, 7, 60])
def test_integrals_have_their_exact_means(circle, n, compiled):
    size = 20_000 if compiled else 500
    means = cells.circle_means(circle, n, np.random.default_rng(1), size, compiled=compiled)
    for draws, mean in zip(means, expected(circle, n), strict=True):
        assert draws.shape == (size,)
        assert standard_errors(draws, mean) < 6.5


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 5), (2, 3), (9, 4), (80, 50)])
def test_sampled_risks_have_their_exact_mean(n, m, compiled):
    draws = cells.sampled_risks(ROUGH, n, m, np.random.default_rng(2), 20_000, compiled=compiled)
    assert standard_errors(draws, ROUGH.nearest_neighbour_risk(n)) < 6.5


def test_many_fresh_points_come_near_the_integral():
    # The same seed gives the same training sets; 4 risks in [0, 1] are off by more with probability 8 exp(-24).
    integrated = cells.circle_means(ROUGH, 3, np.random.default_rng(3), 4).risk
    sampled = cells.sampled_risks(ROUGH, 3, 1_000_000, np.random.default_rng(3), 4)
    assert np.abs(sampled - integrated).max() < np.sqrt(12 / 1_000_000)


@pytest.mark.parametrize("column", [0, 1, 2])
def test_kernel_and_twin_have_the_same_law(column):
    kernel = np.sort(cells.circle_means(ROUGH, 4, np.random.default_rng(4), 20_000)[column])
    twin = np.sort(cells.circle_means(ROUGH, 4, np.random.default_rng(5), 2000, compiled=False)[column])
    # Dvoretzky, Kiefer & Wolfowitz for either: one of them is off by more with probability 4 exp(-2 * 11) < 2e-9.
    gap = np.abs(np.searchsorted(kernel, twin) / kernel.size - np.arange(twin.size) / twin.size).max()
    assert gap < np.sqrt(11 / kernel.size) + np.sqrt(11 / twin.size) + 1 / twin.size


def test_one_training_point_leaves_nothing_to_chance_but_where_it_lies():
    means = cells.circle_means(WAVE, 1, np.random.default_rng(6), 1000)
    assert means.distance == pytest.approx(1 / 4)
    assert means.risk == pytest.approx(1 / 2)


def test_a_finer_description_of_eta_changes_nothing():
    finer = Circle(tuple(ROUGH.eta(Fraction(i, 15)) for i in range(15)))
    once, again = (cells.circle_means(circle, 6, np.random.default_rng(7), 500) for circle in (ROUGH, finer))
    for one, other in zip(once, again, strict=True):
        assert one == pytest.approx(other, abs=1e-12)


def test_integrating_the_fresh_point_out_lowers_the_variance():
    plain = neighbours.neighbour_errors(WAVE, 60, np.random.default_rng(8), 30_000)
    integrated = cells.circle_means(WAVE, 60, np.random.default_rng(8), 30_000)
    assert integrated.risk.var() < plain.var() / 10_000


def test_draws_do_not_depend_on_the_number_of_threads():
    before, results = numba.get_num_threads(), []
    for threads in (1, before):
        numba.set_num_threads(threads)
        results.append((*cells.circle_means(ROUGH, 9, np.random.default_rng(9), 3000),
                        cells.sampled_risks(ROUGH, 9, 5, np.random.default_rng(9), 3000)))
    for one, many in zip(*results, strict=True):
        assert one.tobytes() == many.tobytes()


def test_no_points_are_an_error():
    for n, m in ((0, 3), (3, 0)):
        with pytest.raises(ValueError, match="at least 1"):
            cells.sampled_risks(WAVE, n, m, np.random.default_rng(0), 5)
    with pytest.raises(ValueError, match="at least 1"):
        cells.circle_means(WAVE, 0, np.random.default_rng(0), 5)
