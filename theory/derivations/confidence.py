"""Students of fresh teachers, with confidence: one Hoeffding event for each rival of the best hypothesis.

Where the student's loss exceeds that of the best hypothesis by r, the sample shows a deviation of at least r/2 of
U = (average over the sample of (1 + 1{best errs} - 1{rival errs})/2) less its expectation, for the rival chosen.
"""

from __future__ import annotations

from sympy import Expr, Interval, Range, Rational, Symbol, exp, oo, sympify

from theory import confidence
from theory.derivations.concentration import hoeffding, t
from theory.derivations.students import EPS, X, _moved, _wrong, eta, h, teacher
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, expectation, inequality, instantiate
from theory.rules import at_random, increasing
from theory.rules_events import union_bound
from theory.rules_implication import implies_strictly

HALF = Rational(1, 2)
UNIT, NATURAL, INSIDE = Interval(0, 1), Range(1, oo), Interval.open(0, 1)
m, others, hypotheses = (variable(name, NATURAL) for name in ("m", "others", "hypotheses"))
delta = variable("delta", INSIDE)
risk, best_risk, loss, best_loss = (variable(name, UNIT) for name in (
    "student_risk", "best_risk", "student_loss", "best_loss"))
surplus, event = variable("surplus", Interval(-1, 1)), variable("event", Range(0, 2))
MEANING = (
    (risk, "the student's risk"), (best_risk, "the least risk in the class"),
    (loss, "the student's probability of disagreeing with a teacher's label"),
    (best_loss, "that of a hypothesis of least risk"),
    (surplus, "the average over the sample of (1 + 1{the best errs} - 1{the student errs})/2, less its mean for a "
              "fixed hypothesis; at least half of the difference of losses, as the student shows no more errors"),
    (event, "1 where for some rival of the best hypothesis this deviation is at least reach, else 0"))
reach = variable("reach", Interval(0, oo))
SHARP = confidence.FRESH_TEACHERS_SHARP.at(eps=0, hypotheses=others + 1, m=m, delta=delta, b=2, c=1)
PLAIN = confidence.FRESH_TEACHERS.at(eps=0, hypotheses=hypotheses, m=m, delta=delta, b=2, c=1)
RANGES = {risk: UNIT, best_risk: UNIT, loss: UNIT, best_loss: UNIT, surplus: Interval(-1, 1), event: Range(0, 2),
          reach: Interval(0, oo)}
S = Law("S", (risk, best_risk, loss, best_loss, surplus, event),
        Domain(RANGES, surplus - (loss - best_loss) / 2, event - Indicator(surplus - reach)), meaning=MEANING)
BEYOND = (risk - best_risk - 2 * EPS) / 2 - reach
EXCEEDS = sympify(1) - Indicator(-BEYOND)


def _sizes(count: Symbol, *conditions: Expr) -> Domain:
    return Domain({reach: Interval(0, oo), m: NATURAL, count: NATURAL, delta: INSIDE}, *conditions)


def _goal(count: Symbol, radius: Expr) -> Goal:
    return Goal(S.mean(EXCEEDS), "<=", delta, _sizes(count, 4 * reach**2 - radius**2), (S, X),
                "the probability that the student's excess risk exceeds 2 eps + 2 reach, for any reach of at least "
                "half of the radius")


def _derive(count: Symbol, radius: Expr, share: Expr, total: Fact) -> Fact:
    """N events of probability at most `share` each, and `total` that N share <= delta."""
    true, taught = X.mean(_wrong(eta)), X.mean(_wrong(teacher))
    student = at_random(_moved(eta, teacher), (h,), {true: risk, taught: loss}, S)
    best = at_random(_moved(teacher, eta), (h,), {true: best_risk, taught: best_loss}, S)
    deviates = combine(BEYOND, "<=", surplus - reach, (HALF, student), (HALF, best), (1, condition(S.domain, 0)),
                       note="teachers' labels move every risk by at most eps")
    happens = combine(EXCEEDS, "<=", event, (1, implies_strictly(deviates)), (1, condition(S.domain, 1)))
    tail = instantiate(hoeffding(), {t: reach}, Domain({reach: Interval(0, oo), m: NATURAL}))
    # Squared, since the root of a logarithm in a condition keeps the prover from deciding where it is defined.
    far, y = _sizes(count, 4 * reach**2 - radius**2), variable("y", Interval(-oo, oo))
    exponent = combine(-2 * m * reach**2, "<=", -m * radius**2 / 2, (m / 2, condition(far)))
    small = increasing(exponent, exp(y), y, Domain({y: Interval(-oo, oo)}))
    value = identity(small.right, share, Domain({m: NATURAL, count: NATURAL, delta: INSIDE}))
    each = chain(tail, small, value)
    return chain(expectation(happens, S), union_bound(each, (), count, event, S), total)


def fresh_sharp_goal() -> Goal:
    """P(L(student) > least risk + 2 eps + sqrt(2 ln(N'/delta)/m)) <= delta, for N' rivals of the best hypothesis."""
    return _goal(others, SHARP)


def fresh_sharp() -> Fact:
    """N' events of probability delta/N'."""
    total = identity(others * (delta / others), delta, Domain({others: NATURAL, delta: INSIDE}))
    return _derive(others, SHARP, delta / others, total)


def fresh_goal() -> Goal:
    """P(L(student) > least risk + 2 eps + sqrt(2 ln(2N/delta)/m)) <= delta."""
    return _goal(hypotheses, PLAIN)


def fresh() -> Fact:
    """N events of probability delta/(2N)."""
    share = delta / (2 * hypotheses)
    return _derive(hypotheses, PLAIN, share,
                   inequality(hypotheses * share, "<=", delta, Domain({hypotheses: NATURAL, delta: INSIDE})))
