"""The label that a teacher's probabilities suggest has excess risk at most 2 E|teacher - eta|.

Theorem. Let the teacher give probabilities q(x), and let h(x) be 1 where q(x) > 1/2, 0 where q(x) < 1/2, and either
where q(x) = 1/2. Then

    P(h(X) != Y) - L* <= 2 E|q(X) - eta(X)|.                                             (1)

Hypotheses: two classes; the threshold is 1/2; q does not depend on the fresh (X, Y).
Does not say the converse: a good label may come with bad probabilities.
Tight: q = 1/2 with the tie broken the wrong way.   Proof: proofs_notes/classics/plug_in_regret.md
"""
from fractions import Fraction

from simulate import Binary, classifiers, soft, strategies
from theory import plug_in
from verify import Claim

HALF = Fraction(1, 2)


def sample(task, teacher, rng, size, threshold=HALF):
    """`size` i.i.d. differences of the label's error and the Bayes classifier's, each -1, 0 or 1."""
    return classifiers.excess(task, soft.labels(task, teacher, threshold), rng, size)


def exact(task, teacher, threshold=HALF):
    """(1), left-hand side, by enumeration."""
    return soft.regret(task, soft.labels(task, teacher, threshold))


def bound(task, teacher, c=2):
    """(1), right-hand side."""
    return plug_in.REGRET(distance=soft.mean(task, soft.distances(task, teacher)), c=c)


def reads(task, teacher):
    """The law of eta, of the teacher's probability and of its label."""
    return {"X": (task.mass, {"eta": task.eta, "teacher": teacher, "h": soft.labels(task, teacher)})}


CLAIM = Claim(
    title="The label that a teacher's probabilities suggest has excess risk at most 2 E|teacher - eta|",
    source="Devroye, Gyorfi & Lugosi 1996, Theorem 2.2",
    fidelity="secondary",
    given=strategies.binary_with_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(9, 5)}, {"c": 1}, {"threshold": Fraction(9, 20)}],
    tight_at={"task": Binary((1,), (Fraction(3, 4),)), "teacher": (HALF,)},
    proof=plug_in.REGRET_PROOF.read_by(reads),
)
