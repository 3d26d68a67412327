"""Inequalities that are equalities somewhere, by derivatives; and those on unbounded ranges.

Balls alone never certify f >= 0 next to a point where f vanishes. There the mean value theorem helps: f vanishes
at an end and grows from it. All rules are one, along one variable q towards a value v: f >= 0 at q = v, and f
does not fall as q leaves v. The region must contain the way from any of its points to q = v.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import (
    Add,
    Expr,
    Integer,
    Mul,
    Poly,
    Rational,
    Symbol,
    diff,
    expand,
    limit,
    nsimplify,
    oo,
    pi,
    simplify,
    sqrt,
)

from theory import balls, signs
from theory.answers import ALGEBRA, DERIVATIVE, LIMIT, Proof
from theory.regions import Region, Span, rational

if TYPE_CHECKING:
    from theory.prover import Prover

TAILS = (1, 2, 4, 8, 16)
_CLIP = 16


def prove_with(prover: Prover) -> Callable[[Expr, Region, bool, int], Proof | None]:
    """The rule of this module for a prover."""

    def prove(expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
        # Polynomials have had their exact methods; cutting them into pieces would only use up the time.
        if not balls.is_smooth(expression) or expression.is_rational_function(*region.symbols):
            return None
        for symbol in region.symbols:
            for side in (1, -1):
                if (proof := monotone(prover, expression, region, symbol, side, strict, depth)) is not None:
                    return proof
        if not strict:
            for symbol in region.symbols:
                for value in _graphs(prover, symbol, region):
                    if (proof := second_order(prover, expression, region, symbol, value, depth)) is not None:
                        return proof
        return split(prover, expression, region, strict, depth)

    return prove


def vanishes(prover: Prover, expression: Any, region: Region) -> bool:
    """Whether an expression is zero on the region: balls at sample points do not object, and SymPy says so."""
    if expression == 0:
        return True
    with balls.bits(balls.BITS):
        try:
            value = balls.wide(expression, region.symbols)
        except ValueError:
            return False
        if any(found > 0 or found < 0 for found in (
                value(*(balls.point(each) for each in sample.values())) for sample in region.samples(12))):
            return False
    # Last, as it may take long.
    return bool(expand(expression) == 0 or simplify(expression) == 0)


def _reaches(prover: Prover, region: Region, q: Symbol, value: Any, depth: int) -> bool:
    """Whether the way from each point to q = value stays in the region, the conditions being affine in q."""
    tied = [each for each in region.conditions if q in each.free_symbols]
    return all(diff(each, q, 2) == 0 and each.is_polynomial(q)
               and prover.nonnegative(each.subs(q, value), region, False, depth + 1) is not None for each in tied)


def monotone(prover: Prover, f: Expr, region: Region, q: Symbol, side: int, strict: bool, depth: int) -> Proof | None:
    """f >= 0 at the low (side 1) or high (side -1) end of q, or in the limit, and f does not fall from there."""
    span = region.span(q)
    end, is_open = (span.low, span.low_open) if side > 0 else (span.high, span.high_open)
    slope = side * diff(f, q)
    whole = region.where(q, replace(span, low_open=False) if side > 0 else replace(span, high_open=False))
    at_end = end not in (oo, -oo) and not prover.gap(f, whole) and _reaches(prover, region, q, end, depth)
    inner = region.where(q, span.opened())
    # The slope first: it is the cheaper part to find false.
    weak = prover.nonnegative(slope, inner, False, depth + 1)
    if weak is None:
        return None
    others = Region(tuple(pair for pair in region.spans if pair[0] != q),
                    tuple(each for each in region.conditions if q not in each.free_symbols))
    trusts = (DERIVATIVE,)
    if at_end:
        start = f.subs(q, end)
        if prover.gap(start, others):
            return None
        first = (Proof("zero at the end", frozenset({ALGEBRA})) if vanishes(prover, start, others)
                 else prover.nonnegative(start, others, strict and not is_open, depth + 1))
    elif region.symbols == (q,) and not region.conditions and (is_open or not strict):
        first, trusts = _limit(f, q, end, side), (DERIVATIVE, LIMIT)
    else:
        return None
    if first is None:
        return None
    at_zero = first.method == "zero at the end"
    positive = strict and at_end and not at_zero and prover.nonnegative(f.subs(q, end), others, True, depth + 1)
    if strict and at_zero and not is_open:
        return None
    grows = weak if positive or not strict else prover.nonnegative(slope, inner, True, depth + 1)
    if grows is None:
        return None
    what = f"{'grows' if side > 0 else 'falls'} in {q} and is {first.method} {q} = {end}"
    return grows.after(what, first, trusts=trusts)


def _decays(term: Any, q: Symbol) -> bool:
    """Whether a term is a rational function of q times some exp(-...) or erfc(...) of polynomials that grow."""
    fast = False
    for part in Mul.make_args(term):
        if part.is_rational_function(q):
            continue
        name = type(part).__name__
        argument: Any = part.args[0] if part.args else part
        if name not in ("exp", "erfc") or not argument.is_polynomial(q):
            return False
        poly: Any = Poly(argument, q)
        grows = signs.sign(poly.LC() if name == "erfc" else -poly.LC(), Region(()))
        if poly.degree() < 1 or grows != signs.PLUS:
            return False
        fast = True
    return fast


def _limit(f: Expr, q: Symbol, end: Any, side: int) -> Proof | None:
    """A limit >= 0 at an open end: SymPy's, near which balls find the function too."""
    try:
        # Term by term it is much faster; an infinite term leaves the whole to SymPy.
        value = sum((Integer(0) if end == oo and _decays(term, q) else limit(term, q, end, "+" if side > 0 else "-")
                     for term in Add.make_args(f)), start=Integer(0))
        if not value.is_finite:
            value = limit(f, q, end, "+" if side > 0 else "-")
    except Exception:
        # SymPy's limit raises errors of many types on functions it does not know.
        return None
    if not value.is_finite or value.free_symbols:
        return None
    if not value.is_zero and signs.sign(value, Region(())) != signs.PLUS:
        return None
    with balls.bits(8 * balls.BITS):
        try:
            function, aim = balls.wide(f, (q,)), balls.wide(value, ())()
        except ValueError:
            return None
        for power in (20, 40, 60):
            step = Integer(2)**power
            place = -side * step if end in (oo, -oo) else end + Rational(side) / step
            ball = function(balls.wide(place, ())())
            if ball.is_finite() and abs(ball - aim) < balls.point(Rational(1, 1000)):
                return Proof(f"{value} in the limit", frozenset())
    return None


