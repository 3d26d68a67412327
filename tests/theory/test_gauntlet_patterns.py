"""Wrong uses of the rules `patterns` and `vanishing_error`: each is rejected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import Interval, Range, oo

from theory.derivations.projections import happens
from theory.domain import Domain, variable
from theory.facts import Law, Premise, Rejected
from theory.kernel import combine, condition, expectation, inequality
from theory.rules_limits import vanishing_error
from theory.rules_patterns import patterns

LINE, UNIT = Interval(-oo, oo), Interval(0, 1)
x, y, z = (variable(name, LINE) for name in "xyz")
PLANE = Domain({x: LINE, y: LINE})
k, bounded, signed = variable("k", Range(1, oo)), variable("k", Range(1, 9)), variable("k", Range(-5, oo))
IX, IY, IXY = happens(x), happens(y), happens(x + y)


def both() -> Any:
    """0 <= x + y where x >= 0 and y >= 0."""
    there = Domain(PLANE.ranges, x, y)
    return combine(0, "<=", x + y, (1, condition(there)), (1, condition(there, 1)))


def test_what_follows_from_both_is_concluded() -> None:
    assert patterns(IX + IY - 1, "<=", IXY, PLANE, both()).relation == "<="
    assert patterns(IX * IY, "<=", IXY, PLANE, both()).relation == "<="
    assert patterns(0, "<=", IX * (1 - IY), PLANE).relation == "<="
    assert patterns(IX**2, "==", IX, PLANE).relation == "=="


def test_the_other_side_of_an_indicator_may_be_used() -> None:
    there = Domain(PLANE.ranges, -x)
    strict = inequality(0, "<", 1 - x, there)
    assert patterns(happens(x - 1), "<=", IX, PLANE, strict).relation == "<="
    with pytest.raises(Rejected, match="fails for the pattern"):
        patterns(IX, "<=", happens(x - 1), PLANE, strict)


def not_strict() -> Any:
    """x <= 0 does not exclude x >= 0."""
    fact = combine(x, "<=", 0, (1, condition(Domain({x: LINE}, -x))))
    return patterns(IX + happens(-x), "<=", 1, Domain({x: LINE}), fact)


def on_a_part() -> Any:
    """What is known where z >= 1 says nothing elsewhere."""
    fact = combine(0, "<=", z, (1, condition(Domain({x: LINE, z: LINE}, z - 1))),
                   (1, inequality(0, "<=", 1, Domain({x: LINE, z: LINE}))))
    return patterns(IX, "<=", happens(z), Domain({x: LINE, z: LINE}), fact)


def in_a_range() -> Any:
    """A fact about x in [0, 1] says nothing of other x."""
    inside = variable("x", UNIT)
    fact = inequality(0, "<=", inside + 1, Domain({inside: UNIT}))
    return patterns(1, "<=", happens(x + 1), Domain({x: LINE}), fact)


def two_ways() -> Any:
    """A fact under a condition and its opposite."""
    fact = combine(0, "<=", x, (1, condition(Domain(PLANE.ranges, x, y), 0)))
    return patterns(IX * IY, "<=", happens(x - 1), PLANE, fact)


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "no fact": (lambda: patterns(IX + IY - 1, "<=", IXY, PLANE), "which no fact excludes"),
    "too little": (lambda: patterns(IX, "<=", IXY, PLANE, both()), "the condition y >= 0 is false"),
    "no equality": (lambda: patterns(IX * IY, "==", IXY, PLANE, both()), "which no fact excludes"),
    "strict relation": (lambda: patterns(IX, "<", 2, PLANE), "neither <= nor =="),
    "another fact": (lambda: patterns(IX, "<=", IY, PLANE, inequality(0, "<=", x**2, PLANE)), "says of no indicator"),
    "no indicator": (lambda: patterns(0, "<=", x**2, PLANE), "0 indicators"),
    "nested": (lambda: patterns(happens(IX), "<=", 1, PLANE), "not nested"),
    "not strict": (not_strict, "0 and 1 at once"),
    "on a part": (on_a_part, "the condition z - 1 >= 0 is false"),
    "in a range": (in_a_range, "only known in|says of no indicator|assumes|different assumptions|no value in both"),
    "two ways": (two_ways, "which no fact excludes|0 and 1 at once"),
    "values": (lambda: patterns(IX, "<=", IX + y, PLANE), "undecided|is false|fails"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_patterns_are_rejected(name: str) -> None:
    wrong, says = WRONG[name]
    with pytest.raises((Rejected, ValueError), match=says):
        wrong()


def test_means_are_no_indicators() -> None:
    law = Law("X", (x,), Domain({x: LINE}), integrable=Premise("integrable", "bounded"))
    with pytest.raises(Rejected, match="means"):
        patterns(law.mean(IX), "<=", IY, Domain({y: LINE}))
    mean = expectation(patterns(IX, "<=", 1, Domain({x: LINE})), law)
    with pytest.raises(Rejected, match="means"):
        patterns(mean.left, "<=", IY, PLANE)


def up_to(symbol: Any, where: Any) -> Any:
    """0 <= x^2 + 1/k."""
    ranges = {x: LINE, symbol: where}
    return inequality(0, "<=", x**2 + 1 / symbol, Domain(ranges))


def test_an_error_of_one_over_k_vanishes() -> None:
    fact = vanishing_error(up_to(k, Range(1, oo)), 0, x**2, k, 1)
    assert (fact.left, fact.right) == (0, x**2) and k not in fact.domain.ranges


@pytest.mark.parametrize(("wrong", "says"), [
    (lambda: vanishing_error(up_to(bounded, Range(1, 9)), 0, x**2, bounded, 1), "take every integer"),
    (lambda: vanishing_error(up_to(k, Range(1, oo)), 0, x**2 - 1, k, 1), "is not"),
    (lambda: vanishing_error(up_to(k, Range(1, oo)), 0, x**2 + 1 / k, k, 0), "free of"),
    (lambda: vanishing_error(up_to(k, Range(1, oo)), 0, x**2, k, k), "free of"),
    (lambda: vanishing_error(up_to(k, Range(1, oo)), -1, x**2, k, 1), "is not"),
    (lambda: vanishing_error(inequality(0, "<=", x**2 + 1 / k, Domain({x: LINE, k: Range(1, oo)}, 4 - k)), 0, x**2, k,
                             1), "cut the range"),
    (lambda: vanishing_error(inequality(0, "<=", x**2 + 1, Domain({x: LINE})), 0, x**2 + 1, k, 0), "ranges over None"),
    (lambda: vanishing_error(inequality(-2, "<=", 1 / (signed + 6), Domain({signed: Range(-5, oo)})), -2, 0, signed, 1),
     "take every integer"),
])
def test_errors_that_need_not_vanish_stay(wrong: Callable[[], Any], says: str) -> None:
    with pytest.raises(Rejected, match=says):
        wrong()
