"""A majority of k independent samplers is wrong with probability at most Phi(-g sqrt(k)).

Theorem. Fix x, let eta = P(Y = 1 | x), g = |2 eta - 1| and k be odd. The majority of k independent draws from
the law of Y given x differs from the Bayes label f* with probability

    P(majority != f*) <= Phi(-g sqrt(k)),                                                (1)

Phi the distribution function of the standard normal law: the normal approximation is an upper bound.
Hypotheses: two classes; k odd; the k samplers are independent given x.
Does not say: anything for even k, where a tie may be broken badly.
Tight: g = 0 (both sides are 1/2); at g = u/sqrt(k) the ratio of the two sides tends to 1 for every u.
Proof: proofs_notes/kaplun2022/majority_vote_gaussian.md
"""

from fractions import Fraction

from simulate import strategies, votes
from theory import bayes_risk, majority
from theory.majority_sharp import MAJORITY_GAUSSIAN
from verify import Claim


def sample(eta, k, rng, size, independent=True):
    """`size` i.i.d. indicators that the majority is wrong; not `independent`, all k repeat one draw."""
    return votes.majority_errors(eta, k if independent else 1, rng, size)


def bound(eta, k, stretch=1):
    """(1), right-hand side; `stretch` multiplies the margin."""
    return MAJORITY_GAUSSIAN(margin=stretch * bayes_risk.MARGIN(eta=eta), k=k)


def exact(eta, k, independent=True):
    """(1), left-hand side: the binomial tail."""
    return majority.vote_tail(max(eta, 1 - eta), k if independent else 1)


CLAIM = Claim(
    title="The majority of k independent samplers misses the Bayes label with probability at most Phi(-g sqrt(k))",
    source="Sharper form of majority_vote",
    fidelity="reconstructed",
    given={"eta": strategies.fractions01(), "k": strategies.odd(101)},
    sample=sample,
    exact=exact,
    bound=bound,
    relation="<=",
    support=(0, 1),
    controls=[{"stretch": Fraction(51, 50)}, {"stretch": Fraction(6, 5)}, {"independent": False}],
    tight_at={"eta": Fraction(43, 80), "k": 101},
)
