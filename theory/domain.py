"""Where a statement holds: ranges of its variables, and polynomial conditions between them.

Ranges are SymPy sets: `Interval(0, 1)`, `Interval.Ropen(0, 1)`, `Interval.open(0, oo)`, and `Range(1, oo)` for
integers. A variable's SymPy assumptions are those its range implies and no others: a symbol that is called
positive where 0 is allowed would let SymPy simplify 0**x to 0, which is wrong at one point.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

from flint import arb, fmpq
from sympy import Expr, Interval, Number, Range, Symbol, oo, sympify

from theory import numbers

Set: TypeAlias = Any
Point: TypeAlias = dict[Symbol, Fraction]

_NARROW = 1e-40
_FAR = 64
"""Random points of an unbounded range lie this far out, or at the powers of two of it."""


def variable(name: str, where: Any) -> Symbol:
    """The symbol of this name with exactly the assumptions that its range implies.

    Raises ValueError for a name that is no identifier, and for a range that is empty, or not an Interval or Range of
    real numbers.
    """
    if not name.isidentifier():
        raise ValueError(f"{name!r} is no name of a variable; take letters, digits and _.")
    if not isinstance(where, (Interval, Range)) or where.is_empty or not where.inf.is_extended_real:
        raise ValueError(f"{name} ranges over {where}; give a non-empty sympy Interval, or a Range of integers.")
    low = where.inf
    assumptions: dict[str, bool] = {"real": True}
    if isinstance(where, Range):
        if where.step != 1:
            raise ValueError(f"{name} ranges over {where}; give a Range with steps of 1.")
        assumptions["integer"] = True
    if low > 0 or (low == 0 and isinstance(where, Interval) and where.left_open):
        assumptions["positive"] = True
    elif low == 0:
        assumptions["nonnegative"] = True
    return Symbol(name, **assumptions)


class Domain:
    """Ranges of variables and expressions in them that are not negative.

    Raises ValueError for a symbol whose assumptions differ from those of `variable` (they would let SymPy
    assume more than the range says), for two symbols of one name, and for a condition with other symbols.

    >>> from sympy import Interval
    >>> p, q = variable("p", Interval(0, 1)), variable("q", Interval(0, 1))
    >>> Domain({p: Interval(0, 1), q: Interval(0, 1)}, p - q)
    0 <= p <= 1, 0 <= q <= 1, p - q >= 0
    """

    def __init__(self, ranges: Mapping[Any, Any], *conditions: Any) -> None:
        in_order = dict(sorted(ranges.items(), key=lambda pair: pair[0].name))
        self.ranges: Mapping[Symbol, Set] = MappingProxyType(in_order)
        self.conditions: tuple[Expr, ...] = tuple(dict.fromkeys(sympify(each) for each in conditions))
        for symbol, where in self.ranges.items():
            if symbol != variable(symbol.name, where):
                raise ValueError(f"the symbol {symbol} assumes other things than its range {where} implies; "
                                 "make it with variable(name, range).")
        if len({symbol.name for symbol in self.ranges}) < len(self.ranges):
            raise ValueError(f"two variables of {self} share a name; rename one.")
        for condition in self.conditions:
            unknown = condition.free_symbols - set(self.ranges)
            if unknown:
                raise ValueError(f"the condition {condition} >= 0 speaks of {sorted(map(str, unknown))}, which have no "
                                 "range; add them.")

    def __setattr__(self, name: str, value: object) -> None:
        # Facts hold on their domains, which therefore never change.
        if name in self.__dict__:
            raise AttributeError(f"the {name} of a domain can't be changed; make another domain.")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[object, ...]:
        return Domain, (dict(self.ranges), *self.conditions)

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, Domain) and self.ranges == other.ranges
                and set(self.conditions) == set(other.conditions))

    def __hash__(self) -> int:
        return hash((tuple(self.ranges.items()), frozenset(self.conditions)))

    def __repr__(self) -> str:
        return ", ".join([*(_show(symbol, where) for symbol, where in self.ranges.items()),
                          *(f"{condition} >= 0" for condition in self.conditions)]) or "no variables"

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The variables, by name."""
        return tuple(self.ranges)

    def meet(self, other: Domain) -> Domain:
        """Points of both; a variable of one alone keeps its range.

        Raises ValueError where two variables of one name have different assumptions, or the ranges don't meet.
        """
        ranges = dict(self.ranges)
        for symbol, where in other.ranges.items():
            both = ranges[symbol].intersect(where) if symbol in ranges else where
            if not isinstance(both, (Interval, Range)):
                raise ValueError(f"{symbol} has no value in both {ranges[symbol]} and {where}.")
            ranges[symbol] = both
        return Domain(ranges, *self.conditions, *other.conditions)

    def without(self, symbols: Sequence[Symbol]) -> Domain:
        """The other variables. Only conditions free of `symbols` stay."""
        return Domain({symbol: where for symbol, where in self.ranges.items() if symbol not in symbols},
                      *(each for each in self.conditions if not each.free_symbols & set(symbols)))

    def lacks(self, values: Mapping[Symbol, Any]) -> str:
        """Why a point (a number for every variable) lies outside; empty when it lies inside."""
        for symbol, where in self.ranges.items():
            value = numbers.read(values[symbol])
            if not _inside(value, where):
                return f"{symbol} = {_text(values[symbol])} is not in {_show(symbol, where)}"
        for condition in self.conditions:
            names = [symbol.name for symbol in self.symbols]
            with numbers.precise():
                result = numbers.compiled(condition, names)(*(numbers.read(values[s]) for s in self.symbols))
            # A narrow ball around 0 is all that arithmetic in balls can say of an equality; a wide one says nothing.
            touches = isinstance(result, arb) and result.contains(0) and result.rad() < _NARROW
            if not (result >= 0 or touches):
                return f"{condition} is not certainly >= 0 at {_at(values)}"
        return ""

    def points(self, count: int, seed: int = 0) -> Iterator[Point]:
        """Up to `count` rational points: the ends where they belong, then random ones, fewer if conditions are rare."""
        stream = random.Random(seed)
        ends = [_ends(where) for where in self.ranges.values()]
        found = tries = 0
        while found < count and tries < 200 * count:
            mostly_ends = tries < count // 3
            point = {symbol: stream.choice(edge) if edge and (mostly_ends or stream.random() < 0.1)
                     else _random(where, stream)
                     for (symbol, where), edge in zip(self.ranges.items(), ends, strict=True)}
            tries += 1
            if not self.lacks(point):
                found += 1
                yield point


