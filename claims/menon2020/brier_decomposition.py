"""The Brier score is the labels' Gini impurity plus the squared distance of the prediction from p*.

Theorem. Let p*(x) be the law of Y given x and q(x) a vector of predictions. Then

    E sum_k (q_k(X) - 1{Y = k})^2 = E[1 - |p*(X)|_2^2] + E|p*(X) - q(X)|_2^2.             (1)

Hypotheses: finitely many classes.
Does not say that q must be a probability vector: any real numbers do; the instances have probabilities.
Tight: an equality; E[1 - |p*|^2] is the least Brier score, attained by q = p* alone.
Proof: proofs_notes/menon2020/brier_decomposition.md
"""
from fractions import Fraction

from simulate import loss_strategies
from simulate.samples import Examples, draw
from theory import proper_losses
from theory.formula import expectation
from verify import Claim


def sample(task, predicted, rng, size):
    """`size` i.i.d. Brier scores, each of one labelled example."""
    return draw(Examples(*scores(task, predicted)), 1, rng, size)["score"]


def scores(task, predicted):
    """Probability and Brier score of every (point, label) that occurs."""
    rows = [(mass * p, sum((q - (k == y)) ** 2 for k, q in enumerate(row)))
            for mass, law, row in zip(task.mass, task.law, predicted, strict=True)
            for y, p in enumerate(law) if mass * p]
    weights, values = zip(*rows, strict=True)
    return weights, {"score": values}


def exact(task, predicted):
    """(1), left-hand side, summed over points and labels."""
    return Examples(*scores(task, predicted)).mean("score")


def bound(task, predicted, c=1):
    """(1), right-hand side, class by class."""
    weights = [mass for mass in task.mass for _ in range(task.classes)]
    law, said = ([value for row in table for value in row] for table in (task.law, predicted))
    return expectation(proper_losses.BRIER, weights, probability=law, predicted=said, c=c)


def reads(task, predicted):
    """The law of a class's label, its chance and its prediction, for a class drawn uniformly."""
    rows = [(mass * (p if label else 1 - p) / task.classes, label, p, q)
            for mass, law, row in zip(task.mass, task.law, predicted, strict=True)
            for p, q in zip(law, row, strict=True) for label in (0, 1)]
    weights, *columns = zip(*rows, strict=True)
    named = dict(zip(("label", "chance", "said"), columns, strict=True))
    return {"classes": Fraction(task.classes), "XK": (weights, named)}


CLAIM = Claim(
    title="The Brier score is the labels' Gini impurity plus the squared distance of the prediction from p*",
    source="Brier 1950; Menon et al. 2020",
    fidelity="reconstructed",
    given=loss_strategies.predictions(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 2),
    controls=[{"c": 1.02}, {"c": 0}],
    proof=proper_losses.BRIER_PROOF.read_by(reads),
)
