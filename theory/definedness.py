"""Is an expression a finite, continuous real function on a whole region?

An identity that SymPy finds holds for generic points. Where both sides are continuous it holds at every point, so
every proof starts here. The tree is walked, and each function's side condition is proved on the region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Add, E, EulerGamma, Integer, Mul, Pow, Rational, Sum, Symbol, oo, pi

from theory.answers import Proof
from theory.regions import Region, Span

if TYPE_CHECKING:
    from theory.prover import Prover

EVERYWHERE = frozenset(("exp", "sin", "cos", "atan", "sinh", "cosh", "tanh", "erf", "erfc", "Abs", "Min", "Max"))
POSITIVE = frozenset(("log", "gamma", "loggamma", "digamma"))


def gap(prover: Prover, expression: Any, region: Region) -> str:
    """Why the expression may be undefined somewhere on the region; empty when it is certainly defined there."""
    if isinstance(expression, (Symbol, Rational)) or expression in (pi, E, EulerGamma):
        known = not isinstance(expression, Symbol) or expression in region.symbols
        return "" if known else f"{expression} has no range"
    if isinstance(expression, Sum):
        return _sum(prover, expression, region)
    # A function of one's own may have any name.
    name = type(expression).__name__ if type(expression).__module__.startswith("sympy.") else ""
    if not isinstance(expression, (Add, Mul, Pow)) and name not in EVERYWHERE | POSITIVE | _CONDITIONS.keys():
        return f"{expression} is not known to be continuous where it is defined"
    for part in expression.args:
        if part.is_extended_real is False or (trouble := gap(prover, part, region)):
            return trouble if part.is_extended_real is not False else f"{part} is not real"
    if isinstance(expression, Pow):
        return _power(prover, expression, region)
    if name in POSITIVE:
        return _need(prover, expression.args[0], region, True, f"{expression} needs")
    return _CONDITIONS[name](prover, expression, region) if name in _CONDITIONS else ""


def _need(prover: Prover, expression: Any, region: Region, strict: bool, what: str) -> str:
    if prover.nonnegative(expression, region, strict) is not None:
        return ""
    return f"{what} {expression} {'>' if strict else '>='} 0, which is not certified"


def nonzero(prover: Prover, expression: Any, region: Region) -> Proof | None:
    """A proof that a defined expression vanishes nowhere."""
    if expression.is_Mul:
        parts = [nonzero(prover, part, region) for part in expression.args]
        return None if any(part is None for part in parts) else Proof("no factor vanishes")
    if isinstance(expression, Pow) and expression.exp.is_Rational:
        return nonzero(prover, expression.base, region)
    return (prover.nonnegative(expression, region, True) or prover.nonnegative(-expression, region, True)
            or (prover.nonnegative(expression**2, region, True)
                if expression.is_polynomial(*expression.free_symbols) else None))


def _power(prover: Prover, power: Any, region: Region) -> str:
    base, exponent = power.args
    if exponent.is_Integer:
        if exponent > 0 or nonzero(prover, base, region) is not None:
            return ""
        return f"{power} needs {base} != 0, which is not certified"
    if exponent.is_Rational and exponent > 0:
        return _need(prover, base, region, False, f"{power} needs")
    if base.is_Rational and base > 0:
        return ""
    # 0^0 = 1 for whole exponents, which have no limit to agree with.
    if exponent.is_integer and prover.nonnegative(exponent, region):
        return ""
    trouble = _need(prover, base, region, True, f"{power} needs")
    if trouble and prover.nonnegative(exponent, region, True) and prover.nonnegative(base, region):
        return ""
    return trouble


def _unit(prover: Prover, node: Any, region: Region) -> str:
    argument = node.args[0]
    return (_need(prover, 1 - argument, region, False, f"{node} needs")
            or _need(prover, 1 + argument, region, False, f"{node} needs"))


def _tangent(prover: Prover, node: Any, region: Region) -> str:
    # One period suffices: an argument in (-pi/2, pi/2) meets no pole.
    half, argument = pi / 2, node.args[0]
    return (_need(prover, half - argument, region, True, f"{node} needs")
            or _need(prover, half + argument, region, True, f"{node} needs"))


def _polygamma(prover: Prover, node: Any, region: Region) -> str:
    order, argument = node.args
    if not (order.is_Integer and order >= 0):
        return f"{node} needs a whole order"
    return _need(prover, argument, region, True, f"{node} needs")


def _beta(prover: Prover, node: Any, region: Region) -> str:
    return (_need(prover, node.args[0], region, True, f"{node} needs")
            or _need(prover, node.args[1], region, True, f"{node} needs"))


def _betainc(prover: Prover, node: Any, region: Region) -> str:
    trouble = _beta(prover, node, region)
    for share in node.args[2:]:
        trouble = trouble or (_need(prover, share, region, False, f"{node} needs")
                              or _need(prover, 1 - share, region, False, f"{node} needs"))
    return trouble


def _counts(prover: Prover, node: Any, region: Region) -> str:
    if not all(argument.is_integer for argument in node.args):
        return f"{node} is read for integers only"
    return _need(prover, node.args[0], region, False, f"{node} needs")


def _sum(prover: Prover, node: Any, region: Region) -> str:
    if len(node.limits) != 1 or len(node.limits[0]) != 3:
        return f"{node} is not a single sum with two limits"
    index, low, high = node.limits[0]
    if not (low.is_integer and high.is_integer) or low.has(oo) or high.has(oo):
        return f"{node} does not have whole, finite limits"
    for end in (low, high):
        if trouble := gap(prover, end, region):
            return trouble
    # A sum whose limits cross is read in two ways: as empty, or as minus the sum between them.
    if trouble := _need(prover, high - low + 1, region, False, f"{node} needs"):
        return trouble
    if index.name in {symbol.name for symbol in region.symbols}:
        return f"the index {index} of a sum is also a variable; rename it"
    # The index keeps the assumptions it has, so its range has to imply them.
    letter = Symbol(index.name, integer=True)
    ranges = Span(Integer(0) if low.is_nonnegative else -oo, oo, not low.is_nonnegative, True, True)
    inner = Region((*region.spans, (letter, ranges)), (*region.conditions, letter - low, high - letter))
    return gap(prover, node.function.xreplace({index: letter}), inner)


_CONDITIONS = {"asin": _unit, "acos": _unit, "tan": _tangent, "polygamma": _polygamma, "beta": _beta,
               "betainc_regularized": _betainc, "factorial": _counts, "binomial": _counts}
