"""A teacher whose probabilities have mean divergence D from the truth is a sqrt(1 - exp(-D))-sampler.

Theorem (Bretagnolle & Huber, for two classes). Let the teacher's label at x be 1 with probability q(x) in (0, 1), and
d(x) = |q(x) - eta(x)| its total variation distance from the law of Y. Then

    E d(X) <= sqrt(1 - exp(-E KL(eta(X) || q(X)))).                                      (1)

Hypotheses: two classes; 0 < eta, q < 1.
Does not say the best constant for a small D: there sqrt(D/2) is smaller by the factor sqrt(2).
Tight: in the limit of large D, both sides go to 1.   Proof: proofs_notes/classics/bretagnolle_huber.md
"""
from fractions import Fraction

from simulate import Binary, soft
from theory import plug_in
from verify import Claim


def exact(task, teacher):
    """(1), left-hand side."""
    return soft.mean(task, soft.distances(task, teacher))


def bound(task, teacher, c=1):
    """(1), right-hand side; c multiplies the divergence."""
    return plug_in.BRETAGNOLLE_HUBER(divergence=soft.divergence(task, teacher), c=c)


def reads(task, teacher):
    """The law of eta, of the teacher's probability and of the divergence."""
    return {"X": (task.mass, {"eta": task.eta, "teacher": teacher, "kl": soft.divergence_at(task, teacher)})}


CLAIM = Claim(
    title="A teacher whose probabilities have mean divergence D from the truth is a sqrt(1 - exp(-D))-sampler",
    source="Bretagnolle & Huber 1979",
    fidelity="secondary",
    given=soft.binary_with_soft_teacher(),
    exact=exact, bound=bound, relation="<=",
    controls=[{"c": Fraction(4, 5)}, {"c": Fraction(1, 2)}],
    tight_at={"task": Binary((1,), (Fraction(999, 1000),)), "teacher": (Fraction(1, 50),)},
    proof=plug_in.BRETAGNOLLE_HUBER_PROOF.read_by(reads),
)
