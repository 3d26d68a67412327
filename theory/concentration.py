"""Deviations of means, and what they give for empirical risk minimisation over a finite class.

All of it rests on one fact: a variable X in [0, 1] has ln E exp(s (X - E X)) <= s^2 / 8 (Hoeffding's lemma),
that is, it is sub-Gaussian with variance proxy 1/4, and proxies of independent terms add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from theory.formula import Formula
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def maximal(proxy: sympy.Expr, hypotheses: sympy.Expr) -> sympy.Expr:
    """Bound on the expected maximum of `hypotheses` centred sub-Gaussian variables of variance `proxy`.

    E max <= (ln hypotheses) / s + s proxy / 2 for every s > 0 (Jensen, then a sum in place of the maximum);
    returned at the minimising s (Boucheron, Lugosi & Massart 2013, Theorem 2.5).
    """
    from sympy import Dummy, diff, log, simplify, solve

    s, logarithm, variance = Dummy("s", positive=True), Dummy("a", positive=True), Dummy("v", positive=True)
    exponent = logarithm / s + s * variance / 2
    (best,) = solve(diff(exponent, s), s)
    least = simplify(exponent.subs(s, best))
    return cast("sympy.Expr", least.subs({variance: proxy, logarithm: log(hypotheses)}))


def _hoeffding() -> sympy.Expr:
    from sympy import Symbol, diff, exp, simplify, solve

    m, t, c, s = (Symbol(name, positive=True) for name in ("m", "t", "c", "s"))
    # c = 2 is the variance proxy 1 / (2c) = 1/4 of a variable in [0, 1].
    exponent = m * (s**2 / (2 * c) / 2 - s * t)
    (best,) = solve(diff(exponent, s), s)
    return exp(simplify(exponent.subs(s, best)))


HOEFFDING = Formula(
    "Hoeffding's inequality",
    ("m", "t", "c"),
    _hoeffding,
    source="Hoeffding 1963, Theorem 1, (2.3) with c = 2",
)
"""Bound on P(mean of m independent variables in [0, 1] >= its expectation + t): exp(-c m t^2), c = 2."""


def _uniform_deviation() -> sympy.Expr:
    from sympy import Rational, Symbol

    m, c, hypotheses = (Symbol(name, positive=True) for name in ("m", "c", "hypotheses"))
    # |empirical - true| is a maximum over both signs, hence 2|H|, and ERM pays it twice.
    return c * 2 * maximal(Rational(1, 4) / m, 2 * hypotheses)


FINITE_CLASS_ERM = Formula(
    "excess risk of ERM over a finite class",
    ("hypotheses", "m", "c"),
    _uniform_deviation,
    source="Shalev-Shwartz & Ben-David 2014, Corollary 4.6, in expectation",
)
"""c sqrt(2 ln(2|H|) / m), c = 1: twice the expected uniform deviation."""


def _one_sided_deviation() -> sympy.Expr:
    from sympy import Rational, Symbol

    m, c, hypotheses = (Symbol(name, positive=True) for name in ("m", "c", "hypotheses"))
    return c * maximal(Rational(1, 4) / m, hypotheses)


FINITE_CLASS_ERM_SHARP = Formula(
    "sharper excess risk of ERM over a finite class", ("hypotheses", "m", "c"), _one_sided_deviation
)
"""c sqrt(ln|H| / (2m)), c = 1: only the student's own deviation counts, and only upwards."""


def _realizable_radius() -> sympy.Expr:
    from sympy import Symbol, exp, solve

    m, c, delta, hypotheses, radius = (
        Symbol(name, positive=True) for name in ("m", "c", "delta", "hypotheses", "radius")
    )
    # A hypothesis of risk r survives m points with probability (1 - r)^m < exp(-m r).
    (solution,) = solve(hypotheses * exp(-m * radius) - delta, radius)
    return c * solution


REALIZABLE_RADIUS = Formula(
    "risk of a consistent hypothesis",
    ("hypotheses", "delta", "m", "c"),
    _realizable_radius,
    source="Shalev-Shwartz & Ben-David 2014, Corollary 2.3",
)
"""c ln(|H| / delta) / m, c = 1: exceeded by a consistent hypothesis with probability at most delta."""


HOEFFDING_PROOF = Proof(
    "Hoeffding's inequality", "theory.derivations.concentration:hoeffding_goal",
    "theory.derivations.concentration:hoeffding"
)
FINITE_CLASS_ERM_PROOF = Proof(
    "finite_class_erm", "theory.derivations.students:erm_goal", "theory.derivations.students:erm"
)
FINITE_CLASS_ERM_SHARP_PROOF = Proof(
    "finite_class_erm_sharp", "theory.derivations.students:erm_sharp_goal", "theory.derivations.students:erm_sharp"
)

REALIZABLE_PROOF = Proof(
    "finite_class_erm_realizable", "theory.derivations.realizable:goal", "theory.derivations.realizable:derive"
)
