"""With several classes a student's risk exceeds its teacher's by E[P(Y = t|X) - P(Y = s|X)].

Theorem. Let Y be one of finitely many classes, t a labelling of the points (the teacher) and s another one (the
student). Then

    P(s(X) != Y) - P(t(X) != Y) = E[P(Y = t(X) | X) - P(Y = s(X) | X)].                  (1)

Hypotheses: finitely many classes. Nothing about how either was trained.
Does not say that (2 P(Y = t | X) - 1) 1{s != t} may stand on the right, as it may with two classes.
Tight: an equality.   Proof: proofs_notes/cotter2021/hard_label_regret_multiclass.md
"""
from fractions import Fraction

from simulate import hard_labels, pairs
from theory.formula import expectation
from theory.hard_labels import HARD_LABEL_REGRET, HARD_LABEL_REGRET_MULTICLASS, HARD_LABEL_REGRET_MULTICLASS_PROOF
from verify import Claim


def agreements(task, labels):
    """P(Y = label | x) at each point."""
    return [row[label] for row, label in zip(task.law, labels, strict=True)]


def sample(task, teacher, student, rng, size):
    """`size` i.i.d. differences of the student's and the teacher's error on a fresh point."""
    return hard_labels.class_regrets(task, teacher, student, rng, size)


def exact(task, teacher, student):
    """(1), left-hand side, by enumeration of the points and Y."""
    return sum(
        p * chance * ((label != y) - (says != y))
        for p, row, says, label in zip(task.mass, task.law, teacher, student, strict=True)
        for y, chance in enumerate(row)
    )


def bound(task, teacher, student, c=1, two_classes=False):
    """(1), right-hand side; with `two_classes` what it would be if Y took two values only."""
    agreement = agreements(task, teacher)
    if two_classes:
        differs = [int(says != label) for says, label in zip(teacher, student, strict=True)]
        return expectation(HARD_LABEL_REGRET, task.mass, agreement=agreement, differs=differs, c=2)
    return expectation(HARD_LABEL_REGRET_MULTICLASS, task.mass, agreement=agreement,
                       student_agreement=agreements(task, student), c=c)


def reads(task, teacher, student):
    """The law of the probabilities that the teacher's and the student's label are Y."""
    return {"X": (task.mass, {"agreement": agreements(task, teacher), "student_agreement": agreements(task, student)})}


CLAIM = Claim(
    title="With several classes a student's risk exceeds its teacher's by E[P(Y = t|X) - P(Y = s|X)]",
    source="Cotter et al. 2021 (students of hard labels)",
    fidelity="reconstructed",
    given=pairs.finite_pairs(),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-1, 1),
    controls=[{"two_classes": True}, {"c": Fraction(11, 10)}],
    proof=HARD_LABEL_REGRET_MULTICLASS_PROOF.read_by(reads),
)