def second_order(prover: Prover, f: Expr, region: Region, q: Symbol, value: Any, depth: int) -> Proof | None:
    """f = 0 and df/dq = 0 on the graph q = value, and f is convex in q (Taylor's theorem)."""
    span, trouble = region.span(q), prover.gap(f, region)
    first = diff(f, q)
    second = diff(first, q)
    start = f.subs(q, value)
    if trouble or prover.gap(start, region) or not vanishes(prover, start, region):
        return None
    if not vanishes(prover, first.subs(q, value), region):
        return None
    for end, is_open, way in ((span.low, span.low_open, 1), (span.high, span.high_open, -1)):
        if end not in (oo, -oo) and prover.nonnegative(way * (value - end), region, is_open, depth + 1) is None:
            return None
    if not _reaches(prover, region, q, value, depth) or prover.gap(first, region) or prover.gap(second, region):
        return None
    convex = prover.nonnegative(second, region, False, depth + 1)
    if convex is None:
        return None
    return convex.after(f"zero with its slope at {q} = {value}, and convex in {q}", trusts=(DERIVATIVE, ALGEBRA))


def _graphs(prover: Prover, q: Symbol, region: Region) -> Iterator[Any]:
    hint = prover.hints.get(q)
    if hint is not None and q not in hint.free_symbols and hint.free_symbols <= set(region.symbols):
        yield hint
    for other in region.symbols:
        if other != q:
            yield from (other, 1 - other)


def split(prover: Prover, f: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
    """Cut one range in two: at a point where f vanishes, next to an end where it does, or before a tail."""
    if depth > 2:
        return None
    # Ranges without ends first: elsewhere an end may serve, there only a cut makes one.
    for symbol in sorted(region.symbols, key=lambda each: region.span(each).low != -oo or region.span(each).high != oo):
        for value in _cuts(prover, f, region, symbol):
            span = region.span(symbol)
            if not _strictly_inside(value, span) or prover.late():
                continue
            low = region.where(symbol, Span(span.low, value, span.low_open, False))
            high = region.where(symbol, Span(value, span.high, False, span.high_open))
            first, second = (high, low) if span.high == oo else (low, high)
            one = prover.nonnegative(f, first, strict, depth + 1)
            two = prover.nonnegative(f, second, strict, depth + 1) if one is not None else None
            if one is not None and two is not None:
                return one.after(f"cut at {symbol} = {value}: {two.method}, and", two)
    return None


def _strictly_inside(value: Any, span: Span) -> bool:
    return bool((span.low == -oo or (value - span.low).evalf(30) > 1e-20)
                and (span.high == oo or (span.high - value).evalf(30) > 1e-20))


def _cuts(prover: Prover, f: Expr, region: Region, q: Symbol) -> Iterator[Any]:
    span = region.span(q)
    hint = prover.hints.get(q)
    if hint is not None and not hint.free_symbols:
        yield hint
    if span.low == -oo and span.high == oo:
        yield Integer(0)
    if region.symbols == (q,):
        yield from _zeros(prover, f, region, q)
    if span.finite:
        for share in (2, 8, 32):
            yield from (span.low + (span.high - span.low) / share, span.high - (span.high - span.low) / share)
    elif span.low != -oo:
        yield from (span.low + tail for tail in TAILS)
    elif span.high != oo:
        yield from (span.high - tail for tail in TAILS)


def _zeros(prover: Prover, f: Expr, region: Region, q: Symbol) -> Iterator[Any]:
    """Points where the search for a proof gets stuck and f is exactly zero."""
    span = region.span(q)
    near = Span(span.low if span.low != -oo else (span.high if span.high != oo else Integer(0)) - _CLIP,
                span.high if span.high != oo else (span.low if span.low != -oo else Integer(0)) + _CLIP)
    search = balls.prove(f, Region(((q, near),)), False, 300, 40)
    if search is None or search.stuck is None:
        return
    place: float = search.stuck[q]
    near_square, near_pi = (Fraction(place**2).limit_denominator(100), Fraction(place / math.pi).limit_denominator(100))
    for guess in (rational(Fraction(place).limit_denominator(1000)), sqrt(rational(near_square)),
                  -sqrt(rational(near_square)), pi * rational(near_pi),
                  nsimplify(place, tolerance=1e-9, rational=False)):
        if abs(float(guess) - place) < 1e-4 * (1 + abs(place)) and vanishes(prover, f.subs(q, guess), Region(())):
            yield guess
            return
