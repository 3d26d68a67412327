"""A linear teacher's hard labels point, on average, where the teacher points.

Theorem. Let x ~ N(0, I_p) and w not 0. Then for every vector v

    E[sign(x.w) x.v] = sqrt(2/pi) w.v / |w|,                                             (1)

that is, E[sign(x.w) x] = sqrt(2/pi) w/|w|: hard labels lose the teacher's length and nothing of its direction.

Hypotheses: isotropic Gaussian features.
Does not say: that this holds for other features; with unequal variances the mean turns away from w.
Tight: an equality.   Proof: proofs_notes/cotter2021/hard_label_direction.md
"""
from fractions import Fraction
from math import inf

from flint import arb

from simulate import hard_labels, pairs, polar
from theory.hard_labels import HARD_LABEL_DIRECTION, HARD_LABEL_DIRECTION_PROOF
from verify import Claim


def sample(weight, along, rng, size):
    """`size` i.i.d. components, along v, of a signed vector."""
    return hard_labels.signed_products(weight, along, rng, size)


def exact(weight, along, stretch=1):
    """(1), left-hand side, in polar coordinates of the plane of w and v: a mean length times a mean over the angle."""
    w, v = ((stretch * row[0], *row[1:]) for row in (weight, along))
    _, _, other = polar.products(w, v)
    if not other:
        return Fraction(0)
    with polar.precise():
        between, quarter = polar.angle(w, v), arb.pi() / 2
        # On the half circle around w the sign is 1; on the other half both factors change their sign.
        mean = 2 * polar.arc_mean(lambda turn: (turn - between).cos(), -quarter, quarter)
        return polar.ball(other).sqrt() * quarter.sqrt() * mean


def bound(weight, along, c=1):
    """(1), right-hand side."""
    dot, square, _ = polar.products(weight, along)
    return HARD_LABEL_DIRECTION(dot=dot, square=square, c=c)


def reads(weight, along):
    """The plane of w and v, and the length of v, in floats; where v = 0 any plane does."""
    read = polar.line_in_floats(weight, along if any(along) else weight)
    return {**read, "length": 1, "reach": sum(float(entry) ** 2 for entry in along) ** 0.5}


CLAIM = Claim(
    title="For Gaussian x the mean of sign(x.w) x is sqrt(2/pi) w/|w|",
    source="Cotter et al. 2021 (hard labels of a linear teacher); the arcsine law",
    fidelity="reconstructed",
    given=pairs.two_vectors("weight", "along"),
    sample=sample, exact=exact, bound=bound, relation="==", support=(-inf, inf),
    controls=[{"c": Fraction(11, 10)}, {"stretch": Fraction(11, 10)}],
    proof=HARD_LABEL_DIRECTION_PROOF.read_by(reads),
)
