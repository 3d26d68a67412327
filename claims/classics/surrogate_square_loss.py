"""The suggested label's excess risk is at most 2 sqrt(excess square loss).

Theorem. Let the teacher give probabilities q(x), h(x) be 1 where q(x) > 1/2, 0 where q(x) < 1/2, either at 1/2. The
excess square loss of q is E(q - Y)^2 - E(eta - Y)^2 = E(q - eta)^2, and

    P(h(X) != Y) - L* <= 2 sqrt(E (q(X) - eta(X))^2).                                    (1)

Hypotheses: two classes; the threshold is 1/2; q does not depend on the fresh (X, Y).
Does not say that a small square loss is needed: it is enough that q lies on the side of eta.
Tight: q = 1/2 with the tie broken the wrong way, constant eta.
Proof: proofs_notes/classics/surrogate_square_loss.md
"""
from fractions import Fraction

from simulate import Binary, classifiers, soft, strategies
from theory import plug_in
from verify import Claim


def sample(task, teacher, rng, size):
    """`size` i.i.d. differences of the label's error and the Bayes classifier's, each -1, 0 or 1."""
    return classifiers.excess(task, soft.labels(task, teacher), rng, size)


def exact(task, teacher):
    """(1), left-hand side, by enumeration."""
    return soft.regret(task, soft.labels(task, teacher))


def bound(task, teacher, c=4):
    """(1), right-hand side: sqrt(c E(q - eta)^2)."""
    return plug_in.ROOT_DIVERGENCE(divergence=soft.mean(task, [d**2 for d in soft.distances(task, teacher)]), c=c)


def reads(task, teacher):
    """The law of eta, of the teacher's probability and of its label."""
    return {"X": (task.mass, {"eta": task.eta, "teacher": teacher, "h": soft.labels(task, teacher)})}


CLAIM = Claim(
    title="The suggested label's excess risk is at most 2 sqrt(excess square loss)",
    source="Zhang 2004; Bartlett, Jordan & McAuliffe 2006",
    fidelity="secondary",
    given=strategies.binary_with_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(-1, 1),
    controls=[{"c": Fraction(7, 2)}, {"c": 1}],
    tight_at={"task": Binary((1,), (Fraction(3, 4),)), "teacher": (Fraction(1, 2),)},
    proof=plug_in.REGRET_SQUARE_PROOF.read_by(reads),
)
