"""The nearest of n uniform points of a circle: its distance, and what 1-NN makes of a Lipschitz eta.

A point is at least t away from X with probability 1 - 2t, so the nearest of n is with probability (1 - 2t)^n. What
1-NN answers depends on (a, b, D) = (eta(X), eta(X_NN), |X_NN - X|), where eta is Lipschitz: |a - b| <= lipschitz D.
"""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Interval, Min, Range, Rational, oo

from theory import neighbours
from theory.derivations.samplers import error
from theory.domain import Domain, variable
from theory.facts import Fact, Law, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, condition, definition, expectation, inequality, instantiate
from theory.proof import lemma
from theory.rules import increasing, triangle
from theory.rules_circle import least_of, uniform_event
from theory.rules_conditional import exchangeable, given, same_law
from theory.rules_events import tail_integral

HALF = Rational(1, 2)
UNIT: Any = Interval(0, 1)
SHORT: Any = Interval(0, HALF)
SIGNED: Any = Interval(-1, 1)
HALF_LINE: Any = Interval(0, oo)
NATURAL = Range(1, oo)
n = variable("n", NATURAL)
u, t, D = variable("u", UNIT), variable("t", SHORT), variable("D", SHORT)
a, b, q = (variable(name, UNIT) for name in ("a", "b", "q"))
lipschitz = variable("lipschitz", HALF_LINE)
COUNT, SIZES = Domain({n: NATURAL}), Domain({n: NATURAL, lipschitz: HALF_LINE})

NEAREST = "the distance, along a circle of length 1, from X to the nearest of n uniform points"
UNIFORM = Premise("uniform", "u, how far a point lies clockwise of X, is uniform: so are the points, whatever X is")
INDEPENDENT = Premise("independent", "the n points are independent, of X as well")
LABELS = Premise("independent", "given X and X_NN, Y and the label of X_NN are independent, 1 with probability a and b")
TURNED = Premise("identically distributed", "a = eta(X) and b = eta(X_NN): rotations leave the law of (X, X_NN) "
                 "unchanged, so X_NN is uniform as X is")
GIVEN_X = Premise("conditional", "given X, a is fixed, N is the law of (b, D), lipschitz D >= |a - b|, and q is the "
                  "mean of b")

POINT = Law("P", (u,), Domain({u: UNIT}))
LIPSCHITZ = lipschitz * D - Abs(a - b)
RANGES = {a: UNIT, b: UNIT, D: SHORT, lipschitz: HALF_LINE}
XN = Law("XN", (a, b, D), Domain(RANGES, LIPSCHITZ), meaning=((D, NEAREST),))
PAIR = Domain({a: UNIT, b: UNIT})
ANY = Law("XN", (a, b), PAIR)
N = Law("N", (b, D), Domain(RANGES, LIPSCHITZ), meaning=((D, NEAREST),))
NEAR = Law("N", (D,), Domain({D: SHORT}), meaning=((D, NEAREST),))
X = Law("X", (a, q), Domain({a: UNIT, q: UNIT}), meaning=((q, "the probability that the label of X_NN is 1, given X"),))
RISK, SAMPLER = error(b, a), error(a, a)
RISK_WORDS = "the probability that the label of X_NN differs from Y"


def evaluated(fact: Fact, value: Expr | int, domain: Domain) -> Fact:
    """The fact with the integral on its right-hand side evaluated."""
    definite: Any = fact.right
    return chain(fact, integral(definite, value, domain))


def one_point() -> Fact:
    """P(|X - X_1| >= t) == 1 - 2t: the point is outside an arc of length 2t."""
    arc = identity(Min(u, 1 - u) - t, Min(u - t, 1 - t - u), Domain({u: UNIT, t: SHORT}),
                   note="min(u, 1 - u) is the distance along the circle")
    return evaluated(uniform_event(arc, u, POINT, UNIFORM), 1 - 2 * t, Domain({t: SHORT}))


def survival(law: Law) -> Fact:
    """P(D >= t) == (1 - 2t)^n."""
    return least_of(one_point(), t, n, COUNT, D, law, INDEPENDENT, note="none of the n points is nearer than t")


