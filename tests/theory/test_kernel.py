"""The rules of the proof kernel do what they say."""

from __future__ import annotations

import copy
from fractions import Fraction

import pytest
from sympy import Abs, Interval, Range, Rational, Sum, log, oo, sqrt

from theory.domain import Domain, variable
from theory.expressions import normal, put, same
from theory.facts import Fact, Indicator, Law, Premise, Rejected
from theory.goal import Goal
from theory.kernel import (
    chain,
    combine,
    condition,
    expectation,
    extend,
    inequality,
    instantiate,
    mirror,
    parts,
    rewrite,
)
from theory.proof import Proof, lemma
from theory.rules import triangle

UNIT, LINE, WHOLE = Interval(0, 1), Interval(-oo, oo), Range(0, oo)
HALF = Rational(1, 2)
x, y, p = variable("x", UNIT), variable("y", UNIT), variable("p", LINE)
k = variable("k", WHOLE)
X = Law("X", (x,), Domain({x: UNIT}))
XY = Law("XY", (x, y), Domain({x: UNIT, y: UNIT}, x - y))


def square() -> Fact:
    return inequality(x**2, "<=", x, X.domain)


def square_goal() -> Goal:
    return Goal(x**2, "<=", x, X.domain)


def test_means_are_linear() -> None:
    assert normal(X.mean(2 * x + 3)) == 2 * X.mean(x) + 3
    assert normal(X.mean(p * x**2 - x)) == p * X.mean(x**2) - X.mean(x)
    assert normal(X.mean(x * X.mean(x))) == X.mean(x) ** 2
    assert same(X.mean((x - X.mean(x)) ** 2), X.mean(x**2) - X.mean(x) ** 2)
    assert not same(X.mean(x**2), X.mean(x) ** 2)


def test_the_same_is_found_by_algebra() -> None:
    assert same(1 / (1 + x) + x / (1 + x), 1)
    assert same(Abs(p * (x - y)), Abs(p) * Abs(y - x))
    assert not same(sqrt(p**2), p)
    assert not same(1 / x, 1 / (x + 1))
    i, j = variable("i", WHOLE), variable("j", WHOLE)
    assert same(Sum(i * x, (i, 0, k)), Sum(j * x, (j, 0, k)))
    assert not same(Sum(i * x, (i, 0, k)), Sum(j * x, (j, 1, k)))


def test_values_are_put_under_no_binder() -> None:
    i = variable("i", WHOLE)
    assert put("rule", X.mean(x * p), p, 2) == X.mean(2 * x)
    assert X.mean(x * p).subs(x, 1) == X.mean(x * p)
    with pytest.raises(Rejected, match="binds"):
        put("rule", Sum(i * p, (i, 0, 3)), p, i)
    with pytest.raises(Rejected, match="binds"):
        X.mean(x * p).subs(p, x)


def test_a_law_knows_what_ties_it_and_what_it_assumes() -> None:
    steep = Law("T", (x,), Domain({x: UNIT, y: UNIT, p: LINE}, y - x))
    assert steep.tied == {y}
    assert X.tied == XY.tied == set()
    heavy = Law("H", (p,), Domain({p: LINE}), Premise("integrable", "p has a mean"), ((p, "a price"),))
    assert [premise.text for premise in heavy.premises] == ["p is a price (real p)", "p has a mean"]


def test_a_domain_says_what_lies_outside() -> None:
    domain = Domain({x: UNIT, k: WHOLE}, k - 2 * x)
    assert domain.lacks({x: Fraction(1, 2), k: 1}) == ""
    assert domain.lacks({x: 2, k: 4}) == "x = 2 is not in 0 <= x <= 1"
    assert domain.lacks({x: 0, k: Fraction(1, 2)}) == "k = 1/2 is not in integer 0 <= k"
    assert "k - 2*x is not certainly >= 0" in domain.lacks({x: 1, k: 1})


