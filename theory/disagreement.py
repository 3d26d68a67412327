"""How well a student that agrees with its teacher on m unlabelled points agrees with it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.concentration import HOEFFDING
from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    import sympy


def _radius() -> sympy.Expr:
    from sympy import log, solve, sqrt

    m, c, delta, hypotheses, radius = positive("m, c, delta, hypotheses, radius")
    # Hoeffding's bound for each hypothesis is delta / |H|.
    exponent: Any = HOEFFDING.at(m=m, t=radius, c=2).args[0]
    (square,) = solve(exponent.subs(radius, sqrt(radius)) + log(hypotheses) - log(delta), radius)
    return c * sqrt(square)


DISAGREEMENT_RADIUS = Formula("deviation of a disagreement", ("hypotheses", "delta", "m", "c"), _radius)
"""c sqrt(ln(|H| / delta) / (2m)), c = 1: passed by some hypothesis with probability at most delta."""


def _proof(name: str, derivation: str) -> Proof:
    where = f"theory.derivations.disagreement:{derivation}"
    return Proof(name, f"{where}_goal", where)


DISAGREEMENT_PROOF = _proof("disagreement_generalises", "uniform")
DISAGREEMENT_MEAN_PROOF = _proof("disagreement_generalises_mean", "mean")
