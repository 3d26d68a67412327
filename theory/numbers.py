"""Exact arithmetic for formulas: rationals while they last, Arb balls of 200 bits beyond.

Inside this room a number is a `flint.fmpq` (exact) or a `flint.arb` (a ball certain to contain the true
value). `read` brings a user's number in, `write` hands it back as a `Fraction` or a ball. Floats are read as
the rationals they are, so a float differs from a fraction only in how the result is written.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flint import arb, ctx, fmpq

if TYPE_CHECKING:
    import sympy

PRECISION = 200
"""Bits carried by balls."""

_LARGEST_POWER = 1 << 17
"""Powers whose exact value would need more bits than this become balls."""


@contextmanager
def precise() -> Iterator[None]:
    """Run Arb at `PRECISION` bits and put the caller's precision back afterwards."""
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        yield
    finally:
        ctx.prec = before


def is_float(value: object) -> bool:
    """Whether `value` asks for a result in floating point."""
    return isinstance(value, numbers.Real) and not isinstance(value, numbers.Rational)


def read(value: Any) -> Any:
    """`value` as an `fmpq`, or as the ball it already is.

    Raises TypeError for what is not a real number and ValueError for infinities and NaN.
    """
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, int):
        return fmpq(value)
    if isinstance(value, (arb, fmpq)):
        return value
    if isinstance(value, numbers.Rational):
        return fmpq(int(value.numerator), int(value.denominator))
    if isinstance(value, numbers.Real):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(f"{number} cannot enter a formula; pass a finite number.")
        return fmpq(*number.as_integer_ratio())
    raise TypeError(f"{value!r} is not a real number; pass an int, a Fraction, a float or a flint.arb.")


def write(value: Any, as_float: bool = False) -> Any:
    """An `fmpq` or `arb` as a `Fraction` or `arb`; as a float when `as_float`."""
    if as_float:
        return float(value)
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    return value


def ball(value: Any) -> arb:
    """`value` (`fmpq` or `arb`) as a ball at the current precision."""
    return value if isinstance(value, arb) else arb(value)


def integer(value: Any) -> int:
    """`value` as an int; ValueError when it is not a whole number."""
    if isinstance(value, fmpq) and value.q == 1:
        return int(value.p)
    raise ValueError(f"{value} stands where a formula needs a whole number; pass an integer.")


def square_root(x: Any) -> Any:
    """The square root, rational when `x` is the square of a rational."""
    if isinstance(x, fmpq):
        if x < 0:
            raise ValueError(f"the square root of {x} is not real; keep it at least 0.")
        p, q = int(x.p), int(x.q)
        root_p, root_q = math.isqrt(p), math.isqrt(q)
        if root_p * root_p == p and root_q * root_q == q:
            return fmpq(root_p, root_q)
    return ball(x).sqrt()


def power(base: Any, exponent: Any) -> Any:
    """`base ** exponent`: exact for whole exponents and, where possible, for half-integers; 0**0 = 1."""
    if isinstance(exponent, fmpq):
        if exponent.q == 1:
            whole = int(exponent.p)
            small = isinstance(base, fmpq) and abs(whole) * int(base.height_bits()) <= _LARGEST_POWER
            if not small and base == 0 and whole < 0:
                raise ZeroDivisionError("0 to a negative power")
            return base**whole if small else ball(base) ** whole
        if exponent.q == 2:
            return power(square_root(base), 2 * exponent)
    if isinstance(base, fmpq):
        if base == 1 or (base == 0 and exponent > 0):
            return base
        if base <= 0:
            raise ValueError(f"{base} to the power {exponent} is not a real number.")
    return ball(base) ** ball(exponent)


def _binomial(n: Any, k: Any) -> Any:
    whole_n, whole_k = integer(n), integer(k)
    if whole_n < 0:
        raise ValueError(f"binomial({whole_n}, {whole_k}) is read for n >= 0 only.")
    return fmpq(math.comb(whole_n, whole_k) if whole_k >= 0 else 0)


def _gamma(x: Any) -> Any:
    if isinstance(x, fmpq) and x.q == 1 and 0 < x <= 1000:
        return fmpq(math.factorial(int(x.p) - 1))
    return ball(x).gamma()


def _log(x: Any) -> Any:
    if isinstance(x, fmpq):
        if x <= 0:
            raise ValueError(f"the logarithm of {x} is not real; keep it above 0.")
        if x == 1:
            return fmpq(0)
    return ball(x).log()


def _sum(term: Callable[[Any], Any], low: Any, high: Any) -> Any:
    return sum((term(fmpq(j)) for j in range(integer(low), integer(high) + 1)), fmpq(0))


