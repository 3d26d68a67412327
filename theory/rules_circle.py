"""Rules about uniform points: of an interval, of a circle, and of laws that depend on them.

The rules about expectations given something (`tower`, `given`) and about laws that agree (`same_law`, `exchangeable`)
hold for every law; they stand here because nearest neighbours need them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Abs, Expr, Integral, Interval, Max, Min, Symbol, Tuple, diff, oo

from theory import certify
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Indicator, Law, Mean, Premise, Rejected, Role, Step, conclude, same
from theory.kernel import covers, must_be_defined, require, within
from theory.rules_events import PRODUCT, TAIL

UNIFORM = "a uniform variable has a constant density (Billingsley 1995, section 20)"
DENSITY = "E f(T) is the integral of f times the density, minus the tail's derivative (Billingsley 1995, section 20)"
TOWER = "E U is the mean of E[U | V] (Billingsley 1995, Theorem 34.4)"
SUBSTITUTION = "an affine change of the variable of integration"
CROSSING = "a Lipschitz function on a circle crosses a band of values at least twice, if at all"


def _premise(rule: str, premise: Premise, kind: str) -> None:
    if premise.kind != kind:
        raise Rejected(rule, f"it takes a premise of the kind {kind!r}; {premise.text!r} is {premise.kind!r}.")


def _meant(rule: str, expression: Expr, law: Law) -> None:
    silent = expression.free_symbols & set(law.variables) - set(dict(law.meaning))
    if silent or not expression.free_symbols & set(law.variables):
        raise Rejected(rule, f"the law {law.name} doesn't say what {sorted(map(str, silent)) or expression} is.")


def _uniform_on(rule: str, u: Symbol, law: Law, uniform: Premise) -> Interval:
    """The bounded interval on which the law's only variable is uniform."""
    _premise(rule, uniform, "uniform")
    where = law.domain.ranges[u]
    if law.variables != (u,) or law.domain.conditions or not isinstance(where, Interval) or where.measure == oo:
        raise Rejected(rule, f"{u} must be the only variable of {law.name}, on a bounded interval, without conditions.")
    return where


def uniform_event(form: Fact, u: Symbol, law: Law, uniform: Premise) -> Fact:
    """P(event >= 0) == integral of the density over low <= u <= high, for u uniform.

    `form` is event == Min(u - low, high - u), or one of the two, where the other end is that of the range.
    """
    rule = "uniform event"
    where = _uniform_on(rule, u, law, uniform)
    parts = form.right.args if isinstance(form.right, Min) else (form.right,)
    lows = [u - part for part in parts if not (u - part).has(u)]
    highs = [part + u for part in parts if not (part + u).has(u)]
    if form.relation != "==" or len(lows) + len(highs) != len(parts) or len(lows) > 1 or len(highs) > 1:
        raise Rejected(rule, f"{form} is not event == Min({u} - low, high - {u}).")
    (low,), (high,) = lows or [where.inf], highs or [where.sup]
    covers(form.domain, form.domain.meet(law.domain), rule)
    if not where.is_subset(form.domain.ranges[u]):
        raise Rejected(rule, f"{form} is known for {u} in {form.domain.ranges[u]} only.")
    domain = form.domain.without((u,))
    if any(condition.has(u) for condition in form.domain.conditions):
        raise Rejected(rule, f"{form} has conditions on {u}.")
    for gap in (low - where.inf, high - low, where.sup - high):
        require(rule, certify.nonnegative(gap, domain), f"{gap} >= 0")
    inner = variable(u.name, Interval.open(low if low.is_number else -oo, high if high.is_number else oo))
    return conclude(Step(rule, "its share of the range", (form,), (UNIFORM,)), law.mean(Indicator(form.left)), "==",
                    Integral(1 / where.measure, (inner, low, high)), domain, (law,), (uniform,))


def uniform_mean(function: Any, u: Symbol, law: Law, domain: Domain, uniform: Premise) -> Fact:
    """E f(u) == integral of f times the density, for u uniform and f continuous; `domain` has f's parameters."""
    rule, function = "uniform mean", expr(function)
    where = _uniform_on(rule, u, law, uniform)
    must_be_defined(rule, function, domain.meet(law.domain))
    inner = variable(u.name, Interval.open(where.inf, where.sup))
    return conclude(Step(rule, "the density is constant", (), (UNIFORM,)), law.mean(function), "==",
                    Integral(function.subs(u, inner) / where.measure, (inner, where.inf, where.sup)), domain, (law,),
                    (uniform,))


