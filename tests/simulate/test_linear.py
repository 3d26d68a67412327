"""Linear tasks as data, their strategies, and the moments of their risks against numerical routes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import beta as beta_function
from scipy.stats import chi2

from simulate import Linear, linear_moments, linear_strategies
from simulate.linear_moments import (
    capped_inverse_trace,
    distilled_risk,
    inverse_chi_square,
    inverse_trace,
    label_noise,
    least_squares_risk,
    projection_moments,
    random_features_risk,
    ridgeless_risk,
    student_error,
    teacher_risk,
)

HALF = Fraction(1, 2)
TASK = Linear((1, -HALF, 2, 0, 3, HALF, 1, -1, 0, 2, 1, 1), HALF)


def test_signal_and_noise_of_a_model_with_p_features() -> None:
    task = Linear((1, 2, HALF), 3)
    assert (task.dim, task.signal(), task.signal(2), task.signal(2, 1)) == (3, Fraction(21, 4), 5, 4)
    assert [task.noise(p) for p in range(4)] == [Fraction(57, 4), Fraction(53, 4), Fraction(37, 4), 9]
    assert task.is_rational
    assert not Linear((1.5,), 1).is_rational
    assert task.array().tolist() == [1, 2, 0.5]


@pytest.mark.parametrize(("beta", "sigma", "problem"), [
    ((), 1, "beta is empty"), ((1,), -1, "negative"), ((float("inf"),), 1, "not finite"), ((1,), float("nan"), "nan"),
])
def test_bad_tasks_are_refused(beta: tuple[float, ...], sigma: float, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Linear(beta, sigma)


def test_what_is_no_sequence_of_numbers_is_refused() -> None:
    with pytest.raises(TypeError, match="not a sequence"):
        Linear(1, 1)  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match=r"beta\[0\]"):
        Linear(("1",), 1)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="none of 1"):
        Linear((1,), 1).signal(2)


@pytest.mark.parametrize("freedom", [3, 4, 7, 20])
def test_mean_of_an_inverse_chi_square_variable(freedom: int) -> None:
    value, _ = quad(lambda x: chi2.pdf(x, freedom) / x, 0, np.inf)
    assert float(inverse_chi_square(freedom)) == pytest.approx(value, rel=1e-6)
    with pytest.raises(ValueError, match="infinite"):
        inverse_chi_square(2)


@pytest.mark.parametrize(("few", "many"), [(0, 2), (1, 3), (3, 5), (4, 12), (10, 12)])
def test_inverse_trace_is_that_of_the_inverse_wishart_mean(few: int, many: int) -> None:
    assert inverse_trace(few, many) == Fraction(few, many - few - 1)
    with pytest.raises(ValueError, match="2 apart"):
        inverse_trace(many, many + 1)


@pytest.mark.parametrize(("rank", "dim"), [(1, 2), (2, 5), (4, 7), (3, 4)])
def test_projection_moments_are_those_of_a_beta_variable(rank: int, dim: int) -> None:
    a, b = rank / 2, (dim - rank) / 2
    # In u with r = u^2, which removes the density's pole at 0.
    second, _ = quad(lambda u: 2 * u**5 * u ** (2 * (a - 1)) * (1 - u * u) ** (b - 1), 0, 1)
    same, other = projection_moments(rank, dim)
    assert float(same) == pytest.approx(second / beta_function(a, b), rel=1e-6)
    # A projection is its own square: the squares of a row sum to the diagonal entry.
    assert same + (dim - 1) * other == Fraction(rank, dim)


def test_projection_moments_at_the_ends() -> None:
    assert projection_moments(0, 3) == (0, 0)
    assert projection_moments(3, 3) == (1, 0)
    assert projection_moments(1, 1) == (1, 0)
    with pytest.raises(ValueError, match="rank 4"):
        projection_moments(4, 3)


def test_a_students_error_on_all_features_is_the_teachers_excess_risk() -> None:
    for n, p in ((4, 9), (10, 5)):
        assert student_error(TASK, n, p, p) + TASK.noise(p) == teacher_risk(TASK, n, p)
        assert label_noise(TASK, n, p, p) == 0
        assert distilled_risk(TASK, n, p, p, p + 2) == teacher_risk(TASK, n, p)
        assert student_error(TASK, n, p, 0) == 0


@given(st.permutations(range(9)))
@settings(deadline=None, max_examples=20)
def test_permuting_a_teachers_features_leaves_its_risk_unchanged(order: list[int]) -> None:
    moved = Linear((*(TASK.beta[i] for i in order), *TASK.beta[9:]), TASK.sigma)
    assert ridgeless_risk(moved, 4, 9) == ridgeless_risk(TASK, 4, 9)
    assert least_squares_risk(moved, 14, 9) == least_squares_risk(TASK, 14, 9)
    assert random_features_risk(moved, 4, 7) == random_features_risk(TASK, 4, 7)


def test_permuting_within_the_students_features_and_within_the_others_changes_nothing() -> None:
    beta = TASK.beta
    moved = Linear((beta[2], beta[0], beta[1], *reversed(beta[3:9]), *beta[9:]), TASK.sigma)
    assert distilled_risk(moved, 4, 9, 3, 8) == distilled_risk(TASK, 4, 9, 3, 8)


def test_risks_scale_with_the_square_of_signal_and_noise() -> None:
    tripled = Linear(tuple(3 * value for value in TASK.beta), 3 * TASK.sigma)
    for risk in (lambda task: distilled_risk(task, 4, 9, 3, 8), lambda task: random_features_risk(task, 12, 5),
                 lambda task: ridgeless_risk(task, 4, 9)):
        assert risk(tripled) == 9 * risk(TASK)


def test_random_features_average_over_all_choices() -> None:
    from itertools import combinations

    task = Linear((1, -2, HALF, 0, 3, 1), HALF)
    for n, p in ((2, 4), (8, 3)):
        orders = [(*some, *(i for i in range(6) if i not in some)) for some in combinations(range(6), p)]
        chosen = [Linear(tuple(task.beta[i] for i in order), task.sigma) for order in orders]
        risks = [teacher_risk(each, n, p) for each in chosen]
        assert sum(risks, Fraction(0)) / len(risks) == random_features_risk(task, n, p)


def test_unlimited_points_are_the_limit_of_many() -> None:
    limit = distilled_risk(TASK, 4, 9, 3, None)
    gaps = [distilled_risk(TASK, 4, 9, 3, m) - limit for m in (10, 100, 1000)]
    assert gaps[0] > gaps[1] > gaps[2] > 0
    assert float(gaps[2]) < 0.05


@pytest.mark.parametrize("call", [
    lambda: least_squares_risk(TASK, 5, 4), lambda: ridgeless_risk(TASK, 5, 6), lambda: student_error(TASK, 4, 9, 10),
    lambda: random_features_risk(TASK, 4, 13), lambda: distilled_risk(TASK, 4, 9, 3, 4),
])
def test_sizes_without_a_mean_are_refused(call) -> None:
    with pytest.raises(ValueError, match=r"apart|features"):
        call()


def test_a_capped_trace_by_other_integrals() -> None:
    for cap in (0.5, 3, 200):
        # Two degrees of freedom: an exponential variable.
        above, _ = quad(lambda c: chi2.pdf(c, 2) / c, 1 / cap, np.inf, limit=400)
        assert capped_inverse_trace(1, 2, cap) == pytest.approx(cap * chi2.cdf(1 / cap, 2) + above, rel=1e-6)
    assert capped_inverse_trace(2, 3, 5) is None
    with pytest.raises(ValueError, match="cap"):
        capped_inverse_trace(1, 2, 0)


def test_large_caps_of_a_mean_that_exists() -> None:
    assert capped_inverse_trace(1, 5, 1e6) == pytest.approx(float(inverse_chi_square(5)), rel=1e-6)


@pytest.mark.parametrize("strategy", [
    linear_strategies.least_squares(), linear_strategies.interpolating(), linear_strategies.distilled(),
    linear_strategies.distilled_under(), linear_strategies.random_features_under(), linear_strategies.direct(),
    linear_strategies.at_the_peak(), linear_strategies.irrelevant(), linear_strategies.designs(),
    linear_strategies.distilled(gap=2), linear_strategies.direct(gap=2, signal=False),
])
def test_strategies_give_instances_that_fit(strategy) -> None:
    @settings(deadline=None, max_examples=30, database=None)
    @given(strategy)
    def fits(drawn) -> None:
        task = drawn["task"]
        assert task.is_rational
        assert 0 <= drawn["p"] <= task.dim
        if "design" in drawn:
            assert all(len(row) == task.dim for row in drawn["design"])
        if "m" in drawn:
            assert drawn["s"] <= drawn["p"]
            assert drawn["m"] >= drawn["s"] + 2

    fits()


def test_layouts_of_coefficients() -> None:
    values = (Fraction(1), Fraction(2))
    assert linear_strategies.laid_out(values, "first", 4) == (1, 2, 0, 0)
    assert linear_strategies.laid_out(values, "last", 4) == (0, 0, 1, 2)
    assert linear_strategies.laid_out(values, "repeated", 5) == (1, 2, 1, 2, 1)
    assert linear_strategies.laid_out(values, "first", 1) == (1,)
    assert linear_strategies.laid_out((), "repeated", 2) == (0, 0)


def test_the_module_is_reached_from_the_package() -> None:
    assert linear_moments.inverse_trace is inverse_trace
