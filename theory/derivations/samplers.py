"""Samplers with two classes: their risk and regret, and what is lost at a distance from a perfect sampler.

Everything is shown at a point, for eta = P(Y = 1 | x) and `teacher` = P(teacher's label = 1 | x) in [0, 1], and then
averaged over an arbitrary law of the point.
"""

from __future__ import annotations

from sympy import Abs, Expr, Interval, Min, Rational, oo

from theory import bayes_risk, samplers
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, definition, expectation, inequality, instantiate
from theory.rules import jensen

UNIT = Interval(0, 1)
eta, teacher, g = (variable(name, UNIT) for name in ("eta", "teacher", "g"))
u = variable("u", Interval(-oo, oo))
POINT, PAIR = Domain({eta: UNIT}), Domain({eta: UNIT, teacher: UNIT})
X, XT = Law("X", (eta,), POINT), Law("X", (eta, teacher), PAIR)
MARGIN = Abs(2 * eta - 1)
DISTANCE = Abs(teacher - eta)
SAMPLER_ERRS = "the probability that the sampler's label differs from Y"
TEACHER_ERRS = "the probability that the teacher's label differs from Y"
INDEPENDENT = Premise("independent", "given X, the teacher's label is independent of Y, and 1 with the stated "
                      "probability: that of Y = 1 for a perfect sampler")


def error(says: Expr, true: Expr) -> Expr:
    """P(teacher's label != Y | x): the sum over the pairs of different labels."""
    first, second = {1: says, 0: 1 - says}, {1: true, 0: 1 - true}
    return sum((first[t] * second[y] for t in (0, 1) for y in (0, 1) if t != y), start=Rational(0))


ERROR = error(eta, eta)
LOSS = error(teacher, eta)
LEAST = Min(eta, 1 - eta)


def at_a_point() -> Fact:
    """The perfect sampler's error: 2 eta (1 - eta) = (1 - g^2)/2."""
    labels = definition(ERROR, POINT, INDEPENDENT, note="pairs of different labels")
    return chain(labels, identity(ERROR, samplers.SAMPLER_RISK.at(margin=MARGIN, c=2), POINT))


def risk_goal() -> Goal:
    """E[2 eta (1 - eta)] == E[(1 - g^2)/2]."""
    return Goal(X.mean(ERROR), "==", X.mean(samplers.SAMPLER_RISK.at(margin=MARGIN, c=2)), Domain({}), (X,),
                SAMPLER_ERRS)


def risk() -> Fact:
    """The sampler's risk."""
    return expectation(at_a_point(), X)


def _regret_at_a_point() -> Fact:
    labels = definition(ERROR - LEAST, POINT, INDEPENDENT, note="the sampler's error less the least possible one")
    return chain(labels, identity(ERROR - LEAST, samplers.SAMPLER_REGRET.at(margin=MARGIN, c=Rational(1, 2)), POINT))


def regret_goal() -> Goal:
    """E[2 eta (1 - eta) - min(eta, 1 - eta)] == E[g (1 - g)]/2."""
    right = X.mean(samplers.SAMPLER_REGRET.at(margin=MARGIN, c=Rational(1, 2)))
    return Goal(X.mean(ERROR - LEAST), "==", right, Domain({}), (X,), "the sampler's risk less the Bayes risk")


def regret() -> Fact:
    """The sampler's regret."""
    return expectation(_regret_at_a_point(), X)


def regret_bound_goal() -> Goal:
    """E[2 eta (1 - eta) - min(eta, 1 - eta)] <= 1/8."""
    return Goal(X.mean(ERROR - LEAST), "<=", samplers.SAMPLER_REGRET_MAXIMUM.at(c=Rational(1, 2)), Domain({}), (X,),
                "the sampler's risk less the Bayes risk")


def regret_bound() -> Fact:
    """g (1 - g) is largest at g = 1/2."""
    largest = inequality(samplers.SAMPLER_REGRET.at(margin=g, c=Rational(1, 2)), "<=",
                         samplers.SAMPLER_REGRET_MAXIMUM.at(c=Rational(1, 2)), Domain({g: UNIT}))
    return expectation(chain(_regret_at_a_point(), instantiate(largest, {g: MARGIN}, POINT)), X)


