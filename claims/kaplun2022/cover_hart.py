"""A sampler errs at most twice as often as the Bayes classifier.

Theorem (Cover & Hart 1967, Theorem 1; used by Kaplun et al. 2022). If the teacher's label at x is an
independent draw from the law of Y given x, and L* is the Bayes risk, then

    P(teacher(X) != Y) <= 2 L* (1 - L*).                                                (1)

Hypotheses: Y binary; given X, the teacher's draw is independent of Y.
Does not say that the sampler's risk is near the Bayes risk: it is near twice that where L* is small. With
more than two classes (1) fails, see cover_hart_multiclass.
Tight: min(eta, 1 - eta) is the same at every x.   Proof: proofs_notes/kaplun2022/cover_hart.md
"""

from fractions import Fraction

from simulate import Binary, strategies, votes
from theory import bayes_risk, samplers
from verify import Claim


def sample(task, rng, size):
    """`size` i.i.d. errors, each 0 or 1, of the sampler on fresh points."""
    return votes.sampler_errors(task, rng, size)


def bound(task, c=2):
    """(1), right-hand side."""
    return bayes_risk.COVER_HART(bayes_risk=task.bayes_risk(), c=c)


def exact(task):
    """(1), left-hand side, by enumeration of the teacher's and the true label."""
    return task.sampler_risk()


CLAIM = Claim(
    title="A sampler errs at most twice as often as the Bayes classifier",
    source="Cover & Hart 1967, Theorem 1; Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks()},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"c": 1.9}, {"given": {"task": strategies.finite_tasks()}}],
    tight_at={"task": Binary((1,), (Fraction(1, 4),))},
    proof=samplers.COVER_HART_PROOF,
)
