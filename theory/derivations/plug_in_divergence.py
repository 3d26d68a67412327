"""What a divergence between the teacher's probability and eta bounds: their distance, and what the label loses.

The variable `kl` is at least the divergence of the two laws at a point, by a condition of the law of X.
"""

from __future__ import annotations

from sympy import Abs, Expr, Interval, exp, log, oo, sqrt

from theory import bias_variance, plug_in, samplers
from theory.derivations import plug_in as points
from theory.derivations.plug_in import REGRETS, SUGGESTED, UNIT, g0, h
from theory.derivations.samplers import INDEPENDENT, TEACHER_ERRS, error
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, definition, expectation, extend, inequality, instantiate
from theory.rules import increasing, jensen

OPEN, POSITIVE, FROM_ZERO = Interval.open(0, 1), Interval.open(0, oo), Interval(0, oo)
eta, teacher = variable("eta", OPEN), variable("teacher", OPEN)
kl, eps = variable("kl", FROM_ZERO), variable("eps", POSITIVE)
BOTH = Domain({eta: OPEN, teacher: OPEN})
KL = bias_variance.DIVERGENCE.at(p=eta, q=teacher)
SQUARE, DISTANCE, MARGIN = (teacher - eta) ** 2, Abs(teacher - eta), Abs(2 * eta - 1)
FINITE = Premise("integrable", "kl, the divergence or more, has a mean")
X = Law("X", (eta, teacher), BOTH, Premise("integrable", "the divergence has a mean"))
PAIR = Law("X", (eta, teacher, kl), Domain({**BOTH.ranges, kl: FROM_ZERO}, kl - KL), FINITE)
LABEL = {**PAIR.domain.ranges, h: UNIT}
CONDITIONS = tuple(each.subs(points.teacher, teacher) for each in SUGGESTED)
HARD = Law("X", (eta, teacher, kl, h), Domain(LABEL, kl - KL, *CONDITIONS), FINITE)
WIDE = Law("X", HARD.variables, Domain({**LABEL, g0: Interval.Lopen(0, 1)}, kl - KL, *CONDITIONS,
                                       MARGIN - g0), FINITE)
EXCESS = points.EXCESS.subs({points.eta: eta})
OPENED = {points.eta: eta, points.teacher: teacher}


def pointwise() -> Fact:
    """Pinsker's inequality: 2 (teacher - eta)^2 <= KL."""
    return inequality(2 * SQUARE, "<=", KL, BOTH, touching={teacher: eta})


def pinsker_goal() -> Goal:
    """2 E (teacher - eta)^2 <= E KL."""
    return Goal(X.mean(plug_in.PINSKER.at(square=SQUARE, c=2)), "<=", X.mean(KL), Domain({}), (X,),
                "twice the mean squared distance")


def pinsker() -> Fact:
    """At every point, and averaged."""
    return expectation(pointwise(), X)


def below_root(function: Expr, square: Fact, law: Law) -> Fact:
    """E |teacher - eta| <= sqrt(f(E kl)), from the square of the distance <= f(kl), for sqrt(f) concave."""
    u, v = variable("u", FROM_ZERO), variable("v", FROM_ZERO)
    wide, none = Domain({**law.domain.ranges, eps: POSITIVE}, *law.domain.conditions), variable("eps", FROM_ZERO)
    room = combine(SQUARE, "<=", function + eps, (1, square), (1, inequality(0, "<=", eps, wide)))
    averaged = expectation(increasing(room, sqrt(u), u, Domain({u: FROM_ZERO})), law)
    concave = jensen(sqrt(function.subs(kl, v) + eps), v, Domain({v: FROM_ZERO, eps: POSITIVE}), kl, law)
    closed = extend(chain(averaged, concave), Domain({none: FROM_ZERO}))
    return instantiate(closed, {none: 0}, Domain({}))


def half_divergence(law: Law) -> Fact:
    """(teacher - eta)^2 <= kl/2."""
    return combine(SQUARE, "<=", kl / 2, ("1/2", pointwise()), ("1/2", condition(law.domain)))


def distance_goal() -> Goal:
    """E |teacher - eta| <= sqrt(E kl/2)."""
    right = plug_in.ROOT_DIVERGENCE.at(divergence=PAIR.mean(kl), c="1/2")
    return Goal(PAIR.mean(DISTANCE), "<=", right, Domain({}), (PAIR,), "the teacher's mean distance from a sampler")


def distance() -> Fact:
    """Pinsker's inequality, and the root is concave."""
    return below_root(kl / 2, half_divergence(PAIR), PAIR)


