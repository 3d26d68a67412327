"""Wrong proofs about means and laws, each rejected for the right reason, next to right ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gauntlet import rejects
from sympy import Interval, Range, Rational, Symbol, oo, sympify

from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import (
    chain,
    combine,
    condition,
    definition,
    expectation,
    extend,
    inequality,
    instantiate,
    mirror,
    parts,
    rewrite,
)
from theory.rules import (
    indicator_below,
    triangle,
)

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


def test_a_law_needs_a_bounded_range_or_a_reason() -> None:
    r = variable("r", LINE)
    rejects(lambda: Law("R", (r,), Domain({r: LINE})), "law", "means need not exist")
    rejects(lambda: Law("R", (y,), Z.domain), "law", "needs ranges")
    assert Law("R", (r,), Domain({r: LINE}), Premise("integrable", "r has a mean")).premises


def test_an_expectation_takes_a_fact_on_all_of_the_law() -> None:
    half = variable("z", Interval(0, HALF))
    small = inequality(half, "<=", HALF, Domain({half: Interval(0, HALF)}))
    rejects(lambda: expectation(small, Z), "expectation", "z is only known in")
    cut = inequality(z, "<=", HALF, Domain({z: UNIT}, HALF - z))
    rejects(lambda: expectation(cut, Z), "expectation", r"the condition 1/2 - z >= 0 is false at z =")
    assert str(expectation(below_one(), Z)) == "E[z] <= E[1]"


def test_a_mean_of_integers_is_no_integer() -> None:
    """k (k - 1) >= 0 holds at 0 and 1, not at the mean 1/2 of a fair coin."""
    fact = inequality(0, "<=", coin * (coin - 1), COIN.domain)
    rejects(lambda: instantiate(fact, {coin: COIN.mean(coin)}, Domain({}), laws=(COIN,)), "instantiate",
            "need not be an integer, although")
    j = variable("j", BINARY)
    fact = inequality(0, "<=", j * (j - 1), Domain({j: BINARY}))
    rejects(lambda: instantiate(fact, {j: COIN.mean(coin)}, Domain({}), laws=(COIN,)), "instantiate",
            "need not be an integer, although what it averages is one")


def test_a_mean_lies_in_the_range_of_the_law_not_in_that_of_a_parameter() -> None:
    low = variable("q", Interval(0, Rational(1, 4)))
    fact = inequality(low, "<=", Rational(1, 4), Domain({low: Interval(0, Rational(1, 4))}))
    narrow = Domain({z: Interval(0, Rational(1, 4))})
    rejects(lambda: instantiate(fact, {low: Z.mean(z)}, narrow, laws=(Z,)), "instantiate",
            r"E.z. <= 1/4|z <= 1/4 is false at")
    half = instantiate(inequality(p, "<=", 1, Domain({p: UNIT})), {p: Z.mean(z)}, Domain({}), laws=(Z,))
    assert str(half) == "E[z] <= 1"


NO_LEMMA: dict[str, tuple[Callable[[], Fact], dict[Symbol, Any], Domain, str]] = {
    "outside its range": (lambda: inequality(z**2, "<=", z, Z.domain), {z: a}, Domain({a: Interval(0, 2)}),
                          "a <= 1 is false at a ="),
    "outside a condition": (lambda: inequality(z, "<=", HALF, Domain({z: UNIT}, HALF - z)), {z: x}, Domain({x: UNIT}),
                            "the condition 1/2 - x >= 0 is false"),
    "an integer at a fraction": (lambda: inequality(1, "<=", (2 * m - 1) ** 2, Domain({m: NATURAL})), {m: HALF + 1},
                                 Domain({}), "3/2 need not be an integer"),
    "an unknown variable": (below_one, {x: HALF}, Domain({}), "x is no free variable"),
    "a variable that a mean binds": (lambda: expectation(inequality(z * x, "<=", x, Domain({z: UNIT, x: UNIT})), Z),
                                     {x: z}, Domain({z: UNIT}), "has variables that .* binds"),
    "a value that is undefined": (lambda: inequality(s, "<=", s + 1, Domain({s: LINE})), {s: 1 / x}, Domain({x: UNIT}),
                                  "that 1/x is defined is undecided"),
    "a mean that is undefined": (lambda: inequality(s, "<=", s + 1, Domain({s: LINE})), {s: Z.mean(1 / z)}, Domain({}),
                                 "that 1/z is defined is undecided"),
}


@pytest.mark.parametrize("name", NO_LEMMA)
def test_a_lemma_is_not_used_outside_its_hypotheses(name: str) -> None:
    fact, values, domain, because = NO_LEMMA[name]
    rejects(lambda: instantiate(fact(), values, domain, laws=(Z,)), "instantiate", because)


def test_a_lemma_is_used_inside_its_hypotheses() -> None:
    assert str(instantiate(inequality(z**2, "<=", z, Z.domain), {z: a / 2}, Domain({a: Interval(0, 2)}))) == \
        "a**2/4 <= a/2"


TIED = Law("X", (x,), Domain({x: UNIT, a: Interval(0, 2)}, x - a))


def test_a_law_that_nothing_satisfies_proves_nothing() -> None:
    """No x <= 1 is at least a > 1; so a <= E x <= 1 holds for all laws, and a <= 1 doesn't follow."""
    least = expectation(condition_of(TIED), TIED)
    most = expectation(inequality(x, "<=", 1, Domain({x: UNIT})), TIED)
    wrong = combine(a, "<=", 1, (1, least), (1, most))
    rejects(lambda: Goal(a, "<=", 1, Domain({a: Interval(0, 2)})).must_be(wrong), "goal",
            "uses the law X, which has conditions")
    Goal(TIED.mean(x), ">=", a, Domain({a: Interval(0, 2)}), (TIED,)).must_be(
        combine(a, "<=", TIED.mean(x), (1, least)))


