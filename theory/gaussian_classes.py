"""The Bayes risk of two Gaussian or two Laplace classes whose weights may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory import numbers
from theory.formula import Formula, positive
from theory.proof import Proof
from theory.quadrature import on_pieces

if TYPE_CHECKING:
    import sympy


def _weighted() -> sympy.Expr:
    from sympy import Symbol, erfc, exp, integrate, log, oo, pi, solve, sqrt

    distance, weight, tilt = positive("distance, weight, tilt")
    x, low = Symbol("x", real=True), Symbol("low", real=True)
    # The weighted densities are equal where their logarithms are.
    gap = (log(weight) - log(1 - weight)) * tilt - x**2 / 2 + (x - distance) ** 2 / 2
    (boundary,) = solve(gap.expand(), x)
    tail = integrate(exp(-(x**2) / 2) / sqrt(2 * pi), (x, low, oo)).rewrite(erfc)
    return weight * tail.subs(low, boundary.expand()) + (1 - weight) * tail.subs(low, (distance - boundary).expand())


def _laplace_weighted() -> sympy.Expr:
    from sympy import Symbol, exp, integrate, log, oo, sqrt

    distance, weight = positive("distance, weight")
    x, low = Symbol("x", positive=True), Symbol("low", positive=True)
    # Between the peaks the weighted densities are equal where log(weight) - x = log(1 - weight) - (distance - x);
    # both classes then leave the same tail.
    boundary = (distance + log(weight) - log(1 - weight)) / 2
    tail = integrate(exp(-x) / 2, (x, low, oo))
    ones = (weight * tail.subs(low, boundary)).rewrite(exp).expand(power_exp=True, log=True)
    return 2 * ones.subs(exp(log(weight) / 2), sqrt(weight)).subs(exp(log(1 - weight) / 2), sqrt(1 - weight)).powsimp()


BAYES_RISK_WEIGHTED = Formula("Bayes risk of two weighted Gaussians", ("distance", "weight", "tilt"), _weighted)
"""w Phi(-t) + (1 - w) Phi(t - d) with t = d/2 + tilt ln(w/(1 - w))/d; tilt = 1 is the Bayes risk."""

BAYES_RISK_LAPLACE_WEIGHTED = Formula("Bayes risk of two weighted Laplace laws", ("distance", "weight"),
                                      _laplace_weighted)
"""sqrt(w (1 - w)) exp(-d/2), where neither class is the likelier one everywhere."""


def _laplace_odds() -> sympy.Expr:
    from sympy import Symbol, exp, powsimp

    distance, odds = positive("distance"), Symbol("odds", real=True)
    # The same tails, with the weights exp(odds)/(1 + exp(odds)) and 1/(1 + exp(odds)).
    return powsimp(exp(odds / 2) * exp(-distance / 2)) / (1 + exp(odds))


BAYES_RISK_LAPLACE_ODDS = Formula("Bayes risk of two Laplace laws by their odds", ("distance", "odds"), _laplace_odds)
"""exp((o - d)/2)/(1 + exp(o)), the same with the logarithmic odds o = ln(w/(1 - w))."""


def root(square: Any) -> Any:
    """The square root of a number >= 0: a Fraction where that is rational, else a ball; a float of a float."""
    with numbers.precise():
        return numbers.write(numbers.square_root(numbers.read(square)), numbers.is_float(square))


def on_line(distance: float, weight: float = 0.5) -> dict[str, Any]:
    """The law of x, on a table of nodes: N(0, 1) with the probability `weight`, else N(distance, 1)."""
    import numpy as np

    tie = distance / 2 + np.log(weight / (1 - weight)) / distance if distance > 0 else 0.0
    inner = np.linspace(0, distance, 9) if distance > 0 else [0.0]
    cuts = np.unique([-40.0, -8.0, -4.0, *inner, np.clip(tie, -39, distance + 39), distance + 4, distance + 8,
                      distance + 40])
    x, widths = on_pieces(cuts, 80)
    densities = [np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi) for u in (x, x - distance)]
    mass = widths * (weight * densities[0] + (1 - weight) * densities[1])
    # Where both densities are 0 in floats, eta has no value.
    return {"X": (mass[mass > 0], {"x": x[mass > 0]})}


def laplace_line(distance: float, weight: float) -> dict[str, Any]:
    """The law of x, on a table of nodes: density exp(-|x|)/2 with the probability `weight`, else its translate."""
    import numpy as np

    tie = (distance + np.log(weight / (1 - weight))) / 2
    cuts = np.unique([-40.0, -8.0, 0.0, min(max(tie, 0.0), distance), distance, distance + 8, distance + 40])
    x, widths = on_pieces(cuts, 80)
    densities = [np.exp(-np.abs(u)) / 2 for u in (x, x - distance)]
    return {"X": (widths * (weight * densities[0] + (1 - weight) * densities[1]), {"x": x})}


BAYES_RISK_LAPLACE_WEIGHTED_PROOF = Proof(
    "bayes_risk_laplace_weighted", "theory.derivations.laplace_classes:weighted_goal",
    "theory.derivations.laplace_classes:weighted")
BAYES_RISK_WEIGHTED_PROOF = Proof(
    "bayes_risk_gaussians_weighted", "theory.derivations.gaussian_classes:weighted_goal",
    "theory.derivations.gaussian_classes:weighted")
