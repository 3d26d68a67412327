"""Wrong proofs by convexity and monotonicity, each rejected for the right reason, next to right ones."""

from __future__ import annotations

from typing import Any

import sympy as sp
from gauntlet import rejects
from sympy import Interval, Range, Rational, Sum, exp, log, oo, sin, sqrt

from theory.domain import Domain, variable
from theory.facts import Law
from theory.kernel import inequality
from theory.rules import chord, increasing, jensen

UNIT, LINE, HALF_LINE = Interval(0, 1), Interval(-oo, oo), Interval(0, oo)
x, v, u, s, t = (variable(name, where) for name, where in (
    ("x", LINE), ("v", Interval(0, 2)), ("u", UNIT), ("s", UNIT), ("t", UNIT)))
REAL, WIDE, ZERO_ONE, SQUARE = (Domain({x: LINE}), Domain({v: Interval(0, 2)}), Domain({u: UNIT}),
                                Domain({s: UNIT, t: UNIT}))


def law(where: Any = UNIT) -> tuple[Law, Any]:
    z = variable("z", where)
    return Law("Z", (z,), Domain({z: where})), z


def test_jensen_takes_a_concave_function() -> None:
    unit, z = law()
    rejects(lambda: jensen(u**2, u, ZERO_ONE, z, unit), "Jensen", r"u\*\*2 is concave in u is false")
    rejects(lambda: jensen(u**3 - u**2, u, ZERO_ONE, z, unit), "Jensen", "is concave in u is false at")
    assert str(jensen(-(u**2), u, ZERO_ONE, z, unit)) == "E[-z**2] <= -E[z]**2"


def test_jensen_takes_values_in_the_range_where_the_function_is_concave() -> None:
    w = variable("w", Interval(Rational(1, 2), 1))
    half = Domain({w: Interval(Rational(1, 2), 1)})
    unit, z = law()
    function = -((w - Rational(1, 2)) ** 3)
    rejects(lambda: jensen(function, w, half, z, unit), "instantiate", "z >= 1/2 is false")
    # A condition on the variable that the law averages over is none of the law's.
    cut = Domain({w: half.ranges[w], z: UNIT}, z - Rational(1, 2))
    rejects(lambda: jensen(function, w, cut, z, unit), "instantiate", ">= 1/2 is false")
    assert jensen(function, w, half, (z + 1) / 2, unit).relation == "<="


def test_jensen_takes_an_interval_without_conditions() -> None:
    unit, z = law()
    rejects(lambda: jensen(-(u**2), u, Domain({u: UNIT}, u * (u - 1) * (u - 2)), z, unit), "Jensen",
            "must range over an interval")


def test_jensen_captures_no_variable() -> None:
    """Under the sum over z the variable z is another one."""
    z = variable("z", Range(0, 2))
    binary = Law("Z", (z,), Domain({z: Range(0, 2)}))
    rejects(lambda: jensen(Sum(z * u, (z, 0, 1)) - u**2, u, ZERO_ONE, z, binary), "Jensen", "binds")


def test_a_chord_lies_above_convex_functions_only() -> None:
    rejects(lambda: chord(sin(v * sp.pi), v, WIDE), "chord", "is convex in v is false at")
    rejects(lambda: chord(exp(x), x, REAL), "chord", "bounded, closed interval")
    rejects(lambda: chord(u**2, u, Domain({u: UNIT}, u - Rational(1, 2))), "chord", "no condition may cut")
    assert chord(v**2, v, WIDE).relation == "<="


def test_increasing_takes_an_increasing_function() -> None:
    fact = inequality(s, "<=", s + t, SQUARE)
    rejects(lambda: increasing(fact, exp(-x), x, REAL), "increasing", r"exp\(-x\) increases with x is false at")
    rejects(lambda: increasing(fact, x**2, x, REAL), "increasing", "increases with x is false at")
    assert str(increasing(fact, exp(x), x, REAL)) == "exp(s) <= exp(s + t)"


def test_increasing_takes_sides_inside_the_interval() -> None:
    fact = inequality(s - 1, "<=", s + t, SQUARE)
    rejects(lambda: increasing(fact, sqrt(v), v, Domain({v: HALF_LINE})), "instantiate", "s - 1 >= 0 is false")
    half_open = Interval.Lopen(0, 1)
    h = variable("h", half_open)
    rejects(lambda: increasing(inequality(s, "<=", 1, SQUARE), log(h), h, Domain({h: half_open})), "instantiate",
            "s > 0 is false")
