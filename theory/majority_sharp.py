"""The majority of k samplers, k odd, against the normal law: a constant that can't be lowered.

By the central limit theorem a majority of many votes at margin g = u/sqrt(k) is wrong with probability near Phi(-u).
For every odd k that is an upper bound, so the constant of the normal law serves them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from theory.formula import Formula, positive

if TYPE_CHECKING:
    import sympy

DECIMALS = 6
"""To which the maximum of u Phi(-u), which has no closed form, is rounded up."""


def _normal_tail(u: Any) -> Any:
    from sympy import Symbol, erfc, exp, integrate, oo, pi, simplify, sqrt

    x = Symbol("x", real=True)
    return simplify(integrate(exp(-(x**2) / 2) / sqrt(2 * pi), (x, u, oo))).rewrite(erfc)


def _gaussian() -> sympy.Expr:
    from sympy import sqrt

    margin, k = positive("margin, k")
    # A vote has mean g and variance 1 - g^2 <= 1, so the sum of k votes is near N(k g, k).
    return _normal_tail(margin * sqrt(k))


def peak() -> tuple[sympy.Expr, sympy.Expr]:
    """(u, u Phi(-u)) at the maximum over u >= 0, to 40 digits."""
    from sympy import Symbol, diff, nsolve

    u = Symbol("u", positive=True)
    value = u * _normal_tail(u)
    best = nsolve(diff(value, u), u, 0.75, prec=40)
    return cast("sympy.Expr", best), cast("sympy.Expr", value.subs(u, best).evalf(40))


def _excess() -> sympy.Expr:
    from sympy import Rational, ceiling, sqrt

    k, c = positive("k, c")
    scale = 10**DECIMALS
    return c * Rational(ceiling(peak()[1] * scale), scale) / sqrt(k)


MAJORITY_GAUSSIAN = Formula("normal bound on the majority's error", ("margin", "k"), _gaussian)
"""Phi(-g sqrt(k)) = erfc(g sqrt(k/2))/2, at least MAJORITY_ERROR for odd k."""

MAJORITY_EXCESS_SHARP = Formula("sharp excess risk of the majority", ("k", "c"), _excess)
"""c 0.169972/sqrt(k), c = 1: the maximum of u Phi(-u), rounded up, over sqrt(k)."""
