"""A search for points where an inequality fails, each verified exactly or in balls before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq
from sympy import Expr, Sum, Symbol, binomial, factorial

from theory import balls, numbers, polynomials
from theory.domain import Domain
from theory.regions import Region, Span

TRIES = 300
LARGEST_COUNT = 2000
"""Sums, factorials and binomials of larger numbers are exact, and take too long."""


def fails_at(expression: Expr, domain: Domain, point: Mapping[Symbol, Fraction], strict: bool,
             parts: tuple[Expr, ...] = ()) -> str:
    """The value at `point` if it lies in the domain and the inequality certainly fails there; otherwise empty.

    The conditions are verified too: a ball around a condition's value that reaches below 0 is not enough. All
    `parts` must have a value there: the difference of two undefined sides may be a number.
    """
    try:
        if domain.lacks(point):
            return ""
        with numbers.precise():
            values = [numbers.read(point[symbol]) for symbol in domain.symbols]
            names = [symbol.name for symbol in domain.symbols]
            if not all(numbers.compiled(each, names)(*values) >= 0 for each in domain.conditions):
                return ""
            if not all(numbers.ball(numbers.compiled(each, names)(*values)).is_finite() for each in parts):
                return ""
            found = numbers.compiled(expression, names)(*values)
    except (ValueError, ArithmeticError, KeyError, TypeError):
        return ""
    if found < 0 or (strict and isinstance(found, fmpq) and found == 0):
        shown = str(found) if isinstance(found, fmpq) else found.str(8)
        return f"{shown} {'<=' if strict and found == 0 else '<'} 0"
    return ""


def search(expression: Expr, domain: Domain, strict: bool, extra: list[dict[Symbol, Fraction]],
           parts: tuple[Expr, ...] = ()) -> tuple[dict[Symbol, Fraction], str] | None:
    """A verified counterexample and the value there, or None. `extra` are points to try first.

    `parts` are expressions that must have a value at the point.
    """
    counts = any(each.has(Sum, factorial, binomial) for each in (expression, *parts, *domain.conditions))
    whole = [symbol for symbol, span in Region.of(domain).spans if span.whole]
    for point in _points(expression, domain, strict, extra):
        if counts and any(abs(point[symbol]) > LARGEST_COUNT for symbol in whole if symbol in point):
            continue
        if value := fails_at(expression, domain, point, strict, parts):
            return {symbol: Fraction(point[symbol]) for symbol in domain.symbols}, value
    return None


def _points(expression: Expr, domain: Domain, strict: bool, extra: list[Any]) -> Iterator[dict[Symbol, Fraction]]:
    region = Region.of(domain)
    defaults = next(iter(domain.points(1)), None)
    for point in extra:
        if defaults is not None:
            yield {**defaults, **point}
    symbols: Any = tuple(sorted(expression.free_symbols & set(domain.symbols), key=str))
    poly = polynomials.as_product(expression, symbols)
    if poly is not None and len(symbols) == 1 and defaults is not None:
        _, found = polynomials.one_variable(poly, region.span(symbols[0]), strict)
        if found is not None:
            yield {**defaults, symbols[0]: Fraction(int(found.p), int(found.q))}
    yield from region.samples(TRIES)
    yield from domain.points(12 if domain.conditions else 60)
    function = _floating(expression, domain)
    if function is not None:
        yield from _descents(function, region)


def _floating(expression: Expr, domain: Domain) -> Callable[[list[float]], float] | None:
    try:
        with balls.bits(64):
            value = balls.wide(expression, domain.symbols)
    except ValueError:
        return None

    def function(point: Any) -> float:
        with balls.bits(64):
            found = value(*(balls.point(Fraction(float(each))) for each in point))
        return float(found) if found.is_finite() else 1e300

    return function


def _window(span: Span) -> tuple[float, float]:
    low, high = span.bounds()
    least = float(low.p) / float(low.q) if low is not None else None
    most = float(high.p) / float(high.q) if high is not None else None
    if least is None:
        least = (most if most is not None else 0.0) - 32
    return least, most if most is not None else least + 64


def _descents(function: Callable[[list[float]], float], region: Region) -> Iterator[dict[Symbol, Fraction]]:
    """Minima that a global and a local optimiser find, rounded to short rationals and as they are."""
    import warnings

    from scipy.optimize import differential_evolution, minimize

    window = [_window(span) for _, span in region.spans]
    if any(low >= high for low, high in window):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        broad: Any = differential_evolution(function, window, maxiter=25, popsize=8, tol=1e-12, polish=False,
                                            seed=0)  # pyright: ignore[reportCallIssue]
        close = minimize(function, broad.x, method="Nelder-Mead", bounds=window,
                         options={"maxiter": 400, "xatol": 1e-14, "fatol": 1e-300})
    for place in (close.x, broad.x):
        for digits in (10, 1000, 10**6, None):
            values = {}
            for coordinate, (symbol, span) in zip(place, region.spans, strict=True):
                value = Fraction(float(coordinate))
                if span.whole:
                    value = Fraction(round(value))
                values[symbol] = value if digits is None else value.limit_denominator(digits)
            yield values
