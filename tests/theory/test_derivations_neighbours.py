"""Proofs about nearest neighbours on a circle: they are of the claims' statements, and of no wrong ones."""
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sympy import Abs, Integral, Interval, Min, Rational, cos, pi

from simulate import quadrature
from simulate.circle import Circle
from theory import neighbours
from theory.derivations import circle as round_it
from theory.derivations import neighbours as near
from theory.domain import Domain, variable
from theory.facts import Law, Premise, Rejected
from theory.identities import identity
from theory.rules_circle import crossing_tail, density, least_of, positive_part, substitute, uniform_event, uniform_mean
from theory.rules_conditional import exchangeable, given, same_law, tower
from verify.loading import catalogue, load

TARGETS = {target.id: target for target in catalogue(Path(__file__).parents[2] / "claims")}
CIRCLES = [Circle((0, 1)), Circle((Fraction(1, 2),)), Circle((0, Fraction(1, 3), 1, Fraction(1, 8))),
           Circle((Fraction(3, 1024), Fraction(1, 4), 1)), Circle((0, 0, 1, 1, Fraction(2, 3), Fraction(1, 5), 0, 1))]
WAVES = [{"circle": circle, "n": n} for circle in CIRCLES for n in (1, 2, 7, 100)]
COUNTS = [{"n": n} for n in (1, 2, 3, 10, 200)]
INSTANCES: dict[str, list[dict[str, Any]]] = {
    "nearest_distance": COUNTS, "voronoi_squares": COUNTS[1:],
    "nearest_neighbour_law": [{"a": a, "n": n} for a in (0, Fraction(1, 5), Fraction(1, 2)) for n in (1, 2, 30, 100)],
    **dict.fromkeys(["nearest_neighbour_risk", "nearest_neighbour_risk_lower", "nearest_neighbour_risk_quadratic",
                     "nearest_neighbour_sampler", "nearest_neighbour_sampler_sharp",
                     "nearest_neighbour_sampler_distance"], WAVES),
}
PREMISE = Premise("uniform", "for a test")


def claim(name: str) -> Any:
    return load(TARGETS[f"kaplun2022.{name}"])


def given_to(function: Callable[..., Any], values: dict[str, Any]) -> Any:
    wanted = function.__code__.co_varnames[:function.__code__.co_argcount]
    return function(**{name: values[name] for name in wanted if name in values})


@pytest.mark.parametrize("name", INSTANCES)
def test_both_sides_are_the_claims(name: str) -> None:
    found = claim(name)
    compared = 0
    for values in INSTANCES[name]:
        sides = found.proof.sides(values)
        assert sides.outside == ""
        assert float(sides.right) == pytest.approx(float(given_to(found.bound, values)), rel=1e-9, abs=1e-14)
        left = given_to(found.exact, values)
        if left is not None:
            compared += 1
            assert float(sides.left) == pytest.approx(float(left), rel=sides.tolerance, abs=1e-14)
    assert compared >= 4


@pytest.mark.parametrize(("goal", "fact", "right"), [
    (near.gap_goal, near.gap, neighbours.ETA_GAP.at(lipschitz=near.lipschitz, n=near.n, c=Rational(2, 5))),
    (near.sampler_goal, near.sampler, neighbours.ETA_GAP.at(lipschitz=near.lipschitz, n=near.n, c=Rational(6, 25))),
    (round_it.sharp_goal, round_it.sharp, neighbours.ETA_GAP.at(lipschitz=near.lipschitz, n=near.n + 2, c=near.HALF)),
    (near.distance_goal, near.distance, neighbours.NEAREST_DISTANCE.at(n=near.n + 1)),
    (near.voronoi_goal, near.voronoi, neighbours.VORONOI_SQUARES.at(n=near.several - 1)),
], ids=["sampler", "distance", "sharp", "nearest", "voronoi"])
def test_wrong_constant_is_not_what_is_proved(goal: Callable[[], Any], fact: Callable[[], Any], right: Any) -> None:
    with pytest.raises(Rejected, match="goal: the derivation concludes"):
        replace(goal(), right=right).must_be(fact())