def test_a_domain_has_points_and_meets_others() -> None:
    domain = Domain({x: UNIT, y: UNIT}, x - y)
    points = list(domain.points(20))
    assert len(points) == 20
    assert all(domain.lacks(point) == "" for point in points)
    assert list(Domain({x: UNIT}, x - 2).points(5)) == []
    half = Domain({x: Interval(0, HALF)}, HALF - x)
    assert domain.meet(half) == Domain({x: Interval(0, HALF), y: UNIT}, x - y, HALF - x)
    assert domain.without((y,)) == X.domain
    low, high = Interval(-2, -1), Interval(-HALF, 1)
    with pytest.raises(ValueError, match="no value in both"):
        Domain({p: low}).meet(Domain({p: high}))
    assert copy.deepcopy(domain) == domain


def test_chains_keep_the_strongest_relation() -> None:
    strict = inequality(x, "<", x + 1, X.domain)
    assert chain(square(), strict).relation == "<"
    assert str(chain(square(), strict)) == "x**2 < x + 1"


def test_rules_conclude_what_they_say() -> None:
    ordered = Domain({x: UNIT, y: UNIT}, x - y)
    assert str(condition(ordered)) == "0 <= x - y"
    assert str(combine(y, "<=", x, (1, condition(ordered)))) == "y <= x"
    assert str(expectation(square(), X)) == "E[x**2] <= E[x]"
    assert str(triangle(x - HALF, X)).startswith("Abs(E[x - 1/2]) <= E[Abs(")
    inside = variable("x", Interval.open(0, 1))
    positive = inequality(0, "<=", log(1 + inside), Domain({inside: Interval.open(0, 1)}))
    assert extend(positive, X.domain).domain == X.domain
    low, high = (inequality(0, "<=", (x - HALF) ** 2, Domain({x: UNIT}, side)) for side in (HALF - x, x - HALF))
    assert parts(high, low, x - HALF, X.domain).domain == X.domain


def test_equals_are_put_for_equals() -> None:
    equal = combine((x + y) ** 2, "==", x**2 + 2 * x * y + y**2, domain=XY.domain)
    fact = inequality(0, "<=", (x + y) ** 2, XY.domain)
    assert str(rewrite(fact, equal)) == "0 <= x**2 + 2*x*y + y**2"
    assert rewrite(rewrite(fact, equal), mirror(equal)).right == (x + y) ** 2


def test_instances_lie_in_the_new_domain() -> None:
    at = instantiate(square(), {x: 1 - y}, Domain({y: UNIT}))
    assert str(at) == "(1 - y)**2 <= 1 - y"
    assert at.domain == Domain({y: UNIT})
    assert str(instantiate(square(), {x: X.mean(x)}, Domain({}), laws=(X,))) == "E[x]**2 <= E[x]"


def test_a_goal_is_evaluated_at_an_instance() -> None:
    goal = Goal(X.mean(x**2), "<=", p * X.mean(x), Domain({p: LINE}), (X,))
    fair = {"mass": [Fraction(1, 2), Fraction(1, 2)], "x": [0, 1], "p": 3}
    sides = goal.sides(fair, None, 0.0)
    assert (sides.left, sides.right, sides.outside) == (Fraction(1, 2), Fraction(3, 2), "")
    assert "x = 2 is not in" in goal.sides({**fair, "x": [0, 2]}, None, 0.0).outside
    assert goal.sides({**fair, "x": [0, 2], "mass": [1, 0]}, None, 0.0).outside == ""
    with pytest.raises(ValueError, match="speaks of p"):
        goal.sides({"mass": [1], "x": [0]}, None, 0.0)


def test_a_goal_reads_indicators_and_parameters_of_any_name() -> None:
    mean = variable("mean_0", LINE)
    goal = Goal(X.mean(Indicator(x - HALF)), "<=", mean, Domain({mean: LINE}), (X,))
    sides = goal.sides({"mass": [Fraction(1, 4), Fraction(3, 4)], "x": [0, Fraction(1, 2)], "mean_0": 5}, None, 0.0)
    assert (sides.left, sides.right) == (Fraction(3, 4), 5)


def test_a_lemma_keeps_its_steps() -> None:
    proof = Proof("squares", square_goal, square)
    assert [line.rule for line in Proof("again", square_goal, lambda: lemma(proof)).certificate().steps] == [
        "inequality", "lemma"]
