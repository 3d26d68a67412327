"""An approximate sampler errs at most E[g d] more often than a perfect one.

Theorem. Let Y be 0 or 1, g(x) = |2 eta(x) - 1|, and let d(x) be the total variation distance between the law
of the teacher's label at x and the law of Y given x. Then

    P(teacher(X) != Y) <= E[(1 - g^2)/2] + E[g d].                                      (1)

Hypotheses: Y binary; given X, the teacher's label is independent of Y.
Does not say that g is the margin with several classes: there it is max_y p_y - min_y p_y.
Tight: the teacher's label is 1 less often than Y where eta > 1/2 and more often where eta < 1/2.
Proof: proofs_notes/kaplun2022/approximate_sampler_risk.md
"""

from fractions import Fraction

from simulate import Binary, strategies, votes
from theory import samplers
from theory.formula import expectation
from verify import Claim


def sample(task, teacher, rng, size):
    """`size` i.i.d. errors of the teacher, whose label at x is 1 with probability teacher[x]."""
    return votes.teacher_errors(task, teacher, rng, size)


def bound(task, teacher, c=1):
    """(1), right-hand side."""
    distance = [abs(q - eta) for q, eta in zip(teacher, task.eta, strict=True)]
    return expectation(
        samplers.APPROXIMATE_SAMPLER_RISK, task.mass, margin=task.margin(), distance=distance, c=c
    )


def exact(task, teacher):
    """(1), left-hand side, by enumeration of the teacher's and the true label."""
    return sum(
        p * (q * (1 - eta) + (1 - q) * eta) for p, q, eta in zip(task.mass, teacher, task.eta, strict=True)
    )


CLAIM = Claim(
    title="An approximate sampler errs at most E[g d] more often than a perfect one",
    source="Kaplun et al. 2022",
    fidelity="reconstructed",
    given=strategies.binary_with_teacher(),
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"c": 0.9}, {"relation": ">="}],
    tight_at={"task": Binary((1,), (Fraction(3, 4),)), "teacher": (Fraction(1, 2),)},
    proof=samplers.APPROXIMATE_SAMPLER_RISK_PROOF,
)
