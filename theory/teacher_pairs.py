"""Two teachers of whom the one of higher accuracy has the worse soft risk: a family, and how often by chance."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from theory.formula import Formula, positive
from theory.proof import Proof
from theory.soft_labels import TEACHER_ERROR


def _witness() -> Any:
    from sympy import Rational, Symbol, factor

    eta, step, c = positive("eta, step, c")
    error: Any = TEACHER_ERROR.expression.subs({positive("variance"): 0, positive("c"): 1})
    # The loss is 1 on the second class, so that the soft risks are its probabilities.
    gap = [error.subs(Symbol("bias"), said - eta) for said in (0, Rational(1, 2) + step)]
    return c * factor(gap[0] - gap[1])


def _shape(classes: int) -> tuple[Any, Any, Any, Any]:
    """Laws of the first entries at one point, all laws uniform on the simplex, as (low, high, polynomial) pieces.

    The density of a teacher's first entry u where it is its largest; the distribution function where it is not; the
    density of the first entry t of the true law where it exceeds the other teacher's class, and where that exceeds it.
    """
    from sympy import Integer, Rational, Symbol

    u, t, half, third = Symbol("u"), Symbol("t"), Rational(1, 2), Rational(1, 3)
    nothing, everything = (-2, 0, Integer(0)), (half, 2, Integer(1))
    if classes == 2:
        wins = [(0, half, Integer(0)), (half, 1, Integer(1))]
        return [(half, 1, Integer(2))], [nothing, (0, half, 2 * u), everything], wins, Integer(1)
    # Lengths of the slices of a triangle at the entry u, times 2 for the density and 3 for the condition.
    slices = [(0, third, 3 * (1 - u)), (third, half, 6 * (1 - 2 * u))]
    below, start = [nothing], Integer(0)
    for low, high, density in slices:
        below.append((low, high, start + _integral(density, u, low, u)))
        start += _integral(density, u, low, high)
    return ([(third, half, 6 * (3 * u - 1)), (half, 1, 6 * (1 - u))], [*below, everything],
            [(0, half, 2 * t), (half, 1, 2 * (1 - t))], 2 * (1 - t))


def _integral(density: Any, x: Any, low: Any, high: Any) -> Any:
    from sympy import Poly, expand

    primitive = Poly(density, x).integrate().as_expr()
    return expand(primitive.subs(x, high) - primitive.subs(x, low))


def _piece(pieces: Any, place: Any) -> Any:
    return next(value for low, high, value in pieces if low < place < high)


def _larger(top: Any, below: Any, middle: Any) -> Any:
    """P(|u - t| > |v - t|) as a polynomial in t near `middle`: v lies between u and its mirror image 2 t - u."""
    from sympy import Rational, Symbol

    t, u = Symbol("t"), Symbol("u")
    fixed = [Rational(k, 6) for k in (0, 2, 3, 6)]
    ends = [end for end in (*fixed, t, *(2 * t - mark for mark in fixed))
            if top[0][0] <= _at(end, middle) <= 1]
    ends = sorted(set(ends), key=lambda end: _at(end, middle))
    total = 0
    for low, high in pairwise(ends):
        place = (_at(low, middle) + _at(high, middle)) / 2
        mirror = 2 * middle - place
        chance = _piece(below, place) - _piece(below, mirror).subs(u, 2 * t - u)
        density = _piece(top, place) * (chance if place > mirror else -chance)
        total += _integral(density, u, low, high)
    return total


def _at(end: Any, middle: Any) -> Any:
    from sympy import Symbol, sympify

    return sympify(end).subs(Symbol("t"), middle)


def _misranked(classes: int) -> Any:
    from sympy import Rational, Symbol

    t = Symbol("t")
    top, below, wins, density = _shape(classes)
    first = 0
    for k in range(12):
        low, high = Rational(k, 12), Rational(k + 1, 12)
        larger, win = _larger(top, below, (low + high) / 2), _piece(wins, (low + high) / 2)
        first += _integral(win * larger + (density - win) * (1 - larger), t, low, high)
    share = Rational(2, classes)
    # Where neither likeliest class is the first, the two errors have one law, whatever the accuracies.
    return positive("c") * ((1 - share) / 2 + share * first)


WITNESS = Formula("what the more accurate teacher errs more", ("eta", "step", "c"), _witness)
"""c (2 eta - 1/2 - step)(1/2 + step), c = 1: positive for eta > 1/4 + step/2."""

MISRANKED_TWO = Formula("misranked pairs of random teachers, two classes", ("c",), lambda: _misranked(2))
"""c/12: how often the more accurate of two random teachers has the larger error, c = 1."""

MISRANKED_THREE = Formula("misranked pairs of random teachers, three classes", ("c",), lambda: _misranked(3))
"""14281 c/46656, c = 1."""

WITNESS_PROOF = Proof("accuracy_is_not_enough", "theory.derivations.teacher_pairs:witness_goal",
                      "theory.derivations.teacher_pairs:witness")
