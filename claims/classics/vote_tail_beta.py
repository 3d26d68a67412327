"""The tail of k = 2r + 1 votes is a regularised incomplete beta function.

Theorem. Let k be odd and each of k independent votes be right with probability (1 + g)/2, -1 < g <= 1. Then

    P(the majority is wrong) = I_{(1-g)/2}((k + 1)/2, (k + 1)/2).                        (1)

Hypotheses: independent votes of one probability; k odd.
Does not say: anything about votes of different probabilities, or of teachers trained on the same data.
Tight: an equality.   Proof: proofs_notes/classics/vote_tail_beta.md
"""
from fractions import Fraction

from simulate import jury, strategies
from theory import majority
from verify import Claim


def sample(margin, k, rng, size, independent=True):
    """`size` i.i.d. indicators of at most (k - 1)/2 right votes; not `independent`, all repeat one vote."""
    return jury.few_right((1 + margin) / 2, k if independent else 1, rng, size)


def exact(margin, k, independent=True):
    """(1), left-hand side: the binomial tail."""
    return majority.vote_tail((1 + margin) / 2, k if independent else 1)


def bound(margin, k, shift=0, c=1):
    """(1), right-hand side; `shift` adds to the number of votes, c multiplies the margin."""
    return majority.VOTE_TAIL_BETA(margin=c * margin, k=k + shift)


CLAIM = Claim(
    title="The tail of k = 2r + 1 votes is the regularised beta function I_{(1-g)/2}((k+1)/2, (k+1)/2)",
    source="Boland 1989 (Condorcet's jury theorem); DLMF 8.17.5",
    fidelity="secondary",
    given={"margin": strategies.fractions01(64).map(lambda share: 1 - 2 * share).filter(lambda g: g > -1),
           "k": strategies.odd(101)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"shift": 2}, {"c": Fraction(49, 50)}, {"independent": False}],
    proof=majority.VOTE_TAIL_BETA_PROOF,
)
