"""Parts of a domain: the same symbols on smaller, larger, opened or closed ranges.

A `Domain` insists that the assumptions of its symbols match their ranges. A proof cuts ranges into pieces and
takes in their ends, with expressions in the old symbols; hence a type of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import arb, fmpq
from sympy import Interval, Rational, Symbol, oo

from theory import numbers
from theory.domain import Domain


@dataclass(frozen=True)
class Span:
    """The range of one variable; infinite ends count as open, `whole` means integers only."""

    low: Any
    high: Any
    low_open: bool = False
    high_open: bool = False
    whole: bool = False

    @property
    def finite(self) -> bool:
        """Whether both ends are finite."""
        return self.low != -oo and self.high != oo

    def closed(self) -> Span:
        """With its finite ends."""
        return replace(self, low_open=self.low == -oo, high_open=self.high == oo)

    def opened(self) -> Span:
        """Without its ends."""
        return replace(self, low_open=True, high_open=True)

    def bounds(self) -> tuple[fmpq | None, fmpq | None]:
        """Rationals that enclose the range, None for an infinite end."""
        return _outward(self.low, -1), _outward(self.high, 1)


def _outward(end: Any, side: int) -> fmpq | None:
    if end in (oo, -oo):
        return None
    with numbers.precise():
        value = numbers.compiled(end, ())()
        if isinstance(value, fmpq):
            return value
        edge = value.lower() if side < 0 else value.upper()
        mantissa, exponent = (int(part) for part in edge.man_exp())
    exact = fmpq(mantissa) * fmpq(2) ** exponent
    # `lower` and `upper` are points, rounded outward; the margin keeps this true whatever a later version does.
    return exact + side * fmpq(1, 2**180) * (abs(exact) + 1)


@dataclass(frozen=True)
class Region:
    """Ranges of variables, and expressions that are not negative."""

    spans: tuple[tuple[Symbol, Span], ...]
    conditions: tuple[Any, ...] = ()

    @classmethod
    def of(cls, domain: Domain) -> Region:
        """The whole domain."""
        spans = []
        for symbol, where in domain.ranges.items():
            if isinstance(where, Interval):
                low_open = bool(where.left_open) or where.inf == -oo
                spans.append((symbol, Span(where.inf, where.sup, low_open, bool(where.right_open) or where.sup == oo)))
            else:
                spans.append((symbol, Span(where.inf, where.sup, False, where.sup == oo, True)))
        return cls(tuple(spans), domain.conditions)

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The variables."""
        return tuple(symbol for symbol, _ in self.spans)

    @property
    def finite(self) -> bool:
        """Whether all ranges are bounded."""
        return all(span.finite for _, span in self.spans)

    def span(self, symbol: Symbol) -> Span:
        """The range of `symbol`; KeyError when there is none."""
        return dict(self.spans)[symbol]

    def where(self, symbol: Symbol, span: Span) -> Region:
        """With another range of `symbol`."""
        return replace(self, spans=tuple((s, span if s == symbol else old) for s, old in self.spans))

    def closed(self) -> Region:
        """With all finite ends."""
        return replace(self, spans=tuple((symbol, span.closed()) for symbol, span in self.spans))

    def relevant(self, symbols: set[Any]) -> Region:
        """Only `symbols`, and what conditions tie to them: a region whose shadow contains this region's."""
        wanted = set(symbols)
        while True:
            tied = [each for each in self.conditions if each.free_symbols & wanted]
            more = wanted.union(*(each.free_symbols for each in tied))
            if more == wanted:
                break
            wanted = more
        return Region(tuple(pair for pair in self.spans if pair[0] in wanted), tuple(tied))

    def boxed(self) -> Region:
        """Without the conditions."""
        return replace(self, conditions=())

    def relaxed(self) -> tuple[Region, dict[Symbol, Symbol]]:
        """Integers replaced by real numbers, and the new symbols (which assume no more than their range implies)."""
        names = {}
        spans = []
        for symbol, span in self.spans:
            if not span.whole:
                spans.append((symbol, span))
                continue
            sign = {"positive": True} if symbol.is_positive else {"nonnegative": True} if symbol.is_nonnegative else {}
            names[symbol] = Symbol(symbol.name, real=True, **sign)
            spans.append((names[symbol], replace(span, whole=False)))
        return Region(tuple(spans), tuple(each.xreplace(names) for each in self.conditions)), names

    def ball(self) -> list[arb]:
        """One ball for each (finite) range, at the present precision, that contains all of it."""
        return [hull(*span.bounds()) for _, span in self.spans]

    def samples(self, count: int, seed: int = 0) -> Iterator[dict[Symbol, Fraction]]:
        """Points of the ranges (conditions are not looked at): ends, close to ends, far out, and random ones."""
        stream = random.Random(seed)
        picks = [_picks(span) for _, span in self.spans]
        for turn in range(count):
            yield {symbol: (stream.choice(edge) if turn % 2 and edge else _random(span, stream))
                   for (symbol, span), edge in zip(self.spans, picks, strict=True)}


