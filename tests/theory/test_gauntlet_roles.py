"""A variable of a law stands for one thing, which its range allows, and which the certificate says."""

from __future__ import annotations

from typing import Any

from gauntlet import rejects
from sympy import Integral, Interval, Min, Range, Rational, exp, log, oo, sympify

from theory.derivations.concentration import INDEPENDENT, deviation, hoeffding_lemma, s
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, expectation, inequality, mirror
from theory.rules import at_random, independent_mean, maximal, unbiased
from theory.rules_circle import crossing_tail, increment, least_of, uniform_event, uniform_mean
from theory.rules_conditional import conditional_mean, exchangeable, given
from theory.rules_events import independent_events, union_bound
from theory.rules_integrals import mean_by_density, with_density

UNIT, POSITIVE, NATURAL, BINARY = Interval(0, 1), Interval.open(0, oo), Range(1, oo), Range(0, 2)
HALF, MOST = Rational(1, 2), Rational(3, 4)
NOWHERE = Domain({})
z, a, u, t = variable("z", Interval(MOST, 1)), variable("a", UNIT), variable("u", UNIT), variable("t", UNIT)
event, m = variable("event", BINARY), variable("m", NATURAL)
Z = Law("Z", (z,), Domain({z: Interval(MOST, 1)}))
NAMED = Law("C", (a,), Domain({a: UNIT}), meaning=((a, "the mean of z"),))
UNIFORM, GIVEN = Premise("uniform", "u is uniform"), Premise("conditional", "Z is the law given X")
APART = Premise("independent", "the events are independent")


def large() -> Fact:
    """3/4 <= E z."""
    return combine(MOST, "<=", Z.mean(z), (1, expectation(inequality(MOST, "<=", z, Z.domain), Z)))


def small() -> Fact:
    """E(1 - z) <= 1/4."""
    return combine(Z.mean(1 - z), "<=", 1 - MOST, (1, expectation(inequality(1 - z, "<=", 1 - MOST, Z.domain), Z)))


MEAN: Any = Z.mean(z)
REST: Any = Z.mean(1 - z)


def law(symbol: Any, where: Any, meaning: str = "what the rule says") -> Law:
    return Law("L", (symbol,), Domain({symbol: where}), meaning=((symbol, meaning),))


def test_a_name_is_a_variable_with_a_meaning_and_the_range() -> None:
    rejects(lambda: at_random(large(), (), {Z.mean(z): 1 - a}, NAMED), "random law", "must be named by a variable")
    silent = Law("C", (a,), Domain({a: UNIT}))
    rejects(lambda: at_random(large(), (), {Z.mean(z): a}, silent), "random law", "doesn't say what .'a'. is")
    low = variable("a", Interval(0, HALF))
    rejects(lambda: at_random(large(), (), {Z.mean(z): low}, law(low, Interval(0, HALF))), "instantiate", "is false at")


def test_a_name_is_of_one_mean() -> None:
    one = at_random(large(), (), {Z.mean(z): a}, NAMED)
    other = at_random(small(), (), {Z.mean(1 - z): a}, NAMED)
    rejects(lambda: combine(MOST, "<=", 1 - MOST, (1, one), (1, other)), "combine", "at once")
    one, other = given(large(), {MEAN: a}, NAMED, GIVEN), given(small(), {REST: a}, NAMED, GIVEN)
    rejects(lambda: chain(one, other), "chain", "at once")


def test_a_named_variable_is_not_averaged_over_another_law() -> None:
    other = Law("D", (a,), Domain({a: UNIT}))
    named = at_random(large(), (), {Z.mean(z): a}, NAMED)
    rejects(lambda: expectation(named, other), "expectation", "variables of D as well")


def test_a_name_is_not_captured() -> None:
    e, w = variable("e", UNIT), variable("w", UNIT)
    A, B = Law("A", (e,), Domain({e: UNIT})), Law("B", (w,), Domain({w: UNIT}))
    equal = combine(A.mean(e * B.mean(w)), "==", A.mean(A.mean(e) * B.mean(w)),
                    (1, expectation(identity(e, e, A.domain), A)), (1, expectation(identity(w, w, B.domain), B)))
    named = Law("C", (e,), Domain({e: UNIT}), meaning=((e, "the mean of w"),))
    rejects(lambda: at_random(equal, (), {B.mean(w): e}, named), "random law", "binds e")


def test_conditions_of_a_law_given_something_are_declared() -> None:
    anything = variable("z", UNIT)
    above = Law("A", (anything,), Domain({anything: UNIT}, anything - MOST))
    pointwise = inequality(MOST, "<=", anything, above.domain)
    fact = combine(MOST, "<=", above.mean(anything), (1, expectation(pointwise, above)))
    mean: Any = above.mean(anything)
    named = given(fact, {mean: a}, NAMED, GIVEN)
    assert Premise("condition", "given X, z - 3/4 >= 0") in named.premises
    nobody = Law("A", (anything,), Domain({anything: UNIT}, anything - 2))
    vacuous = expectation(inequality(anything + 1, "<=", anything, nobody.domain), nobody)
    of_nobody: Any = nobody.mean(anything)
    false = combine(of_nobody + 1, "<=", of_nobody, (1, vacuous))
    rejects(lambda: given(false, {of_nobody: a}, NAMED, GIVEN), "given", "no point was found")


def test_what_hoeffding_is_about_is_declared() -> None:
    w = variable("w", Interval(-1, 1))
    silent = Law("V", (w,), Domain({w: Interval(-1, 1)}))
    rejects(lambda: independent_mean(hoeffding_lemma(), s, m, silent, INDEPENDENT), "independent mean",
            "doesn't say what .'w'. is")
    fact = independent_mean(hoeffding_lemma(), s, m, law(w, Interval(-1, 1)), INDEPENDENT)
    assert any("w is the mean of m independent variables" in premise.text for premise in fact.premises)


