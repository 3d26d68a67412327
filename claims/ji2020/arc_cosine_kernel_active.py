"""Two units of one Gaussian weight are both active with probability (pi - t)/(2 pi).

Theorem (Cho & Saul 2009). Let w ~ N(0, I) and x, x' not 0, at the angle t in [0, pi]. Then

    2 E[1{w.x > 0} 1{w.x' > 0}] = (pi - t)/pi = k0.                                      (1)

Hypotheses: no bias; only the direction of w matters, which is uniform.
Does not say: anything of the inputs' lengths, on which the left-hand side does not depend.
Tight: an equality.   Proof: proofs_notes/ji2020/arc_cosine_kernel_active.md
"""
from fractions import Fraction

from simulate import pairs, polar, wide
from theory.arc_cosine import ACTIVE, ACTIVE_PROOF
from verify import Claim


def sample(first, second, rng, size):
    """`size` i.i.d. indicators, doubled, of both units being active."""
    return wide.both_active(first, second, rng, size)


def exact(first, second):
    """(1), left-hand side, from the orthant probability 1/4 + arcsin(r)/(2 pi) (Sheppard 1899), r the correlation."""
    dot, one, other = polar.products(first, second)
    if dot**2 == one * other:
        return Fraction(int(dot > 0))
    with polar.precise():
        r = polar.ball(dot) / polar.ball(one * other).sqrt()
        return (polar.ball(1) / 4 + r.asin() / (2 * r.pi())) * 2


def bound(first, second, c=1, acute=False):
    """(1), right-hand side."""
    dot, one, other = polar.products(first, second)
    return ACTIVE(dot=abs(dot) if acute else dot, squares=one * other, c=c)


CLAIM = Claim(
    title="Two units of one Gaussian weight are both active with probability (pi - t)/(2 pi)",
    source="Cho & Saul 2009 (arc-cosine kernel of degree 0); Ji & Zhu 2020",
    fidelity="secondary",
    given=pairs.two_vectors("first", "second"),
    sample=sample, exact=exact, bound=bound, relation="==", support=(0, 2),
    controls=[{"c": Fraction(21, 20)}, {"acute": True}],
    proof=ACTIVE_PROOF.read_by(polar.line),
)
