"""Rules about events, one of which implies another."""

from __future__ import annotations

from sympy import sympify

from theory.facts import Fact, Indicator, Step, conclude, concluded

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
