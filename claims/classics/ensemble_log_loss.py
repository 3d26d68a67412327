"""The average of predicted probabilities has at most the average log loss.

Theorem. Let q in (0, 1) be a random prediction of P(Y = 1), qbar = E q, and H(p, q) = -p ln q - (1 - p) ln(1 - q)
the log loss against a label p in [0, 1], soft or not. Then

    H(p, qbar) <= E H(p, q).                                                             (1)

Hypotheses: 0 < q < 1; ln q and ln(1 - q) have means; p doesn't depend on q.
Does not say that the average beats its best member, nor that it beats the normalised geometric mean.
Tight: members that agree.   Proof: proofs_notes/classics/ensemble_log_loss.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import divergences, ensembles, strategies
from theory.ensembles import LOG_LOSS, LOG_LOSS_ARITHMETIC_PROOF, average
from theory.formula import expectation
from verify import Claim


def exact(mass, predictions, target):
    """(1), left-hand side, in balls."""
    return divergences.log_loss(target, ensembles.average(mass, predictions))


def bound(mass, predictions, target, c=1, of="average"):
    """(1), right-hand side: c times the `average` or the `best` member's loss."""
    if of == "best":
        return min((LOG_LOSS(p=target, q=q) for p, q in zip(mass, predictions, strict=True) if p), key=float)
    return average((c,), (expectation(LOG_LOSS, mass, p=target, q=predictions),))


def reads(mass, predictions, target):
    """The law of the prediction."""
    return {"Q": (mass, {"q": predictions}), "p": target}


CLAIM = Claim(
    title="The average of predicted probabilities has at most the average log loss",
    source="Jensen 1906",
    fidelity="reconstructed",
    given=strategies.merged(ensembles.members(ensembles.inside01()),
                            st.fixed_dictionaries({"target": strategies.fractions01(64)})),
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(19, 20)}, {"of": "best"}],
    tight_at={"mass": (Fraction(1),), "predictions": (Fraction(1, 3),), "target": Fraction(1, 2)},
    proof=LOG_LOSS_ARITHMETIC_PROOF.read_by(reads),
)
