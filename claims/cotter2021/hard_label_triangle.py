"""A student errs at most P(s != t) more often than its teacher.

Theorem. Let Y be one of finitely many classes, t a labelling of the points (the teacher) and s another one (the
student). Then

    P(s(X) != Y) - P(t(X) != Y) <= P(s(X) != t(X)).                                      (1)

Hypotheses: finitely many classes. Nothing about how either was trained, nor about the teacher's size.
Does not say that the student is worse: the same bound holds with the roles exchanged.
Tight: where the labels differ, the teacher is right with certainty.
Proof: proofs_notes/cotter2021/hard_label_triangle.md
"""
from fractions import Fraction

from simulate import Finite, hard_labels, pairs
from theory.formula import expectation
from theory.hard_labels import HARD_LABEL_TRIANGLE, HARD_LABEL_TRIANGLE_PROOF
from verify import Claim


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


def different(teacher, student):
    """Whether the labels differ, at each point."""
    return [int(says != label) for says, label in zip(teacher, student, strict=True)]


def bound(task, teacher, student, c=1):
    """(1), right-hand side."""
    return expectation(HARD_LABEL_TRIANGLE, task.mass, differs=different(teacher, student), c=c)


def reads(task, teacher, student):
    """The law of P(Y = t | X), of P(Y = s | X) and of whether the labels differ."""
    chances = [[row[label] for row, label in zip(task.law, labels, strict=True)] for labels in (teacher, student)]
    return {"X": (task.mass, {"agreement": chances[0], "other": chances[1], "differs": different(teacher, student)})}


CLAIM = Claim(
    title="A student errs at most P(s != t) more often than its teacher",
    source="Cotter et al. 2021 (students of hard labels)",
    fidelity="reconstructed",
    given=pairs.finite_pairs(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(9, 10)}, {"relation": "=="}],
    tight_at={"task": Finite((Fraction(1, 2), Fraction(1, 2)), ((1, 0, 0), (0, 1, 0))), "teacher": (0, 1),
              "student": (1, 1)},
    proof=HARD_LABEL_TRIANGLE_PROOF.read_by(reads),
)
