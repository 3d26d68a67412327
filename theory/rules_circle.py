"""Rules about uniform points of an interval or of a circle, and about the least of several distances."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Integral, Interval, Lambda, Max, Min, Symbol, diff, oo
from sympy.core.symbol import Str

from theory import certify
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Indicator, Law, Mean, Premise, Rejected, Role, Step, conclude, put, same
from theory.kernel import covers, must_be_defined, require, within
from theory.meanings import meant, premised
from theory.rules_events import PRODUCT, TAIL

UNIFORM = "a uniform variable has a constant density (Billingsley 1995, section 20)"
DENSITY = "E f(T) is the integral of f times the density, minus the tail's derivative (Billingsley 1995, section 20)"
SUBSTITUTION = "an affine change of the variable of integration"
DIFFERENCE = "a difference of two variables of one law"
CROSSING = "a Lipschitz function on a circle crosses a band of values at least twice, if at all"


def _uniform_on(rule: str, u: Symbol, law: Law, uniform: Premise) -> Interval:
    """The bounded interval on which the law's only variable is uniform."""
    premised(rule, uniform, "uniform")
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
                    Integral(1 / where.measure, (inner, low, high)), domain, (law,), (uniform,),
                    [Role(law.name, u, "of the density", (Lambda(u, 1 / where.measure),))])


def uniform_mean(function: Any, u: Symbol, law: Law, domain: Domain, uniform: Premise) -> Fact:
    """E f(u) == integral of f times the density, for u uniform and f continuous; `domain` has f's parameters."""
    rule, function = "uniform mean", expr(function)
    where = _uniform_on(rule, u, law, uniform)
    if set(law.variables) & set(domain.ranges):
        raise Rejected(rule, f"{domain} must not have what {law.name} averages over.")
    must_be_defined(rule, function, domain.meet(law.domain))
    inner = variable(u.name, Interval.open(where.inf, where.sup))
    return conclude(Step(rule, "the density is constant", (), (UNIFORM,)), law.mean(function), "==",
                    Integral(put(rule, function, u, inner) / where.measure, (inner, where.inf, where.sup)), domain,
                    (law,), (uniform,), [Role(law.name, u, "of the density", (Lambda(u, 1 / where.measure),))])


def least_of(one: Fact, t: Symbol, m: Any, sizes: Domain, least: Symbol, law: Law, independent: Premise,
             note: str = "") -> Fact:
    """P(least >= t) == p(t)^m, for the least of m independent variables V with P(V >= t) == p(t), which `one` says.

    `least` is the variable of `law` whose meaning says that it is the least of such variables; `sizes` has those of m.
    """
    rule, m = "least of independent variables", expr(m)
    premised(rule, independent, "independent")
    meant(rule, least, law)
    event = one.left.args[0] if isinstance(one.left, Mean) else None
    if one.relation != "==" or not isinstance(event, Indicator) or (event.args[0] + t).has(t):
        raise Rejected(rule, f"{one} is not P(V >= {t}) == p.")
    domain = one.domain.meet(law.domain.without(law.variables)).meet(sizes)
    if m.is_integer is not True or m.free_symbols - set(sizes.ranges):
        raise Rejected(rule, f"{m} must be a whole number, in the variables of {sizes}.")
    require(rule, certify.nonnegative(m - 1, sizes), f"{m} >= 1")
    each, of = event.args[0] + t, next(known for known in one.laws if known.name == one.left.law)
    _bounded_alike(rule, each, least, one.domain, (of, law))
    copies = Premise.stated("definition", "{0} is the least of {1} independent variables with the law of {2} under {3}",
                            least, m, each, Str(of.name))
    return conclude(Step(rule, "probabilities multiply", (one,), (PRODUCT,), note), law.mean(Indicator(least - t)),
                    "==", one.right**m, domain, (law,), (copies, independent),
                    [Role(law.name, least, "the least of", (m, of.mean(each)))])


