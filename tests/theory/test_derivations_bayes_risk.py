"""Bayes risks from their definition: both sides of every certificate by other routes, and wrong variants."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate, stats
from sympy import Integral, Interval, Rational, exp, oo
from sympy import integrate as antiderivative

from theory import bayes_risk
from theory.derivations import bayes_risk as derivations
from theory.derivations import bayes_risk_circle as circle
from theory.domain import Domain, variable
from theory.facts import Rejected
from theory.formula import Formula, positive
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import definition, inequality
from theory.rules_integrals import antisymmetric, in_pieces, least, mean_by_density, with_density

DISTANCES = [0, Fraction(1, 3), 1, Fraction(5, 2), 7]
x = variable("x", Interval.open(0, oo))
NONE = Domain({})


def close(sides, value):
    assert not sides.outside
    assert float(sides.left) == pytest.approx(value, abs=1e-10)
    assert float(sides.right) == pytest.approx(value, abs=1e-10)


@pytest.mark.parametrize("distance", DISTANCES)
def test_two_gaussians(distance):
    close(bayes_risk.BAYES_RISK_GAUSSIANS_PROOF.sides({"distance": distance}), stats.norm.cdf(-float(distance) / 2))


@pytest.mark.parametrize("distance", DISTANCES)
def test_two_laplace_laws(distance):
    gap = float(distance)
    cuts = [-60, 0, gap / 2, gap, gap + 60]
    smaller = sum(integrate.quad(lambda u: min(math.exp(-abs(u)), math.exp(-abs(u - gap))) / 4, low, high)[0]
                  for low, high in pairwise(cuts))
    close(bayes_risk.BAYES_RISK_LAPLACE_PROOF.sides({"distance": distance}), smaller)


def on_piece(function, start, end):
    share = (np.arange(200_000) + 0.5) / 200_000
    return float(np.mean(function(float(start) + (float(end) - float(start)) * share)))


@pytest.mark.parametrize(("name", "start", "end"), [
    ("BELOW", Fraction(1, 8), Fraction(1, 2)), ("BELOW", Fraction(1, 3), 0), ("ABOVE", Fraction(1, 2), Fraction(9, 10)),
    ("CROSSING", Fraction(1, 8), Fraction(3, 5)), ("CROSSING", 0, 1)])
def test_bayes_risk_on_a_piece(name, start, end):
    sides = getattr(bayes_risk, f"BAYES_RISK_PIECE_{name}_PROOF").sides({"start": start, "end": end})
    expected = on_piece(lambda eta: np.minimum(eta, 1 - eta), start, end)
    assert float(sides.left) == pytest.approx(expected, abs=1e-9)
    assert float(sides.right) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("start", "end"), [(0, 1), (1, Fraction(1, 4)), (Fraction(1, 3), Fraction(1, 3))])
def test_sampler_risk_on_a_piece(start, end):
    sides = bayes_risk.SAMPLER_RISK_PIECE_PROOF.sides({"start": start, "end": end})
    expected = on_piece(lambda eta: 2 * eta * (1 - eta), start, end)
    assert float(sides.left) == pytest.approx(expected, abs=1e-9)
    assert float(sides.right) == pytest.approx(expected, abs=1e-9)


def test_finite_classes_on_a_table():
    mass = [Fraction(1, 4), Fraction(3, 4)]
    two = bayes_risk.BAYES_RISK_PROOF.sides({"mass": mass, "eta": [Fraction(1, 3), Fraction(9, 10)]})
    assert two.left == two.right == Fraction(1, 4) / 3 + Fraction(3, 40)
    other = bayes_risk.BAYES_RISK_LEAST_PROOF.sides(
        {"mass": mass, "eta": [Fraction(1, 3), Fraction(9, 10)], "h": [1, 1]})
    assert (other.left, other.right) == (Fraction(1, 4) * Fraction(2, 3) + Fraction(3, 40), two.right)
    several = bayes_risk.BAYES_RISK_CLASSES_PROOF.sides(
        {"mass": mass, "top": [Fraction(1, 2), Fraction(2, 5)], "chosen": [Fraction(1, 2), Fraction(1, 5)]})
    assert several.left > several.right == 1 - Fraction(1, 8) - Fraction(3, 10)
    best = bayes_risk.BAYES_RISK_CLASSES_ATTAINED_PROOF.sides({"mass": mass, "top": [Fraction(1, 2), Fraction(2, 5)]})
    assert best.left == best.right == several.right


def other(value):
    return Formula("another value", ("distance",), lambda: value(positive("distance")))


@pytest.mark.parametrize(("name", "derivation", "value"), [
    ("BAYES_RISK_GAUSSIANS", derivations.gaussians, lambda d: bayes_risk.BAYES_RISK_GAUSSIANS.at(distance=2 * d)),
    ("BAYES_RISK_GAUSSIANS", derivations.gaussians, lambda d: 2 * bayes_risk.BAYES_RISK_GAUSSIANS.at(distance=d)),
    ("BAYES_RISK_LAPLACE", derivations.laplace_pair, lambda d: exp(-d) / 2),
    ("BAYES_RISK_LAPLACE", derivations.laplace_pair, lambda d: exp(-d / 2)),
], ids=["Phi(-d)", "twice Phi(-d/2)", "exp(-d)/2", "exp(-d/2)"])
def test_another_value_is_rejected(monkeypatch, name, derivation, value):
    wrong = other(value)
    assert wrong.expression != 0
    monkeypatch.setattr(bayes_risk, name, wrong)
    with pytest.raises(Rejected, match=r"integral: quadrature gives"):
        derivation()


def test_another_value_on_a_piece_is_rejected(monkeypatch):
    monkeypatch.setattr(bayes_risk, "BAYES_RISK_PIECE_CROSSING", bayes_risk.BAYES_RISK_PIECE_BELOW)
    with pytest.raises(Rejected, match="identity"):
        circle.piece_crossing()


def test_the_larger_density_is_not_the_minimum():
    eta = variable("eta", Interval(0, Rational(1, 2)))
    with pytest.raises(Rejected, match="false at"):
        least(inequality(1 - eta, "<=", eta, Domain({eta: Interval(0, Rational(1, 2))})))


def test_antisymmetry_needs_both_orders():
    one = inequality(1, "<=", 2, NONE)
    with pytest.raises(Rejected, match="antisymmetric"):
        antisymmetric(one, one)


@pytest.fixture(name="exponential")
def exponential_law():
    where = Domain({x: Interval.open(0, oo)})
    total = integral(Integral(exp(-x), (x, 0, oo)), 1, NONE)
    moment = integral(Integral(x * exp(-x), (x, 0, oo)), 1, NONE)
    return with_density("E", x, exp(-x), where), total, moment, where


def test_a_mean_by_its_density(exponential):
    law, total, moment, _ = exponential
    fact = mean_by_density(x, law, exp(-x), total, moment)
    assert fact.right == antiderivative(x * exp(-x), (x, 0, oo)) == 1
    assert [premise.text for premise in fact.premises] == ["x has the density exp(-x)"]


def test_a_density_has_integral_one_and_belongs_to_its_law(exponential):
    law, total, moment, where = exponential
    twice = integral(Integral(2 * exp(-x), (x, 0, oo)), 2, NONE)
    with pytest.raises(Rejected, match="with_density"):
        mean_by_density(x, law, 2 * exp(-x), twice, moment)
    heavy = with_density("E", x, 2 * exp(-x), where)
    weighed = integral(Integral(2 * x * exp(-x), (x, 0, oo)), 2, NONE)
    with pytest.raises(Rejected, match="its integral is 2"):
        mean_by_density(x, heavy, 2 * exp(-x), twice, weighed)
    with pytest.raises(Rejected, match="is not about the integral"):
        mean_by_density(x**2, law, exp(-x), total, moment)
    with pytest.raises(Rejected, match=">= 0"):
        mean_by_density(x - 1, law, exp(-x), total, moment)


def test_pieces_have_to_meet_and_to_fill_the_range():
    u, inner = variable("u", Interval.open(0, 1)), variable("u", Interval.open(0, Rational(1, 2)))
    equal = definition(u, Domain({u: Interval.open(0, 1)}))
    half = integral(Integral(inner, (inner, 0, Rational(1, 2))), Rational(1, 8), NONE)
    rest = integral(Integral(u, (u, Rational(1, 2), 1)), Rational(3, 8), NONE)
    whole = Integral(u, (u, 0, 1))
    assert in_pieces(whole, [(equal, half), (equal, rest)], NONE).right == Rational(1, 2)
    for pieces in ([(equal, half)], [(equal, rest)], [(equal, rest), (equal, half)]):
        with pytest.raises(Rejected, match="pieces"):
            in_pieces(whole, pieces, NONE)
    zero = identity(u - u, 0, Domain({u: Interval.open(0, 1)}))
    with pytest.raises(Rejected, match="don't say"):
        in_pieces(whole, [(equal, half), (zero, rest)], NONE)
