"""Hoeffding's inequality: a mean of bounded variables is rarely far above its expectation.

Theorem (Hoeffding 1963, Theorem 1, (2.3)). Let Z_1, ..., Z_m be independent with values in [0, 1] and mean mu.
Then for every t >= 0

    P((Z_1 + ... + Z_m)/m >= mu + t) <= exp(-2 m t^2).                                   (1)

The instances are identically distributed Z_i on finitely many values; the proof needs no common law.
Hypotheses: independence; values in [0, 1].
Does not say: that the tail is Gaussian: for a small variance it is much lighter (Bernstein).
Tight: nearly, one fair coin with t = 1/2 attains 0.82 of it; the exponent is sharp as m grows and t falls.
Proof: proofs_notes/classics/hoeffding.md
"""
from fractions import Fraction

from hypothesis import strategies as st

from simulate import strategies, sums
from theory.concentration import HOEFFDING, HOEFFDING_PROOF
from verify import Claim


def sample(mass, values, m, t, rng, size, scale=1):
    """`size` i.i.d. indicators of a mean of m draws that is at least mu + t; the values are in [0, scale]."""
    return sums.mean_exceeds(mass, tuple(scale * v for v in values), m, t, rng, size)


def exact(mass, values, m, t, scale=1):
    """(1), left-hand side, by rational convolution; None where it is too large."""
    return sums.tail(mass, tuple(scale * v for v in values), m, t)


def bound(m, t, c=2):
    """(1), right-hand side."""
    return HOEFFDING(m=m, t=t, c=c)


def reads(mass, values, m):
    """The law of the mean less its expectation, by convolution; None where it is too large."""
    law = sums.deviation_law(mass, values, m)
    return {"U": law and (law[0], {"u": law[1]})}


CLAIM = Claim(
    title="The mean of m independent variables in [0, 1] exceeds its expectation by t with probability at most "
          "exp(-2mt^2)",
    source="Hoeffding 1963, Theorem 1",
    fidelity="secondary",
    given=strategies.merged(
        strategies.bounded_laws(max_atoms=4),
        st.fixed_dictionaries({"m": st.integers(1, 40), "t": strategies.fractions01(100).filter(bool)})),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(14, 5)}, {"c": 4}, {"scale": 2}],
    tight_at={"mass": (Fraction(1, 2), Fraction(1, 2)), "values": (Fraction(0), Fraction(1)), "m": 1,
              "t": Fraction(1, 2)},
    proof=HOEFFDING_PROOF.read_by(reads),
)
