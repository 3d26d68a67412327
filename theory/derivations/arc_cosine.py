"""The kernels of a wide ReLU layer: means over the direction of a Gaussian weight, in the plane of two inputs.

With the weight w in place of x, and the inputs x and x' in place of a and b, `angles.py` says what u and turn are. The
product of two units at w and at -w is, summed, |w|^2 |x||x'| cos(pi u) max(cos(pi (u - turn)), 0) in that plane.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integral, Interval, Max, Min, cos, oo, pi, sin

from theory import arc_cosine
from theory.derivations.angles import (
    ANGLE,
    HALF,
    INPUTS,
    LINE,
    PRODUCTS,
    UNIFORM,
    UNIT,
    U,
    arch,
    cosine,
    length,
    turn,
    u,
)
from theory.derivations.angles import active as both_active
from theory.derivations.angles import active_goal as both_active_goal
from theory.derivations.radius import R, mean_square, r
from theory.domain import Domain, variable
from theory.facts import Fact, Premise
from theory.goal import Goal
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, definition, expectation, inequality, instantiate
from theory.rules_circle import uniform_mean
from theory.rules_integrals import in_pieces, least

v = variable("v", Interval(-oo, oo))
OTHER = cos(pi * (u - turn))
PRODUCT = cos(pi * u) * Max(OTHER, 0)
BOTH = Domain({u: LINE, turn: UNIT})
POLAR = Premise("independent", "the length r of w in the plane is independent of its direction; w and -w have one law")
OUTER = Premise("independent", "the outer weights have mean square 1 and are independent of the inner ones")


def _positive_part(sign: int, place: Expr, domain: Domain) -> Fact:
    """max(cos(pi (u - turn)), 0) == the cosine (sign 1) or 0 (-1), where `place`, between 0 and 1, is so by the domain.

    The cosine is sign times sin(pi place), which lies above an arch.
    """
    wave = instantiate(arch(), {variable("x", UNIT): place}, domain)
    turned = identity(sin(pi * place), sign * OTHER, BOTH)
    whole = identity(Max(v, 0), v - Min(v, 0), Domain({v: Interval(-oo, oo)}))
    at = instantiate(whole, {v: OTHER}, domain)
    above = inequality(0, "<=", 3 * place * (1 - place), domain)
    if sign > 0:
        ordered = combine(0, "<=", OTHER, (1, above), (1, wave), (1, turned))
        return combine(Max(OTHER, 0), "==", OTHER, (1, at), (-1, least(ordered)))
    ordered = combine(OTHER, "<=", 0, (1, above), (1, wave), (1, turned))
    return combine(Max(OTHER, 0), "==", 0, (1, at), (-1, least(ordered)))


def product() -> Fact:
    """E[cos(pi u) max(cos(pi (u - turn)), 0)] == ((1 - turn) cos(pi turn) + sin(pi turn)/pi)/2."""
    where = Domain({turn: UNIT})
    middle = turn - HALF
    before, after = Domain(BOTH.ranges, middle - u), Domain(BOTH.ranges, u - middle)
    none = combine(PRODUCT, "==", 0, (cos(pi * u), _positive_part(-1, middle - u, before)))
    waves = (cos(pi * turn) + cos(pi * (2 * u - turn))) / 2
    whole = combine(PRODUCT, "==", waves, (cos(pi * u), _positive_part(1, u - middle, after)),
                    (1, identity(cos(pi * u) * OTHER, waves, BOTH)))
    value = ((1 - turn) * cos(pi * turn) + sin(pi * turn) / pi) / 2
    first: Any = variable("u", Interval.open(-HALF, oo))
    second: Any = variable("u", Interval.open(-oo, HALF))
    nothing = integral(Integral(0, (first, -HALF, middle)), 0, where)
    arcs = integral(Integral(waves.subs(u, second), (second, middle, HALF)), value, where)
    mean = uniform_mean(PRODUCT, u, U, where, UNIFORM)
    meant = expectation(definition(PRODUCT, BOTH, POLAR), U)
    return chain(meant, mean, in_pieces(mean.right, [(none, nothing), (whole, arcs)], where))


def features_goal() -> Goal:
    """2 E[max(w.x, 0) max(w.x', 0)] == |x||x'| ((pi - t) cos t + sin t)/pi."""
    left = length * R.mean(r**2) * U.mean(PRODUCT.subs(turn, ANGLE / pi))
    return Goal(left, "==", arc_cosine.FEATURES.at(**PRODUCTS, c=1), INPUTS, (U, R),
                "twice the mean product of the activations")


def features() -> Fact:
    """At the angle between the inputs."""
    goal = features_goal()
    at = instantiate(product(), {turn: ANGLE / pi}, INPUTS)
    value = identity(2 * length * at.right, goal.right, INPUTS)
    return combine(goal.left, "==", goal.right, (length * R.mean(r**2), at), (length * at.right, mean_square()),
                   (1, value))


def tangent_goal() -> Goal:
    """E of the gradients' scalar product == k1 + (x.x') k0."""
    left = features_goal().left + cosine * length * both_active_goal().left
    return Goal(left, "==", arc_cosine.TANGENT.at(**PRODUCTS, b=1, c=1), INPUTS, (U, R),
                "the mean scalar product of the gradients")


def tangent() -> Fact:
    """The two layers' gradients give one kernel each."""
    goal = tangent_goal()
    inner = definition(cosine * length, INPUTS, OUTER, note="the weight of the inner layer's kernel")
    return combine(goal.left, "==", goal.right, (1, features()), (1, inner), (cosine * length, both_active()))
