"""Rules about events, one of which implies another."""

from __future__ import annotations

from typing import Any

from sympy import sympify

from theory.domain import Domain
from theory.expressions import expr
from theory.facts import Fact, Indicator, Mean, Rejected, Step, conclude, concluded
from theory.kernel import covers, must_be_defined

MONOTONE = "the indicator of [0, oo) does not decrease"


def implies(fact: Fact, note: str = "") -> Fact:
    """1{left >= 0} <= 1{right >= 0} from left <= right."""
    concluded("implies", (fact,))
    step = Step("implies", "an indicator grows with its argument", (fact,), (MONOTONE,), note)
    return conclude(step, Indicator(fact.left), "<=", Indicator(fact.right), fact.domain)


def implies_strictly(fact: Fact, note: str = "") -> Fact:
    """1{left > 0} <= 1{right >= 0} from left <= right; the left-hand side is written 1 - 1{-left >= 0}."""
    concluded("implies", (fact,))
    step = Step("implies", "an indicator grows with its argument", (fact,), (MONOTONE,), note)
    return conclude(step, sympify(1) - Indicator(-fact.left), "<=", Indicator(fact.right), fact.domain)


def implied_event(argument: Any, fact: Fact, domain: Domain) -> Fact:
    """1{argument >= 0} <= 1{M >= 0} on the domain, from the fact 0 <= M where, besides, argument >= 0.

    Where the argument is negative the left-hand side is 0; elsewhere the fact says that the right-hand side is 1.
    """
    rule, argument = "implied event", expr(argument)
    if fact.left != 0:
        raise Rejected(rule, f"{fact} is not 0 <= M.")
    covers(fact.domain, Domain(domain.ranges, *domain.conditions, argument), rule)
    for side in (argument, fact.right):
        if side.has(Mean):
            raise Rejected(rule, f"{side} has means; the rule is about events at a point.")
        must_be_defined(rule, side, domain)
    step = Step(rule, "one event implies the other", (fact,))
    return conclude(step, Indicator(argument), "<=", Indicator(fact.right), domain)
