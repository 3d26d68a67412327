"""A perfect sampler errs with probability E[(1 - g^2)/2].

Theorem. Let Y be 0 or 1, eta(x) = P(Y = 1 | x) and g(x) = |2 eta(x) - 1|. If the teacher's label at x is a
draw from the law of Y given x, then

    P(teacher(X) != Y) = E[2 eta (1 - eta)] = E[(1 - g^2)/2].                          (1)

Hypotheses: Y binary; given X, the teacher's draw is independent of Y.
Does not say that any learning algorithm is a sampler, nor anything about a teacher that has seen this Y.
Tight: an equality.   Proof: proofs_notes/kaplun2022/sampler_risk.md
"""

from simulate import strategies, votes
from theory import samplers
from theory.formula import expectation
from verify import Claim


def sample(task, rng, size, leak=0):
    """`size` i.i.d. errors of the sampler on fresh points; with probability `leak` it repeats Y instead."""
    return votes.sampler_errors(task, rng, size) & (rng.random(size) >= leak)


def bound(task, c=2):
    """(1), right-hand side."""
    return expectation(samplers.SAMPLER_RISK, task.mass, margin=task.margin(), c=c)


def exact(task, leak=0):
    """(1), middle: the sum over points and over the two ways to differ."""
    return (1 - leak) * sum(
        p * (eta * (1 - eta) + (1 - eta) * eta) for p, eta in zip(task.mass, task.eta, strict=True)
    )


CLAIM = Claim(
    title="A perfect sampler errs with probability E[(1 - g^2)/2]",
    source="Cover & Hart 1967; Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks()},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="==",
    support=(0, 1),
    controls=[{"c": 1}, {"c": 2.02}, {"leak": 0.02}],
    proof=samplers.SAMPLER_RISK_PROOF,
)
