"""The rules of probability: named theorems that proofs may lean on, each with its side conditions and reference.

`Markov`, `Chebyshev` and `Hoeffding` are no rules here: they follow from `indicator_below`, `chord`,
`independent_mean` and `expectation`, and `theory/derivations/concentration.py` derives them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Expr, Integral, Interval, Range, Symbol, diff, exp, log, oo, sympify

from theory import certify
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Mean, Premise, Rejected, Step, conclude, normal, same
from theory.kernel import covers, must_be_defined, require, within

JENSEN = "Jensen's inequality (Boyd & Vandenberghe 2004, section 3.1.8)"
CHORD = "a convex function lies below its chords (Boyd & Vandenberghe 2004, section 3.1.1)"
CUMULANTS = "cumulant generating functions of independent variables add (Boucheron, Lugosi & Massart 2013, section 2.2)"
MAXIMAL = "maximal inequality (Boucheron, Lugosi & Massart 2013, Theorem 2.5)"
UNION = "the union bound (Boole's inequality), for finitely many events"
TAIL = "E T is the integral of P(T >= t) over t >= 0 (Billingsley 1995, (21.9))"
PRODUCT = "probabilities of independent events multiply"
INDUCTION = "induction over the integers"


def _curvature(rule: str, function: Expr, x: Symbol, domain: Domain, sign: int) -> str:
    must_be_defined(rule, function, domain)
    word = "convex" if sign > 0 else "concave"
    return require(rule, certify.nonnegative(sign * diff(function, x, 2), domain), f"that {function} is {word} in {x}")


def jensen(function: object, x: Symbol, domain: Domain, argument: object, law: Law) -> Fact:
    """E f(U) <= f(E U), for f concave in x on its range in the domain and U = `argument` with values in it.

    For a convex f the inequality is the other way round: take -f.
    """
    function, argument = sympify(function), sympify(argument)
    how = _curvature("Jensen", function, x, domain, -1)
    if any(condition.has(x) for condition in domain.conditions) or not isinstance(domain.ranges[x], Interval):
        raise Rejected("Jensen", f"{x} must range over an interval.")
    inside = law.domain.meet(domain.without((x,)))
    within(argument, domain.ranges[x], inside, {law.name: law})
    mean = law.mean(argument)
    step = Step("Jensen", f"concave: {how}", (), (JENSEN,))
    return conclude(step, law.mean(function.subs(x, argument)), "<=", function.subs(x, mean),
                    inside.without(law.variables), (law,))


def chord(function: object, x: Symbol, domain: Domain) -> Fact:
    """f(x) <= f(a) (b - x)/(b - a) + f(b) (x - a)/(b - a), for f convex in x on its range [a, b]."""
    function, where = sympify(function), domain.ranges[x]
    if not isinstance(where, Interval) or not where.is_closed or where.measure == oo:
        raise Rejected("chord", f"{x} must range over a bounded, closed interval, not {where}.")
    if any(condition.has(x) for condition in domain.conditions):
        raise Rejected("chord", f"no condition may cut the range of {x}.")
    how = _curvature("chord", function, x, domain, 1)
    low, high = where.inf, where.sup
    ends = (function.subs(x, low) * (high - x) + function.subs(x, high) * (x - low)) / (high - low)
    return conclude(Step("chord", f"convex: {how}", (), (CHORD,)), function, "<=", ends, domain)


def increasing(fact: Fact, function: object, x: Symbol, domain: Domain, note: str = "") -> Fact:
    """f(left) <= f(right) from left <= right, for f increasing in x on an interval that holds both sides."""
    function = sympify(function)
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
    for side, half in ((fact.left, Interval(where.inf, oo, where.left_open, True)),
                       (fact.right, Interval(-oo, where.sup, True, where.right_open))):
        within(side, half, outer, laws)
    return conclude(Step("increasing", f"derivative: {how}", (fact,), note=note), function.subs(x, fact.left),
                    "==" if fact.relation == "==" else "<=", function.subs(x, fact.right), outer)


def indicator_below(argument: object, function: object, domain: Domain, note: str = "") -> Fact:
    """1{argument >= 0} <= f, for f >= 0 everywhere and f >= 1 where the argument is at least 0."""
    argument, function = sympify(argument), sympify(function)
    must_be_defined("indicator", argument, domain)
    must_be_defined("indicator", function, domain)
    require("indicator", certify.nonnegative(function, domain), f"{function} >= 0")
    happens = Domain(domain.ranges, *domain.conditions, argument)
    if isinstance(argument, Symbol):
        from_zero = domain.ranges[argument].intersect(Interval(0, oo))
        at_least = variable(argument.name, from_zero)
        put = {argument: at_least}
        happens = Domain({**domain.without((argument,)).ranges, at_least: from_zero},
                         *(each.subs(put) for each in domain.conditions))
        how = require("indicator", certify.nonnegative(function.subs(put) - 1, happens), f"{function} >= 1 there")
        return conclude(Step("indicator", how, note=note), Indicator(argument), "<=", function, domain)
    how = require("indicator", certify.nonnegative(function - 1, happens), f"{function} >= 1 where {argument} >= 0")
    return conclude(Step("indicator", how, note=note), Indicator(argument), "<=", function, domain)


def exhaust(left: object, relation: str, right: object, x: Symbol, facts: dict[int, Fact], domain: Domain) -> Fact:
    """left <= right for every integer x in its finite range, from one fact for each value of x."""
    left, right, where = sympify(left), sympify(right), domain.ranges[x]
    if not isinstance(where, Range) or where.size == oo:
        raise Rejected("cases", f"{x} must range over finitely many integers.")
    if set(facts) != {int(value) for value in where}:
        raise Rejected("cases", f"{x} takes the values {list(where)}, the facts are for {sorted(facts)}.")
    for value, fact in facts.items():
        if fact.relation not in {relation, "=="} or not (
                same(fact.left, left.subs(x, value)) and same(fact.right, right.subs(x, value))):
            raise Rejected("cases", f"{fact} is not the statement at {x} = {value}.")
        covers(fact.domain, domain.without((x,)), "cases")
    return conclude(Step("cases", f"all values of {x}", tuple(facts.values())), left, relation, right, domain)


def induction(left: object, right: object, n: Symbol, domain: Domain, base: Fact, step: Fact) -> Fact:
    """left(n) <= right(n) for every integer n from the range's start.

    `base` is the statement at the start; `step` is left(n + 1) - left(n) <= right(n + 1) - right(n) for every n.
    """
    left, right, where = sympify(left), sympify(right), domain.ranges[n]
    if not isinstance(where, Range) or where.inf == -oo:
        raise Rejected("induction", f"{n} must range over integers from some start, not over {where}.")
    start = where.inf
    sides = [(side.subs(n, start), side.subs(n, n + 1) - side) for side in (left, right)]
    for fact, wanted, what in ((base, (sides[0][0], sides[1][0]), f"the base {n} = {start}"),
                               (step, (sides[0][1], sides[1][1]), "the step")):
        if fact.relation == "<" or not all(map(same, (fact.left, fact.right), wanted)):
            raise Rejected("induction", f"{fact} is not {what}, {wanted[0]} <= {wanted[1]}.")
    covers(base.domain, domain.without((n,)), "induction")
    covers(step.domain, domain, "induction")
    relation = "==" if {base.relation, step.relation} == {"=="} else "<="
    return conclude(Step("induction", "base and step", (base, step), (INDUCTION,)), left, relation, right, domain)


def independent_mean(fact: Fact, s: Symbol, m: Symbol, law: Law, independent: Premise, note: str = "") -> Fact:
    """log E exp(s U) <= m psi(s/m), for U the mean of m independent variables W with log E exp(s W) <= psi(s).

    `fact` is the bound for every real s (or every s of a cone); `law` is the law of U, whose one variable it names;
    its range must hold the mean. The m variables need not have one law, but each is one of those of `fact`.
    """
    rule = "independent mean"
    if independent.kind != "independent":
        raise Rejected(rule, f"the terms must be independent; the premise {independent.text!r} says something else.")
    inner = _cumulant(rule, fact, s)
    where = fact.domain.ranges.get(s)
    if not isinstance(where, Interval) or where not in (Interval(-oo, oo), Interval(0, oo), Interval.open(0, oo)):
        raise Rejected(rule, f"the bound must hold for every s of a cone, not on {where} only: s/m lies elsewhere.")
    if m.is_positive is not True or m.is_integer is not True:
        raise Rejected(rule, f"{m} must be a positive integer.")
    (mean,) = law.variables
    first = fact.laws[0]
    for end, side in ((law.domain.ranges[mean].inf, 1), (law.domain.ranges[mean].sup, -1)):
        if end not in (oo, -oo):
            for value in _extremes(inner, first):
                require(rule, certify.nonnegative(side * (value - end), fact.domain.without((s,))), "that U is in range")
    domain = fact.domain.meet(Domain({m: Range(1, oo)})).meet(law.domain.without((mean,)))
    return conclude(Step(rule, "cumulants add", (fact,), (CUMULANTS,), note), log(law.mean(exp(s * mean))), "<=",
                    m * fact.right.subs(s, s / m), domain, (law,), (independent,))


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
    return [where.measure, -where.measure]


def maximal(fact: Fact, s: Symbol, slope: Symbol, count: object, peak: Symbol, law: Law, domain: Domain,
            note: str = "") -> Fact:
    """E max U_i <= (ln N + psi(slope))/slope for N variables with ln E exp(s U_i) <= psi(s), and slope > 0.

    `peak` is the variable of `law` that means the largest of the N = `count` variables; `domain` has the slope and
    the variables of the count.
    """
    rule, count = "maximal", sympify(count)
    if not (count.is_integer and count.is_positive and count.is_finite):
        raise Rejected(rule, f"the number of variables is {count}; it must be a positive, finite integer.")
    if peak not in law.variables or peak not in dict(law.meaning):
        raise Rejected(rule, f"the law {law.name} doesn't say what {peak} is the maximum of.")
    left = fact.left
    fine = (isinstance(left, log) and isinstance(left.args[0], Mean) and fact.relation != "<"
            and len(left.args[0].bound) == 1 and same(left.args[0].args[0], exp(s * left.args[0].bound[0])))
    if not fine:
        raise Rejected(rule, f"{fact} is no bound on ln E exp({s} U).")
    if fact.domain.ranges[s] != Interval(-oo, oo):
        raise Rejected(rule, f"the bound must hold for every {s}.")
    require(rule, certify.nonnegative(slope, domain, strict=True), f"{slope} > 0")
    everywhere = domain.meet(fact.domain.without((s,))).meet(law.domain.without(law.variables))
    return conclude(Step(rule, "Jensen's inequality and a sum over the class", (fact,), (MAXIMAL,), note),
                    law.mean(peak), "<=", (log(count) + fact.right.subs(s, slope)) / slope, everywhere, (law,))


def union_bound(fact: Fact, over: Sequence[Symbol], count: object, event: Symbol, law: Law, note: str = "") -> Fact:
    """E 1{some event} <= N p, for N events each of probability at most p.

    `fact` is that each has probability at most p, whatever the variables `over` are, in which the events differ;
    `event` is the variable of `law` that is 1 where some event happens, else 0.
    """
    rule, count = "union bound", sympify(count)
    if not (count.is_integer and count.is_positive and count.is_finite):
        raise Rejected(rule, f"there are {count} events; the bound needs a positive, finite integer.")
    if event not in dict(law.meaning) or law.domain.ranges[event] != Range(0, 2):
        raise Rejected(rule, f"the law {law.name} doesn't say which event {event} stands for, as 0 or 1.")
    if fact.relation == "<" or not isinstance(fact.left, Mean) or fact.right.free_symbols & set(over):
        raise Rejected(rule, f"{fact} is no bound, free of {list(over)}, on the probability of each event.")
    domain = fact.domain.without(over).meet(law.domain.without(law.variables))
    return conclude(Step(rule, "finitely many events", (fact,), (UNION,), note), law.mean(event), "<=",
                    count * fact.right, domain, (law,))


def unbiased(empirical: Symbol, value: Symbol, law: Law, identical: Premise) -> Fact:
    """E (an average over the sample) == what one draw has on average, as the law's meanings of both say."""
    if identical.kind != "identically distributed" or not {empirical, value} <= set(dict(law.meaning)):
        raise Rejected("unbiased", f"the draws must be identically distributed, and the law {law.name} must say what "
                                   f"{empirical} and {value} are.")
    return conclude(Step("unbiased", "linearity of expectation", (), ("an average has the mean of its terms",)),
                    law.mean(empirical), "==", law.mean(value), law.domain.without(law.variables), (law,), (identical,))


