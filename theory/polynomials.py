"""Signs of rational polynomials, decided exactly: by counting roots in one variable, by Bernstein's form in more.

References: Basu, Pollack, Roy, Algorithms in Real Algebraic Geometry, chapters 2 and 10; Garloff, The Bernstein
algorithm, Interval Computations 2 (1993).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from itertools import count, pairwise, product
from typing import Any

import numpy as np
from flint import fmpq
from sympy import QQ, Expr, Poly, PolynomialError, Rational, Symbol, cancel, fraction, oo, together

from theory.answers import ALGEBRA, FLINT, Proof
from theory.regions import Region, Span, rational

MOST_COEFFICIENTS = 4000
BOXES = 1500


def as_product(expression: Expr, symbols: tuple[Symbol, ...]) -> Any:
    """The numerator times the denominator of a rational function over Q: its sign, where the function is defined.

    None for anything else.
    """
    if not symbols or not expression.is_rational_function(*symbols):
        return None
    try:
        top, bottom = fraction(cancel(together(expression)))
        poly = Poly(top * bottom, *symbols)
    except (PolynomialError, ArithmeticError):
        return None
    if not all(coefficient.is_Rational for coefficient in poly.coeffs()):
        return None
    return poly.set_domain(QQ)


def _ends(span: Span) -> Any:
    low, high = (None if end in (oo, -oo) else end for end in (span.low, span.high))
    return None if any(end is not None and not end.is_Rational for end in (low, high)) else (low, high)


def decides(span: Span) -> bool:
    """Whether `one_variable` always has an answer there: the ends are rational or infinite."""
    return _ends(span) is not None


def _roots(poly: Any, low: Any, high: Any) -> list[tuple[Any, Any]]:
    """Separated rational intervals, in order, one for each distinct real root in [low, high] of a squarefree `poly`."""
    width = Rational(1, 16)
    while True:
        found = poly.intervals(eps=width, inf=low, sup=high) if poly.degree() > 0 else []
        pairs = sorted((Rational(left), Rational(right)) for (left, right), _ in found)
        marks = [*([] if low is None else [low]), *(end for pair in pairs for end in pair),
                 *([] if high is None else [high])]
        if all(first < second or (first == second and poly.eval(first) == 0)
               for first, second in pairwise(marks)):
            return pairs
        width = width**2


def _count(poly: Any, span: Span, low: Any, high: Any, inside: bool) -> int:
    """How many real roots a squarefree polynomial has in the range, or `inside`, without its ends."""
    if poly.degree() <= 0:
        return 0
    roots = int(poly.count_roots(low, high))
    for end, is_open in ((low, span.low_open), (high, span.high_open)):
        if end is not None and (inside or is_open) and poly.eval(end) == 0:
            roots -= 1
    return roots


def _odd_and_all(poly: Any) -> tuple[Poly, Poly]:
    """Squarefree polynomials: with the roots where the sign changes (and the sign of `poly`), and with all roots."""
    lead, factors = poly.sqf_list()
    odd = Poly(1 if lead > 0 else -1, poly.gen, domain=QQ)
    every = Poly(1, poly.gen, domain=QQ)
    for factor, power in factors:
        every = every * factor
        if power % 2:
            odd = odd * factor
    return odd, every


def one_variable(poly: Any, span: Span, strict: bool) -> tuple[Proof | None, Any]:
    """Decide poly >= 0 (> 0) on a range with rational or infinite ends: (proof, None) or (None, a point or None).

    The point is a rational number of the range where the inequality fails.
    """
    ends = _ends(span)
    if ends is None:
        return None, None
    if poly.is_zero:
        return (None, _inside(span)) if strict else (Proof("the zero polynomial"), None)
    if span.whole:
        return _integers(poly, ends, strict)
    low, high = ends
    if low is not None and low == high:
        value = poly.eval(low)
        return (Proof("one point"), None) if value > 0 or (value == 0 and not strict) else (None, low)
    odd, every = _odd_and_all(poly)
    for point in _candidates(odd if not strict else every, span, low, high):
        value = poly.eval(point)
        if value < 0 or (strict and value == 0):
            return None, point
    some = _inside(span, poly)
    if _count(odd, span, low, high, True) or some is None or poly.eval(some) < 0:
        return None, None
    if strict and _count(every, span, low, high, False):
        return None, None
    return Proof("Sturm's theorem: no root of odd multiplicity inside" if not strict else "Sturm's theorem: no root",
                 frozenset({ALGEBRA})), None


def _inside(span: Span, avoid: Poly | None = None) -> Any:
    """A rational point strictly inside (an integer of a range of integers), no root of `avoid`."""
    ends = _ends(span)
    if ends is None:
        return None
    low, high = ends
    if span.whole or low == high:
        return low if low is not None else high if high is not None else Rational(0)
    degree: Any = avoid.degree() if avoid is not None else 1
    for k in range(1, 2 + degree):
        share = Rational(2 * k - 1, 2 * k + 1)
        if low is not None and high is not None:
            point = low + share * (high - low)
        else:
            point = low + k if low is not None else high - k if high is not None else Rational(k)
        if avoid is None or avoid.eval(point) != 0:
            return point
    return None


def _candidates(poly: Any, span: Span, low: Any, high: Any) -> Iterator[Any]:
    """Rational points of the range: ends, exact roots, and one between any two roots."""
    roots = _roots(poly, low, high)
    edges = [edge for pair in roots for edge in pair]
    far = max([abs(edge) for edge in edges if edge not in (oo, -oo)], default=Rational(0)) + 1
    first = low if low is not None else min(-far, (high if high is not None else far) - far)
    last = high if high is not None else max(far, first + far)
    marks = [first, *edges, last]
    middles = [(left + right) / 2 for left, right in pairwise(marks)]
    for point in [first, last, *middles, *edges]:
        if (low is None or point > low or (point == low and not span.low_open)) and (
                high is None or point < high or (point == high and not span.high_open)):
            yield point


def _integers(poly: Any, ends: tuple[Any, Any], strict: bool) -> tuple[Proof | None, Any]:
    """Between two roots the sign is constant, so the integers next to roots and ends decide."""
    low, high = ends
    _, every = _odd_and_all(poly)
    near: set[int] = {int(end) for end in ends if end is not None}
    roots = _roots(every, low, high)
    if len(roots) != (int(every.count_roots(low, high)) if every.degree() > 0 else 0):
        return None, None
    for left, right in roots:
        near.update(range(math.floor(left) - 1, math.ceil(right) + 2))
    near.update((max(near, default=0) + 1, min(near, default=0) - 1))
    tested = sorted(each for each in near if (low is None or each >= low) and (high is None or each <= high))
    for each in tested:
        value = poly.eval(each)
        if value < 0 or (strict and value == 0):
            return None, Rational(each)
    return Proof(f"root isolation: the sign at {len(tested)} integers next to roots and ends decides",
                 frozenset({ALGEBRA})), None


def bernstein(poly: Any, region: Region, strict: bool) -> Proof | None:
    """Show poly >= 0 (> 0) on a box, ends finite and rational or infinite, by subdivision of Bernstein's form."""
    spans = [region.span(symbol) for symbol in poly.gens]
    degrees = poly.degree_list()
    if any(_ends(span) is None for span in spans) or math.prod(d + 1 for d in degrees) > MOST_COEFFICIENTS:
        return None
    both = [place for place, span in enumerate(spans) if span.low == -oo and span.high == oo]
    total = 0
    for signs in product((1, -1), repeat=len(both)):
        halves, flipped = list(spans), poly
        for place, sign in zip(both, signs, strict=True):
            halves[place] = Span(Rational(0), oo, False, True)
            if sign < 0:
                symbol = poly.gens[place]
                flipped = Poly(flipped.as_expr().subs(symbol, -symbol), *poly.gens, domain=QQ)
        boxes = _subdivide(_coefficients(flipped, halves), halves, strict)
        if boxes is None:
            return None
        total += boxes
    return Proof(f"Bernstein coefficients of {total} boxes", frozenset({FLINT, ALGEBRA}))


