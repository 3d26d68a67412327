"""The rules of probability: named theorems that proofs may lean on, each with its side conditions and reference.

`Markov`, `Chebyshev` and `Hoeffding` are no rules here: they follow from `indicator_below`, `chord`,
`independent_mean` and `expectation`, and `theory/derivations/concentration.py` derives them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Abs, Expr, Interval, Range, Symbol, diff, exp, log, oo
from sympy.core.symbol import Str

from theory import certify
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import (
    Fact,
    Indicator,
    Law,
    Mean,
    Premise,
    Rejected,
    Role,
    Step,
    conclude,
    normal,
    put,
    same,
)
from theory.kernel import must_be_defined, require, within
from theory.meanings import meant, named_means, renamed

JENSEN = "Jensen's inequality (Boyd & Vandenberghe 2004, section 3.1.8)"
CHORD = "a convex function lies below its chords (Boyd & Vandenberghe 2004, section 3.1.1)"
CUMULANTS = "cumulant generating functions of independent variables add (Boucheron, Lugosi & Massart 2013, section 2.2)"
MAXIMAL = "maximal inequality (Boucheron, Lugosi & Massart 2013, Theorem 2.5)"


def _curvature(rule: str, function: Expr, x: Symbol, domain: Domain, sign: int) -> str:
    must_be_defined(rule, function, domain)
    word = "convex" if sign > 0 else "concave"
    return require(rule, certify.nonnegative(sign * diff(function, x, 2), domain), f"that {function} is {word} in {x}")


def jensen(function: Any, x: Symbol, domain: Domain, argument: Any, law: Law) -> Fact:
    """E f(U) <= f(E U), for f concave in x on its range in the domain and U = `argument` with values in it.

    For a convex f the inequality is the other way round: take -f.
    """
    function, argument = expr(function), expr(argument)
    # Concave whatever the law's variables are, which the conclusion averages over.
    domain = domain.without(law.variables)
    how = _curvature("Jensen", function, x, domain, -1)
    if any(condition.has(x) for condition in domain.conditions) or not isinstance(domain.ranges[x], Interval):
        raise Rejected("Jensen", f"{x} must range over an interval.")
    law.must_have_means("Jensen")
    inside = law.domain.meet(domain.without((x, *law.variables)))
    within(argument, domain.ranges[x], inside, {law.name: law})
    mean = law.mean(argument)
    step = Step("Jensen", f"concave: {how}", (), (JENSEN,))
    return conclude(step, law.mean(put("Jensen", function, x, argument)), "<=", put("Jensen", function, x, mean),
                    inside.without(law.variables), (law,), replaced={x: x})


def chord(function: Any, x: Symbol, domain: Domain) -> Fact:
    """f(x) <= f(a) (b - x)/(b - a) + f(b) (x - a)/(b - a), for f convex in x on its range [a, b]."""
    function, where = expr(function), domain.ranges[x]
    if not isinstance(where, Interval) or not where.is_closed or where.measure == oo:
        raise Rejected("chord", f"{x} must range over a bounded, closed interval, not {where}.")
    if any(condition.has(x) for condition in domain.conditions):
        raise Rejected("chord", f"no condition may cut the range of {x}.")
    how = _curvature("chord", function, x, domain, 1)
    low, high = where.inf, where.sup
    ends = (function.subs(x, low) * (high - x) + function.subs(x, high) * (x - low)) / (high - low)
    return conclude(Step("chord", f"convex: {how}", (), (CHORD,)), function, "<=", ends, domain)


def increasing(fact: Fact, function: Any, x: Symbol, domain: Domain, note: str = "") -> Fact:
    """f(left) <= f(right) from left <= right, for f increasing in x on an interval that holds both sides."""
    function = expr(function)
    must_be_defined("increasing", function, domain)
    where = domain.ranges[x]
    if any(condition.has(x) for condition in domain.conditions) or not isinstance(where, Interval):
        raise Rejected("increasing", f"{x} must range over an interval.")
    # Up to the ends the function is continuous; its derivative need not exist there.
    inside = variable(x.name, Interval.open(where.inf, where.sup))
    interior = Domain({**domain.without((x,)).ranges, inside: Interval.open(where.inf, where.sup)}, *domain.conditions)
    slope = diff(function.subs(x, inside), inside)
    must_be_defined("increasing", slope, interior)
    how = require("increasing", certify.nonnegative(slope, interior), f"that {function} increases with {x}")
    outer = fact.domain.meet(domain.without((x,)))
    laws = {law.name: law for law in fact.laws}
    # left <= right, so left is in the interval's lower end, right in its upper, and both in between.
    for side, half in ((fact.left, Interval(where.inf, oo, bool(where.left_open), True)),
                       (fact.right, Interval(-oo, where.sup, True, bool(where.right_open)))):
        within(side, half, outer, laws)
    low, high = (put("increasing", function, x, side) for side in (fact.left, fact.right))
    return conclude(Step("increasing", f"derivative: {how}", (fact,), note=note), low,
                    "==" if fact.relation == "==" else "<=", high, outer, replaced={x: x})


def indicator_below(argument: Any, function: Any, domain: Domain, note: str = "") -> Fact:
    """1{argument >= 0} <= f, for f >= 0 everywhere and f >= 1 where the argument is at least 0."""
    argument, function = expr(argument), expr(function)
    must_be_defined("indicator", argument, domain)
    must_be_defined("indicator", function, domain)
    require("indicator", certify.nonnegative(function, domain), f"{function} >= 0")
    happens = Domain(domain.ranges, *domain.conditions, argument)
    if isinstance(argument, Symbol):
        from_zero = domain.ranges[argument].intersect(Interval(0, oo))
        at_least = variable(argument.name, from_zero)
        stands: Any = {argument: at_least}
        happens = Domain({**domain.without((argument,)).ranges, at_least: from_zero},
                         *(each.subs(stands) for each in domain.conditions))
        how = require("indicator", certify.nonnegative(function.subs(stands) - 1, happens), f"{function} >= 1 there")
        return conclude(Step("indicator", how, note=note), Indicator(argument), "<=", function, domain)
    how = require("indicator", certify.nonnegative(function - 1, happens), f"{function} >= 1 where {argument} >= 0")
    return conclude(Step("indicator", how, note=note), Indicator(argument), "<=", function, domain)


def independent_mean(fact: Fact, s: Symbol, m: Symbol, law: Law, independent: Premise, note: str = "") -> Fact:
    """log E exp(s U) <= m psi(s/m), for U the mean of m independent variables W with log E exp(s W) <= psi(s).

    `fact` is the bound for every real s (or every s of a cone); `law` is the law of U, whose one variable it names;
    its range must hold the mean. The m variables need not have one law, but each is one of those of `fact`.
    """
    rule = "independent mean"
    if independent.kind != "independent":
        raise Rejected(rule, f"the terms must be independent; the premise {independent.text!r} says something else.")
    inner = _cumulant(rule, fact, s)
    moment: Any = fact.left.args[0]
    where = fact.domain.ranges.get(s)
    if not isinstance(where, Interval) or where not in (Interval(-oo, oo), Interval(0, oo), Interval.open(0, oo)):
        raise Rejected(rule, f"the bound must hold for every s of a cone, not on {where} only: s/m lies elsewhere.")
    if any(condition.has(s) for condition in fact.domain.conditions):
        raise Rejected(rule, f"no condition may cut the range of {s}.")
    if m.is_positive is not True or m.is_integer is not True:
        raise Rejected(rule, f"{m} must be a positive integer.")
    (mean,) = law.variables
    first = next(each for each in fact.laws if each.name == fact.left.args[0].law)
    for end, side in ((law.domain.ranges[mean].inf, 1), (law.domain.ranges[mean].sup, -1)):
        if end not in (oo, -oo):
            for value in _extremes(inner, first):
                require(rule, certify.nonnegative(side * (value - end), fact.domain.without((s,))),
                        "that U is in range")
    domain = fact.domain.meet(Domain({m: Range(1, oo)})).meet(law.domain.without((mean,)))
    meant(rule, mean, law)
    these = Premise.stated("definition", "{0} is the mean of {1} independent variables, each of them {2} under a law "
                           "on the range of {3}", mean, m, inner, Str(first.name))
    return conclude(Step(rule, "cumulants add", (fact,), (CUMULANTS,), note), log(law.mean(exp(s * mean))), "<=",
                    m * put(rule, fact.right, s, s / m), domain, (law,), (these, independent),
                    [Role(law.name, mean, "the mean of", (m, Mean(inner, moment.args[1])))])


def _cumulant(rule: str, fact: Fact, s: Symbol) -> Expr:
    """W of a fact log E exp(s W) <= ..., which must be centred: E W = 0."""
    left = fact.left
    if fact.relation == "<" or not isinstance(left, log) or not isinstance(left.args[0], Mean):
        raise Rejected(rule, f"{fact} is no bound on log E exp(s W).")
    mean = left.args[0]
    exponent = log(mean.args[0]).expand(force=True)
    inner = normal(exponent / s)
    if inner.has(s) or not same(mean.args[0], exp(s * inner)):
        raise Rejected(rule, f"{mean.args[0]} is not exp({s} W).")
    if normal(Mean(inner, mean.args[1])) != 0:
        raise Rejected(rule, f"{inner} is not centred: its mean is {normal(Mean(inner, mean.args[1]))}.")
    return inner


def _extremes(inner: Expr, law: Law) -> list[Expr]:
    """Bounds of W = +-(z - E z) for z in [a, b]: +-(b - a)."""
    (z,) = law.variables
    where = law.domain.ranges[z]
    if not (same(inner, z - law.mean(z)) or same(inner, law.mean(z) - z)):
        raise Rejected("independent mean", f"{inner} is neither {z} - E {z} nor E {z} - {z}, so its range is unknown.")
    return [where.measure, -where.measure]


def maximal(fact: Fact, s: Symbol, slope: Symbol, count: Any, peak: Symbol, law: Law, domain: Domain,
            note: str = "") -> Fact:
    """E max U_i <= (ln N + psi(slope))/slope for N variables with ln E exp(s U_i) <= psi(s), and slope > 0.

    `peak` is the variable of `law` that means the largest of the N = `count` variables; `domain` has the slope and
    the variables of the count.
    """
    rule, count = "maximal", expr(count)
    if not (count.is_integer and count.is_positive and count.is_finite):
        raise Rejected(rule, f"the number of variables is {count}; it must be a positive, finite integer.")
    if peak not in law.variables or peak not in dict(law.meaning):
        raise Rejected(rule, f"the law {law.name} doesn't say what {peak} is the maximum of.")
    left = fact.left
    fine = (isinstance(left, log) and isinstance(left.args[0], Mean) and fact.relation != "<"
            and len(left.args[0].bound) == 1 and same(left.args[0].args[0], exp(s * left.args[0].bound[0])))
    if not fine:
        raise Rejected(rule, f"{fact} is no bound on ln E exp({s} U).")
    if fact.domain.ranges.get(s) != Interval(-oo, oo) or any(each.has(s) for each in fact.domain.conditions):
        raise Rejected(rule, f"the bound must hold for every {s}.")
    _holds(rule, fact, law, peak)
    require(rule, certify.nonnegative(slope, domain, strict=True), f"{slope} > 0")
    everywhere = domain.meet(fact.domain.without((s,))).meet(law.domain.without(law.variables))
    moment: Any = left.args[0]
    of = Str(moment.law)
    these = Premise.stated("definition", "{0} is the largest of {1} variables, each of them {2} under {3}", peak, count,
                           moment.bound[0], of)
    return conclude(Step(rule, "Jensen's inequality and a sum over the class", (fact,), (MAXIMAL,), note),
                    law.mean(peak), "<=", (log(count) + put(rule, fact.right, s, slope)) / slope, everywhere, (law,),
                    (these,), [Role(law.name, peak, "the largest of", (count, of))])


def _holds(rule: str, fact: Fact, law: Law, peak: Symbol) -> None:
    """The largest of variables has the range that each of them has; or else no law has this meaning."""
    mean = fact.left.args[0]
    each = next(known for known in fact.laws if known.name == mean.law).domain.ranges[mean.bound[0]]
    if not each.is_subset(law.domain.ranges[peak]):
        raise Rejected(rule, f"the variables range over {each}, the largest of them over {law.domain.ranges[peak]}.")


def unbiased(empirical: Symbol, value: Symbol, law: Law, identical: Premise) -> Fact:
    """E (an average over the sample) == what one draw has on average, as the law's meanings of both say."""
    if identical.kind != "identically distributed" or not {empirical, value} <= set(dict(law.meaning)):
        raise Rejected("unbiased", f"the draws must be identically distributed, and the law {law.name} must say what "
                                   f"{empirical} and {value} are.")
    ranges = law.domain.ranges
    if not ranges[value].is_subset(ranges[empirical]):
        raise Rejected("unbiased", f"{empirical}, in {ranges[empirical]}, is no average of draws in {ranges[value]}.")
    return conclude(Step("unbiased", "linearity of expectation", (), ("an average has the mean of its terms",)),
                    law.mean(empirical), "==", law.mean(value), law.domain.without(law.variables), (law,),
                    (identical, Premise("definition", f"{empirical} is an average of draws that each have the law of "
                                                      f"{value}")),
                    [Role(law.name, empirical, "the average of", (Str(value.name),))])


