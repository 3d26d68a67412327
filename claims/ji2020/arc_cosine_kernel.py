"""The features of a wide ReLU layer have the kernel |x||x'| ((pi - t) cos t + sin t)/pi.

Theorem (Cho & Saul 2009). Let w ~ N(0, I) and x, x' not 0, at the angle t in [0, pi]. Then

    2 E[max(w.x, 0) max(w.x', 0)] = |x||x'| ((pi - t) cos t + sin t)/pi = k1.            (1)

Hypotheses: no bias; isotropic Gaussian weights.
Does not say: how fast the kernel of finitely many units comes near this one.
Tight: an equality.   Proof: proofs_notes/ji2020/arc_cosine_kernel.md
"""
from fractions import Fraction
from math import inf

from simulate import pairs, polar, wide
from theory.arc_cosine import FEATURES, FEATURES_PROOF
from verify import Claim


def sample(first, second, rng, size):
    """`size` i.i.d. products, doubled, of the two activations."""
    return wide.feature_products(first, second, rng, size)


def exact(first, second, stretch=1):
    """(1), left-hand side, by integration over the direction of w, whose squared length has mean 2 in the plane."""
    x, y = ((stretch * row[0], *row[1:]) for row in (first, second))
    _, one, other = polar.products(x, y)
    with polar.precise():
        between, quarter = polar.angle(x, y), polar.ball(1).pi() / 2
        mean = polar.arc_mean(lambda turn: turn.cos() * (turn - between).cos(), between - quarter, quarter)
        return 4 * polar.ball(one * other).sqrt() * mean


def bound(first, second, c=1):
    """(1), right-hand side."""
    dot, one, other = polar.products(first, second)
    return FEATURES(dot=dot, squares=one * other, c=c)


CLAIM = Claim(
    title="The features of a wide ReLU layer have the kernel |x||x'| ((pi - t) cos t + sin t)/pi",
    source="Cho & Saul 2009 (arc-cosine kernel of degree 1); Ji & Zhu 2020",
    fidelity="secondary",
    given=pairs.two_vectors("first", "second"),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, inf),
    controls=[{"c": Fraction(21, 20)}, {"stretch": Fraction(11, 10)}],
    proof=FEATURES_PROOF.read_by(polar.line_in_floats),
)
