"""A majority of k independent samplers is wrong with probability at most (1 - g^2)^(k/2)/2.

Theorem. Fix x, let eta = P(Y = 1 | x), g = |2 eta - 1| and k be odd. The majority of k independent draws from
the law of Y given x differs from the Bayes label f* with probability

    P(majority != f*) <= (1 - g^2)^(k/2) / 2.                                            (1)

Hypotheses: two classes; k odd; the k samplers are independent given x.
Does not say that k teachers trained on the same data are independent.
Tight: g = 0 (both sides are 1/2), and g = 1.   Proof: proofs_notes/kaplun2022/majority_vote.md
"""

from fractions import Fraction

from simulate import strategies, votes
from theory import bayes_risk, majority
from verify import Claim


def sample(eta, k, rng, size, independent=True):
    """`size` i.i.d. indicators that the majority is wrong; not `independent`, all k repeat one draw."""
    return votes.majority_errors(eta, k if independent else 1, rng, size)


def bound(eta, k, c=Fraction(1, 2), power=Fraction(1, 2)):
    """(1), right-hand side."""
    return majority.MAJORITY_BOUND(margin=bayes_risk.MARGIN(eta=eta), k=k, c=c, power=power)


def exact(eta, k, independent=True):
    """(1), left-hand side: the binomial tail."""
    return majority.vote_tail(max(eta, 1 - eta), k if independent else 1)


CLAIM = Claim(
    title="The majority of k independent samplers misses the Bayes label with probability at most (1 - g^2)^(k/2)/2",
    source="Kaplun et al. 2022; a Chernoff bound",
    fidelity="reconstructed",
    given={"eta": strategies.fractions01(), "k": strategies.odd(101)},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"c": 0.4}, {"power": 0.6}, {"independent": False}],
    tight_at={"eta": Fraction(1, 2), "k": 3},
    proof=majority.MAJORITY_VOTE_PROOF,
)
