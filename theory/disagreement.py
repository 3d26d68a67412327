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


def _lower() -> sympy.Expr:
    from sympy import limit, oo

    m, c, points, k = positive("m, c, points, k")
    # Each of the points, of mass 1/(m + 1), stays unseen with probability (1 - 1/(k + 1))^k at k = m, which falls.
    least = limit((1 - 1 / (k + 1)) ** k, k, oo)
    return c * points * least / (m + 1)


DISAGREEMENT_LOWER = Formula("disagreement that no number of hypotheses avoids", ("points", "m", "c"), _lower)
"""c points/(e (m + 1)), c = 1: with all labellings of these points, points = log2 |H|."""


def _proof(name: str, derivation: str) -> Proof:
    where = f"theory.derivations.disagreement:{derivation}"
    return Proof(name, f"{where}_goal", where)


DISAGREEMENT_PROOF = _proof("disagreement_generalises", "uniform")
STUDENT_RISK_PROOF = _proof("hard_label_student_risk", "student_risk")
DISAGREEMENT_LOWER_PROOF = _proof("disagreement_lower", "lower")
DISAGREEMENT_MEAN_PROOF = _proof("disagreement_generalises_mean", "mean")
