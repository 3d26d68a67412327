"""Interpolating kernel machines whose training points crowd each other little: they answer as 1-NN does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from theory.formula import Formula, positive

if TYPE_CHECKING:
    import sympy


def _margin() -> sympy.Expr:
    from sympy import factor, solve

    largest, crowding, near, rest, c = positive("largest, crowding, near, rest, c")
    # The weights a = y - E a of the interpolant: the largest |a_i| is at most 1 + q largest, and y_i a_i is at least
    # 1 - (c - 1) q largest, c = 2.
    (top,) = solve(1 + crowding * largest - largest, largest)
    least = factor(1 - (c - 1) * crowding * top)
    return cast("sympy.Expr", factor(near * least - rest * top))


def _mismatch() -> sympy.Expr:
    from sympy import cancel, exp, log, solve

    changes, separation, bandwidth, c, p, ratio = positive("changes, separation, bandwidth, c, p, ratio")
    # The points on one side of another weigh at most this: p^(j^2) <= p p^(3(j - 1)).
    beyond = p / (1 - p**3)
    # Weights at x, in units of the nearest one's: the points beyond it, the first on the other side, those beyond.
    rest, crowding = beyond + ratio * (1 + beyond), 2 * beyond
    (sure,) = solve((1 - 2 * crowding) - rest, ratio)
    # ratio = exp(-2 D |x - midpoint|/h), D >= separation: such a stretch for each change of labels.
    stretch = bandwidth / separation * log(1 / cancel(sure))
    return c * changes * stretch.subs(p, exp(-(separation**2) / bandwidth))


KERNEL_MARGIN = Formula("margin of a kernel machine", ("crowding", "near", "rest", "c"), _margin)
"""((1 - c crowding) near - rest)/(1 - crowding), c = 2, bounds y_NN f(x) from below."""

KERNEL_MISMATCH = Formula(
    "how often a kernel machine disagrees with 1-NN", ("changes", "separation", "bandwidth", "c"), _mismatch)
"""c changes (h/s) ln((1 + p - p^3)/(1 - 5p - p^3)), p = exp(-s^2/h), c = 1."""
