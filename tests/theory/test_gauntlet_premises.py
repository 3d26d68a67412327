"""Wrong uses of the theorems that take premises, each rejected for the right reason, next to right ones."""

from __future__ import annotations

from gauntlet import rejects
from sympy import Integral, Interval, Range, Rational, Symbol, exp, log, oo, sympify

from theory.derivations import concentration as hoeffding
from theory.derivations.concentration import deviation, hoeffding_lemma
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import (
    chain,
    combine,
    definition,
    expectation,
    inequality,
    instantiate,
    mirror,
)
from theory.rules import at_random, increasing, independent_mean, indicator_below, maximal, unbiased
from theory.rules_events import independent_events, tail_integral, union_bound
from theory.rules_integrals import mean_by_density, with_density

UNIT, LINE, HALF_LINE, POSITIVE = Interval(0, 1), Interval(-oo, oo), Interval(0, oo), Interval.open(0, oo)
NATURAL, BINARY = Range(1, oo), Range(0, 2)
HALF = Rational(1, 2)
z, x, y = variable("z", UNIT), variable("x", UNIT), variable("y", UNIT)
a, p = variable("a", Interval(0, 2)), variable("p", UNIT)
coin, event = variable("k", BINARY), variable("event", BINARY)
s, slope = variable("s", LINE), variable("slope", POSITIVE)
m, count = variable("m", NATURAL), variable("count", NATURAL)
Z, COIN = Law("Z", (z,), Domain({z: UNIT})), Law("K", (coin,), Domain({coin: BINARY}))
INDEPENDENT = Premise("independent", "the terms are independent")
IDENTICAL = Premise("identically distributed", "the draws have one law")


def below_one() -> Fact:
    return inequality(z, "<=", 1, Z.domain)


def test_hoeffding_needs_centred_and_independent_terms() -> None:
    lemma = hoeffding_lemma()
    U = hoeffding.U
    wrong = Premise("identically distributed", "the m variables have one law")
    rejects(lambda: independent_mean(lemma, s, m, U, wrong), "independent mean", "the terms must be independent")
    moment = expectation(definition(exp(s * z), Domain({z: UNIT, s: LINE})), Z)
    w = variable("w", POSITIVE)
    uncentred = increasing(moment, log(w), w, Domain({w: POSITIVE}))
    rejects(lambda: independent_mean(uncentred, s, m, U, INDEPENDENT), "independent mean", r"z is not centred")
    rejects(lambda: independent_mean(moment, s, m, U, INDEPENDENT), "independent mean", "no bound on log E")
    narrow = Law("U", hoeffding.U.variables, Domain({hoeffding.u: Interval(-HALF, HALF)}))
    rejects(lambda: independent_mean(lemma, s, m, narrow, INDEPENDENT), "independent mean",
            "that U is in range is false")
    only = instantiate(lemma, {s: slope}, Domain({slope: POSITIVE}, slope - 1))
    rejects(lambda: independent_mean(only, slope, m, U, INDEPENDENT), "independent mean", "no condition may cut")
    assert deviation(1).premises


def test_hoeffding_needs_a_bounded_range() -> None:
    r = variable("r", LINE)
    wide = Law("R", (r,), Domain({r: LINE}), Premise("integrable", "r has all exponential moments"))
    bound = expectation(inequality(r, "<=", r, Domain({r: LINE})), wide)
    rejects(lambda: independent_mean(bound, s, m, hoeffding.U, INDEPENDENT), "independent mean", "no bound on log E")


PEAK = variable("peak", Interval(-1, 1))
LARGEST = Law("S", (PEAK,), Domain({PEAK: Interval(-1, 1)}), meaning=((PEAK, "the largest deviation"),))
SLOPES = Domain({slope: POSITIVE, m: NATURAL, count: NATURAL})


