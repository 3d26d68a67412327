"""On which share of all directions two linear functions differ in sign: the angle between them, over pi.

In the plane of a and b the line through x makes an angle pi u with a, -1/2 < u < 1/2, and b is at the angle pi turn
from a. Whether the signs of x.a and x.b differ is the same for both directions of the line; at that with x.a > 0 they
differ where cos(pi (u - turn)) is not positive.
"""

from __future__ import annotations

from typing import Any

from sympy import Interval, Rational, acos, cos, oo, pi, sin

from theory import arc_cosine, hard_labels
from theory.derivations.radius import R, mean_length, r
from theory.domain import Domain, variable
from theory.facts import Fact, Indicator, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, condition, definition, expectation, inequality, instantiate, parts, rewrite
from theory.rules_circle import uniform_event, uniform_mean
from theory.rules_implication import implied_event
from theory.rules_integrals import antisymmetric

HALF = Rational(1, 2)
LINE: Any = Interval.open(-HALF, HALF)
UNIT = Interval(0, 1)
SHARE: Any = Interval.open(-1, 1)
u, turn, s = variable("u", LINE), variable("turn", UNIT), variable("s", SHARE)
cosine = variable("cosine", Interval(-1, 1))
length, reach = variable("length", Interval.open(0, oo)), variable("reach", Interval(0, oo))
U = Law("U", (u,), Domain({u: LINE}), Premise("integrable", "indicators are bounded"))
UNIFORM = Premise("uniform", "u is uniform on (-1/2, 1/2): the law of x doesn't change when x is turned")
# Vectors with a scalar product of cosine length, |a||b| = length.
INPUTS = Domain({cosine: Interval(-1, 1), length: Interval.open(0, oo)})
PRODUCTS: dict[str, Any] = {"dot": cosine * length, "squares": length**2}
ANGLE = acos(cosine)


VECTORS = Domain({cosine: Interval(-1, 1), length: Interval.open(0, oo), reach: Interval(0, oo)})
SIGNED = Premise("independent", "the length r of x in the plane of w and v is independent of its direction; x points "
                 "along its line so that x.w > 0, as sign(x.w) x is the same for x and -x")
DIFFER = Premise("definition", "x.a and x.b differ in sign where x.b is not positive, x pointing along its line so "
                 "that x.a > 0; the line makes the angle pi u with a and pi (u - turn) with b")


def arch() -> Fact:
    """3 x (1 - x) <= sin(pi x) for 0 <= x <= 1."""
    x = variable("x", UNIT)
    return inequality(3 * x * (1 - x), "<=", sin(pi * x), Domain({x: UNIT}))


def _sine() -> Fact:
    """1{sin(pi s) >= 0} == 1{s >= 0} for -1 < s < 1."""
    where, wave = Domain({s: SHARE}), sin(pi * s)
    x = variable("x", UNIT)
    happens, after = Domain({s: SHARE}, wave), Domain({s: SHARE}, wave, -s)
    # Left of 0 the sine is below an arch that is negative there.
    below = instantiate(arch(), {x: -s}, after)
    turned = identity(sin(-pi * s), -wave, where)
    left = combine(0, "<=", s, (1 / (3 * (1 + s)), condition(after, 0)), (1 / (3 * (1 + s)), below),
                   (1 / (3 * (1 + s)), turned))
    right = condition(Domain({s: SHARE}, wave, s), 1)
    first = implied_event(wave, parts(right, left, s, happens), where)
    beyond = Domain({s: SHARE}, s)
    above = instantiate(arch(), {x: s}, beyond)
    arched = combine(0, "<=", wave, (1, above), (3 * (1 - s), condition(beyond)))
    return antisymmetric(first, implied_event(s, arched, where))


def disagreement() -> Fact:
    """P(signs differ) == turn, for the angle pi turn between a and b."""
    where = Domain({u: LINE, turn: UNIT})
    place = turn - HALF - u
    at = instantiate(_sine(), {s: place}, where)
    wave = identity(sin(pi * place), -cos(pi * (u - turn)), where)
    event = expectation(rewrite(at, wave), U)
    share = uniform_event(definition(place, where, DIFFER), u, U, UNIFORM)
    value = integral(share.right, turn, Domain({turn: UNIT}))
    return chain(event, share, value)


def linear_goal() -> Goal:
    """P(sign(x.a) != sign(x.b)) == angle(a, b)/pi."""
    event = Indicator(-cos(pi * (u - ANGLE / pi)))
    right = hard_labels.LINEAR_DISAGREEMENT.at(**PRODUCTS, c=1)
    return Goal(U.mean(event), "==", right, INPUTS, (U,), "the probability that the signs of x.a and x.b differ")


def linear() -> Fact:
    """At the angle of a and b."""
    return instantiate(disagreement(), {turn: ANGLE / pi}, INPUTS)


def active_goal() -> Goal:
    """2 P(w.x > 0 and w.x' > 0) == (pi - angle)/pi."""
    event = Indicator(-cos(pi * (u - ANGLE / pi)))
    right = arc_cosine.ACTIVE.at(**PRODUCTS, c=1)
    return Goal(1 - U.mean(event), "==", right, INPUTS, (U,), "twice the probability that both units are active, that "
                "the signs of w.x and w.x' are equal")


def active() -> Fact:
    """Both units are active at w where neither is at -w, so that equal signs are twice as likely."""
    goal = active_goal()
    return combine(goal.left, "==", goal.right, (-1, linear()))


def direction_goal() -> Goal:
    """E[sign(x.w) x.v] == sqrt(2/pi) w.v/|w|, v of length `reach` and w of length `length`."""
    wave = cos(pi * (u - ANGLE / pi))
    right = hard_labels.HARD_LABEL_DIRECTION.at(dot=cosine * length * reach, square=length**2, c=1)
    return Goal(reach * R.mean(r) * U.mean(wave), "==", right, VECTORS, (U, R),
                "the mean of sign(x.w) x.v, where x.v is the length of x in the plane, times |v|, times a cosine")


def direction() -> Fact:
    """On the half circle around w the sign is 1; the mean of a cosine over it is 2/pi of the one at its middle."""
    where, wave = Domain({turn: UNIT}), cos(pi * (u - turn))
    goal = direction_goal()
    mean = uniform_mean(wave, u, U, where, UNIFORM)
    value = integral(mean.right, 2 * cos(pi * turn) / pi, where)
    meant = expectation(definition(wave, Domain({u: LINE, turn: UNIT}), SIGNED), U)
    at = instantiate(chain(meant, mean, value), {turn: ANGLE / pi}, VECTORS)
    return combine(goal.left, "==", goal.right, (reach * R.mean(r), at), (reach * at.right, mean_length()))