def hull(low: Any, high: Any) -> arb:
    """A ball that contains [low, high]; exact where the ends are short dyadic numbers."""
    middle, radius = arb((low + high) / 2), arb((high - low) / 2)
    if middle.is_exact() and radius.is_exact():
        exact = arb(middle, radius)
        if exact.contains(arb(low)) and exact.contains(arb(high)):
            return exact
    return arb(low).union(arb(high))


def fraction(value: fmpq) -> Fraction:
    """An fmpq as a Fraction."""
    return Fraction(int(value.p), int(value.q))


def rational(value: Any) -> Any:
    """A Fraction or fmpq as a SymPy number."""
    if isinstance(value, Fraction):
        return Rational(value.numerator, value.denominator)
    return Rational(int(value.p), int(value.q))


def _inward(span: Span) -> tuple[Fraction | None, Fraction | None]:
    """Rationals between which all points belong to the range (an irrational end moves a little inward)."""
    ends = []
    for end, bound, side in zip((span.low, span.high), span.bounds(), (1, -1), strict=True):
        if bound is None or end.is_Rational:
            ends.append(None if bound is None else fraction(bound))
        else:
            ends.append(fraction(bound) + side * Fraction(1, 2**170) * (abs(fraction(bound)) + 1))
    return ends[0], ends[1]


def _picks(span: Span) -> list[Fraction]:
    low, high = _inward(span)
    picks = []
    if span.whole:
        if low is not None:
            picks = [low + step for step in range(4)] + [low + 2**k for k in range(3, 24)]
        if high is not None:
            picks = [*(each for each in picks if each <= high), *(high - step for step in range(3))]
        return [each for each in picks if (low is None or each >= low) and (high is None or each <= high)]
    if low is not None and not span.low_open:
        picks.append(low)
    if high is not None and not span.high_open:
        picks.append(high)
    scales = [Fraction(1, 2**k) for k in (4, 10, 20, 30)]
    if low is not None and high is not None:
        scales = [(high - low) * scale for scale in scales]
    else:
        scales = [*scales, *(Fraction(2**k) for k in (0, 1, 2, 3, 5, 7, 10, 14, 20))]
    for scale in scales:
        picks += [] if low is None else [low + scale]
        picks += [] if high is None else [high - scale]
        picks += [scale, -scale] if low is None and high is None else []
    return picks


def _random(span: Span, stream: random.Random) -> Fraction:
    low, high = _inward(span)
    if span.whole:
        base = low if low is not None else (high if high is not None else Fraction(0)) - 64
        top = high if high is not None else base + 64
        return Fraction(stream.randint(int(base), int(top)))
    share = Fraction(2 * stream.randrange(2**16) + 1, 2**17)
    if low is not None and high is not None:
        return low + share * (high - low)
    spread = share / (1 - share)
    if low is not None:
        return low + spread
    return high - spread if high is not None else Fraction(stream.choice((-1, 1))) * spread