def least_of(one: Fact, t: Symbol, m: Any, sizes: Domain, least: Symbol, law: Law, independent: Premise,
             note: str = "") -> Fact:
    """P(least >= t) == p(t)^m, for the least of m independent variables V with P(V >= t) == p(t), which `one` says.

    `least` is the variable of `law` whose meaning says that it is the least of such variables; `sizes` has those of m.
    """
    rule, m = "least of independent variables", expr(m)
    _premise(rule, independent, "independent")
    _meant(rule, least, law)
    event = one.left.args[0] if isinstance(one.left, Mean) else None
    if one.relation != "==" or not isinstance(event, Indicator) or (event.args[0] + t).has(t):
        raise Rejected(rule, f"{one} is not P(V >= {t}) == p.")
    domain = one.domain.meet(law.domain.without(law.variables)).meet(sizes)
    if m.is_integer is not True or m.free_symbols - set(sizes.ranges):
        raise Rejected(rule, f"{m} must be a whole number, in the variables of {sizes}.")
    require(rule, certify.nonnegative(m - 1, sizes), f"{m} >= 1")
    each = event.args[0] + t
    copies = Premise("definition", f"{least} is the least of {m} independent variables with the law of {each}")
    return conclude(Step(rule, "probabilities multiply", (one,), (PRODUCT,), note), law.mean(Indicator(least - t)),
                    "==", one.right**m, domain, (law,), (copies, independent), [Role(law.name, least, (m, each))])


def density(survival: Fact, t: Symbol, value: Symbol, function: Any, law: Law) -> Fact:
    """E f(T) == integral of f(t) (-S'(t)) over the range of T, for P(T >= t) == S(t) smooth, from S = 1 to S = 0.

    `function` is f(t); `survival` is known for every t in the range of T = `value`, a bounded, closed interval.
    """
    rule, function, tail = "density", expr(function), survival.right
    where = law.domain.ranges[value]
    if survival.relation != "==" or not same(survival.left, law.mean(Indicator(value - t))):
        raise Rejected(rule, f"{survival} is not P({value} >= {t}).")
    if survival.domain.ranges.get(t) != where or not isinstance(where, Interval) or where.measure == oo:
        raise Rejected(rule, f"the tail must be known on all of {where}, a bounded interval.")
    if any(condition.has(t) for condition in survival.domain.conditions):
        raise Rejected(rule, f"{survival} has conditions on {t}.")
    if (function.free_symbols | set(survival.domain.ranges)) & set(law.variables):
        raise Rejected(rule, f"{function} must be a function of {t} alone, among what {law.name} averages over.")
    if not (same(tail.subs(t, where.inf), 1) and same(tail.subs(t, where.sup), 0)):
        raise Rejected(rule, f"{tail} does not fall from 1 to 0 on {where}; an end carries mass.")
    inner = variable(t.name, Interval.open(where.inf, where.sup))
    rest = survival.domain.without((t,))
    slope = diff(tail.subs(t, inner), inner)
    for part in (function, tail):
        must_be_defined(rule, part, survival.domain)
    must_be_defined(rule, slope, Domain({**rest.ranges, inner: Interval.open(where.inf, where.sup)}, *rest.conditions))
    return conclude(Step(rule, "SymPy's derivative of the tail", (survival,), (DENSITY,)),
                    law.mean(function.subs(t, value)), "==",
                    Integral(-function.subs(t, inner) * slope, (inner, where.inf, where.sup)), rest, (law,))


def substitute(definite: Any, new: Symbol, value: Any, domain: Domain) -> Fact:
    """Integral of f(x) dx == integral of f(a + b new) |b| d(new), for x = a + b new with numbers a and b != 0."""
    rule, value = "substitution", expr(value)
    if len(definite.limits) != 1 or len(definite.limits[0].args) != 3:
        raise Rejected(rule, f"{definite} is not a single definite integral.")
    x, *ends = definite.limits[0].args
    slope = expr(diff(value, new))
    start = value.subs(new, 0)
    if not (slope.is_Rational and start.is_Rational and slope != 0) or definite.function.has(new):
        raise Rejected(rule, f"{value} is not a + b {new} with rational a and b != 0, for a new {new}.")
    if not all(end.is_Rational for end in ends) or ends[0] >= ends[1]:
        raise Rejected(rule, f"the limits {ends} must be rational and in order.")
    low, high = sorted((end - start) / slope for end in ends)
    if new != variable(new.name, Interval.open(low, high)):
        raise Rejected(rule, f"{new} must be a variable of the range from {low} to {high}.")
    integrand = definite.function.subs(x, value) * Abs(slope)
    return conclude(Step(rule, SUBSTITUTION), definite, "==", Integral(integrand, (new, low, high)), domain)


