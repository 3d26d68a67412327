"""Rules about events: how likely some of them are, or all of them, or that a variable is large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Integral, Interval, Lambda, Range, Symbol, Tuple, oo

from theory import certify
from theory.domain import Domain, variable
from theory.expressions import expr
from theory.facts import Fact, Indicator, Law, Mean, Premise, Rejected, Role, Step, conclude, put, same
from theory.kernel import require

UNION = "the union bound (Boole's inequality), for finitely many events"
TAIL = "E T is the integral of P(T >= t) over t >= 0 (Billingsley 1995, (21.9))"
PRODUCT = "probabilities of independent events multiply"


def union_bound(fact: Fact, over: Sequence[Symbol], count: Any, event: Symbol, law: Law, note: str = "") -> Fact:
    """E 1{some event} <= N p, for N events each of probability at most p.

    `fact` is that each has probability at most p, whatever the variables `over` are, in which the events differ;
    `event` is the variable of `law` that is 1 where some event happens, else 0.
    """
    rule, count = "union bound", expr(count)
    if not (count.is_integer and count.is_positive and count.is_finite):
        raise Rejected(rule, f"there are {count} events; the bound needs a positive, finite integer.")
    if event not in dict(law.meaning) or law.domain.ranges[event] != Range(0, 2):
        raise Rejected(rule, f"the law {law.name} doesn't say which event {event} stands for, as 0 or 1.")
    if fact.relation == "<" or not isinstance(fact.left, Mean) or fact.right.free_symbols & set(over):
        raise Rejected(rule, f"{fact} is no bound, free of {list(over)}, on the probability of each event.")
    happens: Any = fact.left.args[0]
    whether = {law.name: law for law in fact.laws}[fact.left.law].domain.ranges.get(happens)
    if not isinstance(happens, Indicator) and whether != Range(0, 2):
        raise Rejected(rule, f"{happens} is no event: neither an indicator nor a variable that is 0 or 1.")
    domain = fact.domain.without(over).meet(law.domain.without(law.variables))
    if any(condition.free_symbols & set(over) for condition in fact.domain.conditions):
        # Where no value of `over` meets the conditions, nothing happens.
        require(rule, certify.nonnegative(fact.right, domain), f"{fact.right} >= 0")
    these = Premise.stated("definition", "{0} is 1 where one of {1} events happens, else 0; each of them is that {2} "
                           f"under {fact.left.law}, for some {', '.join(map(str, over))}", event, count, happens)
    # What has been made of the events' own law is part of what they are, for every value of `over`.
    made = [part for role in fact.roles if role.law == fact.left.law for part in role.what]
    each = Lambda(tuple(over), Tuple(fact.left, *made))
    return conclude(Step(rule, "finitely many events", (fact,), (UNION,), note), law.mean(event), "<=",
                    count * fact.right, domain, (law,), (these,), [Role(law.name, event, "one of", (count, each))])


def tail_integral(survival: Fact, t: Symbol, power: int, value: Symbol, law: Law) -> Fact:
    """E T^r == integral of r t^(r-1) P(T >= t) over the range of T, which starts at 0.

    `survival` is E 1{T - t >= 0} == S(t) for every t in that range.
    """
    rule = "tail integral"
    where = law.domain.ranges[value]
    if not isinstance(where, Interval) or where.inf != 0 or survival.domain.ranges.get(t) != where or power < 1:
        raise Rejected(rule, f"{value} ranges over {where} and the tail is known on "
                             f"{survival.domain.ranges.get(t)}; both must be one interval from 0.")
    if survival.relation != "==" or not same(survival.left, law.mean(Indicator(value - t))):
        raise Rejected(rule, f"{survival} is not P({value} >= {t}).")
    if any(condition.has(t) for condition in survival.domain.conditions):
        raise Rejected(rule, f"no condition may cut the range of {t}.")
    inner = variable(t.name, Interval.open(0, where.sup))
    integrand = power * inner ** (power - 1) * put(rule, survival.right, t, inner)
    return conclude(Step(rule, "the tail is known on the whole range", (survival,), (TAIL,)), law.mean(value**power),
                    "==", Integral(integrand, (inner, 0, where.sup)), survival.domain.without((t,)), (law,))


def independent_events(one: Fact, m: Any, together: Symbol, law: Law, independent: Premise, note: str = "") -> Fact:
    """E together == p^m, for m independent events of probability p each; `one` is P(one event) == p.

    `together` is the variable of `law`, 0 or 1, whose meaning says that it is 1 where all m events happen.
    """
    rule, m = "independent events", expr(m)
    if independent.kind != "independent":
        raise Rejected(rule, f"the events must be independent; {independent.text!r} says something else.")
    if together not in dict(law.meaning) or law.domain.ranges[together] != Range(0, 2):
        raise Rejected(rule, f"the law {law.name} doesn't say of which event {together} tells, as 0 or 1.")
    if one.relation != "==":
        raise Rejected(rule, f"{one} is no probability.")
    for side in (one.right, 1 - one.right):
        require(rule, certify.nonnegative(side, one.domain), f"that {one.right} is a probability: {side} >= 0")
    if not (m.is_integer and m.is_positive):
        raise Rejected(rule, f"{m} must be a positive number of events.")
    domain = one.domain.meet(law.domain.without(law.variables)).meet(Domain({s: Range(1, oo) for s in m.free_symbols}))
    these = Premise.stated("definition", "{0} is 1 where {1} events of probability {2} each happen, else 0",
                           together, m, one.left)
    return conclude(Step(rule, "probabilities multiply", (one,), (PRODUCT,), note), law.mean(together), "==",
                    one.right**m, domain, (law,), (these, independent), [Role(law.name, together, "all of",
                                                                            (m, one.left))])
