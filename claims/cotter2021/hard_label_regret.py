"""A student's risk exceeds its teacher's by E[(2 P(Y = t(X)|X) - 1) 1{s != t}].

Theorem. Let Y be 0 or 1, t any labelling of the points (the teacher) and s another one, possibly random (the
student). Then

    P(s(X) != Y) - P(t(X) != Y) = E[(2 P(Y = t(X) | X) - 1) 1{s(X) != t(X)}].            (1)

Hypotheses: Y binary; given X, the student's label is independent of Y. Nothing about how either was trained.
Does not say that disagreement is harmful: where the teacher is more often wrong than right it helps.
Tight: an equality.   Proof: proofs_notes/cotter2021/hard_label_regret.md
"""
from fractions import Fraction

from simulate import hard_labels, pairs
from theory.formula import expectation
from theory.hard_labels import HARD_LABEL_REGRET, HARD_LABEL_REGRET_PROOF
from verify import Claim


def sample(task, teacher, student, rng, size):
    """`size` i.i.d. differences of the student's and the teacher's error on a fresh point."""
    return hard_labels.regrets(task, teacher, student, rng, size)


def exact(task, teacher, student):
    """(1), left-hand side, by enumeration of the points, the student's label and Y."""
    return sum(
        p * (q if label else 1 - q) * (eta if y else 1 - eta) * ((label != y) - (says != y))
        for p, eta, says, q in zip(task.mass, task.eta, teacher, student, strict=True)
        for label in (0, 1)
        for y in (0, 1)
    )


def bound(task, teacher, student, c=2, modulus=False):
    """(1), right-hand side; with `modulus` disagreement is never worth anything."""
    agreement = [eta if says else 1 - eta for eta, says in zip(task.eta, teacher, strict=True)]
    differs = [1 - q if says else q for q, says in zip(student, teacher, strict=True)]
    if modulus:
        agreement = [max(p, 1 - p) for p in agreement]
    return expectation(HARD_LABEL_REGRET, task.mass, agreement=agreement, differs=differs, c=c)


CLAIM = Claim(
    title="A student's risk exceeds its teacher's by E[(2 P(Y = t|X) - 1) 1{s != t}]",
    source="Cotter et al. 2021 (students of hard labels)",
    fidelity="reconstructed",
    given=pairs.binary_pairs(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"modulus": True}, {"c": Fraction(21, 10)}, {"c": Fraction(19, 10)}],
    proof=HARD_LABEL_REGRET_PROOF,
)
