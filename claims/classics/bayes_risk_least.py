"""No classifier errs less often than E[(1 - g)/2].

Theorem. Let Y be 0 or 1 and g(x) = |2 eta(x) - 1|. For every classifier h

    P(h(X) != Y) >= E[(1 - g)/2].                                                        (1)

Hypotheses: two classes; given X, the label h(X) is independent of Y (as it is where h is a function of x).
Does not say that some class H of classifiers comes near.
Tight: h = 1{eta >= 1/2}.   Proof: proofs_notes/classics/bayes_risk_least.md
"""
from fractions import Fraction

from simulate import Binary, classifiers
from theory import bayes_risk
from theory.formula import expectation
from verify import Claim


def sample(task, classifier, rng, size, leak=0):
    """`size` i.i.d. errors of the classifier; with probability `leak` it repeats Y instead."""
    return classifiers.errors(task, classifier, rng, size) & (rng.random(size) >= leak)


def exact(task, classifier, leak=0):
    """(1), left-hand side, by enumeration."""
    return (1 - leak) * classifiers.risk(task, classifier)


def bound(task, c=1):
    """(1), right-hand side; c multiplies the margin."""
    return expectation(bayes_risk.BAYES_RISK, task.mass, margin=[c * g for g in task.margin()])


def reads(task, classifier):
    """The law of eta and of the label that is given."""
    return {"X": (task.mass, {"eta": task.eta, "h": classifier})}


CLAIM = Claim(
    title="No classifier errs less often than E[(1 - g)/2]",
    source="Devroye, Gyorfi & Lugosi 1996, Theorem 2.1",
    fidelity="secondary",
    given=classifiers.binary_with_classifier(),
    sample=sample, exact=exact, bound=bound, relation=">=", support=(0, 1),
    controls=[{"c": 0.9}, {"leak": 0.05}, {"relation": "<="}],
    tight_at={"task": Binary((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 4), Fraction(2, 3))), "classifier": (0, 1)},
    proof=bayes_risk.BAYES_RISK_LEAST_PROOF.read_by(reads),
)
