"""Inequalities that hold by the shape of one function: a monotone one at two points, a convex one around a mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Add, Dummy, Expr, Pow, Rational, Symbol, acos, asin, cos, expand, pi

from theory.answers import ALGEBRA, Proof
from theory.regions import Region, Span

if TYPE_CHECKING:
    from theory.prover import Prover

INCREASING = frozenset(("exp", "log", "atan", "sinh", "tanh", "erf", "asin"))
DECREASING = frozenset(("erfc", "acos"))
CONVEX = frozenset(("exp", "cosh", "gamma", "loggamma"))
"""Convex on the whole interval where `definedness` lets them be; log is concave there."""


def _terms(expression: Expr) -> list[tuple[Any, Any]]:
    """Pairs of a rational coefficient and the rest."""
    return [term.as_coeff_Mul(rational=True) for term in Add.make_args(expression)]


def _direction(node: Any) -> tuple[Any, Any, int] | None:
    """(which function, its argument, 1 or -1) of a strictly increasing or decreasing function."""
    if isinstance(node, Pow) and isinstance(node.exp, Rational) and not node.exp.is_Integer:
        # Certified defined, so its base is not negative.
        return ("power", node.exp), node.base, 1 if node.exp > 0 else -1
    name = type(node).__name__
    if name in INCREASING or name in DECREASING:
        return name, node.args[0], 1 if name in INCREASING else -1
    return None


def monotone_pair(prover: Prover, expression: Expr, region: Region, strict: bool, depth: int) -> Proof | None:
    """c f(u) - c f(v) for a strictly monotone f has the sign of u - v, or of v - u."""
    terms = _terms(expression)
    if len(terms) != 2 or terms[0][0] != -terms[1][0]:
        return None
    first, second = (_direction(node) for _, node in terms)
    if first is None or second is None or first[0] != second[0]:
        return None
    sign = first[2] if terms[0][0] > 0 else -first[2]
    proof = prover.nonnegative(sign * (first[1] - second[1]), region, strict, depth + 1)
    return None if proof is None else proof.after("one monotone function at two points")


def jensen(expression: Expr, strict: bool) -> Proof | None:
    """A sum of weights times values of a convex function is at least its value at the mean (Jensen)."""
    terms = _terms(expression)
    names = {type(node).__name__ for _, node in terms}
    name = names.pop()
    if strict or names or len(terms) < 3 or not (name in CONVEX or name == "log"):
        return None
    weights = [weight if name in CONVEX else -weight for weight, _ in terms]
    balanced = sum(weights) == 0 and expand(sum(w * node.args[0] for w, (_, node) in zip(weights, terms,
                                                                                         strict=True))) == 0
    if not balanced or len([weight for weight in weights if weight < 0]) != 1:
        return None
    return Proof(f"Jensen's inequality for {name}", frozenset({ALGEBRA}))


def angles(prover: Prover, sides: tuple[Any, Any], region: Region) -> tuple[Any, Any, Region] | None:
    """Both sides and the region with one variable x of some acos(x) or asin(x) written as the cosine of an angle."""
    found = [node.args[0] for side in sides for node in side.atoms(acos, asin) if isinstance(node.args[0], Symbol)]
    for symbol in sorted(found, key=str):
        span = region.span(symbol)
        box = Region(((symbol, span),))
        if any(prover.nonnegative(1 + sign * symbol, box) is None for sign in (1, -1)):
            continue
        angle: Any = Dummy("angle", real=True)
        arcs = {acos(symbol): angle, asin(symbol): pi / 2 - angle}
        left, right, *conditions = (each.xreplace(arcs).xreplace({symbol: cos(angle)})
                                    for each in (*sides, *region.conditions))
        turned = Span(acos(span.high), acos(span.low), span.high_open, span.low_open)
        spans = tuple((angle, turned) if s == symbol else (s, kept) for s, kept in region.spans)
        return left, right, Region(spans, tuple(conditions))
    return None
