"""Wrong uses of the rules about averages over a sample, each rejected for the right reason, next to right ones."""

from __future__ import annotations

from fractions import Fraction

import pytest
from gauntlet import rejects
from sympy import Interval, Range, Rational, oo

from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.kernel import combine, instantiate
from theory.rules_samples import average_mean, average_product

UNIT, LINE, NATURAL, BINARY = Interval(0, 1), Interval(-oo, oo), Range(1, oo), Range(0, 2)
u, v, a, b, w = (variable(name, UNIT) for name in ("u", "v", "a", "b", "w"))
bit, mean_bit, anywhere = variable("bit", BINARY), variable("mean_bit", UNIT), variable("anywhere", LINE)
n, m, s = variable("n", NATURAL), variable("m", NATURAL), variable("s", LINE)
ONE = Law("E", (u, v, bit), Domain({u: UNIT, v: UNIT, bit: BINARY}))
MEANS = Law("S", (a, b, mean_bit, anywhere), Domain({a: UNIT, b: UNIT, mean_bit: UNIT, anywhere: LINE}),
            Premise("integrable", "the squares of all have means"),
            tuple((each, "an average over the sample") for each in (a, b, mean_bit, anywhere)))
COPIES = Premise("independent copies", "the n examples are independent, each with the law E")


def product(first: tuple = (a, u), second: tuple = (b, v), count: object = n, law: Law = MEANS, each: Law = ONE,
            copies: Premise = COPIES, parameters: Domain | None = None) -> Fact:
    return average_product(first, second, count, law, each, copies, parameters)


def test_what_a_product_of_averages_is() -> None:
    fact = product()
    assert fact.relation == "=="
    assert fact.left == MEANS.mean(a * b)
    assert fact.right == ONE.mean(u * v) / n + (1 - 1 / n) * ONE.mean(u) * ONE.mean(v)
    assert any(premise.kind == "independent copies" for premise in fact.premises)
    assert average_mean(a, u, n, MEANS, ONE, COPIES).right == ONE.mean(u)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_right_hand_side_is_what_enumeration_finds(count: int) -> None:
    law = {(Fraction(1, 3), Fraction(1)): Fraction(1, 4), (Fraction(1), Fraction(1, 5)): Fraction(3, 4)}
    samples = [((), Fraction(1))]
    for _ in range(count):
        samples = [((*rows, row), p * q) for rows, p in samples for row, q in law.items()]
    found = sum(p * sum(r[0] for r in rows) * sum(r[1] for r in rows) / count**2 for rows, p in samples)
    both, first, second = (sum(q * value(row) for row, q in law.items())
                           for value in (lambda r: r[0] * r[1], lambda r: r[0], lambda r: r[1]))
    assert found == both / count + (1 - Fraction(1, count)) * first * second


def test_the_premise_must_be_of_independent_copies() -> None:
    rejects(lambda: product(copies=Premise("independent", "u and v are independent")), "product of averages",
            "it takes a premise of the kind")


def test_the_number_of_examples_is_a_positive_integer() -> None:
    for count in (0, -1, Rational(1, 2), variable("t", Interval.open(0, oo)), variable("k", Range(0, oo)), oo):
        rejects(lambda count=count: product(count=count), "product of averages", "must be a positive integer")


def test_the_number_of_examples_is_not_random() -> None:
    random = variable("bits", Range(1, 4))
    law = Law("E", (u, random), Domain({u: UNIT, random: Range(1, 4)}))
    rejects(lambda: average_mean(a, u, random, MEANS, law, COPIES), "average", "must not be random")


def test_an_average_must_have_a_meaning() -> None:
    silent = Law("S", (a, b), Domain({a: UNIT, b: UNIT}))
    rejects(lambda: product(law=silent), "product of averages", "doesn't say what")


def test_an_average_is_a_variable_of_its_law() -> None:
    rejects(lambda: product(first=(w, u)), "product of averages", "is no variable of S")


