"""With several classes a perfect sampler errs with probability E[1 - sum_y p_y^2].

Theorem. Let p_y(x) = P(Y = y | x). If the teacher's label at x is a draw from the law of Y given x, then

    P(teacher(X) != Y) = E[sum_y p_y (1 - p_y)] = E[1 - sum_y p_y^2].                   (1)

Hypotheses: finitely many classes; given X, the teacher's draw is independent of Y.
Does not say that any learning algorithm is a sampler.
Tight: an equality.   Proof: proofs_notes/kaplun2022/sampler_risk_multiclass.md
"""

from simulate import strategies, votes
from theory import samplers
from theory.formula import expectation
from verify import Claim


def sample(task, rng, size, leak=0):
    """`size` i.i.d. errors of the sampler on fresh points; with probability `leak` it repeats Y instead."""
    return votes.sampler_errors(task, rng, size) & (rng.random(size) >= leak)


def bound(task, c=1):
    """(1), right-hand side, class by class; c multiplies the sum of squares."""
    weights = [p for p in task.mass for _ in range(task.classes)]
    probabilities = [probability for row in task.law for probability in row]
    return expectation(samplers.SAMPLER_RISK_CLASS, weights, probability=probabilities, c=c)


def exact(task, leak=0):
    """(1), left-hand side: the sum over points and pairs of different labels."""
    return (1 - leak) * sum(
        p * row[label] * row[y]
        for p, row in zip(task.mass, task.law, strict=True)
        for label in range(task.classes)
        for y in range(task.classes)
        if label != y
    )


def reads(task):
    """The law of P(label | X) for the label that the teacher draws."""
    pairs = [(p * share, share) for p, row in zip(task.mass, task.law, strict=True) for share in row]
    return {"T": ([weight for weight, _ in pairs], {"probability": [share for _, share in pairs]})}


CLAIM = Claim(
    title="With several classes a perfect sampler errs with probability E[1 - sum p_y^2]",
    source="Cover & Hart 1967; Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"task": strategies.finite_tasks()},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="==",
    support=(0, 1),
    controls=[{"c": 1.02}, {"leak": 0.02}],
    proof=samplers.SAMPLER_RISK_MULTICLASS_PROOF.read_by(reads),
)
