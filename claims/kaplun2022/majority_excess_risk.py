"""The excess risk of a majority of k independent samplers is at most 1/sqrt(e k), whatever the law.

Theorem. Let Y be 0 or 1 and k odd. The classifier that takes the majority of k independent draws from the law
of Y given X has

    P(majority != Y) - L* = E[g 1{majority != f*}] <= 1/sqrt(e k).                       (1)

Hypotheses: two classes; k odd; the k samplers are independent given X.
Does not say that 1 is the best constant: 1/2 is proved in the note, and as k grows the supremum over laws of
the left-hand side, times sqrt(e k), tends to 0.280.
Tight: within that factor, g near 0.75/sqrt(k).   Proof: proofs_notes/kaplun2022/majority_excess_risk.md
"""

from fractions import Fraction

from simulate import Binary, strategies, votes
from theory import majority
from verify import Claim


def sample(task, k, rng, size, independent=True):
    """`size` i.i.d. values of g(X) 1{majority != f*(X)}; not `independent`, all k repeat one draw."""
    return votes.majority_excess(task, k if independent else 1, rng, size)


def bound(k, c=1):
    """(1), right-hand side."""
    return majority.MAJORITY_EXCESS_RISK(k=k, c=c)


def exact(task, k, independent=True):
    """(1), left-hand side: the binomial tail at each point."""
    votes_cast = k if independent else 1
    return sum(
        p * abs(2 * eta - 1) * majority.vote_tail(max(eta, 1 - eta), votes_cast)
        for p, eta in zip(task.mass, task.eta, strict=True)
    )


CLAIM = Claim(
    title="The excess risk of a majority of k independent samplers is at most 1/sqrt(e k)",
    source="Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"task": strategies.binary_tasks(), "k": strategies.odd(101)},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"c": 0.2}, {"independent": False}],
    tight_at={"task": Binary((1,), (Fraction(43, 80),)), "k": 101},
    proof=majority.MAJORITY_EXCESS_RISK_PROOF,
)
