"""The regularised beta function I_{(1-g)/2}((k+1)/2, (k+1)/2) is at most (1 - g^2)^(k/2)/2.

Theorem. For odd k and 0 <= g <= 1

    I_{(1-g)/2}((k + 1)/2, (k + 1)/2) <= (1 - g^2)^(k/2) / 2.                            (1)

Hypotheses: k odd; g >= 0 (for g < 0 the left-hand side exceeds 1/2, the right-hand side doesn't).
Does not say that (1) is sharp as k grows: then the ratio of the sides falls like 1/(g sqrt(k)).
Tight: g = 0, both sides are 1/2.   Proof: proofs_notes/classics/vote_tail_beta_bound.md
"""
from fractions import Fraction

from simulate import jury, strategies
from theory import majority
from verify import Claim


def assume(margin):
    """A margin."""
    return 0 <= margin <= 1


def sample(margin, k, rng, size):
    """`size` i.i.d. indicators of at most (k - 1)/2 right votes of k, each right with probability (1 + g)/2."""
    return jury.few_right((1 + margin) / 2, k, rng, size)


def exact(margin, k):
    """(1), left-hand side, as the binomial tail."""
    return majority.vote_tail((1 + margin) / 2, k)


def bound(margin, k, c=Fraction(1, 2), power=Fraction(1, 2)):
    """(1), right-hand side."""
    return majority.MAJORITY_BOUND(margin=margin, k=k, c=c, power=power)


CLAIM = Claim(
    title="I_{(1-g)/2}((k+1)/2, (k+1)/2) is at most (1 - g^2)^(k/2)/2",
    source="a Chernoff bound with the factor 1/2",
    fidelity="reconstructed",
    given={"margin": strategies.fractions01(64), "k": strategies.odd(101)}, assume=assume,
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 20)}, {"power": Fraction(3, 5)},
              {"given": {"margin": strategies.fractions01(64).map(lambda share: -share)}, "assume": None}],
    tight_at={"margin": Fraction(0), "k": 3},
    proof=majority.VOTE_TAIL_BETA_BOUND_PROOF,
)
