"""A consistent hypothesis over a finite class: one that errs often is unlikely to be right on all m points."""

from __future__ import annotations

from sympy import Interval, Range, exp, oo, sympify

from theory.concentration import REALIZABLE_RADIUS
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, definition, expectation, inequality
from theory.rules import increasing
from theory.rules_events import independent_events, union_bound

UNIT, NATURAL, BINARY = Interval(0, 1), Range(1, oo), Range(0, 2)
m, hypotheses = (variable(name, NATURAL) for name in ("m", "hypotheses"))
delta = variable("delta", Interval.open(0, 1))
rho, least, risk = (variable(name, UNIT) for name in ("rho", "least_risk", "student_risk"))
event, consistent = variable("event", BINARY), variable("consistent", BINARY)
RADIUS = REALIZABLE_RADIUS.at(hypotheses=hypotheses, delta=delta, m=m, c=1)
SIZES = {m: NATURAL, hypotheses: NATURAL, delta: Interval.open(0, 1)}
EXCEEDS = sympify(1) - Indicator(RADIUS - risk)
MEANING = (
    (risk, "the student's risk"),
    (event, "1 where some hypothesis of risk above the radius is right on all m points, which the student is, since a "
            "hypothesis of no risk is; else 0"))
S = Law("S", (event, risk), Domain({**SIZES, event: BINARY, risk: UNIT}, event - EXCEEDS), meaning=MEANING)
ALL = Law("points", (consistent,), Domain({consistent: BINARY}), meaning=((
    consistent, "1 where a hypothesis of risk rho is right on all m points, else 0"),))
INDEPENDENT = Premise("independent", "the m points are independent; the class is fixed before they are drawn")
RIGHT = Premise("definition", "a hypothesis of risk rho is right on one point with probability 1 - rho")


def goal() -> Goal:
    """P(risk of the student > ln(N/delta)/m) <= delta, where some hypothesis has no risk."""
    domain = Domain({**SIZES, least: UNIT}, -least)
    return Goal(S.mean(EXCEEDS), "<=", delta, domain, (S,),
                "the probability that the student's risk exceeds the radius")


def derive() -> Fact:
    """(1 - rho)^m <= exp(-m rho) <= delta/N beyond the radius, N times."""
    one = Domain({rho: UNIT})
    right = independent_events(definition(1 - rho, one, RIGHT), m, consistent, ALL, INDEPENDENT)
    x, y = variable("x", Interval(0, oo)), variable("y", Interval(-oo, oo))
    below = increasing(inequality(1 - rho, "<=", exp(-rho), one), x**m, x, Domain({x: Interval(0, oo), m: NATURAL}))
    beyond = Domain({**SIZES, rho: UNIT}, rho - RADIUS)
    exponent = combine(-m * rho, "<=", -m * RADIUS, (m, condition(beyond)))
    small = increasing(exponent, exp(y), y, Domain({y: Interval(-oo, oo)}))
    share = identity(small.right, delta / hypotheses, Domain(SIZES))
    each = chain(right, below, small, share)
    some = union_bound(each, (rho,), hypotheses, event, S)
    exceeds = combine(EXCEEDS, "<=", event, (1, condition(S.domain)), note="by the meaning of the event")
    return chain(expectation(exceeds, S), some)
