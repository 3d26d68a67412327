"""The best share of imitation exceeds 1 exactly when the noise is large.

Theorem (Das & Sanghavi 2023; the threshold is ours). In the setting of `best_imitation` with
theta and sigma fixed, let xi* be the share at which the student's risk is least. Then

    xi* - 1 = (sigma^2 - sigma_0^2) sum (D s^2/d) / sum D^2 (theta_d^2 + sigma^2/d),
    sigma_0^2 = sum D (1 - s^2) theta_d^2 / sum (D s^2/d),                               (1)

so that xi* > 1, a student that moves away from the labels and past its teacher, exactly for sigma > sigma_0.
Hypotheses: those of `best_imitation`.
Does not say: that such a student beats ridge regression with the best penalty.
Tight: an equality.   Proof: proofs_notes/classics/imitation_beyond_one.md
"""
from fractions import Fraction

from simulate import RidgeTask, distilled_ridge
from theory.formula import expectation
from theory.ridge import BEYOND_ONE_PROOF, IMITATION_CURVATURE, IMITATION_SURPLUS
from verify import Claim


def assume(task):
    """There is noise."""
    return task.sigma > 0


def total(formula, task, penalty, noise_variance):
    """The sum over the directions."""
    spectrum, squares = task.columns()
    return expectation(formula, (1,) * len(spectrum), spectrum=spectrum, penalty=penalty, truth_squared=squares,
                       noise_variance=noise_variance)


def exact(task, penalty):
    """(1), left-hand side: the vertex of the parabola through three risks from the whole matrices."""
    low, middle, high = (task.risk(penalty, Fraction(xi)) for xi in (-1, 0, 1))
    return (low - high) / (2 * (low + high - 2 * middle)) - 1


def bound(task, penalty, c=1):
    """(1), right-hand side; c multiplies the threshold."""
    fixed = total(IMITATION_SURPLUS, task, penalty, 0)
    slope = total(IMITATION_SURPLUS, task, penalty, 1) - fixed
    threshold = -fixed / slope
    return (task.sigma**2 - c * threshold) * slope / total(IMITATION_CURVATURE, task, penalty, task.sigma**2)


def reads(task):
    """The law of a uniformly chosen direction."""
    spectrum, squares = task.columns()
    weights = [Fraction(1, len(spectrum))] * len(spectrum)
    return {"noise_variance": task.sigma**2, "J": (weights, {"spectrum": spectrum, "truth_squared": squares})}


CLAIM = Claim(
    title="The best share of imitation exceeds 1 by a positive multiple of the noise's excess over a threshold",
    source="Das & Sanghavi 2023",
    fidelity="reconstructed",
    given={"task": distilled_ridge.regressions(), "penalty": distilled_ridge.rationals()},
    assume=assume, exact=exact, bound=bound, relation="==",
    controls=[{"c": Fraction(11, 10)}, {"c": Fraction(9, 10)}],
    tight_at={"task": RidgeTask((Fraction(1), Fraction(2)), (1, 1), (1, 2), (Fraction(1), Fraction(-1)), Fraction(3)),
              "penalty": Fraction(1)},
    proof=BEYOND_ONE_PROOF.read_by(reads),
)