def same_law(function: Any, first: Symbol, second: Symbol, law: Law, identical: Premise) -> Fact:
    """E f(first) == E f(second), for variables of one law; `function` is f(first)."""
    rule, function = "same law", expr(function)
    _premise(rule, identical, "identically distributed")
    ranges = law.domain.ranges
    if not {first, second} <= set(law.variables) or ranges[first] != ranges[second]:
        raise Rejected(rule, f"{first} and {second} must be variables of {law.name} with one range.")
    if function.free_symbols & set(law.variables) != {first}:
        raise Rejected(rule, f"{function} must be a function of {first} alone.")
    must_be_defined(rule, function, law.domain)
    return conclude(Step(rule, "equal laws have equal means"), law.mean(function), "==",
                    law.mean(function.subs(first, second)), law.domain.without(law.variables), (law,), (identical,))


def exchangeable(one: Symbol, other: Symbol, count: Expr, total: Any, law: Law, premise: Premise) -> Fact:
    """E S S' == (total^2/n - E S^2)/(n - 1), for n exchangeable variables of this sum, whose square has n^2 terms.

    `one` and `other` are the variables of `law` that mean two different ones of the n.
    """
    rule, count, total = "exchangeable", expr(count), expr(total)
    _premise(rule, premise, "exchangeable")
    _meant(rule, one, law)
    _meant(rule, other, law)
    domain = law.domain.without(law.variables)
    if one == other or not count.is_integer or not total.is_number:
        raise Rejected(rule, "it takes two different variables, their number, and what they sum to.")
    require(rule, certify.nonnegative(count - 2, domain), f"{count} >= 2, so that there are two different ones")
    these = Premise("definition", f"{one} and {other} are two of {count} exchangeable variables, whose sum is {total}")
    return conclude(Step(rule, "the square of the sum, multiplied out"),
                    law.mean(one * other), "==", (total**2 / count - law.mean(one**2)) / (count - 1), domain, (law,),
                    (these, premise), [Role(law.name, Tuple(*sorted((one, other), key=str)), (count, total))])


def tower(fact: Fact, inner: Law, values: Mapping[Symbol, Symbol], law: Law, conditional: Premise) -> Fact:
    """E U <= E v(V) from E[U | V = v] <= v(v) for every v; also ==.

    `fact` is about means over `inner`, the law given that the variables `values` of `law` have the values of the
    parameters; `law` has the variables of `inner` as well, and its domain implies that of `inner`.
    """
    rule = "tower"
    _premise(rule, conditional, "conditional")
    averaged = fact.left.args[0] if isinstance(fact.left, Mean) and fact.left.law == inner.name else fact.left
    if averaged is fact.left or averaged.has(Mean) or fact.right.has(Mean) or fact.relation == "<":
        raise Rejected(rule, f"{fact} is no bound, free of means, on a mean over {inner.name}.")
    if any(each != inner for each in fact.laws if each.name == inner.name):
        raise Rejected(rule, f"{fact} speaks of another law {inner.name}.")
    if not {*inner.variables, *values.values()} <= set(law.variables) or set(inner.variables) & set(values.values()):
        raise Rejected(rule, f"{law.name} must have the variables of {inner.name} and those that it is given.")
    put: dict[Any, Any] = dict(values)
    fixed = {*fact.domain.symbols, *inner.domain.without(inner.variables).symbols} & set(law.variables)
    if fixed - set(put):
        raise Rejected(rule, f"{fact} is about fixed {fixed - set(put)}, over which {law.name} averages; name them.")
    for symbol, where in (*inner.domain.ranges.items(), *fact.domain.ranges.items()):
        stands = put.get(symbol, symbol)
        if stands in law.domain.ranges and not law.domain.ranges[stands].is_subset(where):
            raise Rejected(rule, f"{stands} leaves {where}.")
    everywhere = law.domain.meet(fact.domain.without(tuple(put)))
    for each in (*inner.domain.conditions, *fact.domain.conditions):
        if (wanted := each.subs(put, simultaneous=True)) not in everywhere.conditions:
            require(rule, certify.nonnegative(wanted, everywhere), f"{wanted} >= 0")
    inside, right = (expr(side.subs(put, simultaneous=True)) for side in (averaged, fact.right))
    must_be_defined(rule, right, everywhere)
    return conclude(Step(rule, f"given {', '.join(map(str, put.values()))}", (fact,), (TOWER,)), law.mean(inside),
                    fact.relation, law.mean(right), everywhere.without(law.variables), (law,), (conditional,),
                    replaced=put, released=(inner,))