def test_the_maximal_inequality_is_about_finitely_many_variables() -> None:
    bound = deviation(1)
    for number in (oo, variable("c", LINE), variable("c", Range(0, oo)), HALF):
        rejects(lambda number=number: maximal(bound, s, slope, number, PEAK, LARGEST, SLOPES), "maximal",
                "must be a positive, finite integer")
    real = variable("steep", LINE)
    rejects(lambda: maximal(bound, s, real, count, PEAK, LARGEST, Domain({real: LINE, m: NATURAL, count: NATURAL})),
            "maximal", "steep > 0 is false")
    one = instantiate(bound, {s: 1}, Domain({m: NATURAL}))
    rejects(lambda: maximal(one, s, slope, count, PEAK, LARGEST, SLOPES), "maximal", "no bound on ln E")
    cut = instantiate(bound, {s: s}, Domain({s: LINE, m: NATURAL}, 1 - s))
    rejects(lambda: maximal(cut, s, slope, count, PEAK, LARGEST, SLOPES), "maximal", "must hold for every s")
    assert maximal(bound, s, slope, count, PEAK, LARGEST, SLOPES).relation == "<="


def test_the_largest_variable_has_a_meaning_and_a_range() -> None:
    silent = Law("S", (PEAK,), Domain({PEAK: Interval(-1, 1)}))
    rejects(lambda: maximal(deviation(1), s, slope, count, PEAK, silent, SLOPES), "maximal", "doesn't say what peak is")
    high = variable("peak", Interval(HALF, 1))
    above = Law("S", (high,), Domain({high: Interval(HALF, 1)}), meaning=((high, "the largest deviation"),))
    rejects(lambda: maximal(deviation(1), s, slope, count, high, above, SLOPES), "maximal", "the largest of them over")


SOME = Law("S", (event,), Domain({event: BINARY}), meaning=((event, "1 where some event happens"),))


def test_the_union_bound_is_about_finitely_many_events() -> None:
    each = expectation(indicator_below(z - HALF, 2 * z, Z.domain), Z)
    for number in (oo, variable("c", LINE), variable("c", Range(0, oo)), Symbol("c"), HALF):
        rejects(lambda number=number: union_bound(each, (), number, event, SOME), "union bound",
                "needs a positive, finite integer")
    rejects(lambda: union_bound(each, (), 3, coin, COIN), "union bound", "doesn't say which event")
    assert union_bound(each, (), 3, event, SOME).relation == "<="


def test_the_union_bound_is_about_events() -> None:
    """A mean of something negative bounds no probability."""
    w = variable("w", Interval(-2, -1))
    W = Law("W", (w,), Domain({w: Interval(-2, -1)}))
    negative = expectation(inequality(w, "<=", -1, W.domain), W)
    rejects(lambda: union_bound(negative, (), 3, event, SOME), "union bound", "w is no event")
    tied = expectation(indicator_below(z - HALF, 2 * z, Domain({z: UNIT, p: UNIT})), Z)
    free = combine(tied.left, "<=", 2 * Z.mean(z) + p, (1, tied), (1, inequality(0, "<=", p, Domain({p: UNIT}))))
    rejects(lambda: union_bound(free, (p,), 3, event, SOME), "union bound", "free of")


ALL = Law("T", (event,), Domain({event: BINARY}), meaning=((event, "1 where all events happen"),))


def chance() -> Fact:
    return definition(p, Domain({p: UNIT}))


def test_one_variable_is_not_about_two_numbers_of_events() -> None:
    """E T = p^2 and E T = p^3 at once would give p^2 = p^3."""
    two, three = (independent_events(chance(), number, event, ALL, INDEPENDENT) for number in (2, 3))
    rejects(lambda: chain(mirror(two), three), "chain", "can't be .* at once")
    many = independent_events(chance(), m, event, ALL, INDEPENDENT)
    twice, thrice = (instantiate(many, {m: number}, Domain({p: UNIT})) for number in (2, 3))
    rejects(lambda: chain(mirror(twice), thrice), "chain", "can't be .* at once")
    rejects(lambda: independent_events(chance(), m, event, ALL, IDENTICAL), "independent events", "must be independent")
    rejects(lambda: independent_events(chance(), HALF, event, ALL, INDEPENDENT), "independent events",
            "positive number")
    assert chain(mirror(many), many).relation == "=="


