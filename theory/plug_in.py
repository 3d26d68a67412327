"""What the label that a teacher's probabilities suggest loses: by distances, by divergences, under a margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _regret() -> sympy.Expr:
    from sympy import Rational, solve

    distance, margin, c = positive("distance, margin, c")
    # The label changes sides at 1/2, so a wrong one is on the other side: at a distance of at least g/2 from eta.
    (largest,) = solve(margin * Rational(1, 2) - distance, margin)
    return c * largest / 2


def _massart() -> sympy.Expr:
    square, least_margin, c = positive("square, least_margin, c")
    # A margin g that is lost is at most 2 d, so g = g^2/g <= (2 d)^2/g_0.
    return c * square / least_margin


def _pinsker() -> sympy.Expr:
    square, c = positive("square, c")
    return c * square


def _root_divergence() -> sympy.Expr:
    from sympy import sqrt

    divergence, c = positive("divergence, c")
    return sqrt(c * divergence)


def _bretagnolle_huber() -> sympy.Expr:
    from sympy import exp, sqrt

    divergence, c = positive("divergence, c")
    return sqrt(1 - exp(-c * divergence))


def _massart_divergence() -> sympy.Expr:
    divergence, least_margin, c = positive("divergence, least_margin, c")
    # 2 d^2 <= KL in the bound for squares.
    return MASSART.at(square=divergence / 2, least_margin=least_margin, c=2 * c)


REGRET = Formula("regret of the suggested label", ("distance", "c"), _regret, "Devroye et al. 1996, Theorem 2.2")
"""c d; c = 2 bounds the excess risk, d the mean distance between the probabilities."""

MASSART = Formula("regret under a margin", ("square", "least_margin", "c"), _massart)
"""c s/g_0; c = 4 bounds the excess risk, s the mean squared distance, g_0 the least margin."""

PINSKER = Formula("Pinsker's inequality, squared", ("square", "c"), _pinsker, "Pinsker 1964")
"""c s, c = 2: at most the mean divergence, s the mean squared distance."""

ROOT_DIVERGENCE = Formula("root of a divergence", ("divergence", "c"), _root_divergence)
"""sqrt(c D): c = 1/2 bounds the mean distance, c = 2 the excess risk."""

BRETAGNOLLE_HUBER = Formula("Bretagnolle-Huber bound", ("divergence", "c"), _bretagnolle_huber,
                            "Bretagnolle & Huber 1979")
"""sqrt(1 - exp(-c D)), c = 1: bounds the mean distance."""

MASSART_DIVERGENCE = Formula("regret under a margin, by a divergence", ("divergence", "least_margin", "c"),
                             _massart_divergence)
"""c D/g_0, c = 2: bounds the excess risk."""


def _proof(name: str, derivation: str) -> Proof:
    module = "plug_in_divergence" if derivation in DIVERGENCE_DERIVATIONS else "plug_in"
    where = f"theory.derivations.{module}:{derivation}"
    return Proof(name, f"{where}_goal", where)


DIVERGENCE_DERIVATIONS = ("pinsker", "distance", "sampler", "bretagnolle_huber", "log_loss", "log_loss_massart")

EXCESS_RISK_PROOF = _proof("excess_risk_margin", "excess")
REGRET_PROOF = _proof("plug_in_regret", "regret")
REGRET_CLASSES_PROOF = _proof("plug_in_regret_multiclass", "regret_classes")
REGRET_MASSART_PROOF = _proof("plug_in_regret_massart", "massart")
REGRET_SQUARE_PROOF = _proof("surrogate_square_loss", "square_loss")
PINSKER_PROOF = _proof("pinsker", "pinsker")
TEACHER_DISTANCE_PROOF = _proof("teacher_distance_divergence", "distance")
BRETAGNOLLE_HUBER_PROOF = _proof("bretagnolle_huber", "bretagnolle_huber")
SAMPLER_LOG_LOSS_PROOF = _proof("sampler_risk_log_loss", "sampler")
LOG_LOSS_PROOF = _proof("surrogate_log_loss", "log_loss")
LOG_LOSS_MASSART_PROOF = _proof("surrogate_log_loss_massart", "log_loss_massart")
