"""Ridge regression distilled into itself, direction by direction of the design.

With the singular value decomposition of the design everything happens in one direction at a time: `spectrum` is a
squared singular value there, and ridge with the penalty `penalty` keeps the share spectrum/(penalty + spectrum) of
what it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from theory.formula import Formula, positive
from theory.proof import Proof

if TYPE_CHECKING:
    pass


def _kept() -> Any:
    from sympy import diff, factor, solve, sqrt

    spectrum, penalty, coefficient = positive("spectrum, penalty, coefficient")
    # Shown 1, a student with this coefficient predicts sqrt(spectrum) times it.
    loss = (sqrt(spectrum) * coefficient - 1) ** 2 + penalty * coefficient**2
    (best,) = solve(diff(loss, coefficient), coefficient)
    return factor(sqrt(spectrum) * best)


def _shrinkage() -> Any:
    spectrum, penalty, rounds = positive("spectrum, penalty, rounds")
    return KEPT.at(spectrum=spectrum, penalty=penalty) ** rounds


def _next_ratio() -> Any:
    larger, smaller, penalty = positive("larger, smaller, penalty")
    kept_larger, kept_smaller = positive("kept_larger, kept_smaller")
    one, other = (KEPT.at(spectrum=each, penalty=penalty) for each in (larger, smaller))
    return (one * kept_larger) / (other * kept_smaller)


def _imitation_risk() -> Any:
    spectrum, penalty, imitation = positive("spectrum, penalty, imitation")
    truth_squared, noise_variance = positive("truth_squared, noise_variance")
    kept = KEPT.at(spectrum=spectrum, penalty=penalty)
    # Of a label's 1 the teacher keeps `kept`, and the student keeps that much of what it is shown.
    student = kept * ((1 - imitation) + imitation * kept)
    return (student - 1) ** 2 * truth_squared + student**2 * noise_variance / spectrum


def _expanded(order: int) -> Callable[[], Any]:
    """Half of the risk's derivative at no imitation, its sign turned for order 1: the best share is the ratio."""

    def derive() -> Any:
        from sympy import diff, factor

        imitation = positive("imitation")
        slope: Any = diff(IMITATION_RISK.expression, imitation, order)
        at = slope.subs(imitation, 0) / 2
        return factor(at if order == 2 else -at)

    return derive


def _surplus() -> Any:
    from sympy import factor

    return factor(IMITATION_PULL.expression - IMITATION_CURVATURE.expression)


def _ridge_slope() -> Any:
    from sympy import diff, factor

    imitation, penalty = positive("imitation, penalty")
    # Without imitation the student is its teacher.
    return factor(diff(IMITATION_RISK.expression.subs(imitation, 0), penalty))


_DIRECTION = ("spectrum", "penalty", "truth_squared", "noise_variance")

KEPT = Formula("share that ridge keeps", ("spectrum", "penalty"), _kept, "Hoerl & Kennard 1970")
"""spectrum/(penalty + spectrum)."""

SHRINKAGE = Formula("share that rounds of ridge keep", ("spectrum", "penalty", "rounds"), _shrinkage,
                    "Mobahi et al. 2020")
"""(spectrum/(penalty + spectrum))^rounds."""

NEXT_RATIO = Formula("ratio after one more round",
                     ("larger", "smaller", "penalty", "kept_larger", "kept_smaller"), _next_ratio)
"""What a round makes of the ratio of the shares kept so far, in a direction of larger and one of smaller spectrum."""

IMITATION_RISK = Formula(
    "risk in one direction of a student that imitates", (*_DIRECTION, "imitation"), _imitation_risk
)
"""(k - 1)^2 theta^2 + k^2 sigma^2/d, k = s (1 - xi + xi s), s = d/(penalty + d) the share that ridge keeps."""

RIDGE_SLOPE = Formula("slope of ridge's risk in its penalty", _DIRECTION, _ridge_slope)
"""The derivative of (s - 1)^2 theta^2 + s^2 sigma^2/d in the penalty."""

IMITATION_PULL = Formula("pull towards imitation", _DIRECTION, _expanded(1))
"""D ((s - 1) theta^2 + s sigma^2/d), D = s - s^2."""

IMITATION_CURVATURE = Formula("cost of a wrong share", _DIRECTION, _expanded(2))
"""D^2 (theta^2 + sigma^2/d)."""

IMITATION_SURPLUS = Formula("pull beyond one", _DIRECTION, _surplus)
"""D (s^2 sigma^2/d - (1 - s^2) theta^2): pull less curvature."""


def _proof(name: str) -> Proof:
    where = f"theory.derivations.ridge:{name}"
    return Proof(name, f"{where}_goal", where)


SPARSIFIES_PROOF = _proof("sparsifies")
BEST_IMITATION_PROOF = _proof("best_imitation")
BEYOND_ONE_PROOF = _proof("beyond_one")
REPLACES_PENALTY_PROOF = _proof("replaces_penalty")
