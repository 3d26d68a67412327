"""The Bayes risk and what bounds a sampler's risk through it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.formula import Formula, positive

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
