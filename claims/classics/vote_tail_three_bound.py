"""The majority of three votes is wrong with probability at most (1 - g^2)^(3/2).

Theorem. Let each of three independent votes be right with probability (1 + g)/2, 0 <= g <= 1. Then

    P(the majority is wrong) = I_{(1-g)/2}(2, 2) <= (1 - g^2)^(3/2).                     (1)

Hypotheses: three independent votes; g >= 0.
Does not say the best constant: half of the right-hand side bounds it too (vote_tail_beta_bound).
Tight: up to the factor 2, at g = 0.   Proof: proofs_notes/classics/vote_tail_three_bound.md
"""
from fractions import Fraction

from simulate import jury, strategies
from theory import majority
from verify import Claim


def sample(margin, rng, size, independent=True):
    """`size` i.i.d. indicators of two wrong votes or three; not `independent`, all three repeat one vote."""
    return jury.few_right((1 + margin) / 2, 3 if independent else 1, rng, size)


def exact(margin, independent=True):
    """(1), left-hand side: 3 x^2 (1 - x) + x^3 at x = (1 - g)/2."""
    share = (1 - margin) / 2
    if not independent:
        return share
    return 3 * share**2 * (1 - share) + share**3


def bound(margin, c=1, power=Fraction(1, 2)):
    """(1), right-hand side."""
    return majority.MAJORITY_BOUND(margin=margin, k=3, c=c, power=power)


CLAIM = Claim(
    title="The majority of three votes is wrong with probability at most (1 - g^2)^(3/2)",
    source="a Chernoff bound for three votes",
    fidelity="reconstructed",
    given={"margin": strategies.fractions01(128)},
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(49, 100)}, {"power": 1}, {"independent": False}],
    tight_at={"margin": Fraction(0)},
    proof=majority.VOTE_TAIL_THREE_BOUND_PROOF,
)
