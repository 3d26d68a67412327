"""1-NN beyond the circle: on a torus with the largest coordinate as distance, and on any law of the unit cube."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.formula import Formula, positive

if TYPE_CHECKING:
    import sympy


def _distance() -> sympy.Expr:
    from sympy import beta, gamma

    n, dim = positive("n, dim")
    # A point is within t < 1/2 in every coordinate with probability (2t)^dim. With u = (2t)^dim the integral of
    # (1 - (2t)^dim)^n over [0, 1/2] is that of u^(1/dim - 1) (1 - u)^n / (2 dim) over [0, 1].
    return (beta(1 / dim, n + 1) / (2 * dim)).rewrite(gamma)


TORUS_DISTANCE = Formula("expected distance to the nearest of n points of a torus", ("n", "dim"), _distance)
"""B(1/dim, n + 1)/(2 dim), in the largest coordinate; 1/(2(n + 1)) at dim = 1."""


def _gap() -> sympy.Expr:
    lipschitz, c = positive("lipschitz, c")
    return c * lipschitz * TORUS_DISTANCE.expression


TORUS_GAP = Formula("how much eta changes up to the nearest neighbour on a torus", ("lipschitz", "n", "dim", "c"), _gap)
"""c lipschitz B(1/dim, n + 1)/(2 dim), c = 1."""


def _cube() -> sympy.Expr:
    from sympy import sqrt

    bayes_risk, lipschitz, n, dim, b, c = positive("bayes_risk, lipschitz, n, dim, b, c")
    # The cube falls into boxes of side n^(-1/(dim + 1)): a point misses the box of another one seldom, and within a box
    # the distance is at most sqrt(dim) times the side.
    side = n ** (-1 / (dim + 1))
    return b * bayes_risk + c * lipschitz * sqrt(dim) * side


NEIGHBOUR_RISK_CUBE = Formula(
    "risk of 1-NN on a law of the unit cube", ("bayes_risk", "lipschitz", "n", "dim", "b", "c"), _cube,
    source="Shalev-Shwartz & Ben-David 2014, Theorem 19.3")
"""b L* + c lipschitz sqrt(dim) n^(-1/(dim + 1)), b = 2, c = 4."""
