"""An ensemble's squared error is at most the average member's.

Theorem. Let members i with weights w_i predict h_i(x), and fbar = sum_i w_i h_i. For every law of (X, Y)

    E(fbar(X) - Y)^2 <= sum_i w_i E(h_i(X) - Y)^2.                                       (1)

Hypotheses: weights >= 0 that sum to 1; finite second moments; the members do not depend on the fresh (X, Y).
Does not say that the ensemble beats its best member.
Tight: members that agree.   Proof: proofs_notes/classics/ensemble_square_loss.md
"""
from fractions import Fraction

from simulate import Binary, committees
from theory.ensembles import ENSEMBLE_AVERAGE_PROOF
from verify import Claim


def sample(task, weights, predictions, rng, size):
    """`size` i.i.d. squared errors of the ensemble's prediction."""
    return committees.squared_errors(task, weights, predictions, rng, size)


def support(predictions):
    """From 0 to the largest possible loss."""
    return committees.loss_range(predictions)


def exact(task, weights, predictions):
    """(1), left-hand side, by enumeration of the points and labels."""
    return committees.ensemble_loss(task, weights, predictions)


def bound(task, weights, predictions, c=1, of="average"):
    """(1), right-hand side: c times the `average` or the `best` member's."""
    losses = committees.member_losses(task, predictions)
    return c * (min(losses) if of == "best" else sum(w * v for w, v in zip(weights, losses, strict=True)))


def reads(task, weights, predictions):
    """The joint law of a member's prediction, the ensemble's and the label."""
    mass, h, mean, y = (list(column) for column in zip(*committees.triples(task, weights, predictions), strict=True))
    return {"E": (mass, {"h": h, "mean": mean, "y": y})}


CLAIM = Claim(
    title="An ensemble's squared error is at most the average member's",
    source="Krogh & Vedelsby 1995",
    fidelity="secondary",
    given=committees.committees(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=support,
    controls=[{"c": Fraction(9, 10)}, {"of": "best"}],
    tight_at={"task": Binary((1,), (Fraction(1, 2),)), "weights": (Fraction(1),), "predictions": ((Fraction(1, 2),),)},
    proof=ENSEMBLE_AVERAGE_PROOF.read_by(reads),
)