def _inside(value: Any, where: Set) -> bool:
    if isinstance(where, Range) and not (isinstance(value, fmpq) and value.q == 1):
        return False
    low, high, open_low, open_high = _limits(where)
    return bool((low is None or value > low or (value >= low and not open_low))
                and (high is None or value < high or (value <= high and not open_high)))


@lru_cache(maxsize=256)
def _limits(where: Set) -> tuple[Any, Any, bool, bool]:
    """Both ends, and whether they are left out."""
    can_be_open = isinstance(where, Interval)
    return (_end(where.inf), _end(where.sup), can_be_open and bool(where.left_open),
            can_be_open and bool(where.right_open))


def _end(end: Number) -> Any:
    """An end as an fmpq or ball; None where it is infinite."""
    if end in (oo, -oo):
        return None
    with numbers.precise():
        return numbers.compiled(end, ())()


def _ends(where: Set) -> list[Fraction]:
    ends = []
    for end, is_open in ((where.inf, getattr(where, "left_open", False)), (where.sup, getattr(where, "right_open", 0))):
        if end.is_Rational and not (is_open and isinstance(where, Interval)):
            ends.append(Fraction(int(end.p), int(end.q)))
    return ends


def _random(where: Set, stream: random.Random) -> Fraction:
    low = -_FAR if where.inf == -oo else where.inf
    high = max(low, 0) + _FAR if where.sup == oo else where.sup
    if isinstance(where, Range):
        return Fraction(stream.randint(int(low), int(high)))
    if where.sup == oo and stream.random() < 0.2:
        high = low + Fraction(1, 2) ** stream.randint(0, 9)
    # An odd numerator keeps clear of the ends, of halves and of other special points.
    share = Fraction(2 * stream.randrange(2**16) + 1, 2**17)
    ends = [Fraction(str(end)) if isinstance(end, Fraction) or getattr(end, "is_Rational", True)
            else Fraction(float(end)).limit_denominator(10**6) for end in (low, high)]
    return ends[0] + share * (ends[1] - ends[0])


def _show(symbol: Symbol, where: Set) -> str:
    if isinstance(where, Range):
        top = "" if where.sup == oo else f" <= {where.sup}"
        return f"integer {where.inf} <= {symbol}{top}"
    low = "" if where.inf == -oo else f"{where.inf} {'<' if where.left_open else '<='} "
    high = "" if where.sup == oo else f" {'<' if where.right_open else '<='} {where.sup}"
    return f"{low}{symbol}{high}" if low or high else f"real {symbol}"


def ranged(symbol: Symbol, domain: Domain) -> str:
    """A variable and its range in words."""
    return _show(symbol, domain.ranges[symbol])


def _text(value: Any) -> str:
    return value.str(8) if isinstance(value, arb) else str(value)


def _at(values: Mapping[Symbol, Any]) -> str:
    return ", ".join(f"{symbol} = {_text(value)}" for symbol, value in values.items())