def _coefficients(poly: Any, spans: list[Span]) -> np.ndarray:
    """Bernstein coefficients: on [a, b] after x = a + (b - a)s, on [a, oo) of (1-s)^d times x = a + s/(1-s)."""
    degrees = poly.degree_list()
    table = np.full([d + 1 for d in degrees], fmpq(0), dtype=object)
    for powers, coefficient in poly.terms():
        table[powers] = fmpq(int(coefficient.p), int(coefficient.q))
    for axis, (degree, span) in enumerate(zip(degrees, spans, strict=True)):
        low, high = _ends(span)
        mirrored = low is None
        start = fmpq(int(high.p), int(high.q)) if mirrored else fmpq(int(low.p), int(low.q))
        step = fmpq(-1 if mirrored else 1)
        if span.finite:
            step = fmpq(int(high.p), int(high.q)) - start
        rows = np.moveaxis(table, axis, 0)
        # Horner's scheme in the new variable, then the change from powers to Bernstein's basis.
        shifted = np.full(rows.shape, fmpq(0), dtype=object)
        for row in rows[::-1]:
            moved = np.full(rows.shape, fmpq(0), dtype=object)
            moved[1:] = shifted[:-1] * step
            shifted = shifted * start + moved
            shifted[0] = shifted[0] + row
        if span.finite:
            rows = np.array([sum((shifted[i] * fmpq(math.comb(j, i), math.comb(degree, i)) for i in range(j + 1)),
                                 start=shifted[0] * fmpq(0)) for j in range(degree + 1)], dtype=object)
        else:
            rows = np.array([shifted[j] * fmpq(1, math.comb(degree, j)) for j in range(degree + 1)], dtype=object)
        table = np.moveaxis(rows.reshape(shifted.shape), 0, axis)
    return table


