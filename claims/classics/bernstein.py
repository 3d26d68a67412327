"""Bernstein's inequality: a small variance makes the tail of a mean lighter than the range does.

Theorem. Let Z_1, ..., Z_m be independent with one law of mean mu and variance V > 0, and values in an interval of
length b. Then for every t > 0

    P((Z_1 + ... + Z_m)/m >= mu + t) <= exp(-m t^2 / (2 (V + b t / 3))).                 (1)

With -Z_i for Z_i it bounds the lower tail.
Hypotheses: independence; values in an interval of length b; V > 0 (else the mean is mu).
Does not say: what t leaves a given probability when V is unknown (classics.empirical_bernstein_scalar).
Tight: nearly for one fair coin and t = 1/2, where it attains 0.67 of (1); the exponent is sharp as t falls and m grows.
Proof: proofs_notes/classics/bernstein.md
"""
from fractions import Fraction

from simulate import sums, tail_strategies, tails
from theory.concentration_more import BERNSTEIN, BERNSTEIN_PROOF
from verify import Claim


def deviation(mass, values, share):
    """The threshold t: a share of the largest deviation."""
    mean, _ = tails.moments(mass, values)
    return share * (max(v for p, v in zip(mass, values, strict=True) if p) - mean)


def length(mass, values):
    """The length b of the least interval that holds the values."""
    found = [v for p, v in zip(mass, values, strict=True) if p]
    return max(found) - min(found)


def sample(mass, values, m, share, rng, size, dependent=0):
    """`size` i.i.d. indicators of a mean that is at least mu + t; dependent = 1 makes all m variables equal."""
    return sums.mean_exceeds(mass, values, 1 if dependent else m, deviation(mass, values, share), rng, size)


def exact(mass, values, m, share, dependent=0):
    """(1), left-hand side, by summing over how often each value is drawn; None where that is too much."""
    return sums.tail(mass, values, 1 if dependent else m, deviation(mass, values, share))


def bound(mass, values, m, share, c=1):
    """(1), right-hand side."""
    _, variance = tails.moments(mass, values)
    return BERNSTEIN(m=m, t=deviation(mass, values, share), variance=variance, b=length(mass, values), c=c)


def reads(mass, values, m, share):
    """The laws of Z and of the mean's deviation in units of b, and b t/(V + b t/3)."""
    b, t, (_, variance) = length(mass, values), deviation(mass, values, share), tails.moments(mass, values)
    low = min(v for p, v in zip(mass, values, strict=True) if p)
    law = tails.few_deviations(mass, values, m)
    return {"share": b * t / (variance + b * t / 3), "Z": (mass, {"z": tuple((v - low) / b for v in values)}),
            "U": law and (law[0], {"u": tuple(u / b for u in law[1])})}


CLAIM = Claim(
    title="The mean of m independent variables in an interval of length b exceeds its expectation by t with "
          "probability at most exp(-mt^2/(2(V + bt/3)))",
    source="Bernstein 1924; Boucheron, Lugosi & Massart 2013, (2.10)",
    fidelity="secondary",
    given=tail_strategies.random_means(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": 0}, {"c": Fraction(1, 3)}, {"dependent": 1}],
    tight_at={"mass": (Fraction(1, 2), Fraction(1, 2)), "values": (Fraction(0), Fraction(1)), "m": 1,
              "share": Fraction(255, 256)},
    proof=BERNSTEIN_PROOF.read_by(reads),
)
