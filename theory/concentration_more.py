"""Tails from a mean, a variance or both: Markov, Chebyshev, Cantelli, Chernoff, Bernstein, empirical Bernstein.

`theory.concentration` has Hoeffding's inequality, which knows the range alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _markov() -> sympy.Expr:
    from sympy import solve

    mean, a, c, tail = positive("mean, a, c, tail")
    # What reaches a contributes at least a: mean >= a tail.
    (largest,) = solve(mean - a * tail, tail)
    return c * largest


def _chebyshev() -> sympy.Expr:
    variance, t, c = positive("variance, t, c")
    return MARKOV.at(mean=variance, a=t**2, c=c)


def _cantelli() -> sympy.Expr:
    from sympy import cancel, diff, solve, sqrt

    variance, t, c, shift = positive("variance, t, c, shift")
    # 1{u >= t} <= ((u + shift)/(t + shift))^2 for every shift >= 0, and E u = 0.
    raised = (variance + shift**2) / (t + shift) ** 2
    (best,) = solve(diff(raised, shift), shift)
    return cancel(raised.subs(shift, best)).subs(t, sqrt(c) * t)


def _chernoff() -> Any:
    from sympy import diff, exp, expand, factor, log, solve

    m, mean, level, c, s = positive("m, mean, level, c, s")
    # A coin has the largest moments: ln E exp(s Z) <= ln(1 - mean + mean e^s); here s stands for e^s.
    exponent = log(1 - mean + mean * s) - level * log(s)
    (best,) = solve(diff(exponent, s), s)
    # The logarithms of 1/(1 - level) and of the best s, apart: the least exponent is -KL(level, mean).
    rest = log(1 - mean) - log(1 - level)
    if factor(1 - mean + mean * best - (1 - mean) / (1 - level)) != 0:
        raise ArithmeticError(f"the moment at the best exponent, {best}, is (1 - mean)/(1 - level)")
    ratio = log(level) - log(mean) + rest
    if factor(best - level * (1 - mean) / (mean * (1 - level))) != 0:
        raise ArithmeticError(f"the best exponent, {best}, has other factors")
    return exp(c * m * expand(rest - level * ratio))


def _chernoff_multiplicative() -> Any:
    from sympy import diff, exp, factor, log, solve

    m, mean, ratio, c, s = positive("m, mean, ratio, c, s")
    # ln(1 - mean + mean e^s) <= mean (e^s - 1), as for a Poisson variable; s stands for e^s.
    exponent = mean * (s - 1) - ratio * mean * log(s)
    (best,) = solve(diff(exponent, s), s)
    return exp(c * m * factor(exponent.subs(s, best)))


def _bernstein() -> Any:
    from sympy import cancel, exp

    m, t, variance, b, c, s = positive("m, t, variance, b, c, s")
    # ln E exp(s Z) <= s^2 variance / (2 (1 - s b / 3)) for a centred Z <= b and s b < 3.
    exponent = s**2 * variance / (2 * (1 - s * c * b / 3)) - s * t
    # Not the minimum over s but close to it, and simple.
    return exp(m * cancel(exponent.subs(s, t / (variance + c * b * t / 3))))


def _empirical_bernstein() -> sympy.Expr:
    from sympy import log, sqrt

    variance, m, delta, c = positive("variance, m, delta, c")
    # Bernstein's inequality at delta/2, and at delta/2 the deviation of the empirical standard deviation.
    logarithm = log(2 / delta)
    return sqrt(2 * variance * logarithm / m) + c * logarithm / (3 * (m - 1))


MARKOV = Formula("Markov's inequality", ("mean", "a", "c"), _markov)
"""c mean/a, c = 1: bounds P(Z >= a) for Z >= 0."""

CHEBYSHEV = Formula("Chebyshev's inequality", ("variance", "t", "c"), _chebyshev)
"""c variance/t^2, c = 1: bounds P(|Z - E Z| >= t)."""

CANTELLI = Formula("Cantelli's inequality", ("variance", "t", "c"), _cantelli, "Cantelli 1928")
"""variance/(variance + c t^2), c = 1: bounds P(Z - E Z >= t)."""

CHERNOFF = Formula("Chernoff's bound", ("m", "mean", "level", "c"), _chernoff, "Hoeffding 1963, Theorem 1, (2.1)")
"""exp(-c m KL(level, mean)), c = 1: bounds P(mean of m variables in [0, 1] >= level) for level >= mean."""

CHERNOFF_MULTIPLICATIVE = Formula("multiplicative Chernoff bound", ("m", "mean", "ratio", "c"),
                                  _chernoff_multiplicative)
"""exp(-c m mean (ratio ln(ratio) - ratio + 1)), c = 1: bounds the tail beyond ratio times the mean, on either side."""

BERNSTEIN = Formula("Bernstein's inequality", ("m", "t", "variance", "b", "c"), _bernstein,
                    "Boucheron, Lugosi & Massart 2013, (2.10)")
"""exp(-m t^2/(2 (variance + c b t/3))), c = 1: bounds P(mean of m variables >= expectation + t)."""

EMPIRICAL_BERNSTEIN_RADIUS = Formula("empirical Bernstein radius", ("variance", "m", "delta", "c"),
                                     _empirical_bernstein, "Maurer & Pontil 2009, Theorem 4")
"""sqrt(2 V ln(2/delta)/m) + c ln(2/delta)/(3 (m - 1)), c = 7, V the sample variance with divisor m - 1."""


def _proof(name: str, module: str, derivation: str) -> Proof:
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where)


MARKOV_PROOF = _proof("Markov's inequality", "moments", "markov")
CHEBYSHEV_PROOF = _proof("Chebyshev's inequality", "moments", "chebyshev")
CANTELLI_PROOF = _proof("Cantelli's inequality", "moments", "cantelli")
CHERNOFF_PROOF = _proof("Chernoff's bound", "chernoff", "chernoff")
CHERNOFF_UPPER_PROOF = _proof("multiplicative Chernoff bound", "chernoff", "upper")
CHERNOFF_LOWER_PROOF = _proof("multiplicative Chernoff bound, lower tail", "chernoff", "lower")
BERNSTEIN_PROOF = _proof("Bernstein's inequality", "bernstein", "bernstein")
