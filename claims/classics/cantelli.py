"""Cantelli's inequality: one side of Chebyshev's, with t^2 + Var Z for t^2.

Theorem (Cantelli 1928). Let Z have a variance. Then for every t > 0

    P(Z - E Z >= t) <= Var Z / (Var Z + t^2).                                           (1)

With -Z for Z it bounds the lower tail.
Hypotheses: Z^2 has a mean.
Does not say: half of Chebyshev's bound, Var Z/(2 t^2), which is false.
Tight: for every t and every variance, a variable with two values.
Proof: proofs_notes/classics/cantelli.md
"""
from fractions import Fraction

from simulate import tail_strategies, tails
from theory.concentration_more import CANTELLI, CANTELLI_PROOF, CHEBYSHEV
from verify import Claim


def above(mass, values, t):
    """Which values exceed the mean by at least t."""
    mean, _ = tails.moments(mass, values)
    return [v - mean >= t for v in values]


def sample(mass, values, t, rng, size):
    """`size` i.i.d. indicators of Z - E Z >= t."""
    return tails.happens(mass, above(mass, values, t), rng, size)


def exact(mass, values, t):
    """(1), left-hand side: the mass of the values above."""
    return sum((p for p, is_above in zip(mass, above(mass, values, t), strict=True) if is_above), Fraction(0))


def bound(mass, values, t, c=1, half=0):
    """(1), right-hand side; half = 1 is half of Chebyshev's bound instead."""
    _, variance = tails.moments(mass, values)
    return CHEBYSHEV(variance=variance, t=t, c=Fraction(1, 2)) if half else CANTELLI(variance=variance, t=t, c=c)


def reads(mass, values):
    """The law of Z."""
    return {"Z": (mass, {"z": values})}


CLAIM = Claim(
    title="A variable exceeds its mean by t with probability at most Var Z/(Var Z + t^2)",
    source="Cantelli 1928",
    fidelity="secondary",
    given=tail_strategies.one_sided_laws(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(11, 10)}, {"half": 1}],
    tight_at={"mass": (Fraction(4, 5), Fraction(1, 5)), "values": (Fraction(0), Fraction(1)), "t": Fraction(4, 5)},
    proof=CANTELLI_PROOF.read_by(reads),
)
