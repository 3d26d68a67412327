"""A perfect sampler's risk exceeds the Bayes risk by at most 1/8.

Theorem. Let Y be 0 or 1 and L* the Bayes risk. If the teacher's label at x is an independent draw from the
law of Y given x, then

    P(teacher(X) != Y) - L* <= 1/8.                                                     (1)

Hypotheses: Y binary; given X, the teacher's draw is independent of Y.
Does not hold for more than two classes, where the regret comes as near to 1/4 as one likes.
Tight: g = 1/2 everywhere, that is eta in {1/4, 3/4}.
Proof: proofs_notes/kaplun2022/sampler_regret_bound.md
"""

from fractions import Fraction

from simulate import Binary, strategies, votes
from theory import samplers
from verify import Claim


def sample(task, rng, size):
    """`size` i.i.d. differences, in {-1, 0, 1}, of the sampler's and the Bayes classifier's error."""
    return votes.sampler_regrets(task, rng, size)


def bound(c=Fraction(1, 2)):
    """(1), right-hand side: the largest value of c g (1 - g)."""
    return samplers.SAMPLER_REGRET_MAXIMUM(c=c)


def exact(task):
    """(1), left-hand side, by enumeration."""
    return task.sampler_risk() - task.bayes_risk()


CLAIM = Claim(
    title="With two classes a perfect sampler's risk exceeds the Bayes risk by at most 1/8",
    source="Kaplun et al. 2022; follows from Cover & Hart 1967",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks()},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(-1, 1),
    controls=[{"c": Fraction(4, 9)}, {"relation": ">="}],
    tight_at={"task": Binary((1,), (Fraction(3, 4),))},
    proof=samplers.SAMPLER_REGRET_BOUND_PROOF,
)
