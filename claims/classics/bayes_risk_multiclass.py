"""With several classes a likeliest class errs with probability 1 - E max_y p_y, the least possible.

Theorem. Let p_y(x) = P(Y = y | x) and let f*(x) be a class with the largest p_y(x). Then

    min_h P(h(X) != Y) = P(f*(X) != Y) = 1 - E[max_y p_y].                               (1)

Hypotheses: finitely many classes.
Does not say: anything about the second likeliest class, so nothing about rankings.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_multiclass.md
"""

from simulate import classifiers, strategies
from theory import bayes_risk
from verify import Claim


def sample(task, rng, size, constant=False):
    """`size` i.i.d. errors of f*; `constant`, of the best classifier that ignores x."""
    best = classifiers.best_constant(task) if constant else task.bayes_classifier()
    return classifiers.errors(task, best, rng, size)


def exact(task, constant=False):
    """(1), left-hand side: the smallest risk by trying every classifier."""
    return classifiers.least_risk(task, constant)


def bound(task, c=1):
    """(1), right-hand side; c multiplies the largest probability."""
    top = sum(p * max(row) for p, row in zip(task.mass, task.law, strict=True))
    return bayes_risk.BAYES_RISK_CLASSES(top=c * top)


def reads(task):
    """The law of the largest probability."""
    return {"X": (task.mass, {"top": [max(row) for row in task.law]})}


CLAIM = Claim(
    title="With several classes the least possible risk is 1 - E max p",
    source="Devroye, Gyorfi & Lugosi 1996, Problem 2.11",
    fidelity="secondary",
    given={"task": strategies.finite_tasks(max_classes=4)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 0.98}, {"constant": True}],
    proof=bayes_risk.BAYES_RISK_CLASSES_ATTAINED_PROOF.read_by(reads),
)
