"""The cube, its torus and finite laws in it: kernels, twins and closed forms agree.

Means are compared at 6.5 standard errors: a false alarm has probability below 1e-9 per comparison.
"""
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from simulate import Binary, Cube, Torus, clouds, cube, neighbours

SLOPED = Cube(3, (Fraction(1), Fraction(-2), Fraction(1, 3)),
              (Fraction(1, 10), Fraction(9, 10), Fraction(1, 3), Fraction(1)))
ROUND = Torus(2, (Fraction(0), Fraction(1), Fraction(1, 3)))
TASK = Binary((Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)), (Fraction(1, 5), Fraction(2, 3), Fraction(1, 2)))
PLACES = ((Fraction(0), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(1, 2), Fraction(1, 2)))
DRAWS = 60_000


def apart(first, second):
    """Difference of two means in standard errors."""
    return abs(first.mean() - second.mean()) / np.sqrt(first.var() / first.size + second.var() / second.size + 1e-24)


def eta_at(task, x):
    """eta at the rows of x, from the definition."""
    way, knots = np.array(task.direction, float), np.array(task.knots, float)
    low, high = (extreme([way @ v for v in product((0, 1), repeat=task.dim)]) for extreme in (min, max))
    return np.interp((x @ way - low) / (high - low), np.linspace(0, 1, knots.size), knots)


def test_means_over_the_cube_are_those_of_draws():
    eta = eta_at(SLOPED, np.random.default_rng(1).random((400_000, 3)))
    for value, draws in ((SLOPED.mean_eta(), eta), (SLOPED.bayes_risk(), np.minimum(eta, 1 - eta)),
                         (SLOPED.sampler_risk(), 2 * eta * (1 - eta))):
        assert abs(draws.mean() - float(value)) < 6.5 * draws.std() / np.sqrt(draws.size)


def test_an_interval_in_closed_form():
    ramp = Cube(1, (Fraction(3),), (Fraction(0), Fraction(1)))
    assert (ramp.mean_eta(), ramp.bayes_risk(), ramp.sampler_risk()) == (Fraction(1, 2), Fraction(1, 4), Fraction(1, 3))
    assert ramp.lipschitz() == 1


def test_turning_and_rescaling_the_direction_change_nothing():
    turned = Cube(3, (Fraction(-3), Fraction(6), Fraction(-1)), SLOPED.knots[::-1])
    for risk in (Cube.mean_eta, Cube.bayes_risk, Cube.sampler_risk, Cube.lipschitz):
        assert float(risk(turned)) == pytest.approx(float(risk(SLOPED)), rel=1e-14)


def test_a_coordinate_that_eta_ignores_changes_no_risk():
    wider = Cube(4, (*SLOPED.direction, Fraction(0)), SLOPED.knots)
    assert wider.bayes_risk() == SLOPED.bayes_risk()
    assert wider.sampler_risk() == SLOPED.sampler_risk()


def test_lipschitz_constant_is_reached_along_the_direction():
    flat = Cube(2, (Fraction(3), Fraction(4)), (Fraction(0), Fraction(1)))
    assert flat.lipschitz() == Fraction(5, 7)


@pytest.mark.parametrize("n", [1, 6])
def test_cube_errors_kernel_and_twin(n):
    kernel = cube.cube_errors(SLOPED, n, np.random.default_rng(2), DRAWS).astype(float)
    twin = cube.cube_errors(SLOPED, n, np.random.default_rng(3), DRAWS, compiled=False).astype(float)
    assert apart(kernel, twin) < 6.5


def test_one_training_point_is_independent():
    mean = float(SLOPED.mean_eta())
    draws = cube.cube_errors(SLOPED, 1, np.random.default_rng(4), DRAWS)
    assert abs(draws.mean() - 2 * mean * (1 - mean)) < 6.5 * 0.5 / np.sqrt(DRAWS)


