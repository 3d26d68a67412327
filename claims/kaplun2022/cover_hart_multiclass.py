"""With K classes a sampler's risk is at most L*(2 - L* K/(K - 1)).

Theorem (Cover & Hart 1967, M categories). If the teacher's label at x is an independent draw from the law of
Y given x over K >= 2 classes, and L* is the Bayes risk, then

    P(teacher(X) != Y) <= L* (2 - L* K/(K - 1)).                                        (1)

Hypotheses: K classes; given X, the teacher's draw is independent of Y.
Does not say that the two-class bound 2 L* (1 - L*) holds for more classes: it is smaller and fails.
Tight: one law for all x, in which all classes but the likeliest are equally likely.
Proof: proofs_notes/kaplun2022/cover_hart_multiclass.md
"""

from fractions import Fraction

from simulate import Finite, strategies, votes
from theory import bayes_risk, samplers
from verify import Claim


def sample(task, rng, size):
    """`size` i.i.d. errors, each 0 or 1, of the sampler on fresh points."""
    return votes.sampler_errors(task, rng, size)


def bound(task, c=1, classes=None):
    """(1), right-hand side; `classes` overrides the task's number of classes."""
    known = classes or task.classes
    return bayes_risk.COVER_HART_MULTICLASS(bayes_risk=task.bayes_risk(), classes=known, c=c)


def exact(task):
    """(1), left-hand side, by enumeration of the teacher's and the true label."""
    return task.sampler_risk()


def reads(task):
    """The likeliest class and the others, at each point."""
    others = [sorted(row)[:-1] for row in task.law]
    return {"classes": task.classes, "X": (task.mass, {
        "top": [max(row) for row in task.law],
        "other_mean": [Fraction(sum(rest)) / len(rest) for rest in others],
        "other_square": [Fraction(sum(v * v for v in rest)) / len(rest) for rest in others]})}


CLAIM = Claim(
    title="With K classes a sampler's risk is at most L*(2 - L* K/(K - 1))",
    source="Cover & Hart 1967 (M categories); Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"task": strategies.finite_tasks()},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"c": 1.1}, {"classes": 2}],
    tight_at={"task": Finite((1,), ((Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)),))},
    proof=samplers.COVER_HART_MULTICLASS_PROOF.read_by(reads),
)
