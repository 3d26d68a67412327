"""The Bayes risk and what bounds a sampler's risk through it alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof
from theory.quadrature import on_pieces

if TYPE_CHECKING:
    import sympy


def _margin() -> sympy.Expr:
    from sympy import Abs

    eta = positive("eta")
    # How much likelier the likelier label is than the other one.
    return Abs(eta - (1 - eta))


def _bayes_risk() -> sympy.Expr:
    from sympy import expand, solve

    margin, unlikely = positive("margin, unlikely")
    (risk,) = solve((1 - unlikely) - unlikely - margin, unlikely)
    return expand(risk)


def _cover_hart() -> sympy.Expr:
    from sympy import factor

    bayes_risk, c = positive("bayes_risk, c")
    # P(two independent draws differ) is concave in P(one label), so by Jensen's inequality its average over x
    # is at most its value where that probability is the average, the Bayes risk.
    law = (bayes_risk, 1 - bayes_risk)
    differ = sum(p * (1 - p) for p in law)
    return c * bayes_risk * factor(differ / (2 * bayes_risk))


def _cover_hart_multiclass() -> sympy.Expr:
    from sympy import Poly, factor

    bayes_risk, classes, c = positive("bayes_risk, classes, c")
    # With the top probability 1 - bayes_risk given, sum p^2 is least when the other classes are equal, and
    # the result is concave in bayes_risk, as above.
    others = classes - 1
    differ = 1 - (1 - bayes_risk) ** 2 - others * (bayes_risk / others) ** 2
    quadratic, linear, _ = Poly(differ, bayes_risk).all_coeffs()
    return bayes_risk * (linear + c * factor(quadratic) * bayes_risk)


MARGIN = Formula("margin", ("eta",), _margin, "definition")
"""|2 eta - 1|."""

BAYES_RISK = Formula("Bayes risk at a point", ("margin",), _bayes_risk, "definition")
"""(1 - g)/2, the probability of the less likely label."""

COVER_HART = Formula("Cover-Hart bound", ("bayes_risk", "c"), _cover_hart, "Cover & Hart 1967, Theorem 1")
"""c L*(1 - L*): c = 2 bounds the sampler's risk with two classes."""

COVER_HART_MULTICLASS = Formula(
    "Cover-Hart bound for several classes",
    ("bayes_risk", "classes", "c"),
    _cover_hart_multiclass,
    "Cover & Hart 1967 (M categories)",
)
"""L*(2 - c L* K/(K - 1)): c = 1 bounds the sampler's risk with K classes."""


def _bayes_risk_classes() -> sympy.Expr:
    from sympy import solve

    top, wrong = positive("top, wrong")
    (risk,) = solve(wrong + top - 1, wrong)
    return risk


def _bayes_risk_gaussians() -> sympy.Expr:
    from sympy import Symbol, erfc, exp, integrate, oo, pi, simplify, sqrt

    distance, x = positive("distance"), Symbol("x", real=True)
    # Beyond the midpoint the density of the mean at 0 is the smaller one; before it, the mirror image is.
    beyond = integrate(exp(-(x**2) / 2) / sqrt(2 * pi) / 2, (x, distance / 2, oo))
    return simplify(2 * beyond).rewrite(erfc)


def _bayes_risk_laplace() -> sympy.Expr:
    from sympy import Symbol, exp, integrate, oo

    distance, x = positive("distance"), Symbol("x", positive=True)
    return 2 * integrate(exp(-x) / 4, (x, distance / 2, oo))


def _piece(term: str) -> Any:
    """A mean over a piece of the circle, on which eta runs from start to end at a constant rate."""
    from sympy import Rational, factor, integrate, sympify

    start, end, eta = positive("start, end, eta")
    half, rate = Rational(1, 2), end - start
    total = {
        "below": lambda: integrate(eta, (eta, start, end)),
        "above": lambda: integrate(1 - eta, (eta, start, end)),
        "crossing": lambda: integrate(eta, (eta, start, half)) + integrate(1 - eta, (eta, half, end)),
        "sampler": lambda: integrate(2 * eta * (1 - eta), (eta, start, end)),
    }[term]()
    return factor(sympify(total) / rate)


BAYES_RISK_CLASSES = Formula("Bayes risk of several classes", ("top",), _bayes_risk_classes, "definition")
"""1 - E top, for the probability of the likeliest class."""

