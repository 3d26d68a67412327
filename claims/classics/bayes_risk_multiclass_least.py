"""With several classes no classifier errs less often than 1 - E max_y p_y.

Theorem. Let p_y(x) = P(Y = y | x). For every classifier h

    P(h(X) != Y) >= 1 - E[max_y p_y].                                                    (1)

Hypotheses: finitely many classes; given X, the class h(X) is independent of Y.
Does not say that a student which imitates the teacher's ranking of the classes does better.
Tight: h(x) a likeliest class.   Proof: proofs_notes/classics/bayes_risk_multiclass_least.md
"""
from fractions import Fraction

from simulate import Finite, classifiers
from theory import bayes_risk
from verify import Claim


def sample(task, classifier, rng, size, leak=0):
    """`size` i.i.d. errors of the classifier; with probability `leak` it repeats Y instead."""
    return classifiers.errors(task, classifier, rng, size) & (rng.random(size) >= leak)


def exact(task, classifier, leak=0):
    """(1), left-hand side, by enumeration."""
    return (1 - leak) * classifiers.risk(task, classifier)


def bound(task, c=1):
    """(1), right-hand side; c multiplies the largest probability."""
    top = sum(p * max(row) for p, row in zip(task.mass, task.law, strict=True))
    return bayes_risk.BAYES_RISK_CLASSES(top=c * top)


def reads(task, classifier):
    """The law of the largest probability and of that of the chosen class."""
    chosen = [row[label] for row, label in zip(task.law, classifier, strict=True)]
    return {"X": (task.mass, {"top": [max(row) for row in task.law], "chosen": chosen})}


CLAIM = Claim(
    title="With several classes no classifier errs less often than 1 - E max p",
    source="Devroye, Gyorfi & Lugosi 1996, Problem 2.11",
    fidelity="secondary",
    given=classifiers.finite_with_classifier(),
    sample=sample, exact=exact, bound=bound, relation=">=", support=(0, 1),
    controls=[{"c": 0.9}, {"leak": 0.05}, {"relation": "<="}],
    tight_at={"task": Finite((1,), ((Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)),)), "classifier": (0,)},
    proof=bayes_risk.BAYES_RISK_CLASSES_PROOF.read_by(reads),
)
