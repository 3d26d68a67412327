"""Statements about every integer of a range, from facts about single ones: cases and induction."""

from __future__ import annotations

from typing import Any

from sympy import Range, Symbol, oo

from theory.domain import Domain
from theory.expressions import expr
from theory.facts import Fact, Rejected, Step, conclude, put, same
from theory.kernel import covers, must_be_defined

INDUCTION = "induction over the integers"


def exhaust(left: Any, relation: str, right: Any, x: Symbol, facts: dict[int, Fact], domain: Domain) -> Fact:
    """left <= right for every integer x in its finite range, from one fact for each value of x."""
    left, right, where = expr(left), expr(right), domain.ranges[x]
    if not isinstance(where, Range) or where.size == oo:
        raise Rejected("cases", f"{x} must range over finitely many integers.")
    if set(facts) != {int(value) for value in where}:
        raise Rejected("cases", f"{x} takes the values {list(where)}, the facts are for {sorted(facts)}.")
    for side in (left, right):
        must_be_defined("cases", side, domain)
    allowed = {"<=": {"<=", "<", "=="}, "<": {"<"}, "==": {"=="}}.get(relation, set())
    for value, fact in facts.items():
        if fact.relation not in allowed or not (
                same(fact.left, left.subs(x, value)) and same(fact.right, right.subs(x, value))):
            raise Rejected("cases", f"{fact} is not the statement at {x} = {value}.")
        covers(fact.domain, domain.without((x,)), "cases")
    return conclude(Step("cases", f"all values of {x}", tuple(facts.values())), left, relation, right, domain)


def induction(left: Any, right: Any, n: Symbol, domain: Domain, base: Fact, step: Fact) -> Fact:
    """left(n) <= right(n) for every integer n from the range's start.

    `base` is the statement at the start; `step` is left(n + 1) - left(n) <= right(n + 1) - right(n) for every n.
    """
    left, right, where = expr(left), expr(right), domain.ranges[n]
    if not isinstance(where, Range) or where.inf == -oo:
        raise Rejected("induction", f"{n} must range over integers from some start, not over {where}.")
    start = where.inf
    if any(condition.has(n) for condition in domain.conditions):
        raise Rejected("induction", f"no condition may cut the range of {n}: the step would not reach beyond the cut.")
    for side in (left, right):
        must_be_defined("induction", side, domain)
    sides = [(put("induction", side, n, start), put("induction", side, n, n + 1) - side) for side in (left, right)]
    for fact, wanted, what in ((base, (sides[0][0], sides[1][0]), f"the base {n} = {start}"),
                               (step, (sides[0][1], sides[1][1]), "the step")):
        if fact.relation == "<" or not all(map(same, (fact.left, fact.right), wanted)):
            raise Rejected("induction", f"{fact} is not {what}, {wanted[0]} <= {wanted[1]}.")
    covers(base.domain, domain.without((n,)), "induction")
    covers(step.domain, domain, "induction")
    relation = "==" if {base.relation, step.relation} == {"=="} else "<="
    return conclude(Step("induction", "base and step", (base, step), (INDUCTION,)), left, relation, right, domain,
                    replaced={n: n})


def start_and_rest(left: Any, right: Any, n: Symbol, domain: Domain, start: Fact, rest: Fact) -> Fact:
    """left <= right for every integer n of a range, from the fact at its start and the fact beyond."""
    left, right, where = expr(left), expr(right), domain.ranges[n]
    if not isinstance(where, Range) or where.inf == -oo:
        raise Rejected("cases", f"{n} must range over integers from some start.")
    first = where.inf
    for side in (left, right):
        must_be_defined("cases", side, domain)
    for fact, value in ((start, first), (rest, n)):
        wanted = [put("cases", side, n, value) for side in (left, right)]
        if fact.relation == "<" or not all(map(same, (fact.left, fact.right), wanted)):
            raise Rejected("cases", f"{fact} is not the statement at {n} = {value}.")
    covers(start.domain, domain.without((n,)), "cases")
    covers(rest.domain, Domain({**domain.ranges, n: Range(first + 1, where.stop)}, *domain.conditions), "cases")
    relation = "==" if {start.relation, rest.relation} == {"=="} else "<="
    return conclude(Step("cases", f"{n} = {first}, and beyond", (start, rest)), left, relation, right, domain,
                    replaced={n: n}, start={n: first})
