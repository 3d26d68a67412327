"""What is put into an expression is not bound there; what a law depends on is not averaged away behind its back."""

from __future__ import annotations

from typing import Any

import pytest
from gauntlet import rejects
from sympy import Integral, Interval, Range, Rational, Sum, exp, oo

from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.identities import equal_derivatives, identity
from theory.integrals import integral
from theory.kernel import chain, combine, condition, expectation, inequality, instantiate, mirror
from theory.rules import at_random, jensen
from theory.rules_circle import crossing_tail, increment, least_of, uniform_event, uniform_mean
from theory.rules_conditional import given, same_law, tower
from theory.rules_events import independent_events
from theory.rules_integrals import antisymmetric, mean_by_density, with_density
from theory.rules_sums import termwise

UNIT, FOUR, BINARY, NATURAL = Interval(0, 1), Range(0, 4), Range(0, 2), Range(1, oo)
HALF, NOWHERE = Rational(1, 2), Domain({})
u, t, s, h, v = (variable(name, UNIT) for name in ("u", "t", "s", "h", "v"))
p, j, m = variable("p", FOUR), variable("j", FOUR), variable("m", NATURAL)
U, V = Law("U", (u,), Domain({u: UNIT})), Law("V", (v,), Domain({v: UNIT}))
LEAST = Law("I", (t,), Domain({t: UNIT}), meaning=((t, "the least of several"),))
NAMED = Law("M", (h,), Domain({h: UNIT}), meaning=((h, "a mean"),))
GIVEN = Premise("conditional", "I is the law given j")
UNIFORM, APART = Premise("uniform", "v is uniform"), Premise("independent", "the variables are independent")
TWINS = Premise("identically distributed", "both have one law")
SQUARES = Sum((p - j) ** 2, (j, 0, 3))
TOTAL = 4 * p**2 - 12 * p + 14


def least() -> Fact:
    """P(t >= s) == (1 - s)^m."""
    share = uniform_event(identity(v - s, v - s, Domain({v: UNIT, s: UNIT})), v, V, UNIFORM)
    one = chain(share, integral(share.right, 1 - s, Domain({s: UNIT})))
    return least_of(one, s, m, Domain({m: NATURAL}), t, LEAST, APART)


def test_derivatives_are_equal_inside_not_at_a_point() -> None:
    x = variable("x", UNIT)
    point = Domain({x: UNIT}, x - HALF, HALF - x)
    slopes = antisymmetric(inequality(2 * x, "<=", 1, point), inequality(1, "<=", 2 * x, point))
    rejects(lambda: equal_derivatives(x**2, x, x, 0, Domain({x: UNIT}), slopes, identity(0, 0, NOWHERE)),
            "equal derivatives", "are equal where .* only")


def test_a_function_is_concave_whatever_the_law_draws() -> None:
    """-y x^2 is concave for y >= 0, as for y >= u, but the mean over u says nothing of y = -1."""
    x, y = variable("x", UNIT), variable("y", Interval(-1, 1))
    above = Domain({x: UNIT, y: Interval(-1, 1), u: UNIT}, y - u)
    rejects(lambda: jensen(-y * x**2, x, above, u, U), "Jensen", "is concave in x is false at")
    rejects(lambda: uniform_mean(y, u, U, Domain({u: UNIT, y: Interval(-1, 1)}, y - u), UNIFORM), "uniform mean",
            "must not have what U averages over")


def test_a_sum_in_a_condition_binds_no_value() -> None:
    squares: Any = SQUARES
    empty = condition(Domain({p: FOUR}, 1 - squares))
    false = combine(0, "<=", 1 - TOTAL, (1, empty), (1, identity(TOTAL, SQUARES, Domain({p: FOUR}))))
    rejects(lambda: instantiate(false, {p: j}, Domain({j: FOUR})), "instantiate", "binds")


def test_a_sum_binds_nothing_that_is_given() -> None:
    inner, joint = Law("I", (u,), Domain({u: UNIT})), Law("L", (u, j), Domain({u: UNIT, j: FOUR}))
    bound = expectation(inequality(5, "<=", TOTAL + 0 * u, Domain({p: FOUR, u: UNIT})), inner)
    fact = chain(bound, identity(TOTAL, SQUARES, Domain({p: FOUR})))
    rejects(lambda: tower(fact, inner, {p: j}, joint, GIVEN), "tower", "binds")
    rejects(lambda: tower(fact, inner, {}, joint, GIVEN), "tower", "nothing is given")


def test_a_sum_binds_no_variable_of_the_same_law() -> None:
    first = variable("a", FOUR)
    pair = Law("L", (first, j), Domain({first: FOUR, j: FOUR}))
    rejects(lambda: same_law(Sum((first - j) ** 2, (j, 0, 3)), first, j, pair, TWINS), "same law", "binds")


