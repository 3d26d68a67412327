"""Signs that can be read off a tree: exp is positive, a square is not negative, a product of signs is a sign."""

from __future__ import annotations

from typing import Any

from flint import arb
from sympy import Add, Max, Min, Mul, Pow, Sum, Symbol, oo

from theory import balls
from theory.regions import Region

PLUS, PLUS_OR_ZERO, MINUS, MINUS_OR_ZERO = "+", "0+", "-", "0-"
_OPPOSITE = {PLUS: MINUS, MINUS: PLUS, PLUS_OR_ZERO: MINUS_OR_ZERO, MINUS_OR_ZERO: PLUS_OR_ZERO}
_POSITIVE = frozenset(("exp", "cosh", "erfc", "gamma", "factorial", "beta"))
_NOT_NEGATIVE = frozenset(("Abs", "acos", "binomial"))
_ODD = frozenset(("sinh", "tanh", "atan", "asin", "erf"))


def constant(expression: Any) -> arb | None:
    """A ball around a constant, None if it cannot be evaluated."""
    with balls.bits(256):
        try:
            value = balls.wide(expression, ())()
        except (ValueError, ArithmeticError):
            return None
    return value if value.is_finite() else None


def sign(expression: Any, region: Region) -> str | None:  # noqa: PLR0911
    """The sign of an expression that is certified defined on the region: "+", "0+", "-", "0-", or None: not seen."""
    if not expression.free_symbols:
        return _of_constant(expression)
    if expression in region.conditions:
        return PLUS_OR_ZERO
    if isinstance(expression, Symbol):
        return _of_symbol(expression, region) if expression in region.symbols else None
    if isinstance(expression, Sum):
        return None
    parts = [sign(part, region) for part in expression.args]
    if isinstance(expression, Pow):
        return _of_power(expression, parts[0])
    if isinstance(expression, Mul):
        result = PLUS
        for part in parts:
            if part is None:
                return None
            negative = ("-" in result) != ("-" in part)
            result = ("0" if "0" in result + part else "") + ("-" if negative else "+")
        return result
    if isinstance(expression, (Add, Min)):
        return _all(parts, strict=isinstance(expression, Min))
    if isinstance(expression, Max):
        return PLUS if PLUS in parts else PLUS_OR_ZERO if PLUS_OR_ZERO in parts else None
    name = type(expression).__name__
    if name in _POSITIVE:
        return PLUS
    if name in _NOT_NEGATIVE:
        return PLUS_OR_ZERO
    return parts[0] if name in _ODD else None


def _all(parts: list[str | None], strict: bool) -> str | None:
    """The common sign of parts; a sum (not strict) is positive once one part is, a minimum needs all of them."""
    for plain, weak in ((PLUS, PLUS_OR_ZERO), (MINUS, MINUS_OR_ZERO)):
        if all(part in (plain, weak) for part in parts):
            return plain if (all(part == plain for part in parts) if strict else plain in parts) else weak
        if strict:
            break
    return None


def _of_constant(expression: Any) -> str | None:
    if expression.is_zero:
        return PLUS_OR_ZERO
    value = constant(expression)
    if value is None:
        return None
    return PLUS if value > 0 else MINUS if value < 0 else None


def _of_symbol(symbol: Symbol, region: Region) -> str | None:
    span = region.span(symbol)
    for end, is_open, result in ((span.low, span.low_open, PLUS), (-span.high, span.high_open, MINUS)):
        if end != -oo and (end == 0 or _of_constant(end) == PLUS):
            strict = end != 0 or is_open
            return result if strict else f"0{result}"
    return None


def _of_power(power: Any, base: str | None) -> str | None:
    exponent = power.exp
    if exponent.is_Integer and int(exponent) % 2 == 0:
        return PLUS if exponent < 0 or base in (PLUS, MINUS) else PLUS_OR_ZERO
    if exponent.is_Integer:
        return base if base is None or exponent > 0 else base.replace("0", "")
    if exponent.is_integer and not exponent.is_Rational and base not in (PLUS, PLUS_OR_ZERO):
        # Whole powers of negative numbers are defined too, and change their sign.
        return PLUS_OR_ZERO if exponent.is_even else None
    # The power is certified defined, hence its base is not negative, and positive if the exponent is not.
    return PLUS if base == PLUS or (exponent.is_Rational and exponent < 0) else PLUS_OR_ZERO


def opposite(found: str | None) -> str | None:
    """The sign of minus the expression."""
    return None if found is None else _OPPOSITE[found]
