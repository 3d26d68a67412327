"""What holds for most values of a parameter, or for another law, is not concluded for all values and all laws."""

from __future__ import annotations

from typing import Any

import sympy
from gauntlet import rejects
from sympy import Abs, Integral, Interval, Min, Range, Rational, Sum, binomial, cos, exp, oo, pi

from theory.cases import exhaust, induction
from theory.domain import Domain, variable
from theory.facts import Law
from theory.goal import Goal
from theory.identities import equal_derivatives, identity
from theory.integrals import integral
from theory.kernel import chain, combine, expectation, inequality, instantiate, rewrite
from theory.rules import jensen, triangle
from theory.rules_integrals import antisymmetric, with_density
from theory.rules_sums import reflect, termwise

UNIT, HALF_LINE, FAR, NATURAL = Interval(0, 1), Interval(0, oo), Interval(1, oo), Range(0, oo)
NOWHERE = Domain({})
p, z, y = variable("p", UNIT), variable("z", UNIT), variable("y", Range(1, 2))
n, m, j = variable("n", NATURAL), variable("m", NATURAL), variable("j", NATURAL)
t, w = variable("t", Interval.open(0, oo)), variable("w", Interval.open(0, 1))


def test_an_integral_may_jump_in_its_parameter() -> None:
    """The integral of c exp(-c t) is 1 for c > 0, and 0 for c = 0."""
    rate = (p - Rational(1, 3)) ** 2
    jumps = Integral(rate * exp(-rate * t), (t, 0, oo))
    rejects(lambda: integral(jumps, 1, Domain({p: UNIT})), "integral", "need not be continuous in its parameters")
    singular = Integral(p * w ** (p - 1), (w, 0, 1))
    rejects(lambda: integral(singular, 1, Domain({p: UNIT})), "integral", "need not be continuous")


def test_an_integral_whose_parameters_can_be_taken_out_is_continuous() -> None:
    shift = variable("shift", HALF_LINE)
    x = variable("x", Interval.open(0, oo))
    decay = integral(Integral(exp(-shift - x), (x, 0, oo)), exp(-shift), Domain({shift: HALF_LINE}))
    assert decay.right == exp(-shift)
    rate = variable("rate", Interval.open(0, oo))
    mean = integral(Integral(rate * x * exp(-rate * x), (x, 0, oo)), 1 / rate, Domain({rate: Interval.open(0, oo)}))
    assert mean.right == 1 / rate
    bell = variable("x", Interval.open(-oo, oo))
    assert integral(Integral(exp(-((bell - shift) ** 2)), (bell, -oo, oo)), sympy.sqrt(pi),
                    Domain({shift: HALF_LINE})).relation == "=="


def test_an_integral_over_integers_is_that_over_real_numbers() -> None:
    """The integral of cos(2 pi M t) over a period is 0 for every integer M but 0, which M = |n - 77| is at 77 alone."""
    waves = Integral(cos(2 * pi * Abs(n - 77) * w), (w, 0, 1))
    rejects(lambda: integral(waves, 0, Domain({n: NATURAL})), "integral", "quadrature gives")


def test_an_integral_is_compared_at_points_of_its_domain() -> None:
    first, second = variable("a", Interval(-2, -1)), variable("b", Interval(-5, 5))
    thin = Domain({first: Interval(-2, -1), second: Interval(-5, 5)}, first - second, second - first)
    total = Integral(first * w, (w, 0, 1))
    rejects(lambda: integral(total, first / 2, thin), "integral", "could be compared at 0 points only")


def test_a_sum_to_a_variable_is_no_identity() -> None:
    """The alternating sum of binomial coefficients is 0 but for an empty set, which M = |n - 77| is at 77 alone."""
    alternating = Sum((-1) ** j * binomial(Abs(n - 77), j), (j, 0, Abs(n - 77)))
    rejects(lambda: identity(alternating, 0, Domain({n: NATURAL})), "identity", "sums with symbolic limits stay")


def test_a_reflected_index_may_be_negative() -> None:
    turned = reflect(Sum(Abs(j - m), (j, 0, n)), 0, Domain({n: NATURAL, m: NATURAL}))
    at = instantiate(turned, {n: 1, m: 0}, NOWHERE)
    inequality(at.right, "<=", 1, NOWHERE)
    rejects(lambda: inequality(at.right, "<=", Rational(1, 2), NOWHERE), "inequality", "is false")


def test_an_index_starts_at_a_number_that_is_not_negative() -> None:
    fact = inequality(0, "<=", j, Domain({j: NATURAL}))
    rejects(lambda: termwise(1, fact, j, -n, n, Domain({n: NATURAL})), "termwise", "starts at -n >= 0")