def test_one_name_is_not_given_to_two_means() -> None:
    loss = variable("loss", UNIT)
    named = Law("S", (loss,), Domain({loss: UNIT}), meaning=((loss, "the loss"),))
    start = expectation(identity(z + (1 - z), sympify(1), Z.domain), Z)
    both = combine(Z.mean(z) + Z.mean(1 - z), "==", 1, (1, start))
    rejects(lambda: at_random(both, (z,), {Z.mean(z): loss, Z.mean(1 - z): loss}, named), "random law",
            "two means have one name")
    first = at_random(expectation(below_one(), Z), (z,), {Z.mean(z): loss}, named)
    second = at_random(expectation(inequality(1 - z, "<=", 1, Z.domain), Z), (z,), {Z.mean(1 - z): loss}, named)
    rejects(lambda: combine(2 * loss, "<=", 2, (1, first), (1, second)), "combine", "can't be .* at once")
    rejects(lambda: at_random(both, (z,), {Z.mean(z): loss}, named), "random law", "so it must be named")


def test_an_average_ranges_over_what_it_averages() -> None:
    seen, drawn = variable("seen", Interval(0, HALF)), variable("drawn", UNIT)
    words = ((seen, "the average"), (drawn, "one draw"))
    law = Law("S", (seen, drawn), Domain({seen: Interval(0, HALF), drawn: UNIT}), meaning=words)
    rejects(lambda: unbiased(seen, drawn, law, IDENTICAL), "unbiased", "is no average of draws in")
    rejects(lambda: unbiased(seen, drawn, law, INDEPENDENT), "unbiased", "must be identically distributed")
    assert unbiased(drawn, seen, law, IDENTICAL).relation == "=="


def test_a_tail_is_known_on_the_whole_range() -> None:
    t, steps = variable("t", UNIT), variable("t", BINARY)
    tail = expectation(identity(z - t, z - t, Domain({z: UNIT, t: UNIT})), Z)
    rejects(lambda: tail_integral(tail, t, 1, z, Z), "tail integral", "is not P")
    rejects(lambda: tail_integral(tail, steps, 1, coin, COIN), "tail integral", "both must be one interval from 0")


def test_an_event_has_the_probability_that_its_bound_has_at_least() -> None:
    rejects(lambda: indicator_below(z - HALF, z, Z.domain), "indicator", "z >= 1 where z - 1/2 >= 0 is false")
    rejects(lambda: indicator_below(s, 1 + s, Domain({s: LINE})), "indicator", r"s \+ 1 >= 0 is false")
    assert str(indicator_below(z - HALF, 2 * z, Z.domain).left) == str(Indicator(z - HALF))


def test_a_density_does_not_change_with_its_parameter() -> None:
    """E x = 1/a at a = 1 and at a = 2 would give 1 = 1/2."""
    positive, rate = variable("x", POSITIVE), variable("rate", POSITIVE)
    rates = Domain({rate: POSITIVE})
    density = rate * exp(-rate * positive)
    law = with_density("L", positive, density, Domain({positive: POSITIVE, rate: POSITIVE}))
    total, value = (integral(Integral(each * density, (positive, 0, oo)), result, rates)
                    for each, result in ((sympify(1), 1), (positive, 1 / rate)))
    mean = mean_by_density(positive, law, density, total, value)
    once, twice = (instantiate(mean, {rate: number}, Domain({})) for number in (1, 2))
    rejects(lambda: chain(mirror(once), twice), "chain", "can't be .* at once")
    assert chain(mirror(mean), mean).relation == "=="
