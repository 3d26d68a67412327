"""With two classes the least possible risk is E[(1 - g)/2].

Theorem. Let Y be 0 or 1 and g(x) = |2 eta(x) - 1|. The least risk of a classifier is

    min_h P(h(X) != Y) = E[(1 - g)/2].                                                   (1)

Hypotheses: two classes; any function of x is a classifier.
Does not say how to find the best classifier from examples.
Tight: an equality.   Proof: proofs_notes/classics/bayes_risk_margin.md
"""

from simulate import classifiers, strategies
from theory import bayes_risk
from theory.formula import expectation
from verify import Claim


def sample(task, rng, size, constant=False):
    """`size` i.i.d. errors of the best classifier; `constant`, of the best one that ignores x."""
    best = classifiers.best_constant(task) if constant else task.bayes_classifier()
    return classifiers.errors(task, best, rng, size)


def exact(task, constant=False):
    """(1), left-hand side: the smallest risk by trying every classifier."""
    return classifiers.least_risk(task, constant)


def bound(task, c=1):
    """(1), right-hand side; c multiplies the margin."""
    return expectation(bayes_risk.BAYES_RISK, task.mass, margin=[c * g for g in task.margin()])


CLAIM = Claim(
    title="With two classes the least possible risk is E[(1 - g)/2]",
    source="Devroye, Gyorfi & Lugosi 1996, Theorem 2.1",
    fidelity="secondary",
    given={"task": strategies.binary_tasks()},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": 0.98}, {"constant": True}],
    proof=bayes_risk.BAYES_RISK_PROOF,
)