@pytest.mark.parametrize("compiled", [True, False])
def test_integrating_labels_out_of_the_cube_keeps_the_mean_and_lowers_the_variance(compiled):
    risks = cube.cube_risks(SLOPED, 4, np.random.default_rng(11), DRAWS, compiled=compiled)
    errors = cube.cube_errors(SLOPED, 4, np.random.default_rng(12), DRAWS).astype(float)
    assert apart(risks, errors) < 6.5
    assert risks.var() < errors.var() / 5
    assert (risks.min() >= 0, risks.max() <= 1) == (True, True)


@pytest.mark.parametrize(("dim", "n"), [(1, 4), (2, 3), (3, 7)])
def test_torus_kernel_and_twin(dim, n):
    kernel = cube.torus_distances(dim, n, np.random.default_rng(5), DRAWS)
    twin = cube.torus_distances(dim, n, np.random.default_rng(6), DRAWS, compiled=False)
    assert apart(kernel, twin) < 6.5
    assert kernel.max() <= 0.5


def test_torus_gaps_kernel_and_twin():
    kernel = cube.torus_eta_gaps(ROUND, 5, np.random.default_rng(7), DRAWS)
    twin = cube.torus_eta_gaps(ROUND, 5, np.random.default_rng(8), DRAWS, compiled=False)
    assert apart(kernel, twin) < 6.5


def test_a_torus_of_dimension_one_is_a_circle():
    line = Torus(1, ROUND.knots)
    exact = neighbours.mean_eta_gap(line.circle(), 4)
    assert exact is not None
    assert line.lipschitz() == line.circle().lipschitz()
    draws = cube.torus_eta_gaps(line, 4, np.random.default_rng(9), DRAWS)
    assert abs(draws.mean() - float(exact)) < 6.5 * draws.std() / np.sqrt(DRAWS)


def enumerated_risk(n):
    total = Fraction(0)
    for drawn in product(range(3), repeat=n + 1):
        weight = Fraction(1)
        for i in drawn:
            weight *= Fraction(TASK.mass[i])
        x, training = drawn[0], drawn[1:]
        nearest = min(training, key=lambda i: (clouds.squared_distance(PLACES[x], PLACES[i]), i))
        eta, other = Fraction(TASK.eta[x]), Fraction(TASK.eta[nearest])
        total += weight * (eta * (1 - other) + (1 - eta) * other)
    return total


@pytest.mark.parametrize("n", [1, 2, 4])
def test_risk_on_a_finite_law_is_the_sum_over_all_samples(n):
    assert clouds.neighbour_risk(TASK, PLACES, n) == enumerated_risk(n)


def test_errors_on_a_finite_law_have_their_exact_mean():
    draws = clouds.neighbour_errors(TASK, PLACES, 3, np.random.default_rng(10), DRAWS)
    assert abs(draws.mean() - float(clouds.neighbour_risk(TASK, PLACES, 3))) < 6.5 * 0.5 / np.sqrt(DRAWS)


def test_shifting_the_places_changes_nothing():
    moved = tuple((a / 2 + Fraction(1, 8), b / 2) for a, b in PLACES)
    assert clouds.neighbour_risk(TASK, moved, 5) == clouds.neighbour_risk(TASK, PLACES, 5)
    assert clouds.lipschitz(TASK, moved) == 2 * clouds.lipschitz(TASK, PLACES)


@pytest.mark.parametrize("build", [
    lambda: Cube(2, (1,), (1,)), lambda: Cube(1, (0,), (1,)), lambda: Cube(1, (1,), (2,)), lambda: Torus(0, (1,)),
    lambda: Torus(2, (1,)).circle(), lambda: clouds.lipschitz(TASK, (PLACES[0],) * 3),
    lambda: clouds.neighbour_risk(TASK, PLACES[:2], 1), lambda: clouds.neighbour_risk(TASK, PLACES, 0),
    lambda: cube.torus_distances(2, 0, np.random.default_rng(0), 1),
])
def test_bad_input_is_refused(build):
    with pytest.raises(ValueError, match=r"; (give|merge|only)|in \[0, 1\]"):
        build()
