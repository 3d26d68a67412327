"""Attacks on the decision procedures: inequalities that are false by little, undefined in places, or look simple."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp
from sympy import (
    Abs,
    Integer,
    Interval,
    Max,
    Range,
    Rational,
    Sum,
    Symbol,
    cos,
    exp,
    log,
    loggamma,
    oo,
    sin,
    sqrt,
    tanh,
)

from theory import balls, certify, prepare, refute, shapes
from theory.certify import Outcome, at_most, defined, nonnegative
from theory.domain import Domain, variable

UNIT, LINE = Interval(0, 1), Interval(-oo, oo)


@pytest.fixture(autouse=True)
def _little_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certify, "SECONDS", 1.0)


def on(**ranges: Any) -> Any:
    """A domain and its symbols."""
    symbols = [variable(name, where) for name, where in ranges.items()]
    return Domain(dict(zip(symbols, ranges.values(), strict=True))), *symbols


@pytest.mark.parametrize("form", [lambda x, n: x**n, lambda x, n: Integer(-2) ** n, lambda x, n: x**n * (x - 1) ** 2,
                                  lambda x, n: exp(x**n) - 1])
def test_whole_powers_of_negative_numbers_have_no_sign(form: Any) -> None:
    d, x, n = on(x=Interval(-1, 1), n=Range(1, oo))
    assert nonnegative(form(x, n), d).outcome is Outcome.REFUTED
    assert nonnegative(x ** (2 * n), d).outcome is Outcome.CERTIFIED


def test_an_end_that_belongs_to_the_range_counts_for_strict_inequalities() -> None:
    d, x = on(x=Interval.Ropen(0, 1))
    form = log(2) - log(2 - x) - log(1 - x)
    assert nonnegative(form, d).outcome is Outcome.CERTIFIED
    assert nonnegative(form, d, strict=True).outcome is not Outcome.CERTIFIED
    d, x = on(x=Interval.open(0, 1))
    assert nonnegative(log(2) - log(2 - x) - log(1 - x), d, strict=True).outcome is Outcome.CERTIFIED


def test_sums_whose_limits_cross_have_no_value() -> None:
    d, _ = on(x=UNIT)
    j = Symbol("j", integer=True)
    assert nonnegative(Sum(j, (j, 5, 2)), d).outcome is Outcome.UNDECIDED
    assert nonnegative(Sum(j, (j, 5, 4)), d).outcome is Outcome.CERTIFIED


def test_an_index_with_the_name_of_a_variable_is_refused() -> None:
    d, outer = on(j=Range(-5, 6))
    index = Symbol("j", integer=True, nonnegative=True)
    form = Sum(sqrt(outer) * index, (index, 0, 3))
    assert "rename" in defined(form, d).reason
    total: Any = Sum(outer - index, (index, 0, 3))
    assert not refute.fails_at(total, d, {outer: Fraction(5)}, strict=False)


def test_a_witness_is_a_point_where_both_sides_have_values() -> None:
    d, x = on(x=Interval(-1, 1))
    answer = at_most(log(x), log(x) - 1, d)
    assert answer.outcome is Outcome.REFUTED
    assert answer.witness is not None
    assert answer.witness[x] > 0
    d, x = on(x=Interval(-2, -1))
    assert at_most(log(x), log(x) - 1, d).outcome is Outcome.UNDECIDED


def test_counts_are_refuted_at_small_numbers() -> None:
    d, n = on(n=Range(0, oo))
    assert nonnegative(sp.factorial(n) - n**3, d).outcome is Outcome.REFUTED


def test_whole_real_lines_are_searched_for_zeros_without_errors() -> None:
    d, x = on(x=LINE)
    assert nonnegative(exp(2 * x) - 2 * exp(Rational(19, 2)) * exp(x) + exp(19), d).outcome is not Outcome.REFUTED


def test_large_exponents_are_no_degrees() -> None:
    _, x = on(x=UNIT)
    form = exp(x * Rational(10**12 + 1, 10**12)) - exp(x)
    assert sp.expand(prepare.factored(form) - form) == 0


def test_the_mean_value_theorem_is_not_used_across_gaps() -> None:
    d, x, y = on(x=Interval(-1, 1), y=UNIT)
    bound = Domain(d.ranges, x**2 - y)
    assert nonnegative((x**2 - y) ** Rational(3, 2) + x, bound).outcome is Outcome.REFUTED


def test_one_monotone_function_at_two_points() -> None:
    d, x, y = on(x=UNIT, y=UNIT)
    bound = Domain(d.ranges, x - y)
    for left, right in ((exp(y), exp(x)), (exp(-x), exp(-y)), (log(1 + y), log(1 + x)), (sqrt(y), sqrt(x)),
                        (sp.erfc(2 * x), sp.erfc(2 * y)), (sp.acos(x), sp.acos(y))):
        assert at_most(left, right, bound).outcome is Outcome.CERTIFIED
        assert refute.search(left - right, bound, False, []) is not None
    assert nonnegative(exp(x) - exp(y), bound, strict=True).outcome is not Outcome.CERTIFIED


def test_jensen_needs_one_mean_and_weights_that_balance() -> None:
    d, n = on(n=Interval(1, oo))
    mean = 2 * loggamma((n + 1) / 2)
    assert nonnegative(loggamma(n / 2 + 1) + loggamma(n / 2) - mean, d).outcome is Outcome.CERTIFIED
    for form in (loggamma(n / 2 + 1) + loggamma(n / 2 - Rational(1, 4)) - mean,
                 loggamma(n / 2 + 1) + loggamma(n / 2) - 3 * loggamma((n + 1) / 3),
                 mean - loggamma(n / 2 + 1) - loggamma(n / 2)):
        assert shapes.jensen(form, strict=False) is None
    a, b = (log(n + k) for k in (1, 3))
    assert shapes.jensen(2 * log(n + 2) - a - b, strict=False) is not None
    assert shapes.jensen(a + b - 2 * log(n + 2), strict=False) is None
    assert shapes.jensen(2 * log(n + 2) - a - b, strict=True) is None


def _shapes(x: Any, c: Any, gap: Any) -> list[tuple[Any, bool]]:
    """Functions on [0, 1], and whether each is >= 0 there: near c they are, all but, or just not."""
    t = x - c
    nonnegative_ones = [t**2, exp(t) - 1 - t, sin(t) ** 2, 1 - cos(t), t * tanh(t), Abs(t), log(1 + t**2),
                        Max(t, -t), sqrt(1 + t**2) - 1, t**2 * exp(x), t**2 / (1 + x**2)]
    slivers = [t * (t - gap), (exp(x) - exp(c)) * (exp(x) - exp(c + gap)), sin(t) * sin(t - gap), (t - gap) * tanh(t)]
    return ([(form, True) for form in nonnegative_ones] + [(form + gap, True) for form in nonnegative_ones]
            + [(form - gap, False) for form in nonnegative_ones] + [(form, False) for form in slivers])


@pytest.mark.parametrize("seed", range(3))
def test_functions_that_touch_or_just_cross_zero(seed: int) -> None:
    stream = random.Random(seed)
    d, x = on(x=UNIT)
    c, gap = Rational(stream.randint(1, 9), 11), Rational(1, 10 ** stream.choice((3, 6, 9, 12)))
    for form, holds in stream.sample(_shapes(x, c, gap), 8):
        answer = nonnegative(form, d, touching={x: c})
        assert answer.outcome is not (Outcome.REFUTED if holds else Outcome.CERTIFIED), form
        if answer.witness is not None:
            assert refute.fails_at(form, d, answer.witness, strict=False)


def test_balls_contain_the_values_inside() -> None:
    stream = random.Random(0)
    x = Symbol("x", real=True)
    names = sorted(set(balls.WIDE) - {"beta", "betainc_regularized", "polygamma", "Min", "Max", "factorial", "tan"})
    for name in names:
        function = balls.wide(getattr(sp, name)(x), (x,))
        for _ in range(40):
            low, high = sorted(Fraction(stream.randint(-400, 400), 150) for _ in range(2))
            over = function(balls.hull(*(balls.point(each).unique_fmpz() or balls.fmpq(
                each.numerator, each.denominator) for each in (low, high))))
            for k in range(5):
                value = function(balls.point(low + (high - low) * Fraction(k, 4)))
                assert not over.is_finite() or not value.is_finite() or over.overlaps(value), (name, low, high)
