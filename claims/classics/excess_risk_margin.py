"""A classifier's excess risk is the margin where it differs from the Bayes classifier.

Theorem. Let Y be 0 or 1, g(x) = |2 eta(x) - 1| and f* = 1{eta >= 1/2}. For every classifier h

    P(h(X) != Y) - L* = E[g 1{h(X) != f*(X)}].                                           (1)

Hypotheses: two classes; given X, the label h(X) is independent of Y.
Does not say that h differs rarely from f*: where g = 0 it may differ at no cost.
Tight: an equality.   Proof: proofs_notes/classics/excess_risk_margin.md
"""
from fractions import Fraction

from simulate import classifiers
from theory import bayes_risk, plug_in
from verify import Claim


def sample(task, classifier, rng, size):
    """`size` i.i.d. differences of the classifier's error and the Bayes classifier's, each -1, 0 or 1."""
    return classifiers.excess(task, classifier, rng, size)


def exact(task, classifier):
    """(1), left-hand side, by enumeration."""
    return classifiers.risk(task, classifier) - task.bayes_risk()


def differs(task, classifier):
    """1{h != f*} at every point."""
    return [int(label != best) for label, best in zip(classifier, task.bayes_classifier(), strict=True)]


def bound(task, classifier, c=1):
    """(1), right-hand side."""
    return c * sum(p * bayes_risk.MARGIN(eta=eta) * wrong
                   for p, eta, wrong in zip(task.mass, task.eta, differs(task, classifier), strict=True))


def reads(task, classifier):
    """The law of eta and of 1{h != f*}."""
    return {"X": (task.mass, {"eta": task.eta, "differs": differs(task, classifier)})}


CLAIM = Claim(
    title="A classifier's excess risk is the mean margin where it differs from the Bayes classifier",
    source="Devroye, Gyorfi & Lugosi 1996, Theorem 2.2",
    fidelity="secondary",
    given=classifiers.binary_with_classifier(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"c": Fraction(51, 50)}, {"c": Fraction(1, 2)}],
    proof=plug_in.EXCESS_RISK_PROOF.read_by(reads),
)
