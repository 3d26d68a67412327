"""The Bayes risk of two Laplace classes of any weights, where neither is the likelier one everywhere.

The weights are given by their logarithmic odds: exp(odds)/(1 + exp(odds)) is that of the class at 0.
"""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Integral, Interval, Min, Symbol, exp, oo

from theory import gaussian_classes
from theory.derivations.bayes_risk import MEANS, REAL
from theory.domain import Domain, variable
from theory.facts import Fact
from theory.goal import Goal
from theory.identities import identity
from theory.integrals import integral
from theory.kernel import chain, combine, inequality, instantiate
from theory.rules import increasing
from theory.rules_integrals import antisymmetric, in_pieces, least, mean_by_density, with_density

DISTANCES = Interval(0, oo)
distance, odds, x, u = variable("distance", DISTANCES), *(variable(name, REAL) for name in ("odds", "x", "u"))
BOUNDARY, TOTAL = (distance + odds) / 2, 1 + exp(odds)
RANGES = {distance: DISTANCES, odds: REAL}
APART = Domain(RANGES, distance - odds, distance + odds)
LINE = Domain({**RANGES, x: REAL}, *APART.conditions)
LOWER, UPPER = (Domain(LINE.ranges, *LINE.conditions, side) for side in (BOUNDARY - x, x - BOUNDARY))
ZERO, ONE = exp(odds - Abs(x)) / (2 * TOTAL), exp(-Abs(x - distance)) / (2 * TOTAL)
DENSITY = ZERO + ONE
LEAST = Min(ZERO / DENSITY, ONE / DENSITY)
LAW = with_density("X", x, DENSITY, LINE)
VALUE = gaussian_classes.BAYES_RISK_LAPLACE_ODDS.at(distance=distance, odds=odds)


def weighted_goal() -> Goal:
    """E min(P(Y = 1 | x), P(Y = 0 | x)) == exp((odds - d)/2)/(1 + exp(odds)), where |odds| <= d."""
    return Goal(LAW.mean(LEAST), "==", VALUE, APART, (LAW,), MEANS)


def _exponentials(fact: Fact) -> Fact:
    return increasing(fact, exp(u), u, Domain({u: REAL}))


def _orders() -> tuple[Fact, Fact]:
    """odds - |x| and -|x - d| in order, before the boundary and beyond it."""
    one = inequality(Abs(x) - Abs(x - distance), "<=", odds, LOWER)
    two = instantiate(one, {x: distance - x, odds: -odds}, UPPER)
    return (combine(-Abs(x - distance), "<=", odds - Abs(x), (1, one)),
            combine(odds - Abs(x), "<=", -Abs(x - distance), (1, two)))


def _smaller(order: Fact, smaller: Expr, larger: Expr) -> Fact:
    """The minimum times the density == the smaller weighted density, from the order of the exponents."""
    ordered = combine(smaller / DENSITY, "<=", larger / DENSITY, (1 / (2 * TOTAL * DENSITY), _exponentials(order)))
    first = least(ordered)
    product = combine(LEAST * DENSITY, "==", first.right * DENSITY, (DENSITY, first))
    return chain(product, identity(first.right * DENSITY, smaller, order.domain))


def _plain(argument: Expr, sign: int, part: Domain, shift: Any) -> Fact:
    """exp(shift - |argument|) == exp(shift - sign argument), from the sign of the argument on a part."""
    equal = antisymmetric(inequality(Abs(argument), "<=", sign * argument, part),
                          inequality(sign * argument, "<=", Abs(argument), part))
    return _exponentials(combine(shift - Abs(argument), "==", shift - sign * argument, (-1, equal)))


def _integral(function: Expr, y: Symbol, low: Any, high: Any, value: Expr) -> Fact:
    """The integral of a function over twice the sum of the odds, from that of the function times any number."""
    share = variable("share", Interval.open(0, oo))
    where = Domain({**RANGES, share: Interval.open(0, oo)}, *APART.conditions)
    found = integral(Integral(share * function.subs(x, y), (y, low, high)), share * value, where)
    return instantiate(found, {share: 1 / (2 * TOTAL)}, APART)


def _risk_pieces() -> list[tuple[Fact, Fact]]:
    below, above = _orders()
    found = []
    for part, order, smaller, larger, argument, sign, shift, low, high in (
            (LOWER, below, ONE, ZERO, x - distance, -1, 0, -oo, BOUNDARY),
            (UPPER, above, ZERO, ONE, x, 1, odds, BOUNDARY, oo)):
        plain = _plain(argument, sign, part, shift)
        tail = plain.right / (2 * TOTAL)
        equal = chain(_smaller(order, smaller, larger), combine(smaller, "==", tail, (1 / (2 * TOTAL), plain)))
        found.append((equal, _integral(plain.right, x, low, high, exp((odds - distance) / 2))))
    return found


def _total() -> Fact:
    """The integral of the density is 1: before 0, between the peaks, and beyond the distance."""
    inside = variable("x", Interval.open(0, oo))
    values = exp(odds) + exp(-distance), TOTAL * (1 - exp(-distance)), exp(odds - distance) + 1
    pieces = []
    for conditions, signs, y, low, high, value in (
            ((-x,), (-1, -1), x, -oo, 0, values[0]), ((x, distance - x), (1, -1), inside, 0, distance, values[1]),
            ((x - distance,), (1, 1), x, distance, oo, values[2])):
        part = Domain(LINE.ranges, *LINE.conditions, *conditions)
        zero, one = _plain(x, signs[0], part, odds), _plain(x - distance, signs[1], part, 0)
        plain = zero.right + one.right
        equal = combine(DENSITY, "==", plain / (2 * TOTAL), (1 / (2 * TOTAL), zero), (1 / (2 * TOTAL), one))
        pieces.append((equal, _integral(plain, y, low, high, value)))
    whole = in_pieces(Integral(DENSITY, (x, -oo, oo)), pieces, APART)
    return chain(whole, identity(whole.right, 1, APART))


def weighted() -> Fact:
    """The smaller weighted density is that of the farther peak, on either side of the boundary."""
    whole = in_pieces(Integral(LEAST * DENSITY, (x, -oo, oo)), _risk_pieces(), APART)
    mean = mean_by_density(LEAST, LAW, DENSITY, _total(), whole)
    return chain(mean, identity(whole.right, VALUE, APART))
