"""Wrong uses of the rules by which one event implies another."""

from __future__ import annotations

from copy import copy
from types import SimpleNamespace

import pytest
from sympy import Interval, oo, sympify

from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Rejected
from theory.kernel import expectation, inequality, instantiate
from theory.rules_implication import implies, implies_strictly

REAL, UNIT = Interval(-oo, oo), Interval(0, 1)
x, u = variable("x", REAL), variable("u", UNIT)
X = Law("X", (u,), Domain({u: UNIT}))


def below() -> Fact:
    return inequality(x, "<=", x + 1, Domain({x: REAL}))


def test_an_indicator_grows_with_its_argument() -> None:
    fact = implies(below())
    assert (fact.left, fact.relation, fact.right) == (Indicator(x), "<=", Indicator(x + 1))


def test_a_strict_event_is_one_less_the_opposite() -> None:
    fact = implies_strictly(below())
    assert (fact.left, fact.relation, fact.right) == (sympify(1) - Indicator(-x), "<=", Indicator(x + 1))


@pytest.mark.parametrize("at", [-2, -1, -0.5, 0, 3])
def test_conclusions_hold_at_numbers(at: float) -> None:
    def one(value: float) -> int:
        return int(value >= 0)

    assert one(at) <= one(at + 1)
    assert 1 - one(-at) <= one(at + 1)


def test_a_strict_inequality_gives_no_strict_one() -> None:
    strict = inequality(x, "<", x + 1, Domain({x: REAL}))
    assert implies(strict).relation == "<="
    assert implies_strictly(strict).relation == "<="


@pytest.mark.parametrize("rule", [implies, implies_strictly])
def test_what_no_rule_concluded_implies_nothing(rule) -> None:
    with pytest.raises(Rejected, match="no fact"):
        rule(copy(below()))
    with pytest.raises(Rejected, match="no fact"):
        rule(SimpleNamespace(left=x, relation="<=", right=x, domain=below().domain))


@pytest.mark.parametrize("rule", [implies, implies_strictly])
def test_the_domain_is_kept(rule) -> None:
    fact = rule(inequality(u, "<=", u**0 + 0 * u, Domain({u: UNIT})))
    assert fact.domain.ranges == {u: UNIT}
    with pytest.raises(Rejected):
        instantiate(fact, {u: sympify(2)}, Domain({}))


def test_means_on_either_side_stay_means_of_their_law() -> None:
    averaged = expectation(inequality(u**2, "<=", u, Domain({u: UNIT})), X)
    fact = implies(averaged)
    assert fact.laws == (X,)
    assert fact.left == Indicator(X.mean(u**2))
