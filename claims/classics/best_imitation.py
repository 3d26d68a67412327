"""A ridge student that imitates a ridge teacher has one best share of imitation; a wrong share costs its square.

Theorem (Das & Sanghavi 2023). Let y = X theta + sigma e with uncorrelated e of mean 0 and variance 1. The
teacher is ridge regression with penalty c > 0 on y, the student the same on (1 - xi) y + xi (teacher's predictions).
Over the directions of X'X let d > 0 be its eigenvalues, theta_d the truth's coordinates, s = d/(d + c), D = s - s^2 and

    xi* = sum D ((s-1) theta_d^2 + s sigma^2/d) / sum D^2 (theta_d^2 + sigma^2/d).

Then for every real xi, with R(xi) = E |student's coefficients - theta|^2,

    R(xi) - R(xi*) = (xi - xi*)^2 sum D^2 (theta_d^2 + sigma^2/d).                       (1)

Hypotheses: X of full column rank; one penalty for both; sigma > 0.
Does not say: that xi* lies in [0, 1]: see `imitation_beyond_one` and `imitation_replaces_penalty`.
Tight: an equality.   Proof: proofs_notes/classics/best_imitation.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import RidgeTask, distilled_ridge
from theory.formula import expectation
from theory.ridge import BEST_IMITATION_PROOF, IMITATION_CURVATURE, IMITATION_PULL
from verify import Claim


def assume(task):
    """There is noise."""
    return task.sigma > 0


def total(formula, task, penalty):
    """The sum over the directions."""
    spectrum, squares = task.columns()
    return expectation(formula, (1,) * len(spectrum), spectrum=spectrum, penalty=penalty, truth_squared=squares,
                       noise_variance=task.sigma**2)


def best(task, penalty, c):
    """xi*; c multiplies it."""
    return c * total(IMITATION_PULL, task, penalty) / total(IMITATION_CURVATURE, task, penalty)


def sample(task, penalty, imitation, rng, size, c=1):
    """`size` i.i.d. differences of squared errors, both students on the same labels, e of random signs."""
    errors = task.errors(penalty, (imitation, best(task, penalty, c)), rng, size)
    return errors[0] - errors[1]


def support(task, penalty, imitation, c=1):
    """No squared error is below 0 or above the largest."""
    return -task.largest_error(penalty, best(task, penalty, c)), task.largest_error(penalty, imitation)


def exact(task, penalty, imitation, c=1):
    """(1), left-hand side, with the whole matrices in fractions."""
    return task.risk(penalty, imitation) - task.risk(penalty, best(task, penalty, c))


def bound(task, penalty, imitation, c=1):
    """(1), right-hand side."""
    return (imitation - best(task, penalty, c)) ** 2 * total(IMITATION_CURVATURE, task, penalty)


def reads(task):
    """The law of a uniformly chosen direction, and their number."""
    spectrum, squares = task.columns()
    weights = [Fraction(1, len(spectrum))] * len(spectrum)
    return {"dim": len(spectrum), "noise_variance": task.sigma**2,
            "J": (weights, {"spectrum": spectrum, "truth_squared": squares})}


CLAIM = Claim(
    title="A ridge student's risk is a parabola in its share of imitation, least at xi*",
    source="Das & Sanghavi 2023",
    fidelity="reconstructed",
    given={"task": distilled_ridge.regressions(), "penalty": distilled_ridge.rationals(),
           "imitation": st.integers(-16, 32).map(lambda v: Fraction(v, 8))},
    assume=assume, sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(11, 10)}, {"c": 0}],
    tight_at={"task": RidgeTask((Fraction(1), Fraction(2)), (1, 1), (1, 2), (Fraction(1), Fraction(-1)), Fraction(1)),
              "penalty": Fraction(1), "imitation": Fraction(1)},
    proof=BEST_IMITATION_PROOF.read_by(reads),
)