def test_a_parameter_of_a_density_is_not_averaged() -> None:
    rate, x = variable("q", Interval(1, 2)), variable("x", Interval(0, oo))
    inner, rates = variable("x", Interval.open(0, oo)), Domain({rate: Interval(1, 2)})
    law = with_density("L", x, rate * exp(-rate * x), Domain({x: Interval(0, oo), rate: Interval(1, 2)}))
    total, mean = (integral(Integral(each * rate * exp(-rate * inner), (inner, 0, oo)), value, rates)
                   for each, value in ((1, 1), (inner, 1 / rate)))
    fact = mean_by_density(x, law, rate * exp(-rate * x), total, mean)
    rejects(lambda: expectation(fact, Law("K", (rate,), rates)), "expectation", "depends on .'q'.")


def test_the_number_of_variables_is_not_averaged_or_summed() -> None:
    fact = instantiate(least(), {s: HALF}, Domain({m: Range(1, 3)}))
    rejects(lambda: expectation(fact, Law("K", (m,), Domain({m: Range(1, 3)}))), "expectation", "depends on .'m'.")
    rejects(lambda: termwise(1, fact, m, 1, 2, NOWHERE), "termwise", "depends on .'m'.")


def test_a_name_remembers_what_its_law_is_about() -> None:
    """E t is 1/2 for the least of one, less for the least of two; one name can't be both."""
    for name in (lambda fact: at_random(fact, [], {fact.left: h}, NAMED),
                 lambda fact: given(fact, {fact.left: h}, NAMED, GIVEN)):
        one, two = (name(combine(LEAST.mean(t), "<=", 1, (1, expectation(inequality(t, "<=", 1, LEAST.domain), LEAST)),
                                 (0, instantiate(least(), {m: number, s: HALF}, NOWHERE)))) for number in (1, 2))
        rejects(lambda one=one, two=two: combine(2 * h, "<=", 2, (1, one), (1, two)), "combine", "at once")


def test_a_mean_is_named_where_its_law_is_known() -> None:
    wide, narrow = Interval(Rational(1, 8), 1), Interval(HALF, 1)
    x, name = variable("x", wide), variable("h", wide)
    some = Law("I", (x,), Domain({x: narrow}))
    fact = combine(HALF, "<=", some.mean(x), (1, expectation(inequality(HALF, "<=", x, some.domain), some)))
    all_ = Law("M", (x, name), Domain({x: wide, name: wide}), meaning=((name, "E(x | X)"),))
    mean: Any = some.mean(x)
    rejects(lambda: given(fact, {mean: name}, all_, GIVEN), "given", "range further in M than in I")
    rejects(lambda: at_random(fact, [x], {mean: name}, all_), "random law", "range further in M than in I")


def test_premises_follow_the_values_put_for_parameters() -> None:
    shift = variable("shift", Interval(-1, 1))
    law = Law("I", (u,), Domain({u: UNIT, shift: Interval(-1, 1)}, u - shift - 1))
    pointwise = inequality(shift + 1, "<=", u, law.domain)
    fact = combine(shift + 1, "<=", law.mean(u), (1, expectation(pointwise, law)))
    mean: Any = law.mean(u)
    named = given(fact, {mean: h}, NAMED, GIVEN)
    at = instantiate(named, {shift: 1}, Domain({h: UNIT}))
    assert {"given X, u - 2 >= 0", "given X, 0 <= u <= 1"} <= {premise.text for premise in at.premises}
    three = instantiate(least(), {m: 3}, Domain({s: UNIT}))
    assert any("least of 3 independent variables" in premise.text for premise in three.premises)


def test_a_difference_is_nothing_else() -> None:
    event = variable("b", BINARY)
    both = Law("B", (event,), Domain({event: BINARY}), meaning=((event, "1 where both events happen"),))
    happen = independent_events(identity(HALF, HALF, NOWHERE), 2, event, both, APART)
    rejects(lambda: chain(mirror(happen), increment(event, both, TWINS)), "chain", "at once")
    r = variable("r", Interval.Lopen(0, HALF))
    steep = crossing_tail(t, r, 2, LEAST, Premise("Lipschitz on a circle", "t is Lipschitz"))
    assert any("at most 0 with probability 1/2 at least" in premise.text for premise in steep.premises)
    alone = instantiate(least(), {m: 1, s: r}, Domain({r: Interval.Lopen(0, HALF)}))
    rejects(lambda: chain(mirror(alone), steep), "chain", "at once")


def test_the_premise_of_one_law_names_its_variables() -> None:
    w = variable("w", UNIT)
    pair = Law("L", (u, w), Domain({u: UNIT, w: UNIT}))
    assert Premise("identically distributed", "u and w have one law") in same_law(u**2, u, w, pair, TWINS).premises


@pytest.mark.parametrize("name", ["u*w", "", "two words", "1x"])
def test_a_variable_has_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a variable"):
        variable(name, UNIT)
