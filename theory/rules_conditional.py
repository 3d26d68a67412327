"""Rules about means given something, about variables that are independent, and about those that have one law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sympy import Basic, Expr, Lambda, Symbol, Tuple

from theory import certify
from theory.domain import Domain, ranged
from theory.expressions import expr
from theory.facts import Fact, Law, Mean, Premise, Rejected, Role, Step, conclude, put, put_all
from theory.kernel import covers, must_be_defined, require, within
from theory.meanings import meant, named_means, premised, renamed

TOWER = "E U is the mean of E[U | V] (Billingsley 1995, Theorem 34.4)"
GIVEN = "E w U = E w E(U | X) for every w that depends on X alone (Billingsley 1995, section 34)"
FACTORS = "the mean of a product of independent variables is that of their means (Billingsley 1995, (21.18))"
OF_X = "a function of X"


def same_law(function: Any, first: Symbol, second: Symbol, law: Law, identical: Premise) -> Fact:
    """E f(first) == E f(second), for variables of one law; `function` is f(first)."""
    rule, function = "same law", expr(function)
    premised(rule, identical, "identically distributed")
    ranges = law.domain.ranges
    if not {first, second} <= set(law.variables) or ranges[first] != ranges[second]:
        raise Rejected(rule, f"{first} and {second} must be variables of {law.name} with one range.")
    if function.free_symbols & set(law.variables) != {first}:
        raise Rejected(rule, f"{function} must be a function of {first} alone.")
    must_be_defined(rule, function, law.domain)
    return conclude(Step(rule, "equal laws have equal means"), law.mean(function), "==",
                    law.mean(put(rule, function, first, second)), law.domain.without(law.variables), (law,),
                    (identical, Premise("identically distributed", f"{first} and {second} have one law")))


def exchangeable(one: Symbol, other: Symbol, count: Expr, total: Any, law: Law, premise: Premise) -> Fact:
    """E S S' == (total^2/n - E S^2)/(n - 1), for n exchangeable variables of this sum, whose square has n^2 terms.

    `one` and `other` are the variables of `law` that mean two different ones of the n.
    """
    rule, count, total = "exchangeable", expr(count), expr(total)
    premised(rule, premise, "exchangeable")
    meant(rule, one, law)
    meant(rule, other, law)
    domain = law.domain.without(law.variables)
    if one == other or not count.is_integer or not total.is_number:
        raise Rejected(rule, "it takes two different variables, their number, and what they sum to.")
    require(rule, certify.nonnegative(count - 2, domain), f"{count} >= 2, so that there are two different ones")
    for each in (one, other):
        # They may all be equal, so that there are such variables.
        within(total / count, law.domain.ranges[each], domain, {})
    these = Premise("definition", f"{one} and {other} are two of {count} exchangeable variables, whose sum is {total}")
    return conclude(Step(rule, "the square of the sum, multiplied out"),
                    law.mean(one * other), "==", (total**2 / count - law.mean(one**2)) / (count - 1), domain, (law,),
                    (these, premise), [Role(law.name, Tuple(*sorted((one, other), key=str)), "two of",
                                                                     (count, total))])


def tower(fact: Fact, inner: Law, values: Mapping[Symbol, Symbol], law: Law, conditional: Premise) -> Fact:
    """E U <= E v(V) from E[U | V = v] <= v(v) for every v; also ==.

    `fact` is about means over `inner`, the law given that the variables `values` of `law` have the values of the
    parameters; `law` has the variables of `inner` as well, and its domain implies that of `inner`.
    """
    rule = "tower"
    premised(rule, conditional, "conditional")
    averaged = fact.left.args[0] if isinstance(fact.left, Mean) and fact.left.law == inner.name else fact.left
    if averaged is fact.left or averaged.has(Mean) or fact.right.has(Mean) or fact.relation == "<":
        raise Rejected(rule, f"{fact} is no bound, free of means, on a mean over {inner.name}.")
    if any(each != inner for each in fact.laws if each.name == inner.name):
        raise Rejected(rule, f"{fact} speaks of another law {inner.name}.")
    if not {*inner.variables, *values.values()} <= set(law.variables) or set(inner.variables) & set(values.values()):
        raise Rejected(rule, f"{law.name} must have the variables of {inner.name} and those that it is given.")
    given_by: dict[Any, Any] = dict(values)
    fixed = {*fact.domain.symbols, *inner.domain.without(inner.variables).symbols} & set(law.variables)
    if fixed - set(given_by):
        raise Rejected(rule, f"{fact} is about fixed {fixed - set(given_by)}, over which {law.name} averages; name "
                             "them.")
    if not values:
        raise Rejected(rule, "nothing is given.")
    for symbol, where in (*inner.domain.ranges.items(), *fact.domain.ranges.items()):
        stands = given_by.get(symbol, symbol)
        if stands in law.domain.ranges and not law.domain.ranges[stands].is_subset(where):
            raise Rejected(rule, f"{stands} leaves {where}.")
    everywhere = law.domain.meet(fact.domain.without(tuple(given_by)))
    for each in (*inner.domain.conditions, *fact.domain.conditions):
        if (wanted := put_all(rule, each, given_by)) not in everywhere.conditions:
            require(rule, certify.nonnegative(wanted, everywhere), f"{wanted} >= 0")
    inside, right = (expr(put_all(rule, side, given_by)) for side in (averaged, fact.right))
    must_be_defined(rule, right, everywhere)
    return conclude(Step(rule, f"given {', '.join(map(str, given_by.values()))}", (fact,), (TOWER,)), law.mean(inside),
                    fact.relation, law.mean(right), everywhere.without(law.variables), (law,), (conditional,),
                    [replace(role, law=law.name, what=_bound(given_by, role)) for role in fact.roles
                     if role.law == inner.name],
                    replaced=given_by, released=(inner,))


def _bound(given_by: dict[Any, Any], role: Role) -> tuple[Any, ...]:
    """What a role says where it depends on what is given: for each value of that."""
    return (Lambda(tuple(given_by), Tuple(*role.what)),) if role.what else ()


def given(fact: Fact, names: Mapping[Mean, Symbol], law: Law, conditional: Premise) -> Fact:
    """A fact about every law, read for the law given X; `names` says what its means are called in `law`."""
    rule = "given"
    premised(rule, conditional, "conditional")
    renames = renamed(rule, fact, names, law)
    left, right = (side.xreplace(renames) for side in (fact.left, fact.right))
    if left.has(Mean) or right.has(Mean):
        raise Rejected(rule, f"every mean of {fact} must be named.")
    everywhere = fact.domain.meet(law.domain)
    covers(fact.domain, everywhere, rule)
    named = {mean.law for mean in names}
    released = [each for each in fact.laws if each.name in named and each != law]
    for each in released:
        if next(each.domain.points(1), None) is None:
            raise Rejected(rule, f"no point was found that meets the conditions of the law {each.name}.")
    # Nothing else says any more what the law given X was supposed to be.
    limits = [Premise("condition", f"given X, {ranged(symbol, each.domain)}") for each in released
              for symbol in each.variables if symbol not in law.variables]
    limits += [Premise.stated("condition", "given X, {0} >= 0", condition) for each in released
               for condition in each.domain.conditions]
    return conclude(Step(rule, "true for every law", (fact,)), left, fact.relation, right, everywhere, (law,),
                    (conditional, *limits), named_means(fact, names, law),
                    released=released)


def conditional_mean(law: Law, value: Any, mean: Symbol, weight: Any) -> Fact:
    """E[weight value] == E[weight mean], where the law says that `mean` is E(value | X) and that weight depends on X.

    The law's meaning of `mean` is the text E(value | X); of the variables of the weight, such a text or `OF_X`.
    """
    rule, value, weight = "conditional mean", expr(value), expr(weight)
    meaning = dict(law.meaning)
    if meaning.get(mean) != f"E({value} | X)":
        raise Rejected(rule, f"the law {law.name} doesn't say that {mean} is E({value} | X).")
    for symbol in weight.free_symbols & set(law.variables):
        text = meaning.get(symbol, "")
        if text != OF_X and not (text.startswith("E(") and text.endswith(" | X)")):
            raise Rejected(rule, f"the law {law.name} doesn't say that {symbol} depends on X alone.")
    for each in (weight * value, weight * mean):
        must_be_defined(rule, each, law.domain)
    within(law.mean(value), law.domain.ranges[mean], Domain({}), {law.name: law})
    return conclude(Step(rule, "what a conditional mean is", (), (GIVEN,)), law.mean(weight * value), "==",
                    law.mean(weight * mean), law.domain.without(law.variables), (law,))


def independent_product(first: Any, second: Any, law: Law) -> Fact:
    """E[first second] == E[first] E[second], on the premise that the variables of both are independent."""
    rule, first, second = "independent product", expr(first), expr(second)
    groups = [sorted((each.free_symbols & set(law.variables)), key=str) for each in (first, second)]
    if set(groups[0]) & set(groups[1]) or not all(groups):
        raise Rejected(rule, f"{first} and {second} must have variables of the law {law.name}, and none in common.")
    _no_shared_condition(rule, law, groups)
    for each in (first, second):
        must_be_defined(rule, each, law.domain)
    one, other = (", ".join(map(str, group)) for group in groups)
    premise = Premise("independent", f"{one} and {other} are independent")
    return conclude(Step(rule, "means of products", (), (FACTORS,)), law.mean(first * second), "==",
                    law.mean(first) * law.mean(second), law.domain.without(law.variables), (law,), (premise,))


def _no_shared_condition(rule: str, law: Law, groups: list[list[Basic]]) -> None:
    for condition in law.domain.conditions:
        if all(condition.free_symbols & set(group) for group in groups):
            raise Rejected(rule, f"the condition {condition} >= 0 ties together what is to be independent.")
