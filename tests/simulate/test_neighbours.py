"""Nearest neighbours on the circle: kernel, NumPy twin and exact value agree.

Means are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction

import numba
import numpy as np
import pytest

from simulate import Circle, neighbours

DRAWS = 60_000
WAVE = Circle((0, 1))
ROUGH = Circle((Fraction(1, 5), Fraction(9, 10), Fraction(1, 2), Fraction(1, 3), Fraction(3, 4)))


def standard_errors(draws, mean):
    draws = np.asarray(draws, dtype=float)
    return abs(draws.mean() - float(mean)) / (draws.std() / np.sqrt(draws.size) + 1e-12)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("n", [1, 2, 9])
def test_nearest_distance_has_its_exact_mean(n, compiled):
    draws = neighbours.nearest_distances(n, np.random.default_rng(1), DRAWS, compiled=compiled)
    assert draws.min() >= 0
    assert draws.max() <= 0.5
    assert standard_errors(draws, Fraction(1, 2 * (n + 1))) < 6.5


def test_nearest_distance_has_the_law_of_the_survival_function():
    n, draws = 6, neighbours.nearest_distances(6, np.random.default_rng(2), DRAWS)
    # Dvoretzky, Kiefer & Wolfowitz: off by more than this with probability 2 exp(-2 * 11) < 1e-9.
    ordered = np.sort(draws)
    gap = np.abs((1 - (1 - 2 * ordered) ** n) - np.arange(1, DRAWS + 1) / DRAWS).max()
    assert gap < np.sqrt(11 / DRAWS)


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("n", [3, 20])
def test_voronoi_squares_have_their_exact_mean(n, compiled):
    draws = neighbours.voronoi_squares(n, np.random.default_rng(3), DRAWS, compiled=compiled)
    assert draws.min() >= 1 / n - 1e-12
    assert draws.max() <= 1
    assert standard_errors(draws, Fraction(3, 2 * (n + 1))) < 6.5


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize(("n", "value"), [(1, 1), (2, 0.5)])
def test_one_point_owns_the_circle_and_two_halve_it(n, value, compiled):
    draws = neighbours.voronoi_squares(n, np.random.default_rng(4), 500, compiled=compiled)
    assert draws == pytest.approx(value)


def test_sorted_uniforms_are_the_sorted_stream():
    from simulate.streams import reference_stream, start

    for n in (1, 2, 3, 17, 1000):
        points, scratch, starts = np.empty(n), np.empty(n), np.empty(n + 1, np.int64)
        a, b, c, d = (np.uint64(word) for word in start(np.uint64(9), n))
        neighbours.sorted_uniforms((a, b, c, d), points, scratch, starts)
        stream = reference_stream(9, n)
        assert points.tolist() == sorted((next(stream) >> 11) * 2.0**-53 for _ in range(n))


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("circle", [WAVE, ROUGH])
@pytest.mark.parametrize("n", [1, 4, 25])
def test_eta_gap_has_its_exact_mean(circle, n, compiled):
    draws = neighbours.eta_gaps(circle, n, np.random.default_rng(5), DRAWS, compiled=compiled)
    assert standard_errors(draws, neighbours.mean_eta_gap(circle, n)) < 6.5


@pytest.mark.parametrize("n", [1, 2, 30])
def test_triangle_wave_attains_the_sharp_bound_on_the_eta_gap(n):
    assert neighbours.mean_eta_gap(WAVE, n) == Fraction(2, 2 * (n + 2))


def test_mean_eta_gap_of_a_finer_description_is_the_same():
    finer = Circle(tuple(ROUGH.eta(Fraction(i, 10)) for i in range(10)))
    for n in (1, 6):
        assert neighbours.mean_eta_gap(finer, n, max_knots=10) == neighbours.mean_eta_gap(ROUGH, n)


def test_mean_eta_gap_matches_quadrature():
    n, x = 3, (np.arange(1000) + 0.5) / 1000
    t = (np.arange(1000) + 0.5) / 2000
    gaps = np.abs(ROUGH.eta((x[:, None] + t).ravel()) - np.repeat(ROUGH.eta(x), t.size)).reshape(1000, 1000)
    value = (gaps.mean(axis=0) * 2 * n * (1 - 2 * t) ** (n - 1)).mean() / 2
    exact = neighbours.mean_eta_gap(ROUGH, n)
    assert exact is not None
    assert float(exact) == pytest.approx(value, rel=1e-4)


def test_mean_eta_gap_declines_what_it_cannot_do_exactly():
    assert neighbours.mean_eta_gap(Circle((0.5, 0.25)), 3) is None
    assert neighbours.mean_eta_gap(ROUGH, 3, max_knots=4) is None


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("circle", [WAVE, ROUGH, Circle((Fraction(1, 2),))])
@pytest.mark.parametrize("n", [1, 8])
def test_neighbour_errors_have_the_closed_form_of_the_circle(circle, n, compiled):
    draws = neighbours.neighbour_errors(circle, n, np.random.default_rng(6), DRAWS, compiled=compiled)
    assert draws.dtype == bool
    assert standard_errors(draws, circle.nearest_neighbour_risk(n)) < 6.5


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("simulated", [neighbours.cosine_risks, neighbours.cosine_errors])
def test_cosine_task_has_the_risk_of_its_first_multiplier(simulated, compiled):
    draws = simulated(Fraction(1, 2), 2, np.random.default_rng(7), DRAWS, compiled=compiled)
    assert standard_errors(draws, 0.5 - 0.25 * 4 / np.pi**2) < 6.5


def test_integrating_labels_out_lowers_the_variance():
    rng = np.random.default_rng(8)
    risks = neighbours.cosine_risks(0.25, 5, rng, DRAWS)
    assert risks.var() < neighbours.cosine_errors(0.25, 5, rng, DRAWS).var() / 10


def test_draws_depend_on_the_seed_and_not_on_the_number_of_threads():
    before = numba.get_num_threads()
    results = []
    for threads in (1, before):
        numba.set_num_threads(threads)
        results.append((neighbours.nearest_distances(7, np.random.default_rng(9), 5000),
                        neighbours.voronoi_squares(7, np.random.default_rng(9), 5000)))
    for one, many in zip(*results, strict=True):
        assert one.tobytes() == many.tobytes()
    assert (neighbours.nearest_distances(7, np.random.default_rng(10), 5000) != results[0][0]).any()


@pytest.mark.parametrize("call", [
    lambda rng: neighbours.nearest_distances(0, rng, 5),
    lambda rng: neighbours.voronoi_squares(0, rng, 5),
    lambda rng: neighbours.mean_eta_gap(WAVE, 0),
])
def test_no_training_point_is_an_error(call):
    with pytest.raises(ValueError, match="give at least 1"):
        call(np.random.default_rng(0))


def test_cosine_that_leaves_the_unit_interval_is_an_error():
    with pytest.raises(ValueError, match="at most 1/2"):
        neighbours.cosine_risks(0.6, 3, np.random.default_rng(0), 5)