def _bounded_alike(rule: str, each: Any, least: Symbol, domain: Domain, laws: tuple[Law, Law]) -> None:
    """The range of the least one holds what every one can be; or else no law has this meaning."""
    mean, where = laws[0].mean(each), laws[1].domain.ranges[least]
    within(mean, Interval(where.inf, where.sup), domain, {laws[0].name: laws[0]})


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
    if not (same(put(rule, tail, t, where.inf), 1) and same(put(rule, tail, t, where.sup), 0)):
        raise Rejected(rule, f"{tail} does not fall from 1 to 0 on {where}; an end carries mass.")
    inner = variable(t.name, Interval.open(where.inf, where.sup))
    rest = survival.domain.without((t,))
    slope = diff(put(rule, tail, t, inner), inner)
    for part in (function, tail):
        must_be_defined(rule, part, survival.domain)
    must_be_defined(rule, slope, Domain({**rest.ranges, inner: Interval.open(where.inf, where.sup)}, *rest.conditions))
    return conclude(Step(rule, "SymPy's derivative of the tail", (survival,), (DENSITY,)),
                    law.mean(put(rule, function, t, value)), "==",
                    Integral(-put(rule, function, t, inner) * slope, (inner, where.inf, where.sup)), rest, (law,))


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
    integrand = put(rule, definite.function, x, value) * Abs(slope)
    return conclude(Step(rule, SUBSTITUTION), definite, "==", Integral(integrand, (new, low, high)), domain)


def crossing_tail(w: Symbol, r: Symbol, slope: Any, law: Law, premise: Premise) -> Fact:
    """P(w >= r) <= 1/2 - 2 r/slope for 0 < r <= slope/4, for w(X) Lipschitz and at most 0 with probability >= 1/2.

    X is uniform on a circle of length 1 and w has the Lipschitz constant `slope` along it. Where w nowhere reaches r,
    the probability is 0. Otherwise w goes from a point where w <= 0 up to r and back: twice it crosses 0 < w < r, and
    each crossing takes an arc of length r/slope at least; so P(w >= r) <= P(w > 0) - 2 r/slope.
    """
    rule, slope = "crossings", expr(slope)
    premised(rule, premise, "Lipschitz on a circle")
    meant(rule, w, law)
    rising: Any = Interval.Lopen(0, slope / 4) if slope.is_Rational and slope > 0 else None
    if rising is None or r != variable(r.name, rising):
        raise Rejected(rule, f"the slope must be a positive rational, and {r} at most a quarter of it.")
    if w not in law.variables or 0 not in law.domain.ranges[w]:
        raise Rejected(rule, f"{w} is at most 0 somewhere, and its range has to have 0.")
    steep = Premise("definition", f"{w} has the Lipschitz constant {slope} along a circle of length 1, on which the "
                                  "point is uniform, and is at most 0 with probability 1/2 at least")
    domain = Domain({r: rising}).meet(law.domain.without(law.variables))
    return conclude(Step(rule, "two crossings", (), (CROSSING,)), law.mean(Indicator(w - r)), "<=",
                    expr(1) / 2 - 2 * r / slope, domain, (law,), (steep, premise),
                    [Role(law.name, w, DIFFERENCE, ())])


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
                    "<=", Integral(put(rule, survival.right, r, inner), (inner, 0, top)), domain, (law,))


def increment(w: Symbol, law: Law, identical: Premise) -> Fact:
    """E w == 0, for w that the law says to be the difference of two variables of one law."""
    rule = "increment"
    premised(rule, identical, "identically distributed")
    meant(rule, w, law)
    if w not in law.variables or 0 not in law.domain.ranges[w]:
        raise Rejected(rule, f"the difference {w} may be 0, and its range has to have 0.")
    return conclude(Step(rule, "both have one mean"), law.mean(w), "==", 0, law.domain.without(law.variables), (law,),
                    (identical, Premise("definition", f"{w} is the difference of two variables of one law")),
                    [Role(law.name, w, DIFFERENCE, ())])
