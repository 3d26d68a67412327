"""At least two of three votes are wrong with probability 3 x^2 - 2 x^3.

Theorem. Let each of three independent votes be wrong with probability x. Then

    P(the majority is wrong) = 3 x^2 - 2 x^3 = I_x(2, 2).                                (1)

Hypotheses: three independent votes of one probability.
Does not say that three votes beat one where x > 1/2: there 3 x^2 - 2 x^3 > x.
Tight: an equality.   Proof: proofs_notes/classics/vote_tail_three.md
"""
from fractions import Fraction

from simulate import jury, strategies
from theory import majority
from verify import Claim


def sample(share, rng, size, repeat=0):
    """`size` i.i.d. indicators of two wrong votes or three; with probability `repeat` all three repeat one vote."""
    three, one = (jury.few_right(1 - share, k, rng, size) for k in (3, 1))
    second = rng.random(size) < repeat
    return (one & second) | (three & ~second)


def exact(share, repeat=0):
    """(1), left-hand side: eight outcomes, by their number of wrong votes."""
    wrong = [(share, 1), (1 - share, 0)]
    three = sum(p * q * r for p, a in wrong for q, b in wrong for r, c in wrong if a + b + c >= 2)
    return (1 - repeat) * three + repeat * share


def bound(share, c=1):
    """(1), right-hand side."""
    return c * majority.VOTE_TAIL_THREE(share=share)


CLAIM = Claim(
    title="At least two of three votes are wrong with probability 3 x^2 - 2 x^3",
    source="Condorcet 1785",
    fidelity="secondary",
    given={"share": strategies.fractions01(128)},
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"c": Fraction(51, 50)}, {"repeat": Fraction(1, 10)}],
    proof=majority.VOTE_TAIL_THREE_PROOF,
)
