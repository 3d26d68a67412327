"""The excess risk of a majority of k independent samplers is at most E[g exp(-k g^2/2)]/2.

Theorem. Let Y be 0 or 1, g(x) = |2 eta(x) - 1| and k odd. The classifier that takes the majority of k
independent draws from the law of Y given X has

    P(majority != Y) - L* = E[g 1{majority != f*}] <= E[g exp(-k g^2/2)] / 2.            (1)

Hypotheses: two classes; k odd; the k samplers are independent given X.
Does not say that the excess risk decays exponentially: that needs a margin bounded away from 0.
Tight: the ratio of the two sides tends to 1 as g sqrt(k) tends to 0.
Proof: proofs_notes/kaplun2022/majority_excess_risk_margin.md
"""

from fractions import Fraction

from simulate import Binary, strategies, votes
from theory import majority
from theory.formula import expectation
from verify import Claim


def sample(task, k, rng, size, independent=True):
    """`size` i.i.d. values of g(X) 1{majority != f*(X)}; not `independent`, all k repeat one draw."""
    return votes.majority_excess(task, k if independent else 1, rng, size)


def bound(task, k, c=Fraction(1, 2)):
    """(1), right-hand side."""
    return expectation(majority.MARGIN_EXPONENTIAL, task.mass, margin=task.margin(), k=k, c=c)


def exact(task, k, independent=True):
    """(1), left-hand side: the binomial tail at each point."""
    votes_cast = k if independent else 1
    return sum(
        p * abs(2 * eta - 1) * majority.vote_tail(max(eta, 1 - eta), votes_cast)
        for p, eta in zip(task.mass, task.eta, strict=True)
    )


CLAIM = Claim(
    title="The excess risk of a majority of k independent samplers is at most E[g exp(-k g^2/2)]/2",
    source="Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks(), "k": strategies.odd(101)},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"c": 0.45}, {"independent": False}],
    tight_at={"task": Binary((1,), (Fraction(101, 200),)), "k": 1},
    proof=majority.MAJORITY_EXCESS_RISK_MARGIN_PROOF,
)
