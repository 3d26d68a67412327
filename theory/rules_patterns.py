"""A rule for events that exclude or imply one another: an inequality between indicators, pattern by pattern."""

from __future__ import annotations

from itertools import product
from typing import Any

from theory import certify
from theory.certify import Outcome
from theory.domain import Domain
from theory.expressions import bound_in, expr
from theory.facts import Fact, Indicator, Mean, Rejected, Step, conclude, same
from theory.kernel import covers, must_be_defined, require

MOST = 8
RULE = "patterns"


def patterns(left: Any, relation: str, right: Any, domain: Domain, *facts: Fact, note: str = "") -> Fact:
    """left <= right, or left == right, for sides in indicators: true for each pattern of their values that can occur.

    A pattern is impossible by a fact 0 <= B with 1{B >= 0} = 0 in it, or by a fact 0 < -A (or A < 0) with
    1{A >= 0} = 1 in it. Such a fact holds on the domain under conditions C >= 0, each of which the pattern says: C is
    the argument of an indicator that is 1, or minus that of one that is 0. A fact of any other kind is rejected.
    """
    left, right = expr(left), expr(right)
    if relation not in ("<=", "=="):
        raise Rejected(RULE, f"the relation {relation!r} is neither <= nor ==.")
    for side in (left, right):
        if side.has(Mean) or bound_in(side):
            raise Rejected(RULE, f"{side} has means, sums or integrals, in which indicators can't be told apart.")
        must_be_defined(RULE, side, domain)
    happen = sorted(left.atoms(Indicator) | right.atoms(Indicator), key=str)
    if not 0 < len(happen) <= MOST or any(each.args[0].has(Indicator) for each in happen):
        raise Rejected(RULE, f"there are {len(happen)} indicators; the rule takes 1 to {MOST}, not nested.")
    arguments = [each.args[0] for each in happen]
    known = [_read(fact, arguments, domain) for fact in facts]
    for values in product((0, 1), repeat=len(happen)):
        if any(all(values[i] == v for i, v in blocked.items()) for blocked in known):
            continue
        slack = (right - left).xreplace({each: expr(v) for each, v in zip(happen, values, strict=True)})
        where = Domain(domain.ranges, *domain.conditions,
                       *(a if v else -a for a, v in zip(arguments, values, strict=True)))
        for signed in (slack, -slack) if relation == "==" else (slack,):
            if signed.is_number:
                answer = certify.nonnegative(signed, Domain({}))
                if answer.outcome is Outcome.CERTIFIED:
                    continue
                raise Rejected(RULE, f"{left} {relation} {right} fails for the pattern "
                                     f"{dict(zip(happen, values, strict=True))}, which no fact excludes.")
            require(RULE, certify.nonnegative(signed, where), f"{signed} >= 0 in the pattern {values}")
    return conclude(Step(RULE, f"{2 ** len(happen)} patterns of {len(happen)} indicators", facts, note=note),
                    left, relation, right, domain)


def _read(fact: Fact, arguments: list[Any], domain: Domain) -> dict[int, int]:
    """The values of indicators, by position, that the fact says don't occur together."""
    blocked: dict[int, int] = {}

    def block(index: int, value: int) -> None:
        if blocked.setdefault(index, value) != value:
            raise Rejected(RULE, f"{fact} asks for the indicator of {arguments[index]} to be 0 and 1 at once.")

    extra = []
    for each in fact.domain.conditions:
        if each in domain.conditions:
            continue
        found = [(i, value) for i, a in enumerate(arguments) for value in (1, 0) if same(each, a if value else -a)]
        if found:
            block(*found[0])
        else:
            extra.append(each)
    covers(Domain(fact.domain.ranges, *extra), domain, RULE)
    below = expr(fact.right - fact.left)
    for i, a in enumerate(arguments):
        if fact.relation == "<" and same(below, -a):
            block(i, 1)
            return blocked
        if same(below, a):
            block(i, 0)
            return blocked
    raise Rejected(RULE, f"{fact} says of no indicator here that it is 1, nor that it is 0.")
