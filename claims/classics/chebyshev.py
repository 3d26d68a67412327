"""Chebyshev's inequality: a variable is rarely many standard deviations away from its mean.

Theorem. Let Z have a variance. Then for every t > 0

    P(|Z - E Z| >= t) <= Var Z / t^2.                                                   (1)

Hypotheses: Z^2 has a mean.
Does not say: that each side has half of it; one side alone may have nearly all (classics.cantelli).
Tight: for every t, Z = 0 or +-t, both signs as likely.
Proof: proofs_notes/classics/chebyshev.md
"""
from fractions import Fraction

from simulate import tail_strategies, tails
from theory.concentration_more import CHEBYSHEV, CHEBYSHEV_PROOF
from verify import Claim


def far(mass, values, t):
    """Which values are at least t away from the mean."""
    mean, _ = tails.moments(mass, values)
    return [abs(v - mean) >= t for v in values]


def sample(mass, values, t, rng, size):
    """`size` i.i.d. indicators of |Z - E Z| >= t."""
    return tails.happens(mass, far(mass, values, t), rng, size)


def exact(mass, values, t):
    """(1), left-hand side: the mass of the values that are far."""
    return sum((p for p, is_far in zip(mass, far(mass, values, t), strict=True) if is_far), Fraction(0))


def bound(mass, values, t, c=1):
    """(1), right-hand side."""
    _, variance = tails.moments(mass, values)
    return CHEBYSHEV(variance=variance, t=t, c=c)


def reads(mass, values):
    """The law of Z."""
    return {"Z": (mass, {"z": values})}


CLAIM = Claim(
    title="A variable is at least t away from its mean with probability at most Var Z/t^2",
    source="Bienayme 1853; Chebyshev 1867",
    fidelity="secondary",
    given=tail_strategies.two_sided_laws(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}],
    tight_at={"mass": (Fraction(1, 8), Fraction(3, 4), Fraction(1, 8)),
              "values": (Fraction(0), Fraction(1, 2), Fraction(1)), "t": Fraction(1, 2)},
    proof=CHEBYSHEV_PROOF.read_by(reads),
)
