"""A rule for what holds up to an error that can be made as small as one likes."""

from __future__ import annotations

from typing import Any

from sympy import Range, Symbol, oo, together

from theory.expressions import bound_in, expr
from theory.facts import Fact, Rejected, Step, conclude, same
from theory.kernel import must_be_defined

ARCHIMEDES = "Archimedes: what is at most c/k for every natural k is at most 0 (Rudin 1976, Theorem 1.20)"


def vanishing_error(fact: Fact, left: Any, right: Any, k: Symbol, error: Any, note: str = "") -> Fact:
    """left <= right from left <= right + error/k for every integer k from some start on.

    Neither side nor the error has k in it.
    """
    rule = "vanishing error"
    left, right, error = expr(left), expr(right), expr(error)
    where = fact.domain.ranges.get(k)
    if not isinstance(where, Range) or where.sup != oo or where.inf < 1:
        raise Rejected(rule, f"{k} ranges over {where}; it must take every integer from a positive one on.")
    if any(condition.has(k) for condition in fact.domain.conditions):
        raise Rejected(rule, f"no condition may cut the range of {k}.")
    if any(law.tied & {k} or k in law.domain.ranges for law in fact.laws):
        raise Rejected(rule, f"a law of {fact} depends on {k}.")
    if any(part.has(k) or k in bound_in(part) for part in (left, right, error)):
        raise Rejected(rule, f"{left}, {right} and {error} must be free of {k}.")
    if not same(fact.right - fact.left, right - left + error / k):
        raise Rejected(rule, f"{fact} is not {left} <= {together(right + error / k)}.")
    domain = fact.domain.without((k,))
    for side in (left, right, error):
        must_be_defined(rule, side, domain, fact.laws)
    return conclude(Step(rule, f"for every {k}", (fact,), (ARCHIMEDES,), note), left, "<=", right, domain)
