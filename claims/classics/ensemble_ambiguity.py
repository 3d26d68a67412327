"""An ensemble's squared error is the average member's less the ambiguity.

Theorem. Let members i with weights w_i predict h_i(x), and fbar = sum_i w_i h_i. For every law of (X, Y)

    E(fbar(X) - Y)^2 = sum_i w_i E(h_i(X) - Y)^2 - sum_i w_i E(h_i(X) - fbar(X))^2.      (1)

Hypotheses: weights >= 0 that sum to 1; finite second moments; the members do not depend on the fresh (X, Y).
Does not say that the ensemble beats its best member: it beats the average one.
Tight: an equality.   Proof: proofs_notes/classics/ensemble_ambiguity.md
"""
from fractions import Fraction

from simulate import committees
from theory.ensembles import AMBIGUITY_PROOF
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


def bound(task, weights, predictions, c=1):
    """(1), right-hand side; c multiplies the ambiguity."""
    rows = committees.triples(task, weights, predictions)
    return sum(p * ((h - y) ** 2 - c * (h - mean) ** 2) for p, h, mean, y in rows)


def reads(task, weights, predictions):
    """The joint law of a member's prediction, the ensemble's and the label."""
    rows = committees.triples(task, weights, predictions)
    columns = zip(*rows, strict=True)
    mass, h, mean, y = (list(column) for column in columns)
    return {"E": (mass, {"h": h, "mean": mean, "y": y})}


CLAIM = Claim(
    title="An ensemble's squared error is the average member's less the ambiguity",
    source="Krogh & Vedelsby 1995, equation (6)",
    fidelity="secondary",
    given=committees.committees(),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": Fraction(21, 20)}, {"c": 0}],
    proof=AMBIGUITY_PROOF.read_by(reads),
)