def test_wrong_value_of_an_integral_is_rejected() -> None:
    with pytest.raises(Rejected, match="integral"):
        near.moment(near.NEAR, 1, 1 / (2 * (near.n + 2)))


def test_without_the_lipschitz_condition_nothing_follows() -> None:
    loose = Law("XN", near.XN.variables, Domain(near.RANGES), meaning=near.XN.meaning)
    with pytest.raises((Rejected, IndexError)):
        near._lipschitz_gap(loose)
    steep = Law("XN", near.XN.variables, Domain(near.RANGES, 2 * near.lipschitz * near.D - Abs(near.a - near.b)),
                meaning=near.XN.meaning)
    with pytest.raises(Rejected, match="combine"):
        near._lipschitz_gap(steep)


@pytest.mark.parametrize("name", ["nearest_neighbour_sampler", "nearest_neighbour_sampler_sharp",
                                  "nearest_neighbour_risk", "nearest_neighbour_risk_quadratic"])
def test_an_instance_that_is_not_lipschitz_lies_outside(name: str) -> None:
    found = claim(name).proof.stated
    table = quadrature.neighbours(CIRCLES[2], 3)
    sides = found.sides({"n": 3, "XN": table["XN"], "lipschitz": table["lipschitz"] / 2}, None, 1e-9)
    assert "negative" in sides.outside


def test_a_single_point_has_no_voronoi_sum() -> None:
    assert "n = 1" in claim("voronoi_squares").proof.sides({"n": 1}).outside
    law = Law("G", near.G.variables, Domain({near.after: near.UNIT, near.before: near.UNIT, near.n: near.NATURAL}),
              meaning=near.G.meaning)
    with pytest.raises(Rejected, match=">= 2"):
        exchangeable(near.after, near.before, near.n, 1, law, near.GAPS)


# The rules' side conditions

def test_uniform_event_needs_an_arc_inside_the_range() -> None:
    u, t = near.u, variable("t", near.UNIT)
    form = identity(Min(u, 1 - u) - t, Min(u - t, 1 - t - u), Domain({u: near.UNIT, t: near.UNIT}))
    with pytest.raises(Rejected, match="is false"):
        uniform_event(form, u, near.POINT, near.UNIFORM)
    twice = identity(2 * u - near.t, 2 * u - near.t, Domain({u: near.UNIT, near.t: near.SHORT}))
    with pytest.raises(Rejected, match="is not event"):
        uniform_event(twice, u, near.POINT, near.UNIFORM)
    with pytest.raises(Rejected, match="kind 'uniform'"):
        uniform_event(form, u, near.POINT, near.INDEPENDENT)


def test_uniform_mean_is_over_one_variable() -> None:
    with pytest.raises(Rejected, match="only variable"):
        uniform_mean(near.a, near.a, near.ANY, Domain({}), PREMISE)


def test_least_of_needs_a_variable_with_that_meaning() -> None:
    silent = Law("N", (near.D,), Domain({near.D: near.SHORT}))
    with pytest.raises(Rejected, match="doesn't say"):
        least_of(near.one_point(), near.t, near.n, near.COUNT, near.D, silent, near.INDEPENDENT)
    with pytest.raises(Rejected, match=">= 1"):
        least_of(near.one_point(), near.t, near.n - 1, near.COUNT, near.D, near.NEAR, near.INDEPENDENT)


def test_density_needs_the_whole_tail() -> None:
    t, n, D = near.t, near.n, near.D
    with pytest.raises(Rejected, match="alone"):
        density(near.survival(near.XN), t, D, near.a * t, near.XN)
    with pytest.raises(Rejected, match="two different laws"):
        density(near.survival(near.NEAR), t, D, t, Law("N", (D,), Domain({D: near.SHORT})))
    with pytest.raises(Rejected, match="is not P"):
        density(near.one_point(), t, D, cos(n * t), near.NEAR)


