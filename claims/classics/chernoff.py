"""Chernoff's bound: the upper tail of a mean of bounded variables, by the divergence of two coins.

Theorem (Hoeffding 1963, Theorem 1, (2.1)). Let Z_1, ..., Z_m be independent with values in [0, 1] and mean mu. Then
for every level a with mu <= a < 1

    P((Z_1 + ... + Z_m)/m >= a) <= exp(-m KL(a, mu)),                                    (1)

KL(a, mu) = a ln(a/mu) + (1 - a) ln((1 - a)/(1 - mu)). With 1 - Z_i for Z_i it bounds the lower tail.
The instances are identically distributed Z_i on finitely many values.
Hypotheses: independence; values in [0, 1].
Does not say: more than Hoeffding's exp(-2 m (a - mu)^2) near mu = 1/2; KL(a, mu) >= 2 (a - mu)^2 always.
Tight: coins, as a rises to 1: P(all are 1) = mu^m.
Proof: proofs_notes/classics/chernoff.md
"""
from fractions import Fraction

from simulate import sums, tail_strategies, tails
from theory.concentration_more import CHERNOFF, CHERNOFF_PROOF
from verify import Claim


def level_of(mass, values, share):
    """The level a: a share of the way from the mean to 1; and the mean."""
    mean, _ = tails.moments(mass, values)
    return mean + share * (1 - mean), mean


def sample(mass, values, m, share, rng, size, scale=1):
    """`size` i.i.d. indicators of a mean that exceeds mu by a - mu; the values are in [0, scale]."""
    level, mean = level_of(mass, values, share)
    return sums.mean_exceeds(mass, tuple(scale * v for v in values), m, level - mean, rng, size)


def exact(mass, values, m, share, scale=1):
    """(1), left-hand side, by summing over how often each value is drawn; None where that is too much."""
    level, mean = level_of(mass, values, share)
    return sums.tail(mass, tuple(scale * v for v in values), m, level - mean)


def bound(mass, values, m, share, c=1):
    """(1), right-hand side."""
    level, mean = level_of(mass, values, share)
    return CHERNOFF(m=m, mean=mean, level=level, c=c)


def reads(mass, values, m, share):
    """The laws of Z and of the mean less its expectation, and how many times the odds of mu those of a are."""
    level, mean = level_of(mass, values, share)
    law = tails.few_deviations(mass, values, m)
    return {"odds": level * (1 - mean) / (mean * (1 - level)), "Z": (mass, {"z": values}),
            "U": law and (law[0], {"u": law[1]})}


CLAIM = Claim(
    title="The mean of m independent variables in [0, 1] reaches a with probability at most exp(-m KL(a, mu))",
    source="Chernoff 1952; Hoeffding 1963, Theorem 1",
    fidelity="secondary",
    given=tail_strategies.random_means(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(11, 10)}, {"scale": Fraction(5, 4)}],
    tight_at={"mass": (Fraction(1, 2), Fraction(1, 2)), "values": (Fraction(0), Fraction(1)), "m": 3,
              "share": Fraction(9999, 10000)},
    proof=CHERNOFF_PROOF.read_by(reads),
)
