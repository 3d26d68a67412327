"""Inequalities on boxes, in Arb balls that contain a whole box.

`numbers.compiled` is made for points: on a wide ball much of it answers NaN, since the ball's rounding leaves the
function's domain. The table here answers with the range over the part of the ball where the function is real,
so it may be used only for expressions that `definedness` has certified on the region.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from flint import arb, ctx, fmpq
from sympy import Abs, Add, E, EulerGamma, Expr, Max, Min, Mul, Pow, Rational, Symbol, diff, pi, preorder_traversal

from theory import numbers
from theory.regions import Region, hull

BITS = 128
SMOOTH = frozenset((
    "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh",
    "tanh", "erf", "erfc", "gamma", "loggamma", "digamma", "polygamma", "beta", "betainc_regularized"))
"""Functions that are differentiable wherever they and SymPy's derivative are finite."""


@contextmanager
def bits(precision: int) -> Any:
    """Run Arb at `precision` bits."""
    before = ctx.prec
    ctx.prec = precision
    try:
        yield
    finally:
        ctx.prec = before


def _between(low: arb, high: arb) -> arb:
    return low.union(high)


def _increasing(function: Callable[[arb], arb], floor: arb | None = None, top: arb | None = None) -> Any:
    """The range of a monotone function from its values at the ends; the ball is cut to [floor, top]."""

    def wide(x: arb) -> arb:
        if x.is_exact():
            return function(x)
        low, high = x.lower(), x.upper()
        if floor is not None and not low >= floor:
            low = floor
        if top is not None and not high <= top:
            high = top
        return _between(function(low), function(high)) if low <= high else arb("nan")

    return wide


_LOWEST = (arb("1.46"), arb("1.47"), arb("-0.1215"))
"""ln gamma falls left of the first, rises right of the second, and is at least the third on positive numbers."""


def _loggamma(x: arb) -> arb:
    if not x > 0:
        return arb("nan")
    if x.is_exact():
        return x.lgamma()
    ends = _between(x.lower().lgamma(), x.upper().lgamma())
    return ends if x < _LOWEST[0] or x > _LOWEST[1] else ends.union(_LOWEST[2])


def _gamma(x: arb) -> arb:
    return x.gamma() if x.is_exact() or not x > 0 else _loggamma(x).exp()


def _digamma(x: arb) -> arb:
    return _increasing(lambda y: y.digamma())(x) if x > 0 else arb("nan")


def _polygamma(order: arb, x: arb) -> arb:
    whole = order.unique_fmpz()
    if whole is None or not order.is_exact() or whole < 0 or not x > 0:
        return arb("nan")
    if whole == 0:
        return _digamma(x)
    # The series of the polygamma function; the Hurwitz zeta function falls in its second argument.
    scale = arb(whole + 1).gamma() * (-1) ** (int(whole) + 1)
    return scale * _increasing(lambda y: arb(whole + 1).zeta(y))(x)


def _beta(a: arb, b: arb) -> arb:
    return (_loggamma(a) + _loggamma(b) - _loggamma(a + b)).exp()


def _betainc(a: arb, b: arb, low: arb, high: arb) -> arb:
    if not (a > 0 and b > 0 and a.is_exact() and b.is_exact()):
        return arb("nan")
    share = _increasing(lambda x: x.beta_lower(a, b, True), arb(0), arb(1))
    return share(high) - share(low)


def _tangent(x: arb) -> arb:
    return x.sin() / x.cos()


def _root(x: arb) -> arb:
    return _increasing(lambda y: y.sqrt(), arb(0))(x)


def _whole_power(base: arb, exponent: int) -> arb:
    if exponent < 0:
        return 1 / _whole_power(base, -exponent)
    if base.is_exact() or base > 0 or base < 0:
        return base**exponent
    if exponent % 2:
        return _between(base.lower() ** exponent, base.upper() ** exponent)
    return _between(arb(0), base.abs_upper() ** exponent)


