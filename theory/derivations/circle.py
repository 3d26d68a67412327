"""The best constant for 1-NN on a circle, and what 1-NN does to a cosine.

Sharp constant: over a distance t the increments of a 1-Lipschitz function round the circle have mean 0 and are
2-Lipschitz themselves, so they can't all be as large as t: their mean modulus is at most t - t^2. Cosine: averaging
over the displacement multiplies it by c_1(n) = n times the integral of u^(n-1) cos(pi (1-u)).
"""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Interval, Max, Range, cos, pi

from theory import neighbours
from theory.cases import exhaust
from theory.derivations.neighbours import (
    COUNT,
    HALF,
    HALF_LINE,
    NATURAL,
    NEAREST,
    SHORT,
    SIZES,
    UNIT,
    D,
    a,
    b,
    evaluated,
    lipschitz,
    mean,
    n,
    square,
    survival,
    t,
)
from theory.derivations.samplers import error
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.kernel import chain, combine, condition, definition, expectation, mirror
from theory.rules_circle import crossing_tail, density, increment, positive_part, substitute, uniform_mean
from theory.rules_conditional import tower

STEP: Any = Interval(-HALF, HALF)
RISING: Any = Interval.Lopen(0, HALF)
w, r = variable("w", STEP), variable("r", RISING)
RISE = ("f(X + t) - f(X) or f(X) - f(X + t), whichever is positive with probability at most 1/2 given D = t, where "
        "eta = lipschitz f plus a constant, f is 1-Lipschitz, and X + t is X_NN (or, on the other side, X)")
C = Law("C", (w,), Domain({w: STEP, t: SHORT}, t - Abs(w)), meaning=((w, RISE),))
XNW = Law("XN", (a, b, D, w), Domain({a: UNIT, b: UNIT, D: SHORT, w: STEP, lipschitz: HALF_LINE},
                                     lipschitz * Abs(w) - Abs(a - b), D - Abs(w)), meaning=((D, NEAREST), (w, RISE)))
ROUND = Premise("Lipschitz on a circle", "given D = t, X is uniform, w is a 2-Lipschitz function of X round the circle "
                "and positive with probability at most 1/2")
SHIFTED = Premise("identically distributed", "f(X + t) and f(X) have one law, X being uniform given D")
GIVEN_D = Premise("conditional", "given D = t, and the side of X_NN, C is the law of w")


def increments() -> Fact:
    """E|f(X + t) - f(X)| <= t - t^2 for a 1-Lipschitz f: twice the positive part's mean."""
    tail = crossing_tail(w, r, 2, C, ROUND)
    part = evaluated(positive_part(tail, r, w, t, C), t / 2 - t**2 / 2, Domain({t: SHORT}))
    modulus = expectation(identity(Abs(w), 2 * Max(w, 0) - w, Domain({w: STEP})), C)
    return combine(C.mean(Abs(w)), "<=", t - t**2, (1, modulus), (2, part), (-1, increment(w, C, SHIFTED)))


def sharp_goal() -> Goal:
    """E |a - b| <= lipschitz/(2(n+2))."""
    return Goal(XNW.mean(Abs(a - b)), "<=", neighbours.ETA_GAP.at(lipschitz=lipschitz, n=n + 1, c=HALF), SIZES, (XNW,),
                "the mean of |eta(X_NN) - eta(X)|")


def sharp() -> Fact:
    """The increments' bound averaged over D: E D - E D^2 == 1/(2(n+2))."""
    scaled = expectation(condition(XNW.domain), XNW)
    averaged = tower(increments(), C, {t: D}, XNW, GIVEN_D)
    first, second = mean(XNW), square(XNW)
    value = identity(first.right - second.right, 1 / (2 * (n + 2)), COUNT)
    return combine(XNW.mean(Abs(a - b)), "<=", sharp_goal().right, (1, scaled), (lipschitz, averaged),
                   (lipschitz, first), (-lipschitz, second), (lipschitz, value))