def moment(law: Law, power: int, value: Expr) -> Fact:
    """E D^power == value, under a law of which D is a variable."""
    return evaluated(tail_integral(survival(law), t, power, D, law), value, COUNT)


def mean(law: Law) -> Fact:
    """E D == 1/(2(n+1))."""
    return moment(law, 1, neighbours.NEAREST_DISTANCE.at(n=n))


def square(law: Law) -> Fact:
    """E D^2 == 1/(2(n+1)(n+2))."""
    return moment(law, 2, 1 / (2 * (n + 1) * (n + 2)))


def distance_goal() -> Goal:
    """E D == 1/(2(n+1))."""
    return Goal(NEAR.mean(D), "==", neighbours.NEAREST_DISTANCE.at(n=n), COUNT, (NEAR,),
                "the expected distance to the nearest of n points")


def distance() -> Fact:
    """The integral of the tail."""
    return mean(NEAR)


# Voronoi cells

several = variable("n", Range(2, oo))
v, w = variable("v", UNIT), variable("w", UNIT)
before, after = variable("before", UNIT), variable("after", UNIT)
SEVERAL = Domain({several: Range(2, oo)})
OTHER = Law("O", (v,), Domain({v: UNIT}))
CLOCKWISE = Premise("uniform", "v, how far another point lies clockwise of X_1, is uniform, whatever X_1 is")
OTHERS = Premise("independent", "the n points are independent")
GAPS = Premise("exchangeable", "the n gaps between neighbouring points sum to 1; for n >= 2 the cell of a point is "
               "half the sum of two different gaps, and any two of them have one law")
SAME_GAPS = Premise("identically distributed", "the gaps before and after X_1 have one law")
G = Law("G", (after, before), Domain({after: UNIT, before: UNIT, several: Range(2, oo)}), meaning=(
    (after, "the gap from X_1 to the next point clockwise, the least of n - 1 distances clockwise"),
    (before, "the gap from the point before X_1 to X_1")))
CELL = (before + after) / 2


def gap_square() -> Fact:
    """E S^2 == 2/(n(n+1)), S the gap after a point."""
    here = identity(v - w, v - w, Domain({v: UNIT, w: UNIT}))
    one = evaluated(uniform_event(here, v, OTHER, CLOCKWISE), 1 - w, Domain({w: UNIT}))
    tail = least_of(one, w, several - 1, SEVERAL, after, G, OTHERS, note="the other points miss an arc of length w")
    return evaluated(tail_integral(tail, w, 2, after, G), 2 / (several * (several + 1)), SEVERAL)


def voronoi_goal() -> Goal:
    """n E V^2 == 3/(2(n+1)), V the cell of X_1."""
    return Goal(several * G.mean(CELL**2), "==", neighbours.VORONOI_SQUARES.at(n=several), SEVERAL,
                (G,), "n times the expected square of one cell: the expected sum of the squared Voronoi lengths")


def voronoi() -> Fact:
    """From E S^2, and from E S S', for the gaps sum to 1."""
    later = gap_square()
    earlier = same_law(after**2, after, before, G, SAME_GAPS)
    product = exchangeable(after, before, several, 1, G, GAPS)
    weight = several / 2 - several / (2 * (several - 1))
    total = weight * later.right + 1 / (2 * (several - 1))
    sides = combine(several * G.mean(CELL**2), "==", total, (-several / 4, earlier), (several / 2, product),
                    (weight, later))
    return chain(sides, identity(total, neighbours.VORONOI_SQUARES.at(n=several), SEVERAL))


# What 1-NN makes of eta

def excess(law: Law) -> Fact:
    """P(label of X_NN != Y) == E[2 a (1 - a)] + E (a - b)^2."""
    labels = expectation(definition(RISK, PAIR, LABELS, note="pairs of different labels"), law)
    alike = same_law(b - b**2, b, a, law, TURNED)
    return combine(law.mean(RISK), "==", law.mean(SAMPLER) + law.mean((a - b)**2), (1, labels), (1, alike))


def lower_goal() -> Goal:
    """E[2 a (1 - a)] <= P(label of X_NN != Y)."""
    return Goal(ANY.mean(RISK), ">=", ANY.mean(SAMPLER), Domain({}), (ANY,), RISK_WORDS)


