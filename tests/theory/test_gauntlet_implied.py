"""Wrong uses of the rule on events that imply one another, each rejected for the right reason, next to right ones."""
from __future__ import annotations

from gauntlet import rejects
from sympy import Interval, Symbol, oo, sqrt

from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law
from theory.kernel import combine, condition, expectation, inequality
from theory.rules_implication import implied_event

LINE, UNIT = Interval(-oo, oo), Interval(0, 1)
x, y = variable("x", LINE), variable("y", LINE)
REAL, PLANE = Domain({x: LINE}), Domain({x: LINE, y: LINE})
POSITIVE = Domain({x: LINE}, x)


def cube() -> Fact:
    """0 <= x^3 + x where x >= 0."""
    return inequality(0, "<=", x**3 + x, POSITIVE)


def test_a_fact_under_a_condition_becomes_an_inequality_of_indicators() -> None:
    fact = implied_event(x, cube(), REAL)
    assert (fact.left, fact.relation, fact.right) == (Indicator(x), "<=", Indicator(x**3 + x))
    assert fact.domain == REAL


def test_it_holds_at_points() -> None:
    fact = implied_event(x, cube(), REAL)
    for value in (-2, -1, 0, 1):
        left, right = (bool(side.args[0].subs(x, value) >= 0) for side in (fact.left, fact.right))
        assert right or not left


def test_the_event_must_be_the_condition_of_the_fact() -> None:
    rejects(lambda: implied_event(x + 1, cube(), REAL), "implied event", "the condition x >= 0 is false")
    rejects(lambda: implied_event(-x, cube(), REAL), "implied event", "the condition x >= 0 is false")
    # Where x >= 1, x >= 0 as well.
    assert implied_event(x - 1, cube(), REAL).left == Indicator(x - 1)


def test_the_converse_does_not_follow() -> None:
    shifted = inequality(0, "<=", x + 1, POSITIVE)
    assert str(implied_event(x, shifted, REAL)) == "Indicator(x) <= Indicator(x + 1)"
    rejects(lambda: implied_event(x + 1, combine(0, "<=", x, (1, condition(POSITIVE))), REAL), "implied event",
            "the condition x >= 0 is false")


def test_further_conditions_of_the_fact_stay() -> None:
    both = Domain({x: LINE, y: LINE}, x, y)
    fact = inequality(0, "<=", x + y, both)
    rejects(lambda: implied_event(x, fact, PLANE), "implied event", "the condition y >= 0 is false")
    assert implied_event(x, fact, Domain({x: LINE, y: LINE}, y)).domain.conditions == (y,)


def test_the_fact_is_about_zero() -> None:
    rejects(lambda: implied_event(x, inequality(-1, "<=", x, POSITIVE), REAL), "implied event", "is not 0 <= M")


def test_the_fact_must_hold_on_the_whole_domain() -> None:
    narrow = variable("x", UNIT)
    fact = inequality(0, "<=", narrow, Domain({narrow: UNIT}))
    rejects(lambda: implied_event(x, fact, REAL), "implied event", "ranges over an unknown set")


def test_both_sides_must_be_defined_where_the_event_does_not_happen() -> None:
    root = inequality(0, "<=", sqrt(x), POSITIVE)
    rejects(lambda: implied_event(x, root, REAL), "implied event", "is defined")
    assert implied_event(x, root, POSITIVE).right == Indicator(sqrt(x))


def test_means_are_no_events_at_a_point() -> None:
    u = variable("u", UNIT)
    law = Law("U", (u,), Domain({u: UNIT}))
    mean = expectation(inequality(0, "<=", u, Domain({u: UNIT})), law)
    rejects(lambda: implied_event(x, combine(0, "<=", law.mean(u), (1, mean)), REAL), "implied event", "has means")


def test_a_copied_fact_is_none() -> None:
    assert isinstance(cube().domain.symbols[0], Symbol)
    rejects(lambda: implied_event(x, _forged(cube()), REAL), "implied event", "no fact that a rule has concluded")


def _forged(fact: Fact) -> Fact:
    from copy import copy

    return copy(fact)