def test_the_largest_of_many_is_no_average() -> None:
    peak, value = variable("peak", Interval(-1, 1)), variable("v", Interval(HALF, 1))
    slope = variable("slope", POSITIVE)
    both = Law("L", (peak, value), Domain({peak: Interval(-1, 1), value: Interval(HALF, 1)}),
               meaning=((peak, "the largest deviation"), (value, "one draw")))
    most = maximal(deviation(1), s, slope, 1, peak, both, Domain({slope: POSITIVE}))
    mean = unbiased(peak, value, both, Premise("identically distributed", "the draws have one law"))
    rejects(lambda: combine(both.mean(value), "<=", most.right, (-1, mean), (1, most)), "combine", "at once")
    assert any("peak is the largest of 1 variables" in premise.text for premise in most.premises)


def test_events_have_probabilities_and_are_told_by_zero_or_one() -> None:
    rejects(lambda: independent_events(identity(3, 3, NOWHERE), 2, event, law(event, BINARY), APART),
            "independent events", "that 3 is a probability")
    e = variable("e", Interval(2, 3))
    rejects(lambda: independent_events(identity(HALF, HALF, NOWHERE), 2, e, law(e, Interval(2, 3)), APART),
            "independent events", "as 0 or 1")
    both = independent_events(identity(HALF, HALF, NOWHERE), 2, event, law(event, BINARY), APART)
    assert any("event is 1 where 2 events of probability 1/2 each happen" in premise.text for premise in both.premises)


def test_a_union_bound_declares_how_many_events_there_are() -> None:
    low, x = variable("low", Interval(0, MOST)), variable("x", UNIT)
    place = Law("P", (x,), Domain({x: UNIT}))
    inside = Min(x - low, low + 1 - MOST - x)
    form = identity(inside, inside, Domain({x: UNIT, low: Interval(0, MOST)}))
    share = uniform_event(form, x, place, UNIFORM)
    one = chain(share, integral(share.right, 1 - MOST, Domain({low: Interval(0, MOST)})))
    some = union_bound(one, (low,), 1, event, law(event, BINARY))
    assert any(premise.text.startswith("event is 1 where one of 1 events happens") for premise in some.premises)
    rejects(lambda: union_bound(one, (low,), oo, event, law(event, BINARY)), "union bound", "positive, finite integer")


def tail(symbol: Any, name: str, top: int) -> Fact:
    """P(u >= t) == 1 - t/top for u uniform on [0, top]."""
    where = Interval(0, top)
    uniform = Law(name, (symbol,), Domain({symbol: where}))
    share = uniform_event(identity(symbol - t, symbol - t, Domain({symbol: where, t: UNIT})), symbol, uniform, UNIFORM)
    return chain(share, integral(share.right, 1 - t / top, Domain({t: UNIT})))


def test_the_least_of_many_has_one_law_and_its_range() -> None:
    least, twice = variable("least", Interval(0, 2)), variable("u", Interval(0, 2))
    both = law(least, Interval(0, 2))
    one, other = (least_of(each, t, 1, NOWHERE, least, both, APART) for each in (tail(u, "A", 1), tail(twice, "B", 2)))
    rejects(lambda: combine(one.right, "==", other.right, (-1, one), (1, other)), "combine", "at once")
    short = variable("least", Interval(0, HALF))
    narrow = law(short, Interval(0, HALF))
    rejects(lambda: least_of(tail(u, "A", 1), t, 1, NOWHERE, short, narrow, APART), "instantiate", "<= 1/2 is false at")


def test_one_variable_has_one_density() -> None:
    x = variable("x", Interval.open(0, 1))
    rising = with_density("P", u, 2 * u, Domain({u: UNIT}))
    total, value = (integral(Integral(2 * x**power, (x, 0, 1)), Rational(2, power + 1), NOWHERE) for power in (1, 2))
    by_density = mean_by_density(u, rising, 2 * u, total, value)
    flat = uniform_mean(u, u, rising, NOWHERE, UNIFORM)
    rejects(lambda: chain(mirror(by_density), flat), "chain", "at once")


def test_a_range_allows_what_its_variable_means() -> None:
    w, r = variable("w", Interval(HALF, 1)), variable("r", Interval.Lopen(0, 1))
    away = law(w, Interval(HALF, 1))
    twins = Premise("identically distributed", "both have one law")
    rejects(lambda: increment(w, away, twins), "increment", "may be 0")
    rejects(lambda: crossing_tail(w, r, 4, away, Premise("Lipschitz on a circle", "w is Lipschitz")), "crossings",
            "has to have 0")
    first, second = variable("first", Interval(1, 2)), variable("second", Interval(1, 2))
    gaps = Law("G", (first, second), Domain({first: Interval(1, 2), second: Interval(1, 2)}),
               meaning=((first, "one"), (second, "another")))
    alike = Premise("exchangeable", "they are")
    rejects(lambda: exchangeable(first, second, sympify(3), 1, gaps, alike), "instantiate", "1/3 >= 1")
    y, e = variable("y", UNIT), variable("e", Interval(3, 4))
    told = Law("X", (y, e), Domain({y: UNIT, e: Interval(3, 4)}), meaning=((e, "E(y | X)"),))
    rejects(lambda: conditional_mean(told, y, e, 1), "instantiate", "y >= 3")


def test_the_moment_of_a_mean_is_that_of_its_law() -> None:
    """The right use of the same rules: ln E exp(s U) <= s^2/(8m)."""
    fact = deviation(1)
    assert fact.left == log(next(iter(fact.laws)).mean(exp(s * fact.laws[0].variables[0])))
