"""A teacher whose probabilities have mean divergence D from the truth is a sqrt(D/2)-sampler.

Theorem. Let the teacher's label at x be 1 with probability q(x) in (0, 1), and d(x) = |q(x) - eta(x)| its total
variation distance from the law of Y. Then

    E d(X) <= sqrt(E KL(eta(X) || q(X)) / 2).                                            (1)

Hypotheses: two classes; 0 < eta, q < 1. E KL is the excess log loss of q.
Does not say: anything good once D >= 2 (see bretagnolle_huber).
Tight: to the second order, near eta = q = 1/2 at every point.
Proof: proofs_notes/classics/teacher_distance_divergence.md
"""
from fractions import Fraction

from simulate import Binary, soft
from theory import plug_in
from verify import Claim


def exact(task, teacher):
    """(1), left-hand side."""
    return soft.mean(task, soft.distances(task, teacher))


def bound(task, teacher, c=Fraction(1, 2)):
    """(1), right-hand side."""
    return plug_in.ROOT_DIVERGENCE(divergence=soft.divergence(task, teacher), c=c)


def reads(task, teacher):
    """The law of eta, of the teacher's probability and of the divergence."""
    return {"X": (task.mass, {"eta": task.eta, "teacher": teacher, "kl": soft.divergence_at(task, teacher)})}


CLAIM = Claim(
    title="A teacher whose probabilities have mean divergence D from the truth is a sqrt(D/2)-sampler",
    source="Pinsker 1964; Csiszar 1967",
    fidelity="secondary",
    given=soft.binary_with_soft_teacher(),
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(9, 20)}, {"c": Fraction(1, 4)}],
    tight_at={"task": Binary((1,), (Fraction(1, 2),)), "teacher": (Fraction(51, 100),)},
    proof=plug_in.TEACHER_DISTANCE_PROOF.read_by(reads),
)