def condition_of(law: Law) -> Fact:
    return combine(a, "<=", x, (1, condition(law.domain)))


def test_a_parameter_of_a_law_stays_what_it_is() -> None:
    """The law is another one for another a: at a = 1 its x would still be free to be 0."""
    least = expectation(condition_of(TIED), TIED)
    rejects(lambda: instantiate(least, {a: 1}, Domain({})), "instantiate", "depends on a through its conditions")
    other = Law("A", (a,), Domain({a: Interval(0, 2)}))
    rejects(lambda: expectation(least, other), "expectation", r"depends on \['a'\] through its conditions")
    with pytest.raises(ValueError, match=r"depends on \['a'\], which are no parameters"):
        Goal(TIED.mean(x), ">=", 1, Domain({}), (TIED,))


def test_two_laws_of_one_name_are_not_mixed() -> None:
    half = Law("Z", (z,), Domain({z: Interval(0, HALF)}))
    facts = expectation(below_one(), Z), expectation(inequality(z, "<=", HALF, half.domain), half)
    rejects(lambda: combine(Z.mean(z) * 2, "<=", Rational(3, 2), (1, facts[0]), (1, facts[1])), "combine",
            "two different laws are called Z")


def test_equals_are_not_put_under_a_binder() -> None:
    """j = j^2 for j in {0, 1} says nothing of the index of a sum."""
    from sympy import Sum

    from theory.cases import exhaust

    j = variable("j", BINARY)
    n = variable("n", Range(0, oo))
    cases = {value: identity(sympify(value), sympify(value), Domain({})) for value in (0, 1)}
    square = exhaust(j**2, "==", j, j, cases, Domain({j: BINARY}))
    total = definition(Sum(j**2, (j, 0, n)), Domain({n: Range(0, oo)}))
    rejects(lambda: rewrite(total, square), "rewrite", "a mean binds")
    pointwise = identity(z * z, z**2, Z.domain)
    rejects(lambda: rewrite(expectation(below_one(), Z), pointwise), "rewrite", "take its expectation first")


def test_a_weight_may_not_be_negative_or_undefined() -> None:
    fact = inequality(z**2, "<=", z, Z.domain)
    rejects(lambda: combine(-z, "<=", -(z**2), (-1, fact)), "combine", "the weight -1 >= 0 is false")
    rejects(lambda: combine((z - HALF) * z**2, "<=", (z - HALF) * z, (z - HALF, fact)), "combine",
            "the weight z - 1/2 >= 0 is false at")
    # 0 = 0^2 says nothing of 0/0.
    from theory.cases import exhaust

    cases = {value: identity(sympify(value), sympify(value), Domain({})) for value in (0, 1)}
    j = variable("j", BINARY)
    square = exhaust(j, "==", j**2, j, cases, Domain({j: BINARY}))
    rejects(lambda: combine(1, "==", j, (1 / j, square)), "combine", "that 1/j is defined is undecided")
    assert combine(z**3, "<=", z**2, (z, fact)).relation == "<="


def test_the_sums_and_links_have_to_meet() -> None:
    square, one = inequality(z**2, "<=", z, Z.domain), below_one()
    rejects(lambda: chain(one, square), "chain", r"1 is not z\*\*2; the links don't meet")
    rejects(chain, "chain", "no links")
    rejects(lambda: combine(z**2, "<=", HALF, (1, square), (1, one)), "combine", "they differ by -1/2")
    rejects(lambda: combine(z**2, "==", 1, (1, square), (1, one)), "combine", "give no '=='")
    rejects(lambda: mirror(square), "mirror", "no equality")
    assert str(chain(square, one)) == "z**2 <= 1"


def test_a_strict_bound_is_not_extended_to_the_ends() -> None:
    inside = variable("z", Interval.open(0, 1))
    strict = inequality(inside, "<", 1, Domain({inside: Interval.open(0, 1)}))
    assert extend(strict, Z.domain).relation == "<="
    rejects(lambda: extend(strict, Domain({z: Interval(0, 2)})), "extend", "whose limits don't fill")
    cut = inequality(inside, "<=", 1, Domain({inside: Interval.open(0, 1)}, inside - HALF))
    rejects(lambda: extend(cut, Z.domain), "extend", "a domain with conditions")


def test_what_jumps_is_not_extended() -> None:
    """1{-z >= 0} is 0 for z > 0, and 1 at z = 0."""
    inside = variable("z", Interval.open(0, 1))
    jump = indicator_below(-inside, inside, Domain({inside: Interval.open(0, 1)}))
    rejects(lambda: extend(jump, Z.domain), "extend", "indicators, which are not continuous")


def test_parts_cover_the_domain() -> None:
    low = inequality(z**2, "<=", HALF * z, Domain({z: UNIT}, HALF - z))
    rejects(lambda: parts(low, low, z - HALF, Z.domain), "parts", "the condition 1/2 - z >= 0")
    rejects(lambda: parts(low, below_one(), z - HALF, Z.domain), "parts", "different statements")
    rejects(lambda: parts(low, low, 1 / z, Z.domain), "parts", "that 1/z is defined is undecided")


def test_facts_of_means_are_not_made_up() -> None:
    rejects(lambda: definition(Z.mean(z), Domain({})), "definition", "define what they average")
    with pytest.raises(ValueError, match="z"):
        triangle(1 / z, Law("Y", (y,), Domain({y: UNIT})))
