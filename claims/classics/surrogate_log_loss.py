"""The suggested label's excess risk is at most sqrt(2 excess log loss).

Theorem. Let the teacher give probabilities q(x) in (0, 1), h(x) be 1 where q(x) > 1/2, 0 where q(x) < 1/2, either at
1/2. Its excess log loss is E KL(eta || q), and

    P(h(X) != Y) - L* <= sqrt(2 E KL(eta(X) || q(X))).                                   (1)

Hypotheses: two classes; the threshold is 1/2; 0 < eta, q < 1.
Does not say that a small log loss is needed: it is enough that q lies on the side of eta.
Tight: to the second order, eta near 1/2 and q = 1/2.   Proof: proofs_notes/classics/surrogate_log_loss.md
"""
from fractions import Fraction

from simulate import Binary, classifiers, soft
from theory import plug_in
from verify import Claim


def sample(task, teacher, rng, size):
    """`size` i.i.d. differences of the label's error and the Bayes classifier's, each -1, 0 or 1."""
    return classifiers.excess(task, soft.labels(task, teacher), rng, size)


def exact(task, teacher):
    """(1), left-hand side, by enumeration."""
    return soft.regret(task, soft.labels(task, teacher))


def bound(task, teacher, c=2):
    """(1), right-hand side."""
    return plug_in.ROOT_DIVERGENCE(divergence=soft.divergence(task, teacher), c=c)


def reads(task, teacher):
    """The law of eta, of the teacher's probability, of its label and of the divergence."""
    return {"X": (task.mass, {"eta": task.eta, "teacher": teacher, "h": soft.labels(task, teacher),
                              "kl": soft.divergence_at(task, teacher)})}


CLAIM = Claim(
    title="The suggested label's excess risk is at most sqrt(2 excess log loss)",
    source="Zhang 2004; Bartlett, Jordan & McAuliffe 2006",
    fidelity="secondary",
    given=soft.binary_with_soft_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(9, 5)}, {"c": 1}],
    tight_at={"task": Binary((1,), (Fraction(53, 100),)), "teacher": (Fraction(1, 2),)},
    proof=plug_in.LOG_LOSS_PROOF.read_by(reads),
)
