"""Markov's inequality: a variable that is not negative is rarely far above its mean.

Theorem. Let Z >= 0 have a mean. Then for every a > 0

    P(Z >= a) <= E Z / a.                                                               (1)

Hypotheses: Z >= 0.
Does not say: that the tail falls like 1/a for a fixed law; a P(Z >= a) tends to 0.
Tight: for every a, Z in {0, a}.
Proof: proofs_notes/classics/markov.md
"""
from fractions import Fraction

from simulate import tail_strategies, tails
from theory.concentration_more import MARKOV, MARKOV_PROOF
from verify import Claim


def moved(values, shift):
    """The values less a shift; one above 0 drops the hypothesis Z >= 0."""
    return tuple(v - shift for v in values)


def sample(mass, values, a, rng, size, shift=0):
    """`size` i.i.d. indicators of Z >= a."""
    return tails.happens(mass, [v >= a for v in moved(values, shift)], rng, size)


def exact(mass, values, a, shift=0):
    """(1), left-hand side: the mass of the values that reach a."""
    return sum((p for p, v in zip(mass, moved(values, shift), strict=True) if v >= a), Fraction(0))


def bound(mass, values, a, c=1, shift=0):
    """(1), right-hand side."""
    mean, _ = tails.moments(mass, moved(values, shift))
    return MARKOV(mean=mean, a=a, c=c)


def reads(mass, values):
    """The law of Z."""
    return {"Z": (mass, {"size": values})}


CLAIM = Claim(
    title="A variable that is not negative reaches a with probability at most E Z/a",
    source="Markov 1884",
    fidelity="secondary",
    given=tail_strategies.markov_laws(),
    sample=sample, exact=exact, bound=bound, relation="<=", support=(0, 1),
    controls=[{"c": Fraction(9, 10)}, {"shift": Fraction(1, 20)}],
    tight_at={"mass": (Fraction(3, 4), Fraction(1, 4)), "values": (Fraction(0), Fraction(1, 2)), "a": Fraction(1, 2)},
    proof=MARKOV_PROOF.read_by(reads),
)