def at_random(fact: Fact, chosen: Sequence[Symbol], names: Mapping[Any, Any], law: Law, note: str = "") -> Fact:
    """A fact that holds whatever the bound variables `chosen` are, where chance chooses them.

    A bound for every hypothesis holds for one found by looking at the sample; an inequality for every law holds for the
    law given x. `names` says what the means that depend on `chosen` are, in variables of `law` that have a meaning.
    """
    rule = "random law"
    named = renamed(rule, fact, names, law)
    left, right = (side.xreplace(named) for side in (fact.left, fact.right))
    for mean in left.atoms(Mean) | right.atoms(Mean):
        if mean.args[0].free_symbols & set(chosen):
            raise Rejected(rule, f"{mean} depends on {chosen} as well, so it must be named.")
    for law_of_fact in fact.laws:
        if set(chosen) & set(law_of_fact.variables) and law_of_fact.domain.conditions:
            raise Rejected(rule, f"the law {law_of_fact.name} has conditions, which the choice might break.")
    if set(chosen) & set(fact.domain.ranges):
        raise Rejected(rule, f"{chosen} must be averaged over in {fact}.")
    return conclude(Step(rule, "true for every law", (fact,), (), note), left, fact.relation, right,
                    fact.domain.meet(law.domain), (law,),
                    roles=named_means(fact, names, law))


def triangle(expression: Any, law: Law) -> Fact:
    """|E u| <= E |u|."""
    law.must_have_means("triangle")
    must_be_defined("triangle", expr(expression), law.domain)
    return conclude(Step("triangle", "the modulus is convex", (), ("|E u| <= E |u|",)),
                    Abs(law.mean(expression)), "<=", law.mean(Abs(expr(expression))),
                    law.domain.without(law.variables), (law,))
