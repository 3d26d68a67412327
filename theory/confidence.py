"""What a student's risk is with probability 1 - delta: students that minimise disagreement over a finite class."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from theory.concentration import HOEFFDING
from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _radius(events: sympy.Expr) -> sympy.Expr:
    """The excess loss r at which `events` events, each as likely as a mean of m exceeding by r/2, have mass delta."""
    from sympy import Dummy, log, solve

    m, delta = positive("m, delta")
    t, logarithm = Dummy("t", positive=True), Dummy("a", positive=True)
    # exp(-2 m t^2) = delta / events, in logarithms.
    (half,) = solve(-log(HOEFFDING.at(m=m, t=t, c=2)).expand(force=True) - logarithm, t)
    return 2 * half.subs(logarithm, log(events / delta))


def _fresh() -> sympy.Expr:
    eps, b, c, hypotheses = positive("eps, b, c, hypotheses")
    # Every hypothesis may deviate upwards or downwards.
    return b * eps + c * _radius(2 * hypotheses)


def _fresh_sharp() -> sympy.Expr:
    eps, b, c, hypotheses = positive("eps, b, c, hypotheses")
    # Every hypothesis but the best one may look as good as the best one.
    return b * eps + c * _radius(hypotheses - 1)


def _massart() -> sympy.Expr:
    from sympy import Rational, log, solve

    margin, m, delta, c, hypotheses, radius = positive("margin, m, delta, c, hypotheses, radius")
    # Bernstein for a hypothesis of excess risk r: its losses differ from those of f* by at most 1 from 0 and hence 2
    # from their mean, with variance at most r/g0, so it looks as good with probability at most
    # exp(-m r^2 / (2 (r/g0 + 2r/3))).
    exponent = m * radius**2 / (2 * (radius / margin + Rational(2, 3) * radius))
    (best,) = solve(exponent.simplify() - log(hypotheses / delta), radius)
    return c * (best / log(hypotheses / delta)).simplify().expand() * log(hypotheses / delta)


def _massart_sharp() -> sympy.Expr:
    from sympy import Dummy, diff, expand, log, solve, sqrt

    margin, m, delta, c, hypotheses = positive("margin, m, delta, c, hypotheses")
    right, wrong, base = Dummy("p", positive=True), Dummy("q", positive=True), Dummy("x", positive=True)
    # Where a hypothesis disagrees with f*, its loss is larger by 1 with probability p = (1 + g0)/2, else smaller by 1;
    # x = exp(s) makes the mean of x^-difference least.
    moment = right / base + wrong * base
    (best,) = solve(diff(moment, base), base)
    square = expand(cast("sympy.Expr", moment.subs(base, best)) ** 2)
    square = square.subs({right: (1 + margin) / 2, wrong: (1 - margin) / 2})
    # The two disagree on a set of mass at most (excess risk)/g0.
    gain = (1 - sqrt(expand(square))) / margin
    return c * log((hypotheses - 1) / delta) / (m * gain)


FRESH_TEACHERS = Formula(
    "excess risk of a student of fresh eps-samplers, with confidence", ("eps", "hypotheses", "m", "delta", "b", "c"),
    _fresh)
"""b eps + c sqrt(2 ln(2|H| / delta) / m), b = 2, c = 1: exceeded with probability at most delta."""

FRESH_TEACHERS_SHARP = Formula(
    "sharper excess risk of a student of fresh eps-samplers, with confidence",
    ("eps", "hypotheses", "m", "delta", "b", "c"), _fresh_sharp)
"""b eps + c sqrt(2 ln((|H| - 1) / delta) / m), b = 2, c = 1, for |H| >= 2."""

MASSART = Formula("excess risk of a student under a margin", ("margin", "hypotheses", "m", "delta", "c"), _massart)
"""c (2/g0 + 4/3) ln(|H| / delta) / m, c = 1, where the margin is at least g0."""

MASSART_SHARP = Formula(
    "sharper excess risk of a student under a margin", ("margin", "hypotheses", "m", "delta", "c"), _massart_sharp)
"""c (1 + sqrt(1 - g0^2))/g0 ln((|H| - 1) / delta) / m, c = 1, for |H| >= 2."""

FRESH_TEACHERS_PROOF = Proof(
    "student_fresh_teachers", "theory.derivations.confidence:fresh_goal", "theory.derivations.confidence:fresh")
FRESH_TEACHERS_SHARP_PROOF = Proof(
    "student_fresh_teachers_sharp", "theory.derivations.confidence:fresh_sharp_goal",
    "theory.derivations.confidence:fresh_sharp")
