"""1-NN teachers on the torus: the search in a grid finds what scanning all points does, and means are exact.

Means are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction
from math import lgamma

import numba
import numpy as np
import pytest

from simulate import Torus, cube, grids, neighbours
from simulate.streams import reference_stream, seed_of

KNOTS = (Fraction(0), Fraction(1), Fraction(1, 3), Fraction(3, 4))


def mean_distance(dim, n):
    """B(1/dim, n + 1) / (2 dim)."""
    return np.exp(lgamma(1 / dim) + lgamma(n + 1) - lgamma(1 / dim + n + 1)) / (2 * dim)


def by_hand(dim, n, m, word, r):
    """Replicate r from its stream in Python integers, all points scanned: distance, eta gap and risk."""
    stream = reference_stream(word, r)

    def drawn(count):
        words = np.array([[next(stream) for _ in range((count + 1) // 2)] for _ in range(dim)], np.uint64)
        halves = np.stack((words >> np.uint64(32), words & np.uint64(2**32 - 1)), axis=2).reshape(dim, -1)
        return halves[:, :count].T / 2**32

    points, fresh = drawn(n), drawn(m)
    apart = np.abs(points - fresh[:, None])
    far = np.minimum(apart, 1 - apart).max(axis=2)
    knots = np.array(KNOTS, float)
    own, other = (np.interp(2 * np.minimum(x, 1 - x).max(axis=1), np.linspace(0, 1, knots.size), knots)
                  for x in (fresh, points[np.argmin(far, axis=1)]))
    return far.min(axis=1).mean(), np.abs(other - own).mean(), (own * (1 - other) + (1 - own) * other).mean()


# The grid has 1, 1, 1, 4, 8, 25, 5 and 6 cells a side.
@pytest.mark.parametrize(("dim", "n"), [(1, 40), (2, 1), (3, 17), (2, 25), (2, 101), (2, 1000), (4, 300), (5, 2000)])
def test_every_replicate_is_what_scanning_all_points_gives(dim, n):
    m, word = 101, int(seed_of(np.random.default_rng(1)))
    means = grids.torus_means(Torus(dim, KNOTS), n, m, np.random.default_rng(1), 8)
    for r in range(8):
        assert [column[r] for column in means] == pytest.approx(by_hand(dim, n, m, word, r), abs=1e-12)


@pytest.mark.parametrize(("dim", "n", "m"), [(1, 4, 3), (2, 40, 8), (3, 30, 32), (4, 7, 1)])
def test_kernel_has_the_means_of_its_twin_and_of_one_fresh_point(dim, n, m):
    torus = Torus(dim, KNOTS)
    kernel = grids.torus_means(torus, n, m, np.random.default_rng(2), 20_000)
    twin = grids.torus_means(torus, n, m, np.random.default_rng(3), 3000, compiled=False)
    plain = cube.torus_eta_gaps(torus, n, np.random.default_rng(4), 20_000)
    for first, second in (*zip(kernel, twin, strict=True), (kernel.eta_gap, plain)):
        spread = first.var() / first.size + second.var() / second.size
        assert abs(first.mean() - second.mean()) < 6.5 * np.sqrt(spread)


@pytest.mark.parametrize(("dim", "n"), [(1, 5), (2, 300), (3, 50), (5, 500), (6, 20)])
def test_the_nearest_distance_has_its_exact_mean(dim, n):
    draws = grids.torus_means(Torus(dim, KNOTS), n, 20, np.random.default_rng(5), 4000).distance
    assert abs(draws.mean() - mean_distance(dim, n)) < 6.5 * draws.std() / np.sqrt(draws.size)


@pytest.mark.parametrize("knots", [KNOTS, (Fraction(2, 5),)])
def test_a_torus_of_dimension_one_is_a_circle(knots):
    torus = Torus(1, knots)
    means = grids.torus_means(torus, 6, 10, np.random.default_rng(6), 20_000)
    exact = torus.circle().nearest_neighbour_risk(6), neighbours.mean_eta_gap(torus.circle(), 6)
    for draws, mean in zip((means.risk, means.eta_gap), exact, strict=True):
        assert abs(draws.mean() - float(mean or 0)) < 6.5 * draws.std() / np.sqrt(draws.size) + 1e-12


def test_draws_do_not_depend_on_the_number_of_threads():
    before, results = numba.get_num_threads(), []
    for threads in (1, before):
        numba.set_num_threads(threads)
        results.append(grids.torus_means(Torus(2, KNOTS), 100, 10, np.random.default_rng(7), 500))
    for one, many in zip(*results, strict=True):
        assert one.tobytes() == many.tobytes()


@pytest.mark.parametrize(("n", "m"), [(0, 5), (5, 0)])
def test_no_points_are_an_error(n, m):
    with pytest.raises(ValueError, match="at least 1"):
        grids.torus_means(Torus(2, KNOTS), n, m, np.random.default_rng(0), 5)
