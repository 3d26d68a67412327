"""The multiplicative Chernoff bound: a mean of bounded variables is rarely a multiple of its expectation.

Theorem. Let Z_1, ..., Z_m be independent with values in [0, 1] and mean mu. Then for every r >= 1

    P((Z_1 + ... + Z_m)/m >= r mu) <= exp(-m mu (r ln r - r + 1)).                       (1)

The instances are identically distributed Z_i on finitely many values.
Hypotheses: independence; values in [0, 1].
Does not say: that m must be large; only m mu counts.
Tight: nearly for rare events, as for a Poisson variable: there the exponent is the best possible.
Proof: proofs_notes/classics/chernoff_multiplicative.md
"""
from fractions import Fraction

from simulate import sums, tail_strategies, tails
from theory.concentration_more import CHERNOFF_MULTIPLICATIVE, CHERNOFF_UPPER_PROOF
from verify import Claim


def mean_and_ratio(mass, values, share):
    """The mean, and r for a level that is a share of the way from the mean to 1."""
    mean, _ = tails.moments(mass, values)
    return mean, 1 + share * (1 - mean) / mean


def sample(mass, values, m, share, rng, size, scale=1):
    """`size` i.i.d. indicators of a mean that exceeds mu by (r - 1) mu; the values are in [0, scale]."""
    mean, ratio = mean_and_ratio(mass, values, share)
    return sums.mean_exceeds(mass, tuple(scale * v for v in values), m, (ratio - 1) * mean, rng, size)


def exact(mass, values, m, share, scale=1):
    """(1), left-hand side, by summing over how often each value is drawn; None where that is too much."""
    mean, ratio = mean_and_ratio(mass, values, share)
    return sums.tail(mass, tuple(scale * v for v in values), m, (ratio - 1) * mean)


def bound(mass, values, m, share, c=1):
    """(1), right-hand side."""
    mean, ratio = mean_and_ratio(mass, values, share)
    return CHERNOFF_MULTIPLICATIVE(m=m, mean=mean, ratio=ratio, c=c)


def reads(mass, values, m, share):
    """r, and the laws of Z and of the mean less its expectation."""
    law = tails.few_deviations(mass, values, m)
    return {"ratio": mean_and_ratio(mass, values, share)[1], "Z": (mass, {"z": values}),
            "U": law and (law[0], {"u": law[1]})}


CLAIM = Claim(
    title="The mean of m independent variables in [0, 1] is at least r times its expectation with probability at most "
          "exp(-m mu (r ln r - r + 1))",
    source="Chernoff 1952; Boucheron, Lugosi & Massart 2013, section 2.7",
    fidelity="secondary",
    given=tail_strategies.random_means(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(6, 5)}, {"scale": Fraction(3, 2)}],
    tight_at={"mass": (Fraction(49, 50), Fraction(1, 50)), "values": (Fraction(0), Fraction(1)), "m": 400,
              "share": Fraction(4, 49)},
    proof=CHERNOFF_UPPER_PROOF.read_by(reads),
)