def _extreme(method: str) -> Callable[..., Any]:
    choose = max if method == "max" else min

    def extreme(*values: Any) -> Any:
        if all(isinstance(value, fmpq) for value in values):
            return choose(values)
        result = ball(values[0])
        for value in values[1:]:
            result = getattr(result, method)(ball(value))
        return result

    return extreme


def _ball_function(method: str, at_zero: int | None) -> Callable[[Any], Any]:
    """The Arb function `method`, with its rational value at 0 if it has one."""

    def function(x: Any) -> Any:
        if at_zero is not None and isinstance(x, fmpq) and x == 0:
            return fmpq(at_zero)
        return getattr(ball(x), method)()

    return function


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": _ball_function("exp", 1),
    "sin": _ball_function("sin", 0),
    "cos": _ball_function("cos", 1),
    "tan": _ball_function("tan", 0),
    "asin": _ball_function("asin", 0),
    "acos": _ball_function("acos", None),
    "atan": _ball_function("atan", 0),
    "sinh": _ball_function("sinh", 0),
    "cosh": _ball_function("cosh", 1),
    "tanh": _ball_function("tanh", 0),
    "erf": _ball_function("erf", 0),
    "erfc": _ball_function("erfc", 1),
    "loggamma": _ball_function("lgamma", None),
    "log": _log,
    "gamma": _gamma,
    "factorial": lambda n: fmpq(math.factorial(integer(n))),
    "binomial": _binomial,
    "Abs": abs,
    "Min": _extreme("min"),
    "Max": _extreme("max"),
}
"""SymPy functions a formula may contain, by name; modules named in `TAUGHT` add theirs when they are imported."""

TAUGHT = {
    **dict.fromkeys(("digamma", "polygamma", "beta", "betainc_regularized"), "theory.balls"),
    **dict.fromkeys(("hyper", "TupleArg"), "theory.neighbours"),
    "Indicator": "theory.expressions",
}
"""Function -> the module that says how it is evaluated."""


def compiled(expression: sympy.Expr, parameters: Sequence[str]) -> Callable[..., Any]:
    """A function of `parameters` (positional, `fmpq` or `arb`) that evaluates `expression`.

    The tree is turned into Python source once, since a search evaluates it thousands of times. Raises
    ValueError for a symbol that is not among `parameters` and for a function outside `FUNCTIONS`.
    """
    return _compiled(expression, tuple(parameters))


@lru_cache(maxsize=4096)
def _compiled(expression: sympy.Expr, parameters: tuple[str, ...]) -> Callable[..., Any]:
    import sympy

    names = {name: f"p{index}" for index, name in enumerate(parameters)}
    namespace: dict[str, Any] = {"power": power, "total": _sum, **FUNCTIONS}

    def constant(value: Any) -> str:
        name = f"c{len(namespace)}"
        namespace[name] = value
        return name

    def code(node: Any, scope: dict[str, str]) -> str:
        if isinstance(node, sympy.Symbol):
            if node.name not in scope:
                raise ValueError(f"symbol {node.name} is not one of the parameters {', '.join(parameters)}.")
            return scope[node.name]
        if isinstance(node, sympy.Rational):
            return constant(fmpq(int(node.p), int(node.q)))
        if node is sympy.pi or node is sympy.E:
            with precise():
                return constant(arb.pi() if node is sympy.pi else arb.const_e())
        if isinstance(node, sympy.Sum):
            if len(node.limits) != 1 or len(node.limits[0]) != 3:
                raise ValueError(f"{node} is not a single sum with two limits, so it cannot be evaluated.")
            index, low, high = node.limits[0]
            inner: Any = node.function.free_symbols
            if any(other.name == index.name and other != index for other in inner):
                raise ValueError(f"the index of {node} is also the name of another symbol in it; rename one.")
            inner = f"j{len(scope)}"
            term = code(node.function, {**scope, index.name: inner})
            return f"total(lambda {inner}: {term}, {code(low, scope)}, {code(high, scope)})"
        arguments = [code(argument, scope) for argument in node.args]
        if isinstance(node, sympy.Add):
            return f"({'+'.join(arguments)})"
        if isinstance(node, sympy.Mul):
            return f"({'*'.join(arguments)})"
        if isinstance(node, sympy.Pow):
            return f"power({', '.join(arguments)})"
        name = type(node).__name__
        if name not in FUNCTIONS and name in TAUGHT:
            import_module(TAUGHT[name])
            namespace[name] = FUNCTIONS[name]
        if name not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise ValueError(
                f"{name} in {node} is not a function a formula may use; the known ones are {known}."
            )
        return f"{name}({', '.join(arguments)})"

    source = f"lambda {', '.join(names.values())}: {code(expression, names)}"
    return eval(compile(source, "<formula>", "eval"), namespace)