def _subdivide(table: np.ndarray, spans: list[Span], strict: bool) -> int | None:
    axes = range(table.ndim)
    # A face that belongs to no piece of the region need not be positive, only nonnegative.
    spared = [(span.low_open and span.low != -oo, span.high_open) if span.low != -oo else (span.high_open, True)
              for span in spans]
    ticket, used = count(), 0
    queue: list[Any] = [(0.0, next(ticket), table, [(True, True)] * table.ndim, (0,) * table.ndim)]
    while queue:
        _, _, part, outer, cuts = heapq.heappop(queue)
        used += 1
        least = min(part.flat)
        free = [tuple(edge and spare for edge, spare in zip(edges, spares, strict=True))
                for edges, spares in zip(outer, spared, strict=True)]
        if least > 0 or (least >= 0 and (not strict or _positive_faces(part, free))):
            continue
        corners = [part[tuple(corner)] for corner in product(*((0, size - 1) for size in part.shape))]
        if used > BOXES or any(corner < 0 for corner in corners) or max(cuts) > 30:
            return None
        axis = min((axis for axis in axes if part.shape[axis] > 1), key=lambda axis: cuts[axis], default=None)
        if axis is None:
            return None
        halves = _halves(part, axis)
        for side, half in enumerate(halves):
            edges = [pair if place != axis else ((pair[0], False) if side == 0 else (False, pair[1]))
                     for place, pair in enumerate(outer)]
            deeper = tuple(number + (place == axis) for place, number in enumerate(cuts))
            heapq.heappush(queue, (float(rational(least)), next(ticket), half, edges, deeper))
    return used


def _positive_faces(part: np.ndarray, free: list[Any]) -> bool:
    """Whether coefficients >= 0 make the polynomial positive on each face that counts: one of its own is positive."""
    whole = slice(None)
    for face in product((0, whole, -1), repeat=part.ndim):
        if any((end == 0 and spare[0]) or (end == -1 and spare[1])
               for end, spare in zip(face, free, strict=True) if end != whole):
            continue
        if not any(value > 0 for value in np.asarray(part[face], dtype=object).flat):
            return False
    return True


def _halves(part: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """De Casteljau's algorithm at the middle of one axis."""
    rows = list(np.moveaxis(part, axis, 0))
    left, right = [rows[0]], [rows[-1]]
    while len(rows) > 1:
        rows = [(first + second) * fmpq(1, 2) for first, second in pairwise(rows)]
        left.append(rows[0])
        right.append(rows[-1])
    shape = np.moveaxis(part, axis, 0).shape
    return (np.moveaxis(np.array(left, dtype=object).reshape(shape), 0, axis),
            np.moveaxis(np.array(right[::-1], dtype=object).reshape(shape), 0, axis))