def at_random(fact: Fact, chosen: Sequence[Symbol], names: dict[Mean, object], law: Law, note: str = "") -> Fact:
    """A fact that holds whatever the bound variables `chosen` are, where chance chooses them.

    A bound for every hypothesis holds for one found by looking at the sample; an inequality for every law holds for the
    law given x. `names` says what the means that depend on `chosen` are, in variables of `law` that have a meaning.
    """
    rule = "random law"
    named = {mean: sympify(value) for mean, value in names.items()}
    left, right = (side.xreplace(named) for side in (fact.left, fact.right))
    for mean, value in named.items():
        if not fact.left.has(mean) and not fact.right.has(mean):
            raise Rejected(rule, f"{mean} does not occur in {fact}.")
        if not value.free_symbols & set(dict(law.meaning)):
            raise Rejected(rule, f"the law {law.name} doesn't say what {value} is.")
    for mean in left.atoms(Mean) | right.atoms(Mean):
        if mean.args[0].free_symbols & set(chosen):
            raise Rejected(rule, f"{mean} depends on {chosen} as well, so it must be named.")
    for law_of_fact in fact.laws:
        if set(chosen) & set(law_of_fact.variables) and law_of_fact.domain.conditions:
            raise Rejected(rule, f"the law {law_of_fact.name} has conditions, which the choice might break.")
    if set(chosen) & set(fact.domain.ranges):
        raise Rejected(rule, f"{chosen} must be averaged over in {fact}.")
    return conclude(Step(rule, "true for every law", (fact,), (), note), left, fact.relation, right,
                    fact.domain.meet(law.domain), (law,))