def given(fact: Fact, names: Mapping[Mean, Symbol], law: Law, conditional: Premise) -> Fact:
    """A fact about every law, read for the law given X; `names` says what its means are called in `law`."""
    rule = "given"
    _premise(rule, conditional, "conditional")
    known = {each.name: each for each in fact.laws}
    for mean, name in names.items():
        _meant(rule, name, law)
        within(mean, law.domain.ranges[name], fact.domain, known)
    left, right = (side.xreplace(dict(names)) for side in (fact.left, fact.right))
    if left.has(Mean) or right.has(Mean):
        raise Rejected(rule, f"every mean of {fact} must be named.")
    everywhere = fact.domain.meet(law.domain)
    covers(fact.domain, everywhere, rule)
    named = {mean.law for mean in names}
    return conclude(Step(rule, "true for every law", (fact,)), left, fact.relation, right, everywhere, (law,),
                    (conditional,), released=[each for each in fact.laws if each.name in named and each != law])


def crossing_tail(w: Symbol, r: Symbol, slope: Any, law: Law, premise: Premise) -> Fact:
    """P(w >= r) <= 1/2 - 2 r/slope for 0 < r <= slope/4, for w(X) Lipschitz and at most 0 with probability >= 1/2.

    X is uniform on a circle of length 1 and w has the Lipschitz constant `slope` along it. Where w nowhere reaches r,
    the probability is 0. Otherwise w goes from a point where w <= 0 up to r and back: twice it crosses 0 < w < r, and
    each crossing takes an arc of length r/slope at least; so P(w >= r) <= P(w > 0) - 2 r/slope.
    """
    rule, slope = "crossings", expr(slope)
    _premise(rule, premise, "Lipschitz on a circle")
    _meant(rule, w, law)
    rising: Any = Interval.Lopen(0, slope / 4) if slope.is_Rational and slope > 0 else None
    if rising is None or r != variable(r.name, rising):
        raise Rejected(rule, f"the slope must be a positive rational, and {r} at most a quarter of it.")
    steep = Premise("definition", f"{w} has the Lipschitz constant {slope} along a circle of length 1")
    domain = Domain({r: rising}).meet(law.domain.without(law.variables))
    return conclude(Step(rule, "two crossings", (), (CROSSING,)), law.mean(Indicator(w - r)), "<=",
                    expr(1) / 2 - 2 * r / slope, domain, (law,), (steep, premise))


def positive_part(survival: Fact, r: Symbol, w: Symbol, top: Any, law: Law) -> Fact:
    """E max(w, 0) <= integral of S(r) over 0 < r < top, from P(w >= r) <= S(r) there and w <= top."""
    rule, top = "positive part", expr(top)
    where = survival.domain.ranges.get(r)
    if survival.relation == "<" or not same(survival.left, law.mean(Indicator(w - r))):
        raise Rejected(rule, f"{survival} is no bound on P({w} >= {r}).")
    if not isinstance(where, Interval) or where.inf != 0 or any(c.has(r) for c in survival.domain.conditions):
        raise Rejected(rule, f"the tail must be bounded for every {r} from 0 on.")
    if (top.free_symbols | set(survival.domain.ranges)) & set(law.variables):
        raise Rejected(rule, f"{top} and the bound must not depend on what {law.name} averages over.")
    domain = survival.domain.without((r,)).meet(law.domain.without(law.variables))
    require(rule, certify.nonnegative(top - w, law.domain.meet(domain)), f"{w} <= {top}")
    require(rule, certify.nonnegative(top, domain), f"{top} >= 0")
    require(rule, certify.nonnegative(where.sup - top, domain), f"{top} <= {where.sup}")
    inner = variable(r.name, Interval.open(0, oo))
    return conclude(Step(rule, "the tail is bounded as far as it goes", (survival,), (TAIL,)), law.mean(Max(w, 0)),
                    "<=", Integral(survival.right.subs(r, inner), (inner, 0, top)), domain, (law,))


def increment(w: Symbol, law: Law, identical: Premise) -> Fact:
    """E w == 0, for w that the law says to be the difference of two variables of one law."""
    rule = "increment"
    _premise(rule, identical, "identically distributed")
    _meant(rule, w, law)
    return conclude(Step(rule, "both have one mean"), law.mean(w), "==", 0, law.domain.without(law.variables), (law,),
                    (identical,))