def lower() -> Fact:
    """The excess is a mean square."""
    x = variable("x", SIGNED)
    positive = instantiate(inequality(0, "<=", x**2, Domain({x: SIGNED})), {x: a - b}, PAIR)
    return combine(ANY.mean(SAMPLER), "<=", ANY.mean(RISK), (1, expectation(positive, ANY)), (-1, excess(ANY)))


def gap_goal() -> Goal:
    """E |a - b| <= lipschitz/(2(n+1))."""
    return Goal(XN.mean(Abs(a - b)), "<=", neighbours.ETA_GAP.at(lipschitz=lipschitz, n=n, c=HALF), SIZES, (XN,),
                "the mean of |eta(X_NN) - eta(X)|")


def gap() -> Fact:
    """eta is Lipschitz, and the mean distance is known."""
    return _lipschitz_gap(XN)


def _lipschitz_gap(law: Law) -> Fact:
    """E |a - b| <= lipschitz/(2(n+1)) under a law with the Lipschitz condition."""
    near = expectation(condition(law.domain), law)
    return combine(law.mean(Abs(a - b)), "<=", neighbours.ETA_GAP.at(lipschitz=lipschitz, n=n, c=HALF), (1, near),
                   (lipschitz, mean(law)))


def risk_goal() -> Goal:
    """P(label of X_NN != Y) <= E[2 a (1 - a)] + lipschitz/(2(n+1))."""
    right = neighbours.NEIGHBOUR_RISK_UPPER.at(sampler_risk=XN.mean(SAMPLER), lipschitz=lipschitz, n=n, c=HALF)
    return Goal(XN.mean(RISK), "<=", right, SIZES, (XN,), RISK_WORDS)


def risk() -> Fact:
    """Numbers in [0, 1] differ by at most 1, so (a - b)^2 <= |a - b|."""
    x = variable("x", SIGNED)
    small = instantiate(inequality(x**2, "<=", Abs(x), Domain({x: SIGNED})), {x: a - b}, PAIR)
    return combine(XN.mean(RISK), "<=", risk_goal().right, (1, excess(XN)), (1, expectation(small, XN)),
                   (1, lemma(neighbours.NEIGHBOUR_SAMPLER_PROOF)))


def quadratic_goal() -> Goal:
    """P(label of X_NN != Y) <= E[2 a (1 - a)] + lipschitz^2/(2(n+1)(n+2))."""
    right = neighbours.NEIGHBOUR_RISK_QUADRATIC.at(sampler_risk=XN.mean(SAMPLER), lipschitz=lipschitz, n=n, c=1)
    return Goal(XN.mean(RISK), "<=", right, SIZES, (XN,), RISK_WORDS)


def quadratic() -> Fact:
    """(a - b)^2 <= lipschitz^2 D^2."""
    x = variable("x", HALF_LINE)
    near = combine(Abs(a - b), "<=", lipschitz * D, (1, condition(XN.domain)))
    squares = increasing(near, x**2, x, Domain({x: HALF_LINE}))
    return combine(XN.mean(RISK), "<=", quadratic_goal().right, (1, excess(XN)), (1, expectation(squares, XN)),
                   (lipschitz**2, square(XN)))


def sampler_goal() -> Goal:
    """E |q - a| <= lipschitz/(2(n+1))."""
    return Goal(X.mean(Abs(q - a)), "<=", neighbours.ETA_GAP.at(lipschitz=lipschitz, n=n, c=HALF), SIZES, (X,),
                "the mean of |P(label of X_NN = 1 | X) - eta(X)|")


def sampler() -> Fact:
    """Whatever X is, |E[b | X] - a| <= E[|b - a| | X] <= lipschitz/(2(n+1))."""
    right = neighbours.ETA_GAP.at(lipschitz=lipschitz, n=n, c=HALF)
    apart = combine(Abs(N.mean(b) - a), "<=", right, (1, triangle(b - a, N)), (1, _lipschitz_gap(N)))
    answer: Any = N.mean(b)
    return expectation(given(apart, {answer: q}, X, GIVEN_X), X)
