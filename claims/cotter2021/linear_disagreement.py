"""Two linear classifiers disagree on a Gaussian point with probability angle/pi.

Theorem. Let x ~ N(0, I_p), and let a and b not be 0. Then

    P(sign(x.a) != sign(x.b)) = angle(a, b)/pi,    the angle in [0, pi].                  (1)

Hypotheses: isotropic features (only their direction matters).
Does not say: that the acute angle may be taken; opposite vectors disagree everywhere.
Tight: an equality.   Proof: proofs_notes/cotter2021/linear_disagreement.md
"""
from fractions import Fraction

from flint import arb

from simulate import hard_labels, pairs, polar
from theory.hard_labels import LINEAR_DISAGREEMENT, LINEAR_DISAGREEMENT_PROOF
from verify import Claim


def sample(first, second, rng, size, stretch=1):
    """`size` i.i.d. indicators of different signs; the first feature is stretched."""
    return hard_labels.sign_disagreements(first, second, rng, size, stretch)


def exact(first, second, stretch=1):
    """(1), left-hand side, from the orthant probability 1/4 + arcsin(r)/(2 pi) (Sheppard 1899), r the correlation."""
    scaled = [(stretch * row[0], *row[1:]) for row in (first, second)]
    dot, one, other = polar.products(*scaled)
    if dot**2 == one * other:
        return Fraction(int(dot < 0))
    with polar.precise():
        return arb(1) / 2 - (polar.ball(dot) / polar.ball(one * other).sqrt()).asin() / arb.pi()


def bound(first, second, c=1, acute=False):
    """(1), right-hand side."""
    dot, one, other = polar.products(first, second)
    return LINEAR_DISAGREEMENT(dot=abs(dot) if acute else dot, squares=one * other, c=c)


CLAIM = Claim(
    title="Two linear classifiers disagree on a Gaussian point with probability angle/pi",
    source="Cotter et al. 2021 (linear teachers and students); Sheppard 1899",
    fidelity="reconstructed",
    given=pairs.two_vectors("first", "second"),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 1),
    controls=[{"acute": True}, {"c": Fraction(21, 20)}, {"stretch": Fraction(6, 5)}],
    proof=LINEAR_DISAGREEMENT_PROOF.read_by(polar.line),
)