def test_equals_are_not_put_under_a_sum_that_another_equality_brings() -> None:
    """From 3 y == y + y + y and y == k, the sum over k is not that of k: y and k are 1, the sum would be 6."""
    k, single = variable("k", Range(1, 4)), Range(1, 2)
    domain = Domain({y: single})
    brings = identity(3 * y, Sum(y, (k, 1, 3)), domain)
    ones = exhaust(1, "==", k, k, {1: identity(1, 1, NOWHERE)}, Domain({k: single}))
    equal = exhaust(y, "==", k, y, {1: ones}, Domain({y: single, k: single}))
    rejects(lambda: rewrite(inequality(3 * y, "<=", 3, domain), brings, equal), "rewrite", "that a mean binds")


def test_a_law_is_known_where_its_domain_says() -> None:
    """For p <= 1/2 the mean of 2 p z is at most 1; for p = 1 it would bound E z by 1/2."""
    narrow = Law("P", (z,), Domain({z: UNIT, p: Interval(0, Rational(1, 2))}))
    x = variable("x", UNIT)
    one = inequality(x, "<=", 1, Domain({x: UNIT}))
    rejects(lambda: instantiate(one, {x: narrow.mean(2 * p * z)}, Domain({p: UNIT}), laws=(narrow,)), "instantiate",
            r"only known for p in Interval\(0, 1/2\)")


def test_a_law_is_another_one_at_the_next_integer() -> None:
    below = variable("z", Interval(0, 10))
    law = Law("P", (below,), Domain({below: Interval(0, 10), n: NATURAL}, n - below))
    step = expectation(inequality(below, "<=", n, law.domain), law)
    base = inequality(0, "<=", 0, NOWHERE)
    rejects(lambda: induction(n * law.mean(below), n * (n - 1) / 2, n, Domain({n: NATURAL}), base, step), "induction",
            "depends on .'n'. through its conditions")


def test_a_law_is_another_one_at_another_point() -> None:
    x = variable("x", UNIT)
    law = Law("P", (z,), Domain({z: UNIT, x: UNIT}, x - z, z - x))
    equal = antisymmetric(expectation(inequality(z, "<=", x, law.domain), law),
                          expectation(inequality(x, "<=", z, law.domain), law))
    start = identity(0, 0, NOWHERE)
    rejects(lambda: equal_derivatives(x * law.mean(z), x**2 / 2, x, 0, Domain({x: UNIT}), equal, start),
            "equal derivatives", "depends on .'x'. through its conditions")


def test_a_density_does_not_say_that_means_exist() -> None:
    """With the density 1/x^2 the mean of x is infinite, and infinity + 1 <= infinity."""
    x = variable("x", FAR)
    heavy = with_density("P", x, 1 / x**2, Domain({x: FAR}))
    rejects(lambda: expectation(inequality(Min(x, 2), "<=", x, heavy.domain), heavy), "expectation", "need not exist")
    rejects(lambda: triangle(x, heavy), "triangle", "need not exist")
    u = variable("u", FAR)
    rejects(lambda: jensen(-(u**2), u, Domain({u: FAR}), x, heavy), "Jensen", "need not exist")


def test_a_goal_is_defined_on_all_of_its_domain() -> None:
    x = variable("x", Interval(0, 2))
    fact = inequality(x + 1, "<=", 3, Domain({x: Interval(0, 2)}))
    rejects(lambda: Goal((x**2 - 1) / (x - 1), "<=", 3, Domain({x: Interval(0, 2)})).must_be(fact), "goal",
            "is defined is undecided")


def test_a_function_is_known_by_more_than_its_name() -> None:
    class erf(sympy.Function):
        is_real = True

        def fdiff(self, argindex: int = 1) -> object:
            return sympy.Integer(0)

    x = variable("x", UNIT)
    domain = Domain({x: UNIT})
    flat = identity(0, 0, domain)
    own: Any = erf
    rejects(lambda: equal_derivatives(own(x) - own(0), 0 * x, x, 0, domain, flat, flat), "equal derivatives",
            "not known to be continuous")


def test_a_chain_of_true_steps_stands() -> None:
    """The same rules conclude what is true."""
    law = Law("P", (z,), Domain({z: UNIT, p: UNIT}))
    mean = expectation(inequality(p * z, "<=", p, law.domain), law)
    less = combine(law.mean(p * z), "<=", 1, (1, mean), (1, inequality(p, "<=", 1, Domain({p: UNIT}))))
    Goal(law.mean(p * z), "<=", 1, Domain({p: UNIT}), (law,)).must_be(less)
    assert chain(less, inequality(1, "<=", 2, NOWHERE)).right == 2