def cover_hart_goal() -> Goal:
    """E[2 eta (1 - eta)] <= 2 L* (1 - L*), L* = E min(eta, 1 - eta)."""
    return Goal(X.mean(ERROR), "<=", bayes_risk.COVER_HART.at(bayes_risk=X.mean(LEAST), c=2), Domain({}), (X,),
                SAMPLER_ERRS)


def cover_hart() -> Fact:
    """The sampler's error is a concave function of the least error at the point."""
    half = Interval(0, Rational(1, 2))
    least = variable("least", half)
    labels = definition(ERROR, POINT, INDEPENDENT, note="pairs of different labels")
    pointwise = chain(labels, identity(ERROR, bayes_risk.COVER_HART.at(bayes_risk=LEAST, c=2), POINT))
    concave = jensen(bayes_risk.COVER_HART.at(bayes_risk=least, c=2), least, Domain({least: half}), LEAST, X)
    return chain(expectation(pointwise, X), concave)


def _modulus(product: Expr) -> Fact:
    """product <= |product|."""
    return instantiate(inequality(u, "<=", Abs(u), Domain({u: Interval(-oo, oo)})), {u: product}, PAIR)


def _approximate(sign: int) -> Fact:
    """The error changes by (1 - 2 eta)(teacher - eta), in modulus g d."""
    perfect = samplers.SAMPLER_RISK.at(margin=MARGIN, c=2)
    change = (1 - 2 * eta) * (teacher - eta)
    labels = definition(LOSS, PAIR, INDEPENDENT, note="pairs of different labels")
    moved = chain(labels, identity(LOSS, perfect + change, PAIR))
    if sign > 0:
        return combine(LOSS, "<=", perfect + MARGIN * DISTANCE, (1, moved), (1, _modulus(change)))
    return combine(perfect - MARGIN * DISTANCE, "<=", LOSS, (-1, moved), (1, _modulus(-change)))


def approximate_goal() -> Goal:
    """P(teacher's label != Y) <= E[(1 - g^2)/2 + g d]."""
    right = XT.mean(samplers.APPROXIMATE_SAMPLER_RISK.at(margin=MARGIN, distance=DISTANCE, c=1))
    return Goal(XT.mean(LOSS), "<=", right, Domain({}), (XT,), TEACHER_ERRS)


def approximate() -> Fact:
    """The largest risk at a distance."""
    return expectation(_approximate(1), XT)


def approximate_lower_goal() -> Goal:
    """P(teacher's label != Y) >= E[(1 - g^2)/2 - g d]."""
    right = XT.mean(samplers.APPROXIMATE_SAMPLER_RISK_LOWER.at(margin=MARGIN, distance=DISTANCE, c=1))
    return Goal(XT.mean(LOSS), ">=", right, Domain({}), (XT,), TEACHER_ERRS)


def approximate_lower() -> Fact:
    """The smallest risk at a distance."""
    return expectation(_approximate(-1), XT)


def approximate_eps_goal() -> Goal:
    """P(teacher's label != Y) <= E[(1 - g^2)/2] + eps, eps = E d."""
    perfect = XT.mean(samplers.SAMPLER_RISK.at(margin=MARGIN, c=2))
    right = samplers.APPROXIMATE_SAMPLER_RISK_EPS.at(sampler_risk=perfect, eps=XT.mean(DISTANCE), c=1)
    return Goal(XT.mean(LOSS), "<=", right, Domain({}), (XT,), TEACHER_ERRS)


def approximate_eps() -> Fact:
    """The margin is at most 1."""
    margin = inequality(MARGIN, "<=", 1, POINT)
    perfect = samplers.SAMPLER_RISK.at(margin=MARGIN, c=2)
    return expectation(combine(LOSS, "<=", perfect + DISTANCE, (1, _approximate(1)), (DISTANCE, margin)), XT)
