"""A teacher who draws labels from its probabilities errs at most sqrt(excess log loss/2) more often than a sampler.

Theorem. Let the teacher's label at x be 1 with probability q(x) in (0, 1), independently of Y given X, and
g(x) = |2 eta(x) - 1|. The excess log loss of q is E KL(eta || q), and

    P(teacher(X) != Y) <= E[(1 - g^2)/2] + sqrt(E KL(eta(X) || q(X)) / 2).               (1)

Hypotheses: two classes; 0 < eta, q < 1; given X, the teacher's label is independent of Y.
Does not say that the teacher's likeliest label errs so often: that one is better (surrogate_log_loss).
Tight: at q = eta; else what is added is at most 0.903 of the root, near eta = 1 and q = 0.29.
Proof: proofs_notes/classics/sampler_risk_log_loss.md
"""
from fractions import Fraction

from simulate import Binary, divergences, soft, votes
from theory import plug_in, samplers
from theory.formula import expectation
from verify import Claim


def sample(task, teacher, rng, size):
    """`size` i.i.d. errors of the teacher, whose label at x is 1 with probability teacher[x]."""
    return votes.teacher_errors(task, teacher, rng, size)


def exact(task, teacher):
    """(1), left-hand side, by enumeration of the teacher's and the true label."""
    return sum(p * (q * (1 - eta) + (1 - q) * eta) for p, q, eta in zip(task.mass, teacher, task.eta, strict=True))


def bound(task, teacher, c=Fraction(1, 2)):
    """(1), right-hand side."""
    perfect = expectation(samplers.SAMPLER_RISK, task.mass, margin=task.margin(), c=2)
    return divergences.total((perfect, plug_in.ROOT_DIVERGENCE(divergence=soft.divergence(task, teacher), c=c)))


def reads(task, teacher):
    """The law of eta, of the teacher's probability and of the divergence."""
    return {"X": (task.mass, {"eta": task.eta, "teacher": teacher, "kl": soft.divergence_at(task, teacher)})}


CLAIM = Claim(
    title="A teacher who draws labels from its probabilities errs at most sqrt(excess log loss/2) more than a sampler",
    source="Kaplun et al. 2022; Pinsker 1964",
    fidelity="reconstructed",
    given=soft.binary_with_soft_teacher(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(2, 5)}, {"c": Fraction(1, 4)}],
    tight_at={"task": Binary((1,), (Fraction(999, 1000),)), "teacher": (Fraction(3, 10),)},
    proof=plug_in.SAMPLER_LOG_LOSS_PROOF.read_by(reads),
)
