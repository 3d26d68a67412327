"""The majority's error bound decays exponentially: (1 - g^2)^(k/2) <= exp(-k g^2/2).

Theorem. For every margin g in [0, 1] and every k >= 1,

    (1 - g^2)^(k/2) <= exp(-k g^2/2),                                                    (1)

so by majority_vote the majority of k independent samplers, k odd, differs from the Bayes label with probability
at most exp(-k g^2/2)/2.

Hypotheses: 0 <= g <= 1.
Does not say that the right-hand side is near the left one for a large margin: at g = 1 the left one is 0.
Tight: g = 0.   Proof: proofs_notes/kaplun2022/majority_vote_exponential.md
"""

from fractions import Fraction

from simulate import strategies
from theory import bayes_risk, majority
from verify import Claim


def bound(eta, k, c=Fraction(1, 2)):
    """(1), right-hand side."""
    return majority.MAJORITY_EXPONENTIAL(margin=bayes_risk.MARGIN(eta=eta), k=k, c=c)


def exact(eta, k):
    """(1), left-hand side."""
    margin = bayes_risk.MARGIN(eta=eta)
    return majority.MAJORITY_BOUND(margin=margin, k=k, c=1, power=Fraction(1, 2))


CLAIM = Claim(
    title="The majority's error bound decays exponentially: (1 - g^2)^(k/2) <= exp(-k g^2/2)",
    source="Kaplun et al. 2022",
    fidelity="reconstructed",
    given={"eta": strategies.fractions01(), "k": strategies.odd(101)},
    exact=exact,
    bound=bound,
    relation="<=",
    controls=[{"c": 0.55}, {"relation": ">="}],
    tight_at={"eta": Fraction(1, 2), "k": 1},
    proof=majority.MAJORITY_VOTE_EXPONENTIAL_PROOF,
)
