"""Teachers fitted to drawn labels: the kernel against lstsq, and risks against their exact mean.

Means are compared at 6.1 standard errors, a false alarm of 1e-9 each for normal means; seeds are fixed.
"""
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from simulate import Linear, least_squares
from simulate.linear_moments import teacher_risk

TASK = Linear(tuple(Fraction(v, 2) for v in (2, -1, 0, 3, 1, -2, 4, 0, 1, 1, -3, 2, 1, 0, 1, 2, -1, 1)), Fraction(1, 2))


@pytest.mark.parametrize(("n", "p"), [(1, 1), (1, 6), (6, 1), (5, 9), (9, 5), (60, 20), (60, 300)])
def test_minimum_norm_is_that_of_lstsq_for_any_design(n: int, p: int) -> None:
    rng = np.random.default_rng(n + p)
    for _ in range(5):
        x = rng.standard_normal((n, p)) @ (np.eye(p) + 0.3 * rng.random((p, p)))
        y = rng.standard_normal(n)
        found, twin = least_squares.minimum_norm(x, y), np.linalg.lstsq(x, y, rcond=None)[0]
        # Rounding grows with the condition of the Gram matrix.
        assert found == pytest.approx(twin, abs=1e-14 * np.linalg.cond(x) ** 2 * (1 + np.abs(twin).max()))


@pytest.mark.parametrize("risks", [least_squares.fitted_risks, least_squares.fitted_risks_numpy])
@pytest.mark.parametrize(("n", "p"), [(17, 6), (4, 15)])
def test_fitted_teachers_have_the_exact_mean_risk(risks, n: int, p: int) -> None:
    draws = risks(TASK, n, p, np.random.default_rng(n), 4000)
    assert abs(draws.mean() - float(teacher_risk(TASK, n, p))) <= 6.1 * draws.std() / draws.size**0.5


def test_longer_calls_extend_shorter_ones() -> None:
    short, long = (least_squares.fitted_risks(TASK, 4, 9, np.random.default_rng(1), size) for size in (50, 80))
    assert np.array_equal(short, long[:50])


@pytest.mark.parametrize(("n", "p"), [(5, 4), (5, 6), (9, 19), (0, 3), (3, 0)])
def test_impossible_sizes_are_refused(n: int, p: int) -> None:
    with pytest.raises(ValueError, match=r"apart|give at least 1, p <= dim"):
        least_squares.fitted_risks(TASK, n, p, np.random.default_rng(0), 9)


def test_a_design_without_full_rank_gives_nan() -> None:
    assert np.isnan(least_squares.minimum_norm(np.zeros((2, 3)), np.ones(2))).all()


def test_a_compiled_solver_is_found_again_by_another_process() -> None:
    program = ("import numpy as np; from simulate.lapack import solve_gram; right = np.array([2.0, 4.0]); "
               "solve_gram(np.eye(2), True, right); print(right, sum(solve_gram.stats.cache_hits.values()))")
    command = [sys.executable, "-c", program]
    first, second = (subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(2))
    assert first.startswith("[2. 4.]")
    assert second == "[2. 4.] 1\n"