def _power(base: arb, exponent: Any) -> arb:
    """base ** exponent for an `fmpq` or a ball; where the exponent is not whole, over the base's nonnegative part."""
    if isinstance(exponent, fmpq):
        if exponent.q == 1:
            return _whole_power(base, int(exponent.p))
        if exponent < 0:
            return 1 / _power(base, -exponent)
        if exponent.q == 2:
            return _whole_power(_root(base), int(exponent.p))
        return _increasing(lambda y: y ** arb(exponent) if y > 0 else arb(0) if y == 0 else arb("nan"), arb(0))(base)
    return (exponent * base.log()).exp() if base > 0 else arb("nan")


def _extreme(method: str) -> Callable[..., arb]:
    def extreme(first: arb, *rest: arb) -> arb:
        for other in rest:
            if not (first.is_finite() and other.is_finite()):
                return arb("nan")
            first = getattr(first, method)(other)
        return first

    return extreme


WIDE: dict[str, Any] = {
    "exp": _increasing(lambda x: x.exp()),
    "log": _increasing(lambda x: x.log() if x > 0 else arb("nan")),
    "sin": lambda x: x.sin(), "cos": lambda x: x.cos(), "tan": _tangent,
    "asin": _increasing(lambda x: x.asin(), arb(-1), arb(1)),
    "acos": _increasing(lambda x: x.acos(), arb(-1), arb(1)),
    "atan": _increasing(lambda x: x.atan()), "sinh": _increasing(lambda x: x.sinh()),
    "cosh": lambda x: x.cosh() if x.is_exact() else _between(x.abs_lower().cosh(), x.abs_upper().cosh()),
    "tanh": _increasing(lambda x: x.tanh()),
    "erf": _increasing(lambda x: x.erf()), "erfc": _increasing(lambda x: x.erfc()),
    "gamma": _gamma, "loggamma": _loggamma, "digamma": _digamma, "polygamma": _polygamma,
    "beta": _beta, "betainc_regularized": _betainc,
    "factorial": lambda n: _gamma(n + 1),
    "Abs": abs, "Min": _extreme("min"), "Max": _extreme("max"),
}
"""Ranges of functions over balls."""

_POINTS = ("digamma", "polygamma", "beta", "betainc_regularized")
for _name in _POINTS:
    numbers.FUNCTIONS.setdefault(
        _name, lambda *values, _wide=WIDE[_name]: _wide(*(numbers.ball(value) for value in values)))


def wide(expression: Expr, symbols: Sequence[Symbol]) -> Callable[..., arb]:
    """A function of one ball for each of `symbols` whose result contains all values of `expression` there.

    Raises ValueError for functions outside `WIDE` and for other symbols.
    """
    place = {symbol: f"p{index}" for index, symbol in enumerate(symbols)}
    namespace: dict[str, Any] = {"power": _power, **{f"f_{name}": function for name, function in WIDE.items()}}

    def constant(value: Any) -> str:
        namespace[f"c{len(namespace)}"] = value
        return f"c{len(namespace) - 1}"

    def code(node: Any) -> str:
        if isinstance(node, Symbol):
            if node not in place:
                raise ValueError(f"{node} has no range.")
            return place[node]
        if isinstance(node, Rational) or node in (pi, E, EulerGamma):
            with bits(4 * BITS):
                special = {pi: arb.pi, E: arb.const_e, EulerGamma: arb.const_euler}
                return constant(special[node]() if node in special else arb(fmpq(int(node.p), int(node.q))))
        if isinstance(node, (Add, Mul)):
            return "(" + ("+" if isinstance(node, Add) else "*").join(code(each) for each in node.args) + ")"
        if isinstance(node, Pow):
            base, exponent = node.args
            power = (constant(fmpq(int(exponent.p), int(exponent.q))) if isinstance(exponent, Rational)
                     else code(exponent))
            return f"power({code(base)}, {power})"
        name = type(node).__name__
        if name not in WIDE:
            raise ValueError(f"{name} cannot be bounded over a box")
        return f"f_{name}({', '.join(code(each) for each in node.args)})"

    source = f"lambda {', '.join(place.values())}: {code(expression)}"
    return eval(compile(source, "<balls>", "eval"), namespace)


