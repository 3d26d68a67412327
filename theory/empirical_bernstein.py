"""The empirical Bernstein bound over a finite class, in the two factors that a sample doesn't change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive

if TYPE_CHECKING:
    import sympy


def _logarithm() -> Any:
    from sympy import log

    hypotheses, delta = positive("hypotheses, delta")
    # Two events for every hypothesis, each of probability delta/(2|H|): the mean is far off, the variance is too small.
    return log(2 * hypotheses / delta)


def _deviation() -> sympy.Expr:
    from sympy import sqrt

    n, c = positive("n, c")
    return c * sqrt(2 * _logarithm() / n)


def _remainder() -> Any:
    from sympy import Rational

    n, c = positive("n, c")
    # Bernstein's own logarithm/(3 n), and sqrt(2 logarithm/n) times the root of 2 logarithm/(n - 1) by which the
    # sample's standard deviation may fall short; n is replaced by n - 1.
    return c * (Rational(1, 3) + 2) * _logarithm() / (n - 1)


DEVIATION = Formula("factor of the sample's standard deviation", ("hypotheses", "delta", "n", "c"), _deviation,
                    "Maurer & Pontil 2009, Theorem 4")
"""c sqrt(2 ln(2|H|/delta)/n), c = 1."""

REMAINDER = Formula("remainder of the empirical Bernstein bound", ("hypotheses", "delta", "n", "c"), _remainder,
                    "Maurer & Pontil 2009, Theorem 4")
"""7 c ln(2|H|/delta)/(3 (n - 1)), c = 1."""
