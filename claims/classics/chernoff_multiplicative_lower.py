"""The multiplicative Chernoff bound for the lower tail: a mean is rarely a small share of its expectation.

Theorem. Let Z_1, ..., Z_m be independent with values in [0, 1] and mean mu. Then for every r with 0 < r <= 1

    P((Z_1 + ... + Z_m)/m <= r mu) <= exp(-m mu (r ln r - r + 1)).                       (1)

The right-hand side is at most exp(-m mu (1 - r)^2 / 2).
Hypotheses: independence; values in [0, 1].
Does not say: the same of values that are bounded above alone: what matters is that none exceeds 1.
Tight: rare events, as r falls to 0: none of m happens with probability (1 - mu)^m, the limit of (1) is exp(-m mu).
Proof: proofs_notes/classics/chernoff_multiplicative_lower.md
"""
from fractions import Fraction

from simulate import sums, tail_strategies, tails
from theory.concentration_more import CHERNOFF_LOWER_PROOF, CHERNOFF_MULTIPLICATIVE
from verify import Claim


def opposite(mass, values, share, scale):
    """The values' opposites, and by how much the mean falls short of its expectation."""
    mean, _ = tails.moments(mass, values)
    return tuple(-scale * v for v in values), (1 - share) * mean


def sample(mass, values, m, share, rng, size, scale=1):
    """`size` i.i.d. indicators of a mean that falls short of mu by (1 - r) mu; the values are in [0, scale]."""
    turned, t = opposite(mass, values, share, scale)
    return sums.mean_exceeds(mass, turned, m, t, rng, size)


def exact(mass, values, m, share, scale=1):
    """(1), left-hand side, by summing over how often each value is drawn; None where that is too much."""
    turned, t = opposite(mass, values, share, scale)
    return sums.tail(mass, turned, m, t)


def bound(mass, values, m, share, c=1):
    """(1), right-hand side."""
    mean, _ = tails.moments(mass, values)
    return CHERNOFF_MULTIPLICATIVE(m=m, mean=mean, ratio=share, c=c)


def reads(mass, values, m, share):
    """r, and the laws of Z and of the expectation less the mean."""
    law = tails.few_deviations(mass, tuple(-v for v in values), m)
    return {"ratio": share, "Z": (mass, {"z": values}), "U": law and (law[0], {"u": law[1]})}


CLAIM = Claim(
    title="The mean of m independent variables in [0, 1] is at most r times its expectation with probability at most "
          "exp(-m mu (r ln r - r + 1))",
    source="Chernoff 1952; Boucheron, Lugosi & Massart 2013, section 2.7",
    fidelity="secondary",
    given=tail_strategies.random_means(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(11, 10)}, {"scale": Fraction(5, 4)}],
    tight_at={"mass": (Fraction(49, 50), Fraction(1, 50)), "values": (Fraction(0), Fraction(1)), "m": 20,
              "share": Fraction(1, 256)},
    proof=CHERNOFF_LOWER_PROOF.read_by(reads),
)