def is_smooth(expression: Expr) -> bool:
    """Whether SymPy's derivative is the derivative wherever both are finite."""
    return all(isinstance(node, (Symbol, Rational, Add, Mul, Pow)) or node in (pi, E, EulerGamma)
               or type(node).__name__ in SMOOTH for node in preorder_traversal(expression)
               ) and not expression.has(Abs, Min, Max)


@dataclass
class Search:
    """What became of a branch and bound: `boxes` used, and the middle of the box that stopped it (None: proved)."""

    boxes: int
    stuck: dict[Symbol, float] | None


def prove(expression: Expr, region: Region, strict: bool, budget: int = 2000, depth: int = 24,
          slopes: bool = True) -> Search | None:
    """Show expression >= 0 (> 0) on the closure of a finite region by bisection; None if it cannot be evaluated.

    `expression` must be certified defined on the closure. Over a box the range is bounded by the tree itself and, if
    the expression is smooth (and `slopes` says that it is defined even where conditions fail), by the mean value
    theorem. The box with the lowest bound is cut first; a box cut
    `depth` times in one direction ends the search.
    """
    symbols = region.symbols
    if not symbols or len(symbols) > 4 or not region.finite:
        return None
    with bits(BITS):
        try:
            value = wide(expression, symbols)
            conditions = [wide(each, symbols) for each in region.conditions]
            gradient = _slopes(expression, symbols) if slopes else None
        except ValueError:
            return None
        start: list[Any] = [span.bounds() for _, span in region.spans]
        ticket, used = count(), 0
        queue: list[Any] = [(0.0, next(ticket), start, (0,) * len(symbols))]
        while queue:
            _, _, box, cuts = heapq.heappop(queue)
            used += 1
            balls = [hull(low, high) for low, high in box]
            if any(condition(*balls) < 0 for condition in conditions):
                continue
            low = _lowest(value, gradient, box, balls, strict)
            if low is None:
                continue
            if used > budget or max(cuts) > depth:
                return Search(used, {symbol: float(arb((low + high) / 2))
                                     for symbol, (low, high) in zip(symbols, box, strict=True)})
            # The relative width of the side: a bounded share of a large range and of a small one count alike.
            widest = max(range(len(box)), key=lambda k: (box[k][1] - box[k][0]) / (start[k][1] - start[k][0])
                         if start[k][1] > start[k][0] else 0)
            left, right = box[widest]
            middle = _short((left + right) / 2, right - left)
            deeper = tuple(number + (place == widest) for place, number in enumerate(cuts))
            for part in ((left, middle), (middle, right)):
                heapq.heappush(queue, (low, next(ticket), [*box[:widest], part, *box[widest + 1:]], deeper))
        return Search(used, None)


def _slopes(expression: Expr, symbols: Sequence[Symbol]) -> list[Callable[..., arb]] | None:
    if not is_smooth(expression):
        return None
    try:
        return [wide(diff(expression, symbol), symbols) for symbol in symbols]
    except ValueError:
        return None


def _lowest(value: Any, slopes: Any, box: Any, balls: list[arb], strict: bool) -> float | None:
    """None where the expression is certainly >= 0 (> 0) on the box, else a guess of its lower bound."""
    whole = value(*balls)
    if whole > 0 or (not strict and whole >= 0):
        return None
    if slopes is not None:
        middles = [arb((low + high) / 2) for low, high in box]
        mean = value(*middles)
        for slope, ball, middle in zip(slopes, balls, middles, strict=True):
            mean += slope(*balls) * (ball - middle)
        if mean > 0 or (not strict and mean >= 0):
            return None
        whole = mean if mean.is_finite() else whole
    return float(whole.lower()) if whole.is_finite() else float("-inf")


def _short(middle: fmpq, width: fmpq) -> fmpq:
    """A dyadic number close to the middle: balls with such ends are exact, so they stay inside [0, oo)."""
    size = int(width.p).bit_length() - int(width.q).bit_length()
    scale = fmpq(2) ** (16 - size)
    return fmpq((middle * scale).floor()) / scale if width > 0 else middle


def point(value: Any) -> arb:
    """A rational number as a ball, at the present precision."""
    return arb(fmpq(value.numerator, value.denominator))
