"""Imitation helps exactly where a larger penalty would; at the best penalty it is useless.

Theorem. In the setting of `best_imitation` let R(c) be the risk of ridge regression, the teacher, with penalty c. Then

    xi* sum D^2 (theta_d^2 + sigma^2/d) = -(c/2) R'(c),                                  (1)

so the best share xi* is positive where more penalty would lower the teacher's risk, negative where less would, and 0
where the penalty is stationary: there no share of imitation improves on the teacher.
Hypotheses: those of `best_imitation`; the student uses the teacher's penalty.
Does not say: that self-distillation equals a change of the penalty: with several directions it can do better.
Tight: an equality.   Proof: proofs_notes/classics/imitation_replaces_penalty.md
"""
from fractions import Fraction

from simulate import RidgeTask, distilled_ridge
from theory.formula import expectation
from theory.ridge import REPLACES_PENALTY_PROOF, RIDGE_SLOPE
from verify import Claim


def exact(task, penalty):
    """(1), left-hand side: from three risks of the student, with the whole matrices."""
    low, high = (task.risk(penalty, Fraction(xi)) for xi in (-1, 1))
    return (low - high) / 4


def bound(task, penalty, c=1):
    """(1), right-hand side; c multiplies the noise."""
    spectrum, squares = task.columns()
    slope = expectation(RIDGE_SLOPE, (1,) * len(spectrum), spectrum=spectrum, penalty=penalty, truth_squared=squares,
                        noise_variance=c * task.sigma**2)
    return -penalty / 2 * slope


def reads(task):
    """The law of a uniformly chosen direction, and their number."""
    spectrum, squares = task.columns()
    weights = [Fraction(1, len(spectrum))] * len(spectrum)
    return {"dim": len(spectrum), "noise_variance": task.sigma**2,
            "J": (weights, {"spectrum": spectrum, "truth_squared": squares})}


CLAIM = Claim(
    title="The best share of imitation has the sign of what a larger penalty would gain",
    source="ours, on Das & Sanghavi 2023",
    fidelity="reconstructed",
    given={"task": distilled_ridge.regressions(), "penalty": distilled_ridge.rationals()},
    exact=exact, bound=bound, relation="==",
    controls=[{"c": Fraction(11, 10)}, {"c": 0}],
    tight_at={"task": RidgeTask((Fraction(1),), (1,), (1,), (Fraction(1),), Fraction(1)), "penalty": Fraction(1)},
    proof=REPLACES_PENALTY_PROOF.read_by(reads),
)
