"""A perfect sampler's risk exceeds the Bayes risk by E[g (1 - g)]/2.

Theorem. Let Y be 0 or 1, eta(x) = P(Y = 1 | x), g(x) = |2 eta(x) - 1|, and L* the Bayes risk. If the
teacher's label at x is an independent draw from the law of Y given x, then

    P(teacher(X) != Y) - L* = E[g (1 - g)]/2.                                           (1)

Hypotheses: Y binary; given X, the teacher's draw is independent of Y.
Does not say that the regret is a function of L*, nor that the mean margin decides it: the expectation is of
g (1 - g), point by point.
Tight: an equality.   Proof: proofs_notes/kaplun2022/sampler_regret.md
"""

from fractions import Fraction

from simulate import strategies, votes
from theory import samplers
from theory.formula import expectation
from verify import Claim


def sample(task, rng, size):
    """`size` i.i.d. differences, in {-1, 0, 1}, of the sampler's and the Bayes classifier's error."""
    return votes.sampler_regrets(task, rng, size)


def bound(task, c=Fraction(1, 2), pointwise=True):
    """(1), right-hand side; not `pointwise`, the mean margin takes the place of the margin."""
    margin = task.margin()
    if not pointwise:
        margin = sum(p * g for p, g in zip(task.mass, margin, strict=True))
    return expectation(samplers.SAMPLER_REGRET, task.mass, margin=margin, c=c)


def exact(task):
    """(1), left-hand side, by enumeration."""
    return task.sampler_risk() - task.bayes_risk()


CLAIM = Claim(
    title="A perfect sampler's risk exceeds the Bayes risk by E[g (1 - g)]/2",
    source="Kaplun et al. 2022; follows from Cover & Hart 1967",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks()},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="==",
    support=(-1, 1),
    controls=[{"c": 0.49}, {"pointwise": False}],
    proof=samplers.SAMPLER_REGRET_PROOF,
)
