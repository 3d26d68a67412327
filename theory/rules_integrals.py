"""Rules for means that are integrals: densities, integrals in pieces.

The integrals themselves are evaluated by `identities.integral`. A law with a density is made by `with_density`, whose
premise names the density, so that no rule can use another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Expr, Integral, Interval, Lambda, Min, Symbol, betainc_regularized, oo

from theory import certify
from theory.domain import Domain
from theory.expressions import expr
from theory.facts import Fact, Law, Premise, Rejected, Role, Step, conclude, same
from theory.kernel import covers, must_be_defined, require

DENSITY = "E f(X) is the integral of f times the density of X (Billingsley 1995, (16.11))"


def least(fact: Fact) -> Fact:
    """min(a, b) == a from a <= b."""
    return conclude(Step("least", "the smaller of two is their minimum", (fact,)), Min(fact.left, fact.right), "==",
                    fact.left, fact.domain)


def antisymmetric(first: Fact, second: Fact) -> Fact:
    """A == b from a <= b and b <= a."""
    if not (same(first.left, second.right) and same(first.right, second.left)):
        raise Rejected("antisymmetric", f"{second} is not {first.right} <= {first.left}.")
    return conclude(Step("antisymmetric", "two inequalities", (first, second)), first.left, "==", first.right,
                    first.domain.meet(second.domain))


def in_pieces(definite: Integral, pieces: Sequence[tuple[Fact, Fact]], domain: Domain) -> Fact:
    """An integral == the sum over pieces of its range of other integrals' values.

    A piece is a pair of facts: the integrand equals another one there, and the integral of that one over the piece,
    evaluated by the rule integral. So every piece converges, and with them the whole.
    """
    rule = "pieces"
    if not pieces:
        raise Rejected(rule, "there are no pieces.")
    x, low, high = _limits(rule, definite)
    reached, total = low, expr(0)
    for equal, value in pieces:
        inner, start, end = _evaluated(rule, value)
        if not same(start, reached) and start != reached:
            raise Rejected(rule, f"a piece starts at {start}; the one before ends at {reached}.")
        _on_piece(rule, equal, x, (low, high), (start, end), domain)
        if not same(equal.left, definite.function) or not same(value.left.args[0].subs(inner, x), equal.right):
            raise Rejected(rule, f"{equal} and {value} don't say what {definite.function} is on a piece.")
        covers(value.domain, domain, rule)
        total, reached = total + value.right, end
    if reached != high and not same(reached, high):
        raise Rejected(rule, f"the pieces end at {reached}, not at {high}.")
    uses = tuple(fact for piece in pieces for fact in piece)
    return conclude(Step(rule, "integrals over adjacent intervals add", uses), definite, "==", total, domain)


def _limits(rule: str, definite: Any) -> tuple[Symbol, Expr, Expr]:
    if not isinstance(definite, Integral) or len(definite.limits) != 1 or len(definite.args[1].args) != 3:
        raise Rejected(rule, f"{definite} is not a single definite integral.")
    limits: Any = definite.args[1]
    symbol, low, high = limits
    return symbol, low, high


def _evaluated(rule: str, value: Fact) -> tuple[Symbol, Expr, Expr]:
    if value.relation != "==":
        raise Rejected(rule, f"{value} is not the value of an integral.")
    return _limits(rule, value.left)


def _on_piece(rule: str, equal: Fact, x: Symbol, whole: tuple[Expr, Expr], piece: tuple[Expr, Expr],
              domain: Domain) -> None:
    """`equal` is an equality wherever x lies in the piece, whose ends are in order and inside the whole range."""
    if equal.relation != "==" or x in domain.ranges or x not in equal.domain.ranges:
        raise Rejected(rule, f"{equal} is no equality in the variable {x}, or {x} is a parameter as well.")
    start, end = piece
    if oo not in (end, -start):
        require(rule, certify.nonnegative(end - start, domain), f"{end} >= {start}")
    # Ends of the whole range are null sets, so the range is open there.
    where = Interval.open(*(each if each.is_number else infinite for each, infinite in zip(whole, (-oo, oo),
                                                                                           strict=True)))
    conditions = [x - start] * (start not in (-oo, whole[0])) + [end - x] * (end not in (oo, whole[1]))
    outer = [x - whole[0]] * (not whole[0].is_number) + [whole[1] - x] * (not whole[1].is_number)
    covers(equal.domain, Domain({**domain.ranges, x: where}, *domain.conditions, *conditions, *outer), rule)


def with_density(name: str, x: Symbol, density: Any, domain: Domain) -> Law:
    """The law of x with this density over the range of x in the domain; its premise says so."""
    return Law(name, (x,), domain, _density(x, density))


def _density(x: Symbol, density: Any) -> Premise:
    return Premise("density", f"{x} has the density {expr(density)}")


def mean_by_density(expression: Any, law: Law, density: Any, total: Fact, value: Fact) -> Fact:
    """E f(x) == the value of the integral of f(x) density(x), for f >= 0 and a density whose integral is 1.

    `total` and `value` are the two integrals, over the range of x in the law.
    """
    rule, expression, density = "density", expr(expression), expr(density)
    (x,) = law.variables
    if law.integrable != _density(x, density):
        raise Rejected(rule, f"the law {law.name} isn't one with_density {density}.")
    must_be_defined(rule, expression, law.domain)
    for each in (expression, density):
        require(rule, certify.nonnegative(each, law.domain), f"{each} >= 0")
    outer, where = law.domain.without((x,)), law.domain.ranges[x]
    if any(condition.has(x) for condition in law.domain.conditions):
        raise Rejected(rule, f"the range of {x} has to be an interval, without conditions.")
    for fact, integrand in ((total, density), (value, expression * density)):
        inner, low, high = _evaluated(rule, fact)
        if (low, high) != (where.inf, where.sup) or not same(fact.left.args[0].subs(inner, x), integrand):
            raise Rejected(rule, f"{fact} is not about the integral of {integrand} over {where}.")
        covers(fact.domain, outer, rule)
    if total.right != 1:
        raise Rejected(rule, f"{density} is no density: its integral is {total.right}.")
    return conclude(Step(rule, "a probability density", (total, value), (DENSITY,)), law.mean(expression), "==",
                    value.right, outer, (law,), roles=[Role(law.name, x, "of the density", (Lambda(x, density),))])


def no_beta(a: Any, b: Any, domain: Domain) -> Fact:
    """I_0(a, b) == 0: the incomplete beta function is an integral from 0."""
    nothing = betainc_regularized(expr(a), expr(b), 0, 0)
    must_be_defined("incomplete beta", nothing, domain)
    return conclude(Step("incomplete beta", "the integral from 0 to 0"), nothing, "==", 0, domain)
