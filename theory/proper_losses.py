"""Proper losses of predicted probabilities, in the part that no prediction can help and the distance from the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _log_loss() -> Any:
    from sympy import log

    probability, predicted, c = positive("probability, predicted, c")
    entropy, divergence = -log(probability), log(probability) - log(predicted)
    return entropy + c * divergence


def _brier() -> sympy.Expr:
    from sympy import expand

    probability, predicted, c = positive("probability, predicted, c")
    # A class's share: its label is 1 with this probability, else 0.
    error = probability * (predicted - 1) ** 2 + (1 - probability) * predicted**2
    noise = expand(error.subs(predicted, probability))
    return noise + c * expand(error - noise).factor()


LOG_LOSS = Formula("entropy and divergence of a drawn label", ("probability", "predicted", "c"), _log_loss)
"""-ln p + c ln(p/q), c = 1: in the mean over a label drawn from p the entropy and KL(p || q)."""

BRIER = Formula("a class's share in the Brier score", ("probability", "predicted", "c"), _brier)
"""p (1 - p) + c (p - q)^2, c = 1."""

LOG_LOSS_PROOF = Proof("log_loss_decomposition", "theory.derivations.proper_losses:log_loss_goal",
                       "theory.derivations.proper_losses:log_loss")
BRIER_PROOF = Proof("brier_decomposition", "theory.derivations.proper_losses:brier_goal",
                    "theory.derivations.proper_losses:brier")
