"""Totals of drawn rows: the kernel, its twin and the multinomial law agree.

Shares and means are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from itertools import product
from math import prod

import numpy as np
import pytest

from simulate.totals import LONGEST, first_least, totals, totals_numpy

DRAWS = 60_000
WEIGHTS = np.array([3.0, 1.0, 0.0, 2.0])
ROWS = np.array([[1, 0], [4, 7], [100, 100], [-2, 5]])


def law_of(weights, rows, m):
    """The law of the totals by going through every sequence of rows."""
    law = {}
    for drawn in product(range(len(rows)), repeat=m):
        key = tuple(int(v) for v in rows[list(drawn)].sum(axis=0))
        law[key] = law.get(key, 0.0) + prod(weights[i] / weights.sum() for i in drawn)
    return law


@pytest.mark.parametrize("draw", [totals, totals_numpy])
@pytest.mark.parametrize("m", [1, 2, 5])
def test_totals_follow_the_law_of_all_sequences(draw, m):
    drawn = draw(WEIGHTS, ROWS, m, np.random.default_rng(m), DRAWS)
    law = law_of(WEIGHTS, ROWS, m)
    found, counts = np.unique(drawn, axis=1, return_counts=True)
    assert {tuple(key) for key in found.T.tolist()} <= {key for key, p in law.items() if p}
    for key, count in zip(found.T.tolist(), counts, strict=True):
        p = law[tuple(key)]
        assert abs(count - DRAWS * p) < 6.5 * np.sqrt(DRAWS * p * (1 - p)) + 1e-6


@pytest.mark.parametrize(("cells", "m"), [(2, 40), (3, 100), (5, 61), (12, 55), (3, 5000)])
def test_moments_are_those_of_independent_rows(cells, m):
    """With one hand, several equal ones, two lengths of hands, and so many that NumPy draws the counts."""
    rng = np.random.default_rng(cells)
    weights, rows = rng.random(cells) + 0.1, rng.random((cells, 2))
    share = weights / weights.sum()
    mean = share @ rows
    spread = (rows - mean).T @ (share[:, None] * (rows - mean))
    drawn = totals(weights, rows, m, rng, DRAWS) - m * mean[:, None]
    for values, expected in ((drawn[0], 0.0), (drawn[1], 0.0), (drawn[0] ** 2, m * spread[0, 0]),
                             (drawn[0] * drawn[1], m * spread[0, 1]), (drawn[1] ** 3, None)):
        known = m * (share @ (rows[:, 1] - mean[1]) ** 3) if expected is None else expected
        assert abs(values.mean() - known) < 6.5 * values.std() / np.sqrt(DRAWS)


def test_equal_rows_are_one():
    once = totals([1.0, 3.0], np.array([[0.0], [1.0]]), 9, np.random.default_rng(1), 500)
    twice = totals([1.0, 2.0, 1.0], np.array([[0.0], [1.0], [1.0]]), 9, np.random.default_rng(1), 500)
    assert np.array_equal(once, twice)


def test_integers_stay_integers():
    large = 2**60
    drawn = totals([1.0, 1.0], np.array([[large], [large + 1]]), 3, np.random.default_rng(2), 200)
    assert drawn.dtype == np.int64
    assert set(drawn[0].tolist()) == {3 * large + i for i in range(4)}


def test_one_row_is_certain():
    assert np.array_equal(totals([0.5], [[2.0]], LONGEST, np.random.default_rng(3), 4), [[2.0 * LONGEST] * 4])


def test_replicates_are_the_same_in_any_block():
    short, long = (totals(WEIGHTS, ROWS, 7, np.random.default_rng(5), size) for size in (10, 1000))
    assert np.array_equal(short, long[:, :10])


def test_ties_go_to_the_first_row():
    values = np.array([[2.0, 1.0, 3.0], [1.0, 1.0, 4.0], [1.0, 0.0, 3.0]])
    assert first_least(values).tolist() == [1, 2, 0] == np.argmin(values, axis=0).tolist()


@pytest.mark.parametrize(("weights", "rows", "m", "match"), [
    ([1.0], [[1.0]], 0, "0 rows"), ([1.0], [[1.0], [2.0]], 1, "1 weights"), ([1.0], [1.0], 1, "shape"),
    ([0.0, 0.0], [[1.0], [2.0]], 1, "not all 0"), ([-1.0, 2.0], [[1.0], [2.0]], 1, ">= 0"),
    ([np.inf], [[1.0]], 1, "finite"), ([np.nan], [[1.0]], 1, "finite")])
def test_bad_input_is_named(weights, rows, m, match):
    for draw in (totals, totals_numpy):
        with pytest.raises(ValueError, match=match):
            draw(weights, rows, m, np.random.default_rng(0), 1)