def test_an_average_has_room_for_its_terms() -> None:
    rejects(lambda: product(first=(a, 2 * u)), "instantiate", ">= 0 is false|is false")
    rejects(lambda: product(first=(a, -u)), "instantiate", "is false")
    assert product(first=(anywhere, 2 * u - 5)).relation == "=="


def test_an_average_of_integers_is_no_integer() -> None:
    count = variable("count", BINARY)
    law = Law("S", (count,), Domain({count: BINARY}), meaning=((count, "the average of bit"),))
    rejects(lambda: average_mean(count, bit, n, law, ONE, COPIES), "average", "anywhere between")
    assert average_mean(mean_bit, bit, n, MEANS, ONE, COPIES).right == ONE.mean(bit)


def test_one_average_is_not_that_of_two_terms() -> None:
    rejects(lambda: product(second=(a, v)), "product of averages", "can't be the average of")
    first, second = average_mean(a, u, n, MEANS, ONE, COPIES), average_mean(a, v, n, MEANS, ONE, COPIES)
    rejects(lambda: combine(ONE.mean(u), "==", ONE.mean(v), (-1, first), (1, second)), "combine", "can't be")


def test_one_average_is_not_over_samples_of_two_sizes() -> None:
    first, second = product(second=(a, u)), product(second=(a, u), count=m)
    rejects(lambda: combine(first.right, "==", second.right, (-1, first), (1, second)), "combine", "can't be")


def test_the_law_of_the_averages_has_no_conditions() -> None:
    tied = Law("S", (a, b), Domain({a: UNIT, b: UNIT}, a - b), meaning=((a, "an average"), (b, "an average")))
    rejects(lambda: product(law=tied), "product of averages", "has conditions")


def test_terms_without_squares_are_rejected() -> None:
    r = variable("r", LINE)
    wide = Law("E", (r,), Domain({r: LINE}), Premise("integrable", "r has a mean"))
    rejects(lambda: average_mean(anywhere, r, n, MEANS, wide, COPIES), "average", "bounded, closed")
    rejects(lambda: average_mean(a, r, n, MEANS, wide, COPIES), "instantiate", "is false")
    assert average_mean(a, 1 / (1 + r**2), n, MEANS, wide, COPIES).right == wide.mean(1 / (1 + r**2))


def test_terms_are_functions_of_one_example() -> None:
    rejects(lambda: product(first=(a, (u + b) / 2)), "product of averages", "function of one example")
    rejects(lambda: product(first=(a, ONE.mean(u))), "product of averages", "function of one example")
    rejects(lambda: product(each=Law("S", (u, v), Domain({u: UNIT, v: UNIT}))), "product of averages",
            "must be another one")


def test_parameters_are_not_averaged_over() -> None:
    rejects(lambda: product(parameters=Domain({v: UNIT})), "product of averages", "are no parameters")
    fact = product(first=(anywhere, s * u), parameters=Domain({s: LINE}))
    assert fact.left == MEANS.mean(anywhere * b)
    one, two = (instantiate(fact, {s: value}, Domain({n: NATURAL})) for value in (1, 2))
    rejects(lambda: combine(one.right, "==", two.right, (-1, one), (1, two)), "combine", "can't be")


def test_laws_of_two_kinds_of_examples_are_not_mixed_up() -> None:
    other = Law("E2", (u, v, bit), ONE.domain)
    first, second = product(), product(each=other)
    rejects(lambda: combine(first.right, "==", second.right, (-1, first), (1, second)), "combine", "can't be")


def test_the_variance_of_an_average_is_a_share_of_that_of_a_term() -> None:
    square, mean = product(second=(a, u)), average_mean(a, u, n, MEANS, ONE, COPIES)
    fact = combine(MEANS.mean(a**2) - MEANS.mean(a) ** 2, "==", (ONE.mean(u**2) - ONE.mean(u) ** 2) / n,
                   (1, square), (-ONE.mean(u) - MEANS.mean(a), mean))
    assert fact.relation == "=="