def sampler_goal() -> Goal:
    """P(teacher's label != Y) <= E[(1 - g^2)/2] + sqrt(E kl/2), for a label drawn from the teacher's probability."""
    perfect = PAIR.mean(samplers.SAMPLER_RISK.at(margin=MARGIN, c=2))
    eps = plug_in.ROOT_DIVERGENCE.at(divergence=PAIR.mean(kl), c="1/2")
    right = samplers.APPROXIMATE_SAMPLER_RISK_EPS.at(sampler_risk=perfect, eps=eps, c=1)
    return Goal(PAIR.mean(error(teacher, eta)), "<=", right, Domain({}), (PAIR,), TEACHER_ERRS)


def sampler() -> Fact:
    """The error changes by no more than the distance."""
    goal, perfect = sampler_goal(), samplers.SAMPLER_RISK.at(margin=MARGIN, c=2)
    labels = definition(error(teacher, eta), BOTH, INDEPENDENT, note="pairs of different labels")
    near = chain(labels, inequality(error(teacher, eta), "<=", perfect + DISTANCE, BOTH))
    return combine(goal.left, "<=", goal.right, (1, expectation(near, PAIR)), (1, distance()))


def bretagnolle_huber_goal() -> Goal:
    """E |teacher - eta| <= sqrt(1 - exp(-E kl))."""
    right = plug_in.BRETAGNOLLE_HUBER.at(divergence=PAIR.mean(kl), c=1)
    return Goal(PAIR.mean(DISTANCE), "<=", right, Domain({}), (PAIR,), "the teacher's mean distance from a sampler")


def _affinity() -> Fact:
    """-KL <= 2 ln B for B = sqrt(eta teacher) + sqrt((1 - eta)(1 - teacher)), by ln x <= x - 1 at both ratios."""
    x = variable("x", POSITIVE)
    tangent = inequality(log(x), "<=", x - 1, Domain({x: POSITIVE}), touching={x: 1})
    both = sqrt(eta) * sqrt(teacher) + sqrt(1 - eta) * sqrt(1 - teacher)
    one, other = variable("one", POSITIVE), variable("other", POSITIVE)
    split = identity(log(sqrt(other) / (sqrt(one) * x)), (log(other) - log(one)) / 2 - log(x),
                     Domain({one: POSITIVE, other: POSITIVE, x: POSITIVE}))
    facts = []
    for p, q in ((eta, teacher), (1 - eta, 1 - teacher)):
        ratio = sqrt(q) / (sqrt(p) * both)
        at = instantiate(tangent, {x: ratio}, BOTH)
        logs = instantiate(split, {one: p, other: q, x: both}, BOTH)
        facts += [(2 * p, at), (-2 * p, logs)]
    total = identity(sum(p * sqrt(q) / (sqrt(p) * both) for p, q in ((eta, teacher), (1 - eta, 1 - teacher))), 1, BOTH)
    return combine(-KL, "<=", 2 * log(both), *facts, (2, total))


def bretagnolle_huber() -> Fact:
    """The affinity's square is 1 - (teacher - eta)^2 less a square."""
    u, where = variable("u", Interval(-oo, oo)), PAIR.domain
    below = combine(-kl, "<=", _affinity().right, (1, _affinity()), (1, condition(where)))
    exponentials = increasing(below, exp(u), u, Domain({u: Interval(-oo, oo)}))
    spread = inequality(0, "<=", (sqrt(eta) * sqrt(1 - eta) - sqrt(teacher) * sqrt(1 - teacher)) ** 2, BOTH)
    square = combine(SQUARE, "<=", 1 - exp(-kl), (1, exponentials), (1, spread))
    return below_root(1 - exp(-kl), square, PAIR)


def log_loss_goal() -> Goal:
    """P(label != Y) - L* <= sqrt(2 E kl)."""
    return Goal(HARD.mean(EXCESS), "<=", plug_in.ROOT_DIVERGENCE.at(divergence=HARD.mean(kl), c=2), Domain({}), (HARD,),
                REGRETS)


def log_loss() -> Fact:
    """Twice the mean distance."""
    goal = log_loss_goal()
    at = instantiate(points.from_start(points.at_a_point(), points.X), OPENED, HARD.domain)
    return combine(goal.left, "<=", goal.right, (1, expectation(at, HARD)),
                   (2, below_root(kl / 2, half_divergence(HARD), HARD)))


def log_loss_massart_goal() -> Goal:
    """P(label != Y) - L* <= (2/g0) E kl where g >= g0 > 0."""
    right = plug_in.MASSART_DIVERGENCE.at(divergence=WIDE.mean(kl), least_margin=g0, c=2)
    return Goal(WIDE.mean(EXCESS), "<=", right, Domain({g0: Interval.Lopen(0, 1)}), (WIDE,), REGRETS)


def log_loss_massart() -> Fact:
    """Pinsker's inequality in the bound for squares."""
    at = instantiate(points.from_start(points.massart_at_a_point(), points.WIDE), OPENED, WIDE.domain)
    bounded = combine(at.left, "<=", 2 * kl / g0, (1, at), (4 / g0, half_divergence(WIDE)))
    return expectation(bounded, WIDE)
