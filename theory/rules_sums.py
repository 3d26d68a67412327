"""Rules for finite sums: taken term by term, in another order, in parts, and those with a known value."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Range, Sum, Symbol, binomial, oo

from theory import certify
from theory.certify import Outcome
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Rejected, Step, conclude, put, same
from theory.kernel import covers, must_be_defined, require


def _range_of(total: Any) -> tuple[Symbol, Expr, Expr]:
    if not isinstance(total, Sum) or len(total.limits) != 1 or len(total.limits[0]) != 3:
        raise Rejected("sum", f"{total} is not a single sum with two limits.")
    index, low, high = total.limits[0]
    if oo in (high, -low) or not index.is_integer:
        raise Rejected("sum", f"{total} must be a finite sum over an integer index.")
    return index, low, high


def termwise(weight: Any, fact: Fact, index: Symbol, low: Any, high: Any, domain: Domain,
             note: str = "") -> Fact:
    """Sum of weight * left <= sum of weight * right over low <= index <= high, from the fact for every index.

    `domain` has the variables of the limits and of the weight.
    """
    weight, low, high = expr(weight), expr(low), expr(high)
    outer = fact.domain.without((index,)).meet(domain)
    inner = _indexed(outer, index, low, high)
    covers(fact.domain, inner, "termwise")
    if fact.relation != "==":
        require("termwise", certify.nonnegative(weight, inner), f"the weight {weight} >= 0")
    must_be_defined("termwise", weight, inner)
    sums = [Sum(weight * side, (index, low, high)) for side in (fact.left, fact.right)]
    for total in sums:
        must_be_defined("termwise", total, outer)
    return conclude(Step("termwise", "a finite sum is monotone", (fact,), note=note),
                    sums[0], "==" if fact.relation == "==" else "<=", sums[1], outer)


def _indexed(domain: Domain, index: Symbol, low: Expr, high: Expr) -> Domain:
    """The domain with an index between the limits."""
    where = Range(low if low.is_number else 0, (high + 1) if high.is_number else oo)
    if not low.is_number:
        require("termwise", certify.nonnegative(low, domain), f"that the index starts at {low} >= 0")
    if index != variable(index.name, where):
        raise Rejected("termwise", f"the index {index} must be variable({index.name!r}, {where}).")
    if index.name in {symbol.name for symbol in domain.symbols}:
        raise Rejected("termwise", f"the index {index} is a variable of the domain as well; rename one.")
    limits = [index - low] * (not low.is_number) + [high - index] * (not high.is_number)
    return Domain({**domain.ranges, index: where}, *domain.conditions, *limits)


def reflect(total: Any, about: Any, domain: Domain) -> Fact:
    """Sum of f(index) over low..high == sum of f(about - index) over (about - high)..(about - low)."""
    index, low, high = _range_of(total)
    about = expr(about)
    if not about.is_integer or about.has(index):
        raise Rejected("reflect", f"{about} need not be an integer.")
    must_be_defined("reflect", total, domain)
    # The index must not assume to be positive where it is not: SymPy would simplify by that.
    start = certify.nonnegative(about - high, domain)
    turned = variable(index.name, Range(0 if start.outcome is Outcome.CERTIFIED else -oo, oo))
    mirrored = Sum(put("reflect", total.function, index, about - turned), (turned, about - high, about - low))
    return conclude(Step("reflect", "the same terms in the other order"), total, "==", mirrored, domain)


def pull_out(total: Any, factor: Any, rest: Any, domain: Domain) -> Fact:
    """Sum of factor * rest == factor * sum of rest, for a factor without the index."""
    index, low, high = _range_of(total)
    factor, rest = expr(factor), expr(rest)
    if factor.has(index) or not same(rest * factor, total.function):
        raise Rejected("pull out", f"{total.function} is not {factor} times {rest}, or {factor} has {index}.")
    must_be_defined("pull out", factor, domain)
    must_be_defined("pull out", rest, _indexed(domain, index, low, high))
    return conclude(Step("pull out", "linearity of a finite sum"), total, "==",
                    factor * Sum(rest, (index, low, high)), domain)


def split_sum(total: Any, middle: Any, domain: Domain) -> Fact:
    """Sum to high == sum to middle + sum from middle + 1, for low - 1 <= middle <= high."""
    index, low, high = _range_of(total)
    middle = expr(middle)
    for gap in (middle - low + 1, high - middle):
        require("split", certify.nonnegative(gap, domain), f"{gap} >= 0")
    if not middle.is_integer:
        raise Rejected("split", f"{middle} need not be an integer.")
    must_be_defined("split", total, domain)
    parts: Any = [Sum(total.function, (index, low, middle)), Sum(total.function, (index, middle + 1, high))]
    return conclude(Step("split", "a finite sum in two parts"), total, "==", Add(*parts), domain)


def binomial_theorem(first: Any, second: Any, power: Any, index: Symbol, domain: Domain) -> Fact:
    """Sum of C(n, j) first^j second^(n - j) over j = 0..n == (first + second)^n."""
    first, second, power = expr(first), expr(second), expr(power)
    if not (power.is_integer and power.is_nonnegative):
        raise Rejected("binomial theorem", f"the power {power} must be a non-negative integer.")
    inner = _indexed(domain, index, expr(0), power)
    term = binomial(power, index) * first**index * second ** (power - index)
    must_be_defined("binomial theorem", term, inner)
    return conclude(Step("binomial theorem", "a known sum", (), ("the binomial theorem",)),
                    Sum(term, (index, 0, power)), "==", (first + second) ** power, domain)


def telescope(total: Any, antidifference: Any, domain: Domain, step: Fact) -> Fact:
    """Sum of F(index + 1) - F(index) == F(high + 1) - F(low); `step` says that this is the summand."""
    index, low, high = _range_of(total)
    antidifference = expr(antidifference)
    change = put("telescope", antidifference, index, index + 1) - antidifference
    if step.relation != "==" or not same(step.left, total.function) or not same(step.right, change):
        raise Rejected("telescope", f"{step} is not {total.function} == {change}.")
    inner = _indexed(domain, index, low, high)
    covers(step.domain, inner, "telescope")
    must_be_defined("telescope", total, domain)
    require("telescope", certify.nonnegative(high - low + 1, domain), f"{high - low + 1} >= 0")
    ends = put("telescope", antidifference, index, high + 1) - put("telescope", antidifference, index, low)
    must_be_defined("telescope", ends, domain)
    return conclude(Step("telescope", "all but the ends cancel", (step,)), total, "==", ends, domain)