def test_substitution_is_affine() -> None:
    short: Any = Interval.open(0, near.HALF)
    t, u = variable("t", short), round_it.u
    found = substitute(Integral(cos(2 * pi * t), (t, 0, near.HALF)), u, (1 - u) / 2, Domain({}))
    assert found.right == Integral(cos(pi * (1 - u)) / 2, (u, 0, 1))
    for value in (u**2 / 2, -u, 0 * u):
        with pytest.raises(Rejected, match="substitution"):
            substitute(Integral(t, (t, 0, near.HALF)), u, value, Domain({}))


def test_same_law_is_about_one_variable_and_one_range() -> None:
    with pytest.raises(Rejected, match="alone"):
        same_law(near.a * near.b, near.a, near.b, near.XN, near.TURNED)
    with pytest.raises(Rejected, match="one range"):
        same_law(near.a, near.a, near.D, near.XN, near.TURNED)
    with pytest.raises(Rejected, match="kind"):
        same_law(near.a, near.a, near.b, near.XN, near.LABELS)


def test_tower_needs_the_inner_laws_conditions() -> None:
    bound = round_it.increments()
    w, D = round_it.w, near.D
    for law in (Law("XN", (D, w), Domain({D: near.SHORT, w: round_it.STEP})),
                Law("XN", (D, w), Domain({D: near.SHORT, w: round_it.STEP}, 2 * D - Abs(w)))):
        with pytest.raises(Rejected, match="tower"):
            tower(bound, round_it.C, {near.t: D}, law, round_it.GIVEN_D)
    with pytest.raises(Rejected, match="must have the variables"):
        tower(bound, round_it.C, {near.t: D}, near.XN, round_it.GIVEN_D)


def test_tower_does_not_mix_fixed_and_averaged() -> None:
    x, side, D = round_it.x, round_it.side, near.D
    fact = uniform_mean(x * D, x, round_it.PLACE, Domain({D: near.SHORT}), round_it.PLACED)
    with pytest.raises(Rejected, match="averages"):
        tower(fact, round_it.PLACE, {}, round_it.XD, round_it.TURNING)
    assert side in round_it.XD.variables


def test_given_names_every_mean() -> None:
    with pytest.raises(Rejected, match="must be named"):
        given(near._lipschitz_gap(near.N), {}, near.X, near.GIVEN_X)


def test_crossings_reach_a_quarter_of_the_slope() -> None:
    w, r, law = round_it.w, round_it.r, round_it.C
    with pytest.raises(Rejected, match="quarter"):
        crossing_tail(w, r, -2, law, round_it.ROUND)
    # A tail that is known up to 1/4 doesn't do for increments up to 1/2, nor one up to t/2 for increments up to t.
    for slope, top in ((1, near.t), (2, near.t / 2)):
        with pytest.raises(Rejected, match="is false"):
            positive_part(crossing_tail(w, r, slope, law, round_it.ROUND), r, w, top, law)


# The tables

@pytest.mark.parametrize("n", [1, 2, 40, 200])
@pytest.mark.parametrize("circle", CIRCLES)
def test_tables_are_laws(circle: Circle, n: int) -> None:
    tables = {**quadrature.neighbours(circle, n), **quadrature.answers(circle, n), **quadrature.gaps(n),
              **quadrature.distances(n), **quadrature.cosine(n)}
    for name in ("XN", "X", "G", "N", "XD", "U"):
        weights, columns = tables[name]
        assert weights.min() >= 0
        assert weights.sum() == pytest.approx(1, abs=1e-11)
        assert all(column.shape == weights.shape for column in columns.values())
    weights, columns = tables["XN"]
    assert np.sum(weights * columns["D"]) == pytest.approx(1 / (2 * (n + 1)), rel=1e-11)
    assert np.sum(weights * columns["D"] ** 2) == pytest.approx(1 / (2 * (n + 1) * (n + 2)), rel=1e-11)
    assert np.sum(weights * columns["b"]) == pytest.approx(float(circle.mean_eta()), rel=1e-11)