# eta = 1/2 + a cos(2 pi x)

height = variable("a", STEP)
x, side = variable("x", UNIT), variable("side", Range(0, 2))
INSIDE: Any = Interval.open(0, 1)
u = variable("u", INSIDE)
PLACE = Law("C", (x,), Domain({x: UNIT}))
XD = Law("XD", (x, side, D), Domain({x: UNIT, side: Range(0, 2), D: SHORT}), meaning=(
    (D, NEAREST), (side, "1 where X_NN = X + D, 0 where X_NN = X - D")))
U = Law("U", (u,), Domain({u: INSIDE}), Premise("integrable", "n u^(n-1) cos(pi (1-u)) lies in [-n, n]"))
PLACED = Premise("uniform", "x, the place of X, is uniform on the circle [0, 1)")
UNIFORM_U = Premise("uniform", "u is uniform on (0, 1)")
TURNING = Premise("conditional", "given the displacement to X_NN, X has the law C: rotations leave the law of "
                  "(X, X_NN) unchanged")
LABELS = Premise("independent", "given X and X_NN, Y and the label of X_NN are independent, 1 with probability eta "
                 "there")
DISPLACEMENT = (2 * side - 1) * D


def eta(place: Expr) -> Expr:
    """P(Y = 1) at a place."""
    return HALF + height * cos(2 * pi * place)


RISK = error(eta(x + DISPLACEMENT), eta(x))
MIXED = cos(4 * pi * x + 2 * pi * DISPLACEMENT)
MULTIPLIER = n * u**(n - 1) * cos(pi * (1 - u))


def law_goal() -> Goal:
    """P(label of X_NN != Y) == 1/2 - a^2 c_1(n), c_1(n) == E[n u^(n-1) cos(pi (1-u))] for u uniform."""
    return Goal(XD.mean(RISK), "==", HALF - height**2 * U.mean(MULTIPLIER), Domain({height: STEP, n: NATURAL}), (XD, U),
                "the probability that the label of X_NN differs from Y")


def multiplier() -> Fact:
    """E cos(2 pi D) == c_1(n)."""
    by_density = density(survival(XD), t, D, cos(2 * pi * t), XD)
    definite: Any = by_density.right
    other = substitute(definite, u, (1 - u) / 2, COUNT)
    return chain(by_density, other, mirror(uniform_mean(MULTIPLIER, u, U, COUNT, UNIFORM_U)))


def _no_phase() -> Fact:
    """E cos(4 pi x + 2 pi displacement) == 0: given the displacement, X is uniform."""
    where = Domain({side: Range(0, 2), D: SHORT})
    none = evaluated(uniform_mean(MIXED, x, PLACE, where, PLACED), 0, where)
    return tower(none, PLACE, {side: side, D: D}, XD, TURNING)


def _one_side() -> Fact:
    """cos(2 pi displacement) == cos(2 pi D), on either side."""
    where = Domain({D: SHORT})
    left, right = cos(2 * pi * DISPLACEMENT), cos(2 * pi * D)
    each = {value: identity(left.subs(side, value), right, where) for value in (0, 1)}
    return expectation(exhaust(left, "==", right, side, each, Domain({D: SHORT, side: Range(0, 2)})), XD)


def law() -> Fact:
    """The product of two cosines is half the sum of cosines of the difference and of the sum."""
    where = Domain({height: STEP, x: UNIT, side: Range(0, 2), D: SHORT})
    labels = definition(RISK, where, LABELS, note="pairs of different labels")
    waves = identity(RISK, HALF - height**2 * (cos(2 * pi * DISPLACEMENT) + MIXED), where)
    average = expectation(chain(labels, waves), XD)
    return combine(XD.mean(RISK), "==", law_goal().right, (1, average), (-height**2, _one_side()),
                   (-height**2, _no_phase()), (-height**2, multiplier()))