BAYES_RISK_GAUSSIANS = Formula("Bayes risk of two Gaussians", ("distance",), _bayes_risk_gaussians)
"""Phi(-d/2) = erfc(d/(2 sqrt 2))/2: unit covariance, equal weights, means at distance d."""

BAYES_RISK_LAPLACE = Formula("Bayes risk of two Laplace laws", ("distance",), _bayes_risk_laplace)
"""exp(-d/2)/2: densities exp(-|x|)/2 and its translate by d, equal weights."""

BAYES_RISK_PIECE_BELOW = Formula("Bayes risk below 1/2", ("start", "end"), partial(_piece, "below"))
"""(a + b)/2: the mean of min(eta, 1 - eta) where eta runs from a to b at a constant rate, both at most 1/2."""

BAYES_RISK_PIECE_ABOVE = Formula("Bayes risk above 1/2", ("start", "end"), partial(_piece, "above"))
"""1 - (a + b)/2: the same, both at least 1/2."""

BAYES_RISK_PIECE_CROSSING = Formula("Bayes risk across 1/2", ("start", "end"), partial(_piece, "crossing"))
"""(1/2 - a^2 - (1 - b)^2)/(2 (b - a)): the same, for a < 1/2 < b."""

SAMPLER_RISK_PIECE = Formula("sampler's risk on a piece", ("start", "end"), partial(_piece, "sampler"))
"""a + b - 2 (a^2 + a b + b^2)/3: the mean of 2 eta (1 - eta) where eta runs from a to b at a constant rate."""


def _line(distance: Any, density: Callable[[Any], Any]) -> dict[str, Any]:
    """The law of x, on a table of nodes: half each of a density on the line and its translate by the distance."""
    import numpy as np

    gap = float(distance)
    cuts = np.unique([-40.0, -8.0, -4.0, 0.0, *np.linspace(0, gap, 9), gap + 4, gap + 8, gap + 40])
    x, widths = on_pieces(cuts, 80)
    mass = widths * (density(x) + density(x - gap)) / 2
    # Where both densities are 0 in floats, eta has no value.
    return {"X": (mass[mass > 0], {"x": x[mass > 0]})}


def _gaussians(distance: Any) -> dict[str, Any]:
    import numpy as np

    return _line(distance, lambda u: np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi))


def _laplaces(distance: Any) -> dict[str, Any]:
    import numpy as np

    return _line(distance, lambda u: np.exp(-np.abs(u)) / 2)


def _on_piece(start: Any, end: Any) -> dict[str, Any]:
    """A uniform point of the piece, on a table of nodes on either side of the crossing."""
    low, high = float(start), float(end)
    middle = (0.5 - low) / (high - low) if min(low, high) < 0.5 < max(low, high) else 0.5
    t, widths = on_pieces((0.0, middle, 1.0), 8)
    return {"T": (widths, {"t": t})}


def _proof(name: str, derivation: str, reads: Callable[..., dict[str, Any]] | None = None) -> Proof:
    module = "bayes_risk_circle" if derivation.startswith("piece") else "bayes_risk"
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where, reads)


BAYES_RISK_PROOF = _proof("bayes_risk", "two_classes")
BAYES_RISK_LEAST_PROOF = _proof("bayes_risk_least", "best")
BAYES_RISK_CLASSES_PROOF = _proof("bayes_risk_classes", "classes")
BAYES_RISK_CLASSES_ATTAINED_PROOF = _proof("bayes_risk_classes_attained", "classes_attained")
BAYES_RISK_GAUSSIANS_PROOF = _proof("bayes_risk_gaussians", "gaussians", _gaussians)
BAYES_RISK_LAPLACE_PROOF = _proof("bayes_risk_laplace", "laplace_pair", _laplaces)
BAYES_RISK_PIECE_BELOW_PROOF = _proof("bayes_risk_piece_below", "piece_below", _on_piece)
BAYES_RISK_PIECE_ABOVE_PROOF = _proof("bayes_risk_piece_above", "piece_above", _on_piece)
BAYES_RISK_PIECE_CROSSING_PROOF = _proof("bayes_risk_piece_crossing", "piece_crossing", _on_piece)
SAMPLER_RISK_PIECE_PROOF = _proof("sampler_risk_piece", "piece_sampler", _on_piece)
