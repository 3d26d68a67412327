"""Log loss is the entropy of the labels plus the divergence of the prediction from the Bayes probabilities.

Theorem. Let p*(x) be the law of Y given x and q(x) a prediction with q_y(x) > 0 for every class. Then

    E[-ln q_Y(X)] = E H(p*(X)) + E KL(p*(X) || q(X)).                                     (1)

Hypotheses: finitely many classes; q > 0; 0 ln 0 = 0.
Does not say that the divergence is symmetric: KL(q || p*) is another number, and infinite where p* has a zero.
Tight: an equality; E H(p*) is the least log loss, attained by q = p* alone.
Proof: proofs_notes/menon2020/log_loss_decomposition.md
"""
import math

import numpy as np

from simulate import loss_strategies
from simulate.samples import Examples, draw
from theory import proper_losses
from theory.formula import expectation
from verify import Claim


def sample(task, predicted, rng, size):
    """`size` i.i.d. log losses, each of one labelled example."""
    weights, _, said = cells(task, predicted)
    return draw(Examples(weights, {"loss": tuple(-np.log(np.array(said, float)))}), 1, rng, size)["loss"]


def cells(task, predicted):
    """Probability, p*_y and q_y of every (point, label) that occurs."""
    rows = [(mass * p, p, q) for mass, law, row in zip(task.mass, task.law, predicted, strict=True)
            for p, q in zip(law, row, strict=True) if mass * p]
    return tuple(zip(*rows, strict=True))


def support(predicted):
    """No label costs more than the least likely one."""
    return 0, -math.log(min(min(row) for row in predicted))


def exact(task, predicted):
    """(1), left-hand side, summed over points and labels."""
    weights, _, said = cells(task, predicted)
    return math.fsum(-float(p) * math.log(q) for p, q in zip(weights, said, strict=True))


def bound(task, predicted, c=1):
    """(1), right-hand side: at every label its share of the entropy and of the divergence."""
    weights, law, said = cells(task, predicted)
    return expectation(proper_losses.LOG_LOSS, weights, probability=law, predicted=said, c=c)


def reads(task, predicted):
    """The law of a label's probability and of its prediction."""
    weights, law, said = cells(task, predicted)
    return {"XY": (weights, {"prob": law, "predicted": said})}


CLAIM = Claim(
    title="Log loss is the entropy of the labels plus the divergence of the prediction from the Bayes probabilities",
    source="Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.predictions(),
    sample=sample, exact=exact, bound=bound, relation="==", support=support,
    controls=[{"c": 1.02}, {"c": 0}],
    proof=proper_losses.LOG_LOSS_PROOF.read_by(reads),
)