def tail_integral(survival: Fact, t: Symbol, power: int, value: Symbol, law: Law) -> Fact:
    """E T^r == integral of r t^(r-1) P(T >= t) over the range of T, which starts at 0.

    `survival` is E 1{T - t >= 0} == S(t) for every t in that range.
    """
    rule = "tail integral"
    where = law.domain.ranges[value]
    if where.inf != 0 or survival.domain.ranges.get(t) != where or power < 1:
        raise Rejected(rule, f"{value} ranges over {where} and the tail is known on "
                             f"{survival.domain.ranges.get(t)}; both must be one interval from 0.")
    if survival.relation != "==" or not same(survival.left, law.mean(Indicator(value - t))):
        raise Rejected(rule, f"{survival} is not P({value} >= {t}).")
    inner = variable(t.name, Interval.open(0, where.sup))
    integrand = power * inner ** (power - 1) * survival.right.subs(t, inner)
    return conclude(Step(rule, "the tail is known on the whole range", (survival,), (TAIL,)), law.mean(value**power), "==",
                    Integral(integrand, (inner, 0, where.sup)), survival.domain.without((t,)))


def independent_events(one: Fact, m: object, together: object, law: Law, independent: Premise, note: str = "") -> Fact:
    """E together == p^m, for m independent events of probability p each; `one` is E 1{one event} == p.

    `together` is 1 where all m events happen, else 0, in variables of `law` whose meaning says so. The least of m
    independent variables is at least t where all m of them are.
    """
    rule, m, together = "independent events", sympify(m), sympify(together)
    if independent.kind != "independent":
        raise Rejected(rule, f"the events must be independent; {independent.text!r} says something else.")
    if one.relation != "==" or not together.free_symbols & set(dict(law.meaning)):
        raise Rejected(rule, f"{one} is no probability, or the law {law.name} doesn't say when {together} is 1.")
    if not (m.is_integer and m.is_positive):
        raise Rejected(rule, f"{m} must be a positive number of events.")
    domain = one.domain.meet(law.domain.without(law.variables)).meet(Domain({s: Range(1, oo) for s in m.free_symbols}))
    return conclude(Step(rule, "probabilities multiply", (one,), (PRODUCT,), note), law.mean(together), "==",
                    one.right**m, domain, (law,), (independent,))


def start_and_rest(left: object, right: object, n: Symbol, domain: Domain, start: Fact, rest: Fact) -> Fact:
    """left <= right for every integer n of a range, from the fact at its start and the fact beyond."""
    left, right, where = sympify(left), sympify(right), domain.ranges[n]
    if not isinstance(where, Range) or where.inf == -oo:
        raise Rejected("cases", f"{n} must range over integers from some start.")
    first = where.inf
    for fact, value in ((start, first), (rest, n)):
        if fact.relation == "<" or not (same(fact.left, left.subs(n, value)) and same(fact.right, right.subs(n, value))):
            raise Rejected("cases", f"{fact} is not the statement at {n} = {value}.")
    covers(start.domain, domain.without((n,)), "cases")
    covers(rest.domain, Domain({**domain.ranges, n: Range(first + 1, where.stop)}, *domain.conditions), "cases")
    relation = "==" if {start.relation, rest.relation} == {"=="} else "<="
    return conclude(Step("cases", f"{n} = {first}, and beyond", (start, rest)), left, relation, right, domain)
